"""Small well-known functions, one topic a module, each shown right by its own doctests."""
