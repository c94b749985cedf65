"""The commands of Read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from db.models.annotation import HIGHLIGHT_COLOURS
from serge_tui.commands.chords import Chords
from serge_tui.commands.command import Command

if TYPE_CHECKING:
    from collections.abc import Iterable


def letters_of(names: Iterable[str]) -> dict[str, str]:
    """Return a letter for each name, by letter: the first of its own letters that no name before it has.

    Raises ValueError if all letters of a name are taken.
    """
    letters: dict[str, str] = {}
    for name in names:
        letter = next((letter for letter in name if letter not in letters), None)
        if letter is None:
            raise ValueError(f"every letter of {name} is taken")
        letters[letter] = name
    return letters


COLOUR_KEYS: Final = letters_of(HIGHLIGHT_COLOURS)
"""The key after `H` for each highlight colour: A, R, G, B, V."""
HIGHLIGHT_ID: Final = "reader.highlight-"
"""How the ids of the highlight commands begin; the colour follows."""

COLOURS: Final = tuple(
    Command(f"{HIGHLIGHT_ID}{colour}", f"H {key}", f"Highlight in {colour}", f"highlights.colour('{colour}')",
            f"Highlight what is selected in {colour}.", "Marking")
    for key, colour in COLOUR_KEYS.items()
)  # fmt: skip


ANNOTATING: Final = (
    *COLOURS,
    Command("reader.note", "a", "Note", "annotations.note", "Write a note on what is selected or lit.", "Marking",
            footer="note", rank=5),
    Command("reader.undo", "u", "Undo", "changes.undo",
            "Take back the last highlight, note, bookmark, deletion or corrected name.", "Marking"),
    Command("reader.redo", "U,ctrl+y", "Redo", "changes.redo", "Make the change last taken back again.", "Marking"),
)  # fmt: skip


BOOKMARKS: Final = (
    Command("reader.bookmark", "b", "Bookmark", "bookmarks.toggle", "Put a bookmark at the first line, or remove it.",
            "Marking"),
    Command("reader.copy", "y", "Copy", "selection.copy",
            "Copy what is selected or lit, with author, chapter and page.", "Marking"),
    Command("reader.set-mark", f"m {Chords.ANY}", "Set a mark", "bookmarks.set_mark", "Mark this line with a letter.",
            "Moving"),
    Command("reader.go-to-mark", f"apostrophe {Chords.ANY}", "Go to a mark", "bookmarks.go_to_mark",
            "Go to the line with that letter.", "Moving"),
    Command("reader.chapter-begins", "", "A chapter begins here", "chapter.begin",
            "Cut the chapter at what is selected, else at the first line, where the file marks no chapter.", "Marking",
            synonyms="split chapter mapping"),
    Command("reader.look-up", "d", "Look up with a program", "lookup.look_up",
            "Run your look-up program, such as a dictionary, on what is selected or highlighted.", "Finding",
            synonyms="dictionary define translate lookup_command word"),
)  # fmt: skip


EDITIONS: Final = (
    Command("reader.edition", "e", "Another edition", "editions.choose", "Read the same passage in another text.",
            "Finding"),
    Command("reader.other-edition", "z e", "To the other edition", "editions.other",
            "Read the same passage in the text read before this one.", "Finding"),
    Command("reader.beside", "E", "Side by side", "beside.toggle", "Show another edition beside this one, aligned.",
            "Finding"),
)  # fmt: skip


LINKS: Final = (
    Command("reader.letters", "f", "Letters on names", "letters.show",
            "Put a letter on each name and link in view; press one to go there.", "People", footer="names", rank=4),
    Command("reader.next-link", "right_square_bracket l", "Next link or note", "links.next(True)",
            "Go to the next link or note mark.", "Reading"),
    Command("reader.previous-link", "left_square_bracket l", "Previous link or note", "links.next(False)",
            "Go to the link or note mark before.", "Reading"),
    Command("reader.follow", "enter", "Follow", "links.follow",
            "Follow the highlighted link, open the highlighted name's card, or show a caption's picture.", "Reading"),
)  # fmt: skip


MOVING: Final = (
    Command("reader.down", "j,down", "Line down", "movement.lines(1)", "Go one line down.", "Reading"),
    Command("reader.up", "k,up", "Line up", "movement.lines(-1)", "Go one line up.", "Reading"),
    Command("reader.page-down", "space,ctrl+f,pagedown,right", "Next page", "movement.pages(1)",
            "Go to the next page, with a line of context; at a chapter's end to the next chapter.", "Reading"),
    Command("reader.page-up", "ctrl+b,pageup,shift+space,left,backspace", "Previous page", "movement.pages(-1)",
            "Go to the previous page.", "Reading"),
    Command("reader.half-down", "ctrl+d", "Half a page down", "movement.half_pages(1)", "Go half a page down.",
            "Reading"),
    Command("reader.half-up", "ctrl+u", "Half a page up", "movement.half_pages(-1)", "Go half a page up.", "Reading"),
    Command("reader.top", "g g,home", "Beginning of the chapter", "movement.ends(False)",
            "Go to the chapter's first line.", "Reading"),
    Command("reader.end", "G,end", "End of the chapter", "movement.ends(True)", "Go to the chapter's last line.",
            "Reading"),
    Command("reader.next-chapter", "right_square_bracket right_square_bracket,ctrl+pagedown",
            "Next chapter", "movement.chapters(1)", "Go to the next chapter.", "Reading"),
    Command("reader.previous-chapter", "left_square_bracket left_square_bracket,ctrl+pageup",
            "Previous chapter", "movement.chapters(-1)", "Go to the previous chapter.", "Reading"),
    Command("reader.questions", "Q", "Questions on this chapter", "questions.ask",
            "At a chapter's end: up to three questions on what you have just read; the answers count.", "Reading",
            synonyms="cards prompts learn ask quiz"),
    Command("reader.wider", "plus,equals_sign", "Wider column", "settings.measure(2)",
            "Make the lines longer, up to 100 characters.", "Looks",
            synonyms="width measure line length"),
    Command("reader.narrower", "minus", "Narrower column", "settings.measure(-2)",
            "Make the lines shorter, down to 40 characters.", "Looks",
            synonyms="width measure line length"),
    Command("reader.setting", "z s", "Typesetting", "settings.setting",
            "Ragged, ragged with best breaks, justified, hyphenated.", "Looks"),
    Command("reader.paragraphs", "z p", "Paragraphs", "settings.paragraphs", "Indented or spaced.", "Looks"),
    Command("reader.paged", "z m", "Pages or scrolling", "settings.paged", "Whole pages without widows, or one long"
            " text.", "Looks"),
)  # fmt: skip


NAMING: Final = (
    Command("reader.wrong-name", "w", "Somebody else is meant", "corrections.correct",
            "Correct who a name means, here or always; or say who the selected words name.", "People"),
    Command("reader.together", "T", "Together", "scenes.search", "List every passage that names two or three people.",
            "People"),
    Command("reader.next-meeting", "right_square_bracket t", "Next meeting", "scenes.next(True)",
            "Go to the next passage where they are together.", "People"),
    Command("reader.previous-meeting", "left_square_bracket t", "Previous meeting", "scenes.next(False)",
            "Go to the previous passage where they are together.", "People"),
)  # fmt: skip


PEEKING: Final = (
    Command("reader.peek", "K", "Look at a note", "peek.show", "Show the note in view without leaving the line; press"
            " again for the next.", "Marking",
            synonyms="footnote"),
    Command("reader.next-mark", "right_square_bracket a", "Next note or highlight", "peek.next_mark(True)",
            "Go to the next thing you marked.", "Marking"),
    Command("reader.previous-mark", "left_square_bracket a", "Previous note or highlight", "peek.next_mark(False)",
            "Go to the thing you marked before.", "Marking"),
)  # fmt: skip


PANEL: Final = (
    Command("reader.panel", "X", "People panel", "panel.toggle", "List who is in view, in the chapter, in the book.",
            "People", footer="people", rank=4),
    Command("reader.into-panel", "p", "Choose in the panel", "panel.enter", "Go into the people panel.", "People"),
)  # fmt: skip


PEOPLE: Final = (
    Command("reader.next-person", "right_square_bracket p", "Next name", "people.next_name(True)",
            "Go to the next person who is named.", "People"),
    Command("reader.previous-person", "left_square_bracket p", "Previous name", "people.next_name(False)",
            "Go to the previous person named.", "People"),
    Command("reader.next-portrait", "right_square_bracket o", "Next portrait", "portraits.next(True)",
            "Go to the next pen portrait found in the text.", "People"),
    Command("reader.previous-portrait", "left_square_bracket o", "Previous portrait", "portraits.next(False)",
            "Go to the previous portrait.", "People"),
    Command("reader.who", "x", "Who is this", "people.card",
            "Open a card over the page: who that is, as far as the book has told.", "People", footer="who", rank=2),
    Command("reader.terms", "z t", "Terms underlined", "terms.toggle",
            "Organisations, words of the time and places: underlined twice, or not.", "Looks"),
    Command("reader.names", "z n", "Names underlined", "names.next_way",
            "Every time, the first time on a page, less as you learn them, never.",
            "Looks"),
)  # fmt: skip


GOING: Final = (
    Command("reader.contents", "t", "Contents", "contents.toggle",
            "List the chapters, with how much was read and is still known.", "Finding", footer="contents", rank=4),
    Command("reader.goto", "colon", "Go to", "navigation.go_to",
            "Go to a page (218), a percentage (38%), a chapter (ch4).", "Finding",
            synonyms="jump page percent chapter"),
    Command("reader.notes", "z l", "Notes of the chapter", "navigation.footnotes",
            "List the notes of the book in this chapter.", "Finding",
            synonyms="footnote footnotes endnotes"),
)  # fmt: skip


GENERAL: Final = (
    Command("reader.escape", "escape", "Back", "escape", "Close what lies over the page; else go back to where you"
            " were.", "Moving", palette=False),
    Command("reader.forward", "tab", "Forward", "app.go_forward", "Forward again after going back.", "Moving",
            palette=False),
)  # fmt: skip


SELECTION: Final = (
    Command("reader.select", "v", "Select", "selection.begin('character')",
            "Select words; v again takes whole words, sentences, paragraphs.", "Marking", footer="select", rank=5),
    Command("reader.select-lines", "V", "Select lines", "selection.begin('line')", "Select whole lines.", "Marking"),
)  # fmt: skip


SEARCHING: Final = (
    Command("reader.search", "s,ctrl+s", "Search in the text", "search.search", "Search this chapter or the whole text,"
            " with all hits listed; accents, dashes and one slip are forgiven.", "Finding", footer="search", rank=5),
    Command("reader.next-hit", "n", "Next hit", "search.next_hit(True)", "Go to the next hit of the search.",
            "Finding"),
    Command("reader.previous-hit", "N", "Previous hit", "search.next_hit(False)", "Go to the previous hit.", "Finding"),
)  # fmt: skip


SELECTION_COMMANDS: Final = (
    Command("select.wider", "v", "By word, sentence, paragraph", "selection.wider", "Select by the next larger unit.",
            "Selecting", footer="word, sentence…", rank=2),
    Command("select.lines", "V", "By line", "selection.begin('line')", "Select whole lines.", "Selecting"),
    Command("select.left", "h,left", "Left", "selection.move('left')", "A character left.", "Selecting"),
    Command("select.right", "l,right,space", "Right", "selection.move('right')", "A character right.", "Selecting"),
    Command("select.down", "j,down", "Down", "selection.lines(1)", "A line down.", "Selecting"),
    Command("select.up", "k,up", "Up", "selection.lines(-1)", "A line up.", "Selecting"),
    Command("select.word", "w", "Next word", "selection.move('word')", "To the next word.", "Selecting"),
    Command("select.back", "b", "Previous word", "selection.move('back')", "To the previous word.", "Selecting"),
    Command("select.word-end", "e", "End of the word", "selection.move('word-end')", "To the end of the word.",
            "Selecting"),
    Command("select.line-start", "0,home", "Start of the line", "selection.line_end(False)", "To the line's start.",
            "Selecting"),
    Command("select.line-end", "dollar_sign,end", "End of the line", "selection.line_end(True)", "To the line's end.",
            "Selecting"),
    Command("select.sentence", "right_parenthesis", "Next sentence", "selection.move('sentence')",
            "To the next sentence.", "Selecting"),
    Command("select.sentence-back", "left_parenthesis", "Previous sentence", "selection.move('sentence-back')",
            "To the previous sentence.", "Selecting"),
    Command("select.paragraph", "right_curly_bracket", "Next paragraph", "selection.move('paragraph')",
            "To the next paragraph.", "Selecting"),
    Command("select.paragraph-back", "left_curly_bracket", "Previous paragraph", "selection.move('paragraph-back')",
            "To the previous paragraph.", "Selecting"),
    Command("select.first", "g g", "Beginning", "selection.move('first')", "To the chapter's beginning.", "Selecting"),
    Command("select.last", "G", "End", "selection.move('last')", "To the chapter's end.", "Selecting"),
    Command("select.page-down", "ctrl+f,pagedown,ctrl+d", "Half a page down", "selection.half_pages(1)",
            "Half a page down.", "Selecting"),
    Command("select.page-up", "ctrl+b,pageup,ctrl+u", "Half a page up", "selection.half_pages(-1)", "Half a page up.",
            "Selecting"),
    Command("select.turn", "o", "Other end", "selection.other_end", "Move the other end.", "Selecting"),
    Command("select.note", "a", "Note", "annotations.note", "Write a note on these words.", "Selecting", footer="note",
            rank=1),
    Command("select.note-everywhere", "A", "Note wherever they recur", "annotations.note_everywhere",
            "Write a note on these words that is shown wherever they recur, in every text.", "Selecting",
            synonyms="phrase word term"),
    Command("select.look-up", "d", "Look up with a program", "lookup.look_up",
            "Run your look-up program, such as a dictionary, on these words.", "Selecting",
            synonyms="dictionary define translate lookup_command"),
    Command("select.menu", "enter", "What to do", "highlights.menu", "Choose a colour, a note or a copy.", "Selecting",
            footer="menu", rank=0),
    Command("select.copy", "y", "Copy", "selection.copy", "Copy with author, chapter and page.", "Selecting",
            footer="copy", rank=1),
    Command("select.close", "escape", "Done", "selection.end", "Select nothing.", "Selecting", footer="done", rank=1,
            palette=False),
    *COLOURS,
    Command("select.search", "s,slash", "Search", "search.search", "Select up to words that are found.", "Selecting"),
)  # fmt: skip
"""Commands that take the place of the others while words are being selected."""


CONTENTS_COMMANDS: Final = (
    Command("contents.go", "enter", "Go to the chapter", "focused.choose", "Read there.", "In the contents",
            footer="read there", rank=0, palette=False),
    Command("contents.read", "r", "Read or unread", "focused.toggle_read(False)",
            "Count this chapter as read, or as unread if it was read.", "In the contents", footer="counts as read",
            rank=1, palette=False),
    Command("contents.read-before", "R", "All up to here read", "focused.toggle_read(True)",
            "Count this chapter and all before it as read.", "In the contents", footer="and all before", rank=1,
            palette=False),
    Command("contents.close", "escape,t,q", "Back to the page", "focused.close", "Go back to the same line.",
            "In the contents", footer="back", rank=0, palette=False),
)  # fmt: skip


CARD_COMMANDS: Final = (
    Command("card.open", "enter", "Everything about them", "focused.open", "Open the whole figure.", "On a card",
            footer="all", rank=0),
    Command("card.next", "n", "Next mention", "focused.walk(True)", "Go to where they are named next.", "On a card",
            footer="next", rank=0),
    Command("card.previous", "N", "Previous mention", "focused.walk(False)", "Go to where they were named before.",
            "On a card"),
    Command("card.stroke", "o", "Portrait in your copy", "focused.stroke",
            "Go to the best portrait of them that was found in this text.", "On a card", footer="portrait", rank=2),
    Command("card.note", "a", "Note on the person", "focused.note", "Write a note on this person.", "On a card",
            footer="note", rank=1),
    Command("card.unseal", "full_stop", "Life and fate", "focused.reveal", "Show what the book tells only later.",
            "On a card", footer="life", rank=1),
    Command("card.close", "escape,x,q", "Back to the line", "focused.close", "Go back to the same line.", "On a card",
            footer="back", rank=0, palette=False),
)  # fmt: skip


PEEK_COMMANDS: Final = (
    Command("peek.edit", "enter,e", "Edit", "focused.edit", "Edit this note.", "On a note", footer="edit", rank=0),
    Command("peek.open", "o", "Open in Notes", "focused.open", "Show it in Notes, with its links.", "On a note",
            footer="in Notes", rank=2),
    Command("peek.delete", "d,delete", "Delete", "focused.delete", "Move it to the bin; u brings it back.", "On a note",
            footer="delete", rank=1, on_sight=True),
    Command("peek.close", "escape,q", "Back to the line", "focused.close", "Go back to the same line.", "On a note",
            footer="back", rank=0, palette=False),
)  # fmt: skip


SEARCH_COMMANDS: Final = (
    Command("text-search.next", "down,ctrl+n", "Next hit", "list('move', 1)", "Choose the next hit.",
            "In the text search", palette=False),
    Command("text-search.previous", "up", "Previous hit", "list('move', -1)", "Choose the previous hit.",
            "In the text search", palette=False),
    Command("text-search.page-down", "pagedown", "Page down", "list('page', 1)", "Go down the list by a page.",
            "In the text search", palette=False),
    Command("text-search.page-up", "pageup", "Page up", "list('page', -1)", "Go up the list by a page.",
            "In the text search", palette=False),
    Command("text-search.scope", "tab", "Chapter or book", "scope", "Show the hits of the chapter alone, or of the"
            " book.", "In the text search", footer="chapter or book", palette=False),
    Command("text-search.close", "escape", "Back", "dismiss(None)", "Close the search; the page has not moved.",
            "In the text search", footer="back", palette=False),
)  # fmt: skip


READER: Final = (
    *MOVING, *PEOPLE, *PANEL, *LINKS, *SELECTION, *ANNOTATING, *PEEKING, *BOOKMARKS, *SEARCHING, *GOING, *EDITIONS,
    *NAMING, *GENERAL,
)  # fmt: skip
"""All commands of the page."""
