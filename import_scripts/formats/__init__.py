"""Book files: each format to one neutral `Book`."""
