"""The commands of Read."""

from __future__ import annotations

from typing import Final

from db.models.annotation import HIGHLIGHT_COLOURS
from serge_tui.commands.chords import Chords
from serge_tui.commands.command import Command

COLOUR_KEYS: Final = dict(zip("argbv", HIGHLIGHT_COLOURS, strict=True))
"""The key after `H` for each highlight colour."""
HIGHLIGHT_ID: Final = "reader.highlight-"
"""How the ids of the highlight commands begin; the colour follows."""

COLOURS: Final = tuple(
    Command(f"{HIGHLIGHT_ID}{colour}", f"H {key}", f"Highlight in {colour}", f"highlight('{colour}')",
            f"Highlight what is selected in {colour}.", "Marking")
    for key, colour in COLOUR_KEYS.items()
)  # fmt: skip


ANNOTATING: Final = (
    *COLOURS,
    Command("reader.note", "a", "Note", "note", "A note on what is selected or lit.", "Marking", footer="note", rank=5),
    Command("reader.undo", "u", "Undo", "undo", "Take back the last highlight, note or deletion.", "Marking"),
)  # fmt: skip


BOOKMARKS: Final = (
    Command("reader.bookmark", "b", "Bookmark", "bookmark", "Put a bookmark at the first line, or take it away.",
            "Marking"),
    Command("reader.copy", "y", "Copy", "copy", "Copy what is selected or lit, with author, chapter and page.",
            "Marking"),
    Command("reader.set-mark", f"m {Chords.ANY}", "Set a mark", "set_mark", "Name this line by a letter.", "Moving"),
    Command("reader.go-to-mark", f"apostrophe {Chords.ANY}", "Go to a mark", "go_to_mark",
            "Go to the line with that letter.", "Moving"),
)  # fmt: skip


EDITIONS: Final = (
    Command("reader.edition", "e", "Another edition", "editions", "Read the same passage in another text.", "Finding"),
    Command("reader.other-edition", "z e", "To the other edition", "other_edition",
            "The same passage in the text read before this one.", "Finding"),
    Command("reader.beside", "E", "Side by side", "beside", "Another edition beside this one, in step with it.",
            "Finding"),
)  # fmt: skip


LINKS: Final = (
    Command("reader.letters", "f", "Letters on names", "letters", "A letter on each name and link in view; press it.",
            "People", footer="names", rank=4),
    Command("reader.next-link", "right_square_bracket l", "Next link or note", "link(True)",
            "The next link or note mark.", "Reading"),
    Command("reader.previous-link", "left_square_bracket l", "Link or note before", "link(False)",
            "The link or note mark before.", "Reading"),
    Command("reader.follow", "enter", "Follow", "follow", "Follow the link or name that is lit, or the first in view.",
            "Reading"),
)  # fmt: skip


MOVING: Final = (
    Command("reader.down", "j,down", "Line down", "lines(1)", "One line down.", "Reading"),
    Command("reader.up", "k,up", "Line up", "lines(-1)", "One line up.", "Reading"),
    Command("reader.page-down", "space,ctrl+f,pagedown,right", "Next page", "turn(1)",
            "The next page, with a line of context; at a chapter's end the next chapter.", "Reading"),
    Command("reader.page-up", "ctrl+b,pageup,shift+space,left,backspace", "Page back", "turn(-1)",
            "The page before.", "Reading"),
    Command("reader.half-down", "ctrl+d", "Half a page down", "half(1)", "Half a page down.", "Reading"),
    Command("reader.half-up", "ctrl+u", "Half a page up", "half(-1)", "Half a page up.", "Reading"),
    Command("reader.top", "g g,home", "Beginning of the chapter", "ends(False)", "The chapter's first line.",
            "Reading"),
    Command("reader.end", "G,end", "End of the chapter", "ends(True)", "The chapter's last line.", "Reading"),
    Command("reader.next-chapter", "right_square_bracket,right_square_bracket right_square_bracket,ctrl+pagedown",
            "Next chapter", "chapter(1)", "The next chapter.", "Reading"),
    Command("reader.previous-chapter", "left_square_bracket,left_square_bracket left_square_bracket,ctrl+pageup",
            "Chapter before", "chapter(-1)", "The chapter before.", "Reading"),
    Command("reader.wider", "plus,equals_sign", "Wider column", "measure(2)", "Longer lines, up to 100.", "Looks"),
    Command("reader.narrower", "minus", "Narrower column", "measure(-2)", "Shorter lines, down to 40.", "Looks"),
    Command("reader.setting", "z s", "Typesetting", "setting",
            "Ragged, ragged with best breaks, justified, hyphenated.", "Looks"),
    Command("reader.paragraphs", "z p", "Paragraphs", "paragraphs", "Indented or spaced.", "Looks"),
    Command("reader.paged", "z m", "Pages or scrolling", "paged", "Whole pages without widows, or one long text.",
            "Looks"),
)  # fmt: skip


