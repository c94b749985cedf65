"""Widgets of the notes mode."""
