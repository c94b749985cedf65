"""Today: where you are and what is due."""
