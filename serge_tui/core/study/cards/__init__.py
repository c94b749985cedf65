"""The kinds of card, one file each; `deck_builder` makes all of them."""
