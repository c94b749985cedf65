"""The kinds of card, one or a few in each file, listed in `registry`; `deck_builder` makes the cards."""
