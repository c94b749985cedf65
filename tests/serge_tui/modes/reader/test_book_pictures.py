"""The pictures of the book, from their captions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.book import Span
from db.models import Place
from db.store import EditionFindings, replace_edition
from serge_tui.app import SergeApp
from serge_tui.modes.reader.chapter import open_chapter
from serge_tui.navigation import ReadAt
from tests.db.helpers import book
from tests.serge_tui.helpers import settle
from tests.serge_tui.modes.reader.reading import reader

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pytest

    from db.library import Library

PNG = b"\x89PNG\r\n\x1a\n"


def store(library: Library, *captions: str) -> None:
    """Store a text with captions, the last of them with a link in its middle, and a hundred lines between them."""
    between = ["Nobody wrote home."] * 40
    text = book(["It snowed.", *(line for caption in captions for line in (caption, *between))], title="A small book")
    blocks = text.chapters[0].blocks
    for number, block in enumerate(block for block in blocks if block.text in captions):
        block.kind = "figure"
        block.pictures = [str(number)]
        text.pictures[str(number)] = PNG + str(number).encode()
    blocks[-41].spans = [Span(4, 6, "link", "#0:0")]
    library.writer.run(lambda c: replace_edition(c, "small", text, "d", EditionFindings()))


async def test_a_caption_is_a_link_to_its_picture(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    store(library, "Petrograd in 1919", "Two of them")
    given: list[Sequence[bytes]] = []

    def show(pictures: Sequence[bytes]) -> str:
        given.append(pictures)
        return "Shown."

    monkeypatch.setattr("serge_tui.services.pictures.show_pictures", show)
    app = SergeApp(library, start=ReadAt(Place("small", 0, 0)))
    told: list[str] = []
    monkeypatch.setattr(app, "inform", told.append)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("enter")  # nothing is highlighted, and one caption is in view
        await settle(pilot)
        assert given.pop() == [PNG + b"0"]
        assert told[-1] == "Shown."
        await pilot.press("right_square_bracket", "l", "enter")
        await settle(pilot)
        assert given.pop() == [PNG + b"1"]
        await pilot.press("left_square_bracket", "l", "f", "a")
        await settle(pilot)
        assert given.pop() == [PNG + b"0"]
        await pilot.press("G", "enter")
        await settle(pilot)
        assert given == []
        assert reader(pilot).text.edition == "small"


def test_a_link_in_a_caption_stays_one(library: Library) -> None:
    store(library, "Two of them")
    edition, chapter = library.texts.edition("small"), library.texts.chapter("small", 0)
    assert edition is not None
    assert chapter is not None
    links = open_chapter(library, edition, chapter).links
    assert [(link.stretch.start, link.stretch.end, link.target) for link in links] == [
        (0, 4, "picture:1"),
        (4, 6, "#0:0"),
    ]