NAMING: Final = (
    Command("reader.wrong-name", "w", "Somebody else is meant", "wrong_name",
            "Correct who a name means: here or always; with words selected, say who they name.", "People"),
    Command("reader.together", "T", "Together", "together", "Every passage where two or three people are together.",
            "People"),
    Command("reader.next-meeting", "right_square_bracket t", "Next meeting", "meeting(True)",
            "The next passage where they are together.", "People"),
    Command("reader.previous-meeting", "left_square_bracket t", "Meeting before", "meeting(False)",
            "The passage before where they are together.", "People"),
)  # fmt: skip


PEEKING: Final = (
    Command("reader.peek", "K", "Look at a note", "peek", "Show the note in view without leaving the line; again the"
            " next.", "Marking"),
    Command("reader.next-mark", "right_square_bracket a", "Next note or highlight", "mark_walk(True)",
            "The next thing you marked.", "Marking"),
    Command("reader.previous-mark", "left_square_bracket a", "Note or highlight before", "mark_walk(False)",
            "The thing you marked before.", "Marking"),
)  # fmt: skip


PANEL: Final = (
    Command("reader.panel", "X", "People panel", "panel", "Who is in view, in the chapter, in the book.",
            "People", footer="people", rank=4),
    Command("reader.into-panel", "p", "Choose in the panel", "into_panel", "Go into the people panel.", "People"),
)  # fmt: skip


PEOPLE: Final = (
    Command("reader.next-person", "right_square_bracket p", "Next name", "person(True)",
            "The next person who is named.", "People"),
    Command("reader.previous-person", "left_square_bracket p", "Name before", "person(False)",
            "The person named before.", "People"),
    Command("reader.who", "x", "Who is this", "who", "A card over the page: who that is, as far as the book has told.",
            "People", footer="who", rank=2),
    Command("reader.names", "z n", "Names underlined", "names", "Every time, the first time on a page, never.",
            "Looks"),
)  # fmt: skip


GOING: Final = (
    Command("reader.contents", "t", "Contents", "contents", "Chapters, with how much was read and is still known.",
            "Finding", footer="contents", rank=4),
    Command("reader.goto", "colon", "Go to", "goto", "A page (218), a percentage (38%), a chapter (ch4).", "Finding"),
    Command("reader.notes", "z l", "Notes of the chapter", "footnotes", "All notes of the book in this chapter.",
            "Finding"),
)  # fmt: skip


GENERAL: Final = (
    Command("reader.escape", "escape", "Back", "escape", "Close what lies over the page; else back to where you were.",
            "Moving", palette=False),
    Command("reader.forward", "tab", "Forward", "app.go_forward", "Forward again after going back.", "Moving",
            palette=False),
)  # fmt: skip


SELECTION: Final = (
    Command("reader.select", "v", "Select", "select('character')",
            "Choose words; v again takes whole words, sentences, paragraphs.", "Marking", footer="select", rank=5),
    Command("reader.select-lines", "V", "Select lines", "select('line')", "Choose whole lines.", "Marking"),
)  # fmt: skip


