"""Figures: the list of people and the page of each."""
