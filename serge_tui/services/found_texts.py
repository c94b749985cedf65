"""What was found in the reader's texts, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from serge_tui.core.wording import counted

if TYPE_CHECKING:
    from db.library import Library
    from db.models.found_text import FoundSearch

NOT_YET: Final = "portraits cannot be looked for yet in a text of this language"


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
