"""The page of the reader: how the text is set, and what is drawn over it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast, get_args

from serge_tui.commands.app import EVERYWHERE
from serge_tui.core.typesetting import Setting, Settings
from serge_tui.modes.mode_screen import ModeScreen
from serge_tui.modes.reader.stretch import Stretch
from serge_tui.modes.reader.widgets.page import PageView
from serge_tui.modes.reader.widgets.page_styling import SPAN_STYLES, Layer, layer_of
from serge_tui.widgets.key_line import KeyLine

if TYPE_CHECKING:
    from serge_tui.modes.reader.chapter import OpenChapter
    from serge_tui.modes.reader.widgets.overlay import Overlay
    from serge_tui.navigation import Mode


class OpenPage(ModeScreen):
    """The page with the chapter that is open, and its layers."""

    MODE: ClassVar[Mode] = "reader"

    def __init__(self) -> None:
        super().__init__()
        self.opened: OpenChapter | None = None
        self.lit: Stretch | None = None
        self._page: PageView | None = None

    @property
    def page(self) -> PageView:
        """The page; it is there from the first layout on, and still when the screen is being taken down."""
        assert self._page is not None
        return self._page

    def make_page(self) -> PageView:
        """Make the page as the reader wants the text set."""
        self._page = PageView(self._read_settings())
        self._page.paged = self.host.library.settings.get("reader.paged", False)
        return self._page

    def _read_settings(self) -> Settings:
        settings = self.host.library.settings
        setting = settings.get("reader.setting", "ragged-optimum")
        spaced = settings.get("reader.paragraphs", "indented") == "spaced"
        return Settings(
            measure=max(40, min(100, settings.get("reader.measure", 66))),
            setting=cast("Setting", setting) if setting in get_args(Setting) else "ragged-optimum",
            paragraphs="spaced" if spaced else "indented",
        )

    # --- layers ------------------------------------------------------------------------------------------------------

    def show_title(self, opened: OpenChapter) -> None:
        """Say what is open."""
        self.set_context(f"{opened.chapter.title} · {opened.edition.title}")

    def draw_layers(self) -> None:
        """Draw looks, links, names and what the reader marked."""
        if self.opened is not None:
            self.page.put_layers([*self.base_layers(self.opened), *self.mark_layers(self.opened)])

    def base_layers(self, opened: OpenChapter) -> list[Layer]:
        """Looks and links of the text."""
        looks = {name: Layer(name) for name in [*SPAN_STYLES.values(), "page--capitals"]}
        for passage in opened.passages:
            for span in passage.spans:
                if span.style == "smallcaps":
                    looks["page--capitals"].add(passage.ordinal, span.start, span.end)
                elif span.style in SPAN_STYLES and span.style != "link":
                    looks[SPAN_STYLES[span.style]].add(passage.ordinal, span.start, span.end)
        links = layer_of("page--link", (link.stretch for link in opened.links if not link.is_note))
        return [*(layer for layer in looks.values() if layer.stretches), links]

    def name_layer(self, opened: OpenChapter) -> Layer:
        """Everybody named, underlined."""
        return layer_of("page--name", map(Stretch.of, opened.others))

    def mark_layers(self, _opened: OpenChapter) -> list[Layer]:
        """What other flows draw over the text."""
        return []

    def show_lit(self, stretch: Stretch | None) -> None:
        """Light a stretch: the name one is at, the words one came for."""
        self.lit = stretch
        self.page.light("b-lit", layer_of("page--lit", [stretch]) if stretch else None)

    # --- around it ---------------------------------------------------------------------------------------------------

    def put_over(self, box: Overlay, place: tuple[int, int]) -> None:
        """Put a box over the page beside a place of the text."""
        column, row = self.page.spot_of(*place) or (0, 0)
        region, area = self.page.region, self.query_one("#reader").region
        box.put(column + region.x - area.x, row + region.y - area.y, area.width, area.height)

    def commands_changed(self) -> None:
        """Show the keys that matter now: those of what lies over the page while something does."""
        over = self.extra_commands()
        self.query_one(KeyLine).commands = (*over, *EVERYWHERE) if over else self.all_commands()
