"""The pictures of screens: what differs is told and stored, and no picture is left behind by its test."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from textual.app import App

from tests import snapshots
from tests.snapshots import SnapshotMismatchError, Snapshots, rows_of, without_ids

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.pilot import Pilot

SVG = '<svg><text class="terminal-{0}-r1" x="1" y="20" clip="u">{1}</text><text x="9" y="20.0">&#160;b</text></svg>'


class Hello(App[None]):
    """A small app."""

    def compose(self) -> ComposeResult:
        """Two words that a test may change."""
        from textual.widgets import Input, Static

        yield Static("Hello, world")
        yield Input()


def test_a_picture_is_stored_compared_and_told_where_it_differs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshots, "DIFFERENT", tmp_path / "different")
    place = tmp_path / "__snapshots__" / "test_a" / "test_b.svg"
    with pytest.raises(SnapshotMismatchError, match="There is no picture"):
        Snapshots(place, update=False).compare(SVG.format(1, "a"))
    assert Snapshots(place, update=True).compare(SVG.format(1, "a"))
    assert Snapshots(place, update=False).compare(SVG.format(2, "a")), "Rich's own numbers do not count"
    with pytest.raises(SnapshotMismatchError, match=r"-a b\n\+c b"):
        Snapshots(place, update=False).compare(SVG.format(2, "c"))
    assert (tmp_path / "different" / "test_a" / "test_b.svg").read_text("utf-8") == without_ids(SVG.format(2, "c"))
    with pytest.raises(SnapshotMismatchError, match="Only colours or styles differ"):
        Snapshots(place, update=False).compare(SVG.format(2, "a").replace("x=", "fill='red' x="))


def test_an_app_is_drawn_once_it_is_at_rest(tmp_path: Path) -> None:
    place = tmp_path / "hello.svg"
    seen: list[str] = []

    async def before(pilot: Pilot[None]) -> None:
        await pilot.pause()
        seen.append(str(pilot.app.size))

    assert Snapshots(place, update=True)(Hello(), press="abc", terminal_size=(40, 9), run_before=before)
    rows = rows_of(place.read_text("utf-8"))
    assert rows[0] == "Hello" or "Hello, world" in rows
    assert any("abc" in row for row in rows)
    assert seen == ["Size(width=40, height=9)"]


def test_every_picture_belongs_to_a_test() -> None:
    for picture in Path(__file__).parent.rglob("__snapshots__/*/*.svg"):
        module = picture.parents[2] / f"{picture.parent.name}.py"
        test = picture.stem.partition("[")[0]
        assert f"def {test}(" in module.read_text("utf-8"), picture


def test_the_fixture_knows_its_place(snap_compare: Snapshots) -> None:
    assert str(snap_compare.place).endswith("__snapshots__/test_snapshots/test_the_fixture_knows_its_place.svg")
