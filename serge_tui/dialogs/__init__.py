"""What opens over any mode."""
