"""Endless seeded generators of problems, one module a kind."""
