"""The eight modes, one folder each. No mode imports another."""
