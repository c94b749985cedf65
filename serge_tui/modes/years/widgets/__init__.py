"""Widgets of the years mode."""
