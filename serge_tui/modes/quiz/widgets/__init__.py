"""Widgets of the quiz."""
