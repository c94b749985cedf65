"""What the reader marked in the open chapter: highlights, notes and bookmarks, drawn on the page."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from db.models.annotation import HIGHLIGHT_COLOURS
from serge_tui.commands.reader import COLOUR_KEYS
from serge_tui.listeners import Listeners
from serge_tui.modes.reader.linking_notes import notes_linking
from serge_tui.modes.reader.phrase_notes import notes_on_phrases
from serge_tui.modes.reader.stretch import Stretch
from serge_tui.modes.reader.widgets.page_styling import Layer, Sign, colour_style, layer_of, sign_style
from serge_tui.services.note_filters import colours_by_name
from serge_tui.widgets.note_list import SIGNS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from db.library import Library
    from db.models import Annotation
    from serge_tui.host import Host
    from serge_tui.modes.reader.chapter import OpenChapter
    from serge_tui.modes.reader.opened_text import OpenedText
    from serge_tui.modes.reader.widgets.page import PageView

MARK_TARGET: Final = "mark:"
"""How the target of a bookmark with a letter begins; the letter follows."""
LINKED_SIGN: Final = "←"
_COLOUR_SIGNS: Final = {colour: key.upper() for key, colour in COLOUR_KEYS.items()}
"""A highlight's sign is the letter of its colour, for readers who do not tell the colours apart. It is a capital,
because bookmarks with a letter mostly have small ones.
"""
_WEIGHTS: Final = {"highlight": 0, "bookmark": 1, "note": 2}


def colour_names(library: Library) -> dict[str, str]:
    """Return the reader's own names of the highlight colours, by colour."""
    return colours_by_name(library.settings.get("colour_names", []), HIGHLIGHT_COLOURS)


class ChapterMarks:
    """Reads what is marked in the open chapter, with notes from elsewhere that link to it, and draws the signs.

    `more_signs` returns signs for other things of a chapter, each with its passage; `marked` are the chapter's own
    annotations, in order of the text.
    """

    def __init__(
        self,
        page: PageView,
        text: OpenedText,
        resumed: Listeners[[]],
        more_signs: Callable[[OpenChapter], Iterable[tuple[int, Sign]]],
        host: Host,
    ) -> None:
        self._page, self._text, self._more_signs, self._host = page, text, more_signs, host
        self.marked: list[tuple[Stretch, Annotation]] = []
        self._linked: list[tuple[Stretch, Annotation]] = []
        self._recurring: list[tuple[Stretch, Annotation]] = []
        self.changed = Listeners[[]]()
        """Called when something else is marked than before."""
        text.chapter_opened.add(self.chapter_opened)
        resumed.add(self.screen_resumed)

    def chapter_opened(self, opened: OpenChapter) -> None:
        """Read what is marked in a new chapter."""
        annotations = self._host.library.annotations
        found = annotations.in_passages(opened.edition.key, opened.first, opened.last)
        self.marked = [(Stretch.of_anchor(mark.anchor), mark) for mark in found if mark.anchor is not None]
        self.marked.sort(key=lambda entry: entry[0])
        self._linked = [
            (stretch, note)
            for stretch, note in notes_linking(self._host.library, opened)
            if not any(mark.key == note.key and at.overlaps(stretch) for at, mark in self.marked)
        ]
        self._recurring = [
            (stretch, note)
            for stretch, note in notes_on_phrases(self._host.library, opened)
            if not any(mark.key == note.key and at.overlaps(stretch) for at, mark in self.marked)
        ]
        self._draw_signs(opened)

    def screen_resumed(self) -> None:
        """Read again: something may have been written or deleted elsewhere."""
        if self._text.opened is not None:
            self.read_again()

    def read_again(self) -> None:
        """Read and draw again what is marked."""
        if self._text.opened is not None:
            self.chapter_opened(self._text.opened)
            self.changed()

    @property
    def noted(self) -> list[tuple[Stretch, Annotation]]:
        """What is marked here, and notes from elsewhere on words that recur or link here, in order of the text."""
        return sorted([*self.marked, *self._linked, *self._recurring], key=lambda entry: entry[0])

    def links_here(self, mark: Annotation) -> bool:
        """Return whether a note only links to something in this chapter."""
        return any(note.key == mark.key for _, note in self._linked)

    def layers(self, _opened: OpenChapter) -> list[Layer]:
        """Return highlights in their colours, and words with a note."""
        # Words with a note come first: a highlight under a note keeps its colour.
        recurring = [stretch for stretch, _ in self._recurring]
        by_style: defaultdict[str, list[Stretch]] = defaultdict(list, {"page--noted": recurring})
        for stretch, mark in self.marked:
            if mark.kind != "bookmark":
                known = mark.colour in HIGHLIGHT_COLOURS
                by_style[colour_style(mark.colour) if known else "page--noted"].append(stretch)
        return [layer_of(style, stretches) for style, stretches in by_style.items()]

    def _colour_under(self, stretch: Stretch) -> str:
        """Return the colour of the highlight that a note is written over; empty if there is none."""
        return next((mark.colour for at, mark in self.marked if mark.colour and at.overlaps(stretch)), "")

    def _draw_signs(self, opened: OpenChapter) -> None:
        signs: defaultdict[int, list[Sign]] = defaultdict(list)
        for passage, more in self._more_signs(opened):
            signs[passage].append(more)
        for stretch, mark in self.marked:
            letter = mark.target.removeprefix(MARK_TARGET) if mark.target.startswith(MARK_TARGET) else ""
            colour = mark.colour or self._colour_under(stretch)
            style = sign_style(colour) if colour in HIGHLIGHT_COLOURS else "page--sign"
            kind = "note" if mark.body else mark.kind
            sign = letter[:1] or (_COLOUR_SIGNS.get(mark.colour, SIGNS[kind]) if kind == "highlight" else SIGNS[kind])
            weight = _WEIGHTS[kind]
            signs[stretch.passage].append(Sign(weight, stretch.start, sign, style))
        for stretch, _ in self._linked:
            signs[stretch.passage].append(Sign(_WEIGHTS["bookmark"], stretch.start, LINKED_SIGN, "page--sign"))
        for stretch, _ in self._recurring:
            signs[stretch.passage].append(Sign(_WEIGHTS["note"], stretch.start, SIGNS["note"], "page--sign"))
        self._page.put_signs(signs)
