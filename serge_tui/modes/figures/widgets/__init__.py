"""Widgets of the figures mode."""
