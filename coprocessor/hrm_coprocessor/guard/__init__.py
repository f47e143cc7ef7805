"""Who may ask, and how much: tokens, names, limits by caller, request and connection."""
