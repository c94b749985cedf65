"""Serge: a terminal reader and study companion."""

__version__ = "0.2.0"
