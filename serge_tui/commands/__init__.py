"""Commands: one object gives the key, the palette entry, the line in the help and the word in the footer."""

from serge_tui.commands.chords import Chords
from serge_tui.commands.command import Command, bindings, character_of, chords_of, key_label, key_of_label

__all__ = ["Chords", "Command", "bindings", "character_of", "chords_of", "key_label", "key_of_label"]
