"""Serge: a terminal reader and study companion."""

__version__ = "0.1.0"
