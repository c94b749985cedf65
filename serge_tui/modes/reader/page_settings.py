"""How the text is set on the page: line length, justification, paragraphs, pages."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, get_args

from serge_tui.core.typesetting import Setting
from serge_tui.services.reading_settings import NARROWEST, SETTING_NAMES, WIDEST, PageChoices, page_choices

if TYPE_CHECKING:
    from serge_tui.host import Host
    from serge_tui.modes.reader.widgets.page import PageView


class PageSettings:
    """Changes how the text is set, and saves it."""

    def __init__(self, page: PageView, host: Host) -> None:
        self._page, self._host = page, host

    def follow(self) -> None:
        """Set the text as the reader wants it by now: it may have been changed in Settings."""
        wanted = page_choices(self._host.library)
        if wanted != PageChoices(self._page.settings, self._page.paged):
            self._page.set_settings(wanted.settings, paged=wanted.paged)

    def action_measure(self, more: int) -> None:
        """Make the lines longer or shorter."""
        settings = self._page.settings
        measure = max(NARROWEST, min(WIDEST, settings.measure + more))
        self._page.set_settings(replace(settings, measure=measure))
        self._save("reader.measure", measure)
        self._host.inform(f"Lines of {measure} characters.")

    def action_setting(self) -> None:
        """Set the text in the next of the four ways."""
        settings = self._page.settings
        ways = get_args(Setting)
        way = ways[(ways.index(settings.setting) + 1) % len(ways)]
        self._page.set_settings(replace(settings, setting=way))
        self._save("reader.setting", way)
        self._host.inform(f"{SETTING_NAMES[way]}.")

    def action_paragraphs(self) -> None:
        """Indent paragraphs, or put space between them."""
        settings = self._page.settings
        spaced = settings.paragraphs == "indented"
        self._page.set_settings(replace(settings, paragraphs="spaced" if spaced else "indented"))
        self._save("reader.paragraphs", self._page.settings.paragraphs)
        self._host.inform("Space between paragraphs." if spaced else "Paragraphs indented.")

    def action_paged(self) -> None:
        """Show whole pages, or scroll."""
        paged = not self._page.paged
        self._page.set_settings(self._page.settings, paged=paged)
        self._save("reader.paged", paged)
        self._host.inform("Whole pages." if paged else "One long text.")

    def _save(self, name: str, value: str | int | bool) -> None:
        self._host.watch_write(self._host.library.settings.set(name, value))
