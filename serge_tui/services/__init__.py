"""What several modes ask of the library: cards, decks, study settings, progress, links, filters. No Textual."""
