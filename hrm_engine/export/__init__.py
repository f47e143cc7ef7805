"""Weights on disk and in other programs' formats."""
