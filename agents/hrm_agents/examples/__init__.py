"""Short programs that use the tools from other frameworks; each is run by a test."""
