"""How the reader wants the text set and its names underlined: what can be chosen, and what was."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, cast, get_args

from serge_tui.core.typesetting import Setting, Settings

if TYPE_CHECKING:
    from db.library import Library

NARROWEST: Final = 40
WIDEST: Final = 100
"""Characters of a line, at least and at most."""
USUAL_MEASURE: Final = 66
SETTING_NAMES: Final[dict[Setting, str]] = {
    "ragged": "Ragged right",
    "ragged-optimum": "Ragged right, best breaks of the whole paragraph",
    "justified": "Justified",
    "justified-hyphenated": "Justified and hyphenated",
}
NAME_WAYS: Final = {
    "every": "every time",
    "first": "the first time on a page",
    "fading": "less as you learn them",
    "off": "never",
}
"""The ways to underline names, as they are saved, with their words."""
NAMES: Final = "reader.names"
TERMS: Final = "reader.terms"
PORTRAITS: Final = "reader.portraits"
STRANGERS: Final = "reader.strangers"
PAGED: Final = "reader.paged"
AT_CHAPTERS_END: Final = "reader.questions"
"""Whether the end of a chapter offers questions on it."""
BEFORE_CHAPTER: Final = "reader.questions_before"
"""Whether questions are asked before a chapter is read."""


@dataclass(frozen=True, slots=True)
class PageChoices:
    """How the text is set, and whether whole pages are shown."""

    settings: Settings
    paged: bool


def page_choices(library: Library) -> PageChoices:
    """Return how the reader wants the text set and shown; what is unset or unknown has its default."""
    return PageChoices(saved_settings(library), library.settings.get(PAGED, False))


def saved_settings(library: Library) -> Settings:
    """Return how the reader wants the text set."""
    settings = library.settings
    setting = settings.get("reader.setting", "ragged-optimum")
    spaced = settings.get("reader.paragraphs", "indented") == "spaced"
    return Settings(
        measure=max(NARROWEST, min(WIDEST, settings.get("reader.measure", USUAL_MEASURE))),
        setting=cast("Setting", setting) if setting in get_args(Setting) else "ragged-optimum",
        paragraphs="spaced" if spaced else "indented",
    )
