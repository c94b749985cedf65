"""Looking for portraits in the reader's texts beside the app, and what was found, in sentences."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING, Final, Protocol

from serge_tui.core.wording import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from db.library import Library
    from db.models.found_text import FoundSearch

NOT_YET: Final = "portraits cannot be looked for yet in a text of this language"


class PortraitSearcher(Protocol):
    """Looks for portraits and sayings in texts. Called in a thread."""

    def run(
        self, editions: Sequence[str], progress: Callable[[str, int, int], None], is_cancelled: Callable[[], bool]
    ) -> list[str]:
        """Search texts, and return a sentence on each; `progress` is told edition, chapters done and chapters in all.

        What was found is stored as it goes, so a search that is cancelled can go on later. Raises SergeError.
        """


class PortraitSearches:
    """The searches under way: one at a time, the others wait for their turn."""

    def __init__(self, searcher: PortraitSearcher) -> None:
        self._searcher = searcher
        self._turn = asyncio.Lock()
        self._stopped = threading.Event()
        self._progress: dict[str, tuple[int, int]] = {}

    @property
    def progress(self) -> Mapping[str, tuple[int, int]]:
        """Chapters done and chapters in all, by edition, of the searches under way or waiting."""
        return self._progress

    async def run(self, editions: Collection[str]) -> list[str]:
        """Search texts that are not being searched already; return a sentence on each. Raises SergeError."""
        new = [edition for edition in editions if edition not in self._progress]
        self._progress.update(dict.fromkeys(new, (0, 0)))
        try:
            async with self._turn:
                return await asyncio.to_thread(self._searcher.run, new, self._came, self._stopped.is_set)
        finally:
            for edition in new:
                self._progress.pop(edition, None)

    def stop(self) -> None:
        """End what is under way, because the app ends; it goes on the next time."""
        self._stopped.set()

    def _came(self, edition: str, done: int, chapters: int) -> None:
        if edition in self._progress:
            self._progress[edition] = (done, chapters)


def search_line(search: FoundSearch | None, counts: tuple[int, int], under_way: tuple[int, int] | None) -> str:
    """Return how far the search of one of the reader's texts is, in a few words; `counts` are portraits and sayings."""
    if under_way is not None:
        done, chapters = under_way
        return (
            f"looking for portraits: {done:,} of {counted(chapters, 'chapter')}"
            if chapters
            else "looking for portraits"
        )
    if search is None:
        return "p looks for portraits and sayings in it"
    if search.state == "searching":
        return f"portraits looked for in {search.chapters_done:,} of {counted(search.chapters, 'chapter')} · p goes on"
    if search.state == "no language":
        return "portraits cannot be looked for yet in this language"
    return f"{counted(counts[0], 'portrait')} and {counted(counts[1], 'saying')} found"


def search_sentence(library: Library, search: FoundSearch, title: str) -> str:
    """Return one line that says what was found in a text, or why nothing was."""
    if search.state == "no language":
        return f"{title}: {NOT_YET}{f' ({search.language})' if search.language else ''}."
    if search.state == "searching":
        return (
            f"{title}: looking for portraits, {search.chapters_done:,} of {counted(search.chapters, 'chapter')} done."
        )
    found = library.found.of_edition(search.edition)
    portraits = [one for one in found if one.kind == "portrait"]
    sayings = [one for one in found if one.kind == "saying"]
    if not found:
        return f"{title}: no portraits and no sayings found."
    people = len({one.figure or one.name for one in portraits})
    sure = sum(one.is_card for one in sayings)
    return (
        f"{title}: {counted(len(portraits), 'portrait')} of {counted(people, 'person', 'people')},"
        f" {counted(len(sayings), 'saying')} ({sure:,} with a sure speaker)."
    )