WHILE_SELECTING: Final = (
    Command("select.wider", "v", "By word, sentence, paragraph", "wider", "Take larger pieces.", "Selecting",
            footer="word, sentence…", rank=2),
    Command("select.lines", "V", "By line", "select('line')", "Take whole lines.", "Selecting"),
    Command("select.left", "h,left", "Left", "motion('left')", "A character left.", "Selecting"),
    Command("select.right", "l,right,space", "Right", "motion('right')", "A character right.", "Selecting"),
    Command("select.down", "j,down", "Down", "select_lines(1)", "A line down.", "Selecting"),
    Command("select.up", "k,up", "Up", "select_lines(-1)", "A line up.", "Selecting"),
    Command("select.word", "w", "Next word", "motion('word')", "The next word.", "Selecting"),
    Command("select.back", "b", "Word before", "motion('back')", "The word before.", "Selecting"),
    Command("select.word-end", "e", "End of the word", "motion('word-end')", "The end of the word.", "Selecting"),
    Command("select.line-start", "0,home", "Start of the line", "line_end(False)", "The line's start.", "Selecting"),
    Command("select.line-end", "dollar_sign,end", "End of the line", "line_end(True)", "The line's end.", "Selecting"),
    Command("select.sentence", "right_parenthesis", "Next sentence", "motion('sentence')", "The next sentence.",
            "Selecting"),
    Command("select.sentence-back", "left_parenthesis", "Sentence before", "motion('sentence-back')",
            "The sentence before.", "Selecting"),
    Command("select.paragraph", "right_curly_bracket", "Next paragraph", "motion('paragraph')", "The next paragraph.",
            "Selecting"),
    Command("select.paragraph-back", "left_curly_bracket", "Paragraph before", "motion('paragraph-back')",
            "The paragraph before.", "Selecting"),
    Command("select.first", "g g", "Beginning", "motion('first')", "The chapter's beginning.", "Selecting"),
    Command("select.last", "G", "End", "motion('last')", "The chapter's end.", "Selecting"),
    Command("select.page-down", "ctrl+f,pagedown,ctrl+d", "Half a page down", "select_page(1)", "Half a page down.",
            "Selecting"),
    Command("select.page-up", "ctrl+b,pageup,ctrl+u", "Half a page up", "select_page(-1)", "Half a page up.",
            "Selecting"),
    Command("select.turn", "o", "Other end", "other_end", "Move the other end.", "Selecting"),
    Command("select.note", "a", "Note", "note", "A note on these words.", "Selecting", footer="note", rank=1),
    Command("select.menu", "enter", "What to do", "menu", "Colours, note, copy, find.", "Selecting",
            footer="menu", rank=0),
    Command("select.copy", "y", "Copy", "copy", "Copy with author, chapter and page.", "Selecting",
            footer="copy", rank=1),
    Command("select.close", "escape", "Done", "stop_selecting", "Choose nothing.", "Selecting", footer="done", rank=1,
            palette=False),
)  # fmt: skip


SEARCHING: Final = (
    Command("reader.search", "s,ctrl+s", "Search in the text", "search", "Words in this chapter or the whole text, all"
            " hits listed; forgives accents, dashes, one slip.", "Finding", footer="search", rank=5),
    Command("reader.next-hit", "n", "Next hit", "hit(True)", "The next place with the words searched for.", "Finding"),
    Command("reader.previous-hit", "N", "Hit before", "hit(False)", "The place before.", "Finding"),
)  # fmt: skip


SEARCH_WHILE_SELECTING: Final = Command(
    "select.search", "s,slash", "Search", "search", "Select up to words that are found.", "Selecting"
)


CONTENTS_COMMANDS: Final = (
    Command("contents.go", "enter", "Go to the chapter", "choose", "Read there.", "In the contents",
            footer="read there", rank=0, palette=False),
    Command("contents.read", "r", "Read or unread", "toggle_read(False)",
            "Count this chapter as read; one that was read as unread.", "In the contents", footer="counts as read",
            rank=1, palette=False),
    Command("contents.read-before", "R", "All up to here read", "toggle_read(True)",
            "Count this chapter and all before it as read.", "In the contents", footer="and all before", rank=1,
            palette=False),
    Command("contents.close", "escape,t,q", "Back to the page", "close", "Back to the same line.", "In the contents",
            footer="back", rank=0, palette=False),
)  # fmt: skip


CARD_COMMANDS: Final = (
    Command("card.open", "enter", "Everything about them", "open", "Open the whole figure.", "On a card",
            footer="all", rank=0),
    Command("card.next", "n", "Next mention", "walk(True)", "Where they are named next.", "On a card",
            footer="next", rank=0),
    Command("card.previous", "N", "Mention before", "walk(False)", "Where they were named before.", "On a card"),
    Command("card.note", "a", "Note on the person", "note", "Write a note on this person.", "On a card",
            footer="note", rank=1),
    Command("card.unseal", "full_stop", "Life and fate", "unseal", "Show what the book tells only later.",
            "On a card", footer="life", rank=1),
    Command("card.close", "escape,x,q", "Back to the line", "close", "Back to the same line.", "On a card",
            footer="back", rank=0, palette=False),
)  # fmt: skip


PEEK_COMMANDS: Final = (
    Command("peek.edit", "enter,e", "Edit", "edit", "Write on this.", "On a note", footer="edit", rank=0),
    Command("peek.open", "o", "Open in Notes", "open", "Show it among the notes, with its links.", "On a note",
            footer="in Notes", rank=2),
    Command("peek.delete", "d,delete", "Delete", "delete", "Put it into the bin; u brings it back.", "On a note",
            footer="delete", rank=1),
    Command("peek.close", "escape,K,q", "Back to the line", "close", "Back to the same line.", "On a note",
            footer="back", rank=0, palette=False),
)  # fmt: skip


READER: Final = (
    *MOVING, *PEOPLE, *PANEL, *LINKS, *SELECTION, *ANNOTATING, *PEEKING, *BOOKMARKS, *SEARCHING, *GOING, *EDITIONS,
    *NAMING, *GENERAL,
)  # fmt: skip
"""All commands of the page."""
