"""Grid puzzles without a network: reading, exact solving, generating; numpy at most, no torch."""
