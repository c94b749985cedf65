"""Every text on the screen is told from its ground: a contrast of 4.5 to 1 (WCAG 2, AA) in both of our themes.

Measured on what is drawn, in each mode and the main dialogs. Left out is what is no text (`drawn.NO_TEXT`: frames,
bars, shades, leaders, hidden ends) and what stands faded behind a dialog, where nothing can be read or pressed.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Final

import pytest
from textual.containers import ScrollableContainer
from textual.screen import ModalScreen

from db.anchoring import make_anchor
from db.annotations import new_annotation
from db.models import GUIDE_EDITION
from db.models.annotation import HIGHLIGHT_COLOURS
from serge_tui.app import SergeApp
from serge_tui.themes import OWN_THEMES
from tests.serge_tui.drawn import Drawn, as_seen, contrast, drawn_text, lightness
from tests.serge_tui.helpers import settle

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.geometry import Region
    from textual.pilot import Pilot
    from textual.theme import Theme
    from textual.widget import Widget

    from db.library import Library

ENOUGH: Final = 4.5
SIZE: Final = (110, 32)
JOURNEY: Final[Sequence[tuple[str, str]]] = (
    ("TodayScreen", ""),
    ("ReaderScreen", "f3"),
    ("ReaderScreen", "right_square_bracket a"),
    ("ReaderScreen", "escape f"),
    ("ReaderScreen", "f3 X t"),
    ("ReaderScreen", "t X v w w"),
    ("TextSearchScreen", "escape s b o"),
    ("ReaderScreen", "enter"),
    ("ReaderScreen", "right_square_bracket p"),
    ("ReaderScreen", "x"),
    ("NoteEditor", "f3 right_square_bracket p a"),
    ("FiguresScreen", "f4 s i"),
    ("FiguresScreen", "down enter"),
    ("FigureForm", "e"),
    ("FiguresScreen", "f"),
    ("FigureTableScreen", "escape T"),
    ("CardsScreen", "escape f5"),
    ("CardsScreen", "space"),
    ("DeckChooser", "d"),
    ("QuizScreen", "f6"),
    ("QuizScreen", "space 1"),
    ("NotesScreen", "f7"),
    ("YearsScreen", "f8 down"),
    ("YearsScreen", "greater_than_sign"),
    ("ProgressScreen", "f9"),
    ("FindScreen", "slash l e down"),
    ("CommandPalette", "ctrl+p"),
    ("HelpScreen", "question_mark"),
    ("SettingsScreen", "comma down"),
    ("LibraryDialog", "L"),
)
"""Which screen or dialog is looked at, and the keys that lead there from the one before; a dialog is closed first."""


def leave_notes(library: Library) -> None:
    """A highlight of each colour and a note on the first page."""
    texts = [passage.text for passage in library.passages.between(GUIDE_EDITION, 0, 10)]
    for at, colour in enumerate(HIGHLIGHT_COLOURS):
        anchor = make_anchor(GUIDE_EDITION, texts, 0, 1, at * 24, 1, at * 24 + 18)
        body = "As in the chapter on *prison*." if at == 0 else ""
        library.annotations.save(new_annotation("highlight", anchor=anchor, colour=colour, body=body)).result()


def seen(widget: Widget) -> Region:
    """Where a widget is seen: what is scrolled out of sight is no part of it."""
    region = widget.region
    for ancestor in widget.ancestors:
        if isinstance(ancestor, ScrollableContainer):
            region = region.intersection(ancestor.region)
    return region


def look(pilot: Pilot[None]) -> list[Drawn]:
    """What the screen shows; of a dialog over another screen, the dialog alone."""
    screen = pilot.app.screen
    within: list[Region] | None = None
    if isinstance(screen, ModalScreen) and screen.styles.background.a < 1:
        within = [seen(widget) for widget in screen.query("*") if not widget.children]
    return list(drawn_text(pilot.app.export_screenshot(), within))


@pytest.mark.parametrize("theme", [theme.name for theme in OWN_THEMES])
async def test_every_text_is_told_from_its_ground(library: Library, theme: str) -> None:
    leave_notes(library)
    library.settings.set("theme", theme).result()
    faint: dict[str, str] = {}
    async with SergeApp(library).run_test(size=SIZE) as pilot:
        await settle(pilot)
        for expected, keys in JOURNEY:
            await pilot.press(*keys.split())
            await settle(pilot)
            assert type(pilot.app.screen).__name__ == expected, keys
            drawn_here = look(pilot)
            assert drawn_here, f"{expected} shows nothing"
            for drawn in drawn_here:
                if drawn.contrast < ENOUGH:
                    pair = f"{drawn.colour} on {drawn.ground} is {drawn.contrast:.2f}"
                    faint.setdefault(pair, f"{expected}, line {drawn.line}: {drawn.words}")
            if isinstance(pilot.app.screen, ModalScreen):
                await pilot.press("escape")
    assert not faint, "\n".join(f"{pair} ({where})" for pair, where in faint.items())


SEEN_WITH: Final = {
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
}
"""How linear red, green and blue are seen (Machado, Oliveira and Fernandes 2009)."""
ONE_HUE: Final = (("amber", "red", "green"), ("blue", "violet"))
"""Highlights that look alike to these readers but for their lightness: yellowish ones, bluish ones."""
TOLD_APART: Final = 8.0


@pytest.mark.parametrize("seen_with", SEEN_WITH)
@pytest.mark.parametrize("theme", OWN_THEMES, ids=lambda theme: theme.name)
def test_highlights_of_one_hue_differ_in_lightness(theme: Theme, seen_with: str) -> None:
    assert sorted(colour for hue in ONE_HUE for colour in hue) == sorted(HIGHLIGHT_COLOURS)
    for hue in ONE_HUE:
        for one, other in combinations(hue, 2):
            first, second = (
                lightness(as_seen(theme.variables[f"highlight-{colour}"], SEEN_WITH[seen_with]))
                for colour in (one, other)
            )
            assert abs(first - second) >= TOLD_APART, f"{one} and {other}: {first:.0f} and {second:.0f}"


def test_a_highlight_leaves_its_words_readable() -> None:
    for theme in OWN_THEMES:
        assert theme.foreground is not None
        for colour in HIGHLIGHT_COLOURS:
            assert contrast(theme.foreground, theme.variables[f"highlight-{colour}"]) >= ENOUGH, (theme.name, colour)
