"""Screens compared with accepted pictures of them: the fixture `snap_compare`.

A picture is an SVG in `__snapshots__/MODULE/TEST.svg` beside the test. `--accept-screens` (or `make snapshots`) accepts
the screens as they are; look at what changed before you commit. A screen that differs is stored in `build/snapshots`.
"""

from __future__ import annotations

import difflib
import html
import re
from inspect import isawaitable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable

    import pytest
    from textual.app import App
    from textual.pilot import Pilot

UPDATE: Final = "--accept-screens"
DIFFERENT: Final = Path(__file__).resolve().parent.parent / "build" / "snapshots"
_UNIQUE: Final = re.compile(r"\bterminal-\d+-([\w-]+)")
_ROW: Final = re.compile(r"<text[^>]* y=\"([\d.]+)\"[^>]*>([^<]*)</text>")


class SnapshotMismatchError(AssertionError):
    """A screen is not as its picture, or has none yet."""


class Snapshots:
    """Compares screens with the pictures of one test.

    Args:
        place: Where the picture of this test is.
        update: Whether to accept the screen as it is.
    """

    def __init__(self, place: Path, *, update: bool) -> None:
        self.place = place
        self._update = update

    def __call__(
        self,
        app: App[Any],
        press: Iterable[str] = (),
        terminal_size: tuple[int, int] = (80, 24),
        run_before: Callable[[Pilot[Any]], Awaitable[None] | None] | None = None,
    ) -> bool:
        """Run an app without a terminal, and compare its screen. Returns True, so that a test can assert it.

        Args:
            app: The app.
            press: Keys to press first.
            terminal_size: Columns and lines.
            run_before: Called before the keys; may be a coroutine function.

        Raises:
            SnapshotMismatchError: The screen differs, or there is no picture; its text tells the lines that differ.
        """
        return self.compare(drawn(app, press, terminal_size, run_before))

    def compare(self, screen: str) -> bool:
        """Compare an SVG with the picture, or store it in its place; see `__call__`."""
        screen = without_ids(screen)
        if self._update:
            self.place.parent.mkdir(parents=True, exist_ok=True)
            self.place.write_text(screen, "utf-8")
            return True
        accepted = without_ids(self.place.read_text("utf-8")) if self.place.exists() else ""
        if screen == accepted:
            return True
        stored = DIFFERENT / self.place.parent.name / self.place.name
        stored.parent.mkdir(parents=True, exist_ok=True)
        stored.write_text(screen, "utf-8")
        changes = difflib.unified_diff(rows_of(accepted), rows_of(screen), "accepted", "now", lineterm="", n=1)
        told = "\n".join(changes) or "Only colours or styles differ."
        fault = "The screen differs from" if accepted else "There is no picture"
        raise SnapshotMismatchError(f"{fault} {self.place}; it is now {stored}\n{told}")


def drawn(
    app: App[Any],
    press: Iterable[str],
    size: tuple[int, int],
    run_before: Callable[[Pilot[Any]], Awaitable[None] | None] | None,
) -> str:
    """Return the screen of an app as SVG, once it is at rest."""
    screens: list[str] = []

    async def steer(pilot: Pilot[Any]) -> None:
        if run_before is not None and isawaitable(waiting := run_before(pilot)):
            await waiting
        await pilot.pause()
        await pilot.press(*press)
        await pilot.wait_for_scheduled_animations()
        await pilot.pause()
        screens.append(app.export_screenshot(title=app.title, simplify=True))
        app.exit()

    app.run(headless=True, size=size, auto_pilot=steer)
    return screens[0]


def without_ids(svg: str) -> str:
    """Return an SVG without the numbers that Rich makes anew each time."""
    return _UNIQUE.sub(r"terminal-\1", svg)


def rows_of(svg: str) -> list[str]:
    """Return what stands in the rows of a screen, top to bottom."""
    rows: dict[float, str] = {}
    for y, words in _ROW.findall(svg):
        rows[float(y)] = rows.get(float(y), "") + html.unescape(words).replace("\N{NO-BREAK SPACE}", " ")
    return [rows[y].rstrip() for y in sorted(rows)]


def snapshots_of(request: pytest.FixtureRequest) -> Snapshots:
    """Return the pictures of a test."""
    path = request.node.path
    name = request.node.name.replace("/", "_")
    place = path.parent / "__snapshots__" / path.stem / f"{name}.svg"
    return Snapshots(place, update=bool(request.config.getoption(UPDATE)))
