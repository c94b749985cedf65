"""The kinds of card, one file each, listed in `registry`; `deck_builder` makes the cards."""
