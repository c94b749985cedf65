"""Export annotations in forms that other programs read. Pure: annotations in, text out."""
