"""Widgets of the cards mode."""
