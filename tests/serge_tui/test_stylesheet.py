"""No style sheet is parsed twice for one theme."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.css.parse import parse as parse_styles

from serge_tui.app import SergeApp
from serge_tui.themes import OWN_THEMES
from tests.serge_tui.helpers import settle

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pytest
    from textual.css.model import RuleSet
    from textual.css.types import CSSLocation

    from db.library import Library


async def test_a_mode_is_visited_without_parsing_styles_again_and_a_theme_changes_all(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    parsed: list[tuple[CSSLocation, str, object]] = []

    def parse(scope: str, css: str, read_from: CSSLocation, **others: object) -> Iterable[RuleSet]:
        parsed.append((read_from, scope, others["tie_breaker"]))
        return parse_styles(scope, css, read_from, **others)  # type: ignore[arg-type]

    monkeypatch.setattr("textual.css.stylesheet.parse", parse)
    app = SergeApp(library)
    async with app.run_test(size=(80, 24)) as pilot:
        for key in ("f9", "f7", "slash"):
            await pilot.press(key)
            await settle(pilot)
        assert any(path.endswith("progress.tcss") for (path, _), _, _ in parsed)
        assert any(path.endswith("find.tcss") for (path, _), _, _ in parsed)
        assert len(parsed) == len(set(parsed))

        await pilot.press("escape")
        before = app.screen.styles.background
        all_sources = {source for source, _, _ in parsed}
        parsed.clear()
        app.theme = OWN_THEMES[1].name
        await settle(pilot)
        assert {source for source, _, _ in parsed} == all_sources
        assert app.screen.styles.background != before
