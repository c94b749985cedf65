"""What the reader wrote, in forms other programs read. Pure: annotations in, text out."""
