"""The page: a chapter as a virtual text view. Only the lines on the screen are ever made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.cache import LRUCache
from textual.message import Message
from textual.strip import Strip

from db.models.annotation import HIGHLIGHT_COLOURS
from db.text import sanitise, sanitise_line
from serge_tui.core.typesetting import offset_at
from serge_tui.modes.reader.stretch import Stretch
from serge_tui.modes.reader.widgets.page_layout import END_AIR, LABELS, SIGNS, PageLayout
from serge_tui.modes.reader.widgets.page_styling import Layer, Sign, colour_style, sign_for, sign_style, styled_pieces

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from textual import events
    from textual.selection import Selection

    from db.models import Passage
    from serge_tui.core.typesetting import Line, Settings


class PageView(PageLayout):
    """Shows the chapter given to `show`, at the place given to `go`; posts `Moved` when it shows other lines."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "page--text", "page--heading", "page--quote", "page--caption", "page--em", "page--strong", "page--capitals",
        "page--note-mark", "page--link", "page--name", "page--stranger", "page--term", "page--lit",
        "page--hit", "page--selected",
        "page--cursor", "page--letter", "page--label", "page--sign", "page--portrait-sign", "page--end",
        "page--noted", *map(colour_style, HIGHLIGHT_COLOURS), *map(sign_style, HIGHLIGHT_COLOURS),
    }  # fmt: skip
    DEFAULT_CSS = "".join(
        f"PageView > .{colour_style(colour)} {{ background: $highlight-{colour}; color: $foreground; }}\n"
        f"PageView > .{sign_style(colour)} {{ background: $highlight-{colour}; color: $foreground; }}\n"
        for colour in HIGHLIGHT_COLOURS
    )

    class Moved(Message):
        """Other lines are shown than before."""

    @dataclass
    class Pressed(Message):
        """A place was clicked; `sign` when it was the margin."""

        passage: int
        offset: int
        sign: bool = False

    @dataclass
    class Dragged(Message):
        """A stretch was selected with the mouse; None when it was cleared."""

        stretch: Stretch | None

    class OfferPressed(Message):
        """The offer under the chapter's end was clicked."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        self._drawn: LRUCache[int, list[Segment]] = LRUCache(1024)
        self._styles: dict[str, Style] = {}
        self._base = Style.null()
        self._layers: tuple[Layer, ...] = ()
        self._lights: dict[str, Layer] = {}
        self._signs: Mapping[int, Sequence[Sign]] = {}
        self._labels: Mapping[int, list[tuple[int, str]]] = {}
        self._letters: dict[int, dict[int, str]] = {}
        self._after = self._offer = ""

    # --- what is shown -----------------------------------------------------------------------------------------------

    def show(self, passages: Sequence[Passage], *, language: str, after: str = "") -> None:
        """Show a chapter from its beginning, without layers, lights and signs; `after` is a line under its end."""
        self._after, self._offer = sanitise_line(after), ""
        self._lights, self._letters, self._signs, self._labels, self._layers = {}, {}, {}, {}, ()
        self.lay_out_anew(passages, language)

    def layout_changed(self) -> None:
        """Forget the lines that were drawn."""
        self._drawn.clear()

    def moved(self) -> None:
        """Post `Moved`."""
        self.post_message(self.Moved())

    def put_layers(self, layers: Sequence[Layer]) -> None:
        """Draw what stays over the text: styles, names, highlights."""
        self._layers = tuple(layers)
        self._redraw()

    def put_signs(self, signs: Mapping[int, Sequence[Sign]]) -> None:
        """Draw signs in the margin, by passage."""
        self._signs = signs
        self._redraw()

    def put_labels(self, labels: Mapping[int, list[tuple[int, str]]]) -> None:
        """Draw the numbers of printed pages, by passage: offset, number."""
        self._labels = {
            passage: [(offset, sanitise_line(label)) for offset, label in found] for passage, found in labels.items()
        }
        self._redraw()

    def light(self, name: str, layer: Layer | None) -> None:
        """Draw a layer that comes and goes (lit, found, selected), or clear it; drawn in the order of names."""
        if layer is None:
            if self._lights.pop(name, None) is None:
                return
        else:
            self._lights[name] = layer
        self._redraw()

    def put_offer(self, offer: str) -> None:
        """Draw a line between the chapter's end and what comes after it; empty for none. No other line moves but that
        one.
        """
        if (offer := sanitise_line(offer)) != self._offer:
            self._offer = offer
            self._redraw()

    @property
    def shows_end(self) -> bool:
        """Whether the chapter's last line is in view."""
        return self._layout is not None and any(end == len(self._layout) > begin for begin, end in self.spans())

    def put_letters(self, letters: Mapping[tuple[int, int], str]) -> None:
        """Draw letters over places of the text; an empty mapping clears them."""
        self._letters = {}
        for (passage, offset), letter in letters.items():
            self._letters.setdefault(passage, {})[offset] = letter
        self._redraw()

    # --- drawing -----------------------------------------------------------------------------------------------------

    def notify_style_update(self) -> None:
        """Forget what was drawn in other colours."""
        super().notify_style_update()
        self._styles = {}
        self._drawn.clear()

    def _redraw(self) -> None:
        self._drawn.clear()
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw one row of the screen."""
        width = self.size.width
        if not self._styles:
            self._base = self.rich_style
            for name in self.COMPONENT_CLASSES:
                self._styles[name] = self.get_component_rich_style(name, partial=True)
        if self._layout is None or self._columns is None:
            return Strip.blank(width, self._base)
        used = self._left
        segments = [Segment(" " * self._left, self._base)]
        is_told = False
        for column, (begin, end) in enumerate(self.spans()):
            if column and self._columns.gutter > LABELS:
                # The rest of the gutter is the room for labels.
                segments.append(Segment(" " * (self._columns.gutter - LABELS), self._base))
                used += self._columns.gutter - LABELS
            index = begin + y
            segments += self._pieces(index) if index < end else self._beyond(index if not is_told else -1)
            # What comes after the chapter is told once, below the last line.
            is_told = is_told or begin <= len(self._layout) + END_AIR - 1 < begin + self.rows
            used += SIGNS + self._columns.measure + LABELS
        segments.append(Segment(" " * max(0, width - used), self._base))
        return Strip(segments, max(width, used)).crop(0, width)

    def _beyond(self, index: int) -> list[Segment]:
        """Draw what is below the last line."""
        assert self._columns is not None
        room = SIGNS + self._columns.measure + LABELS
        words = self._words_beyond(index)
        if not words:
            return [Segment(" " * room, self._base)]
        after = set_cell_size(words, room - SIGNS)
        return [Segment(" " * SIGNS, self._base), Segment(after, self._base + self._styles["page--end"])]

    def _words_beyond(self, index: int) -> str:
        """Return the words of a line below the last one: the offer, if there is one, and what comes after."""
        if self._layout is None or index < 0:
            return ""
        lines = ["", *([self._offer] if self._offer else []), self._after]
        at = index - len(self._layout)
        return lines[at] if 0 <= at < len(lines) else ""

    def _pieces(self, index: int) -> list[Segment]:
        """Return a line with its margins, drawn once."""
        segments = self._drawn.get(index)
        if segments is None:
            assert self._layout is not None
            segments = self._drawn[index] = self._draw(self._layout.line(index), index)
        return segments

    def _draw(self, line: Line, index: int) -> list[Segment]:
        assert self._columns is not None
        measure, base = self._columns.measure, self._base
        if line.passage < 0:
            return [Segment(" " * (SIGNS + measure + LABELS), base + Style.from_meta({"offset": (0, index)}))]
        sign = sign_for(self._signs.get(line.passage, ()), line.start, max(line.end, line.start + 1))
        label = next((label for at, label in self._labels.get(line.passage, ()) if line.start <= at <= line.end), "")
        layers = [*self._layers, *(self._lights[name] for name in sorted(self._lights))]
        text = styled_pieces(line, layers, self._styles, base, self._letters.get(line.passage))
        margin = " " * (SIGNS - 1 + line.indent)
        pieces = [(margin, base), *text]
        pieces.insert(0, (sign.character, base + self._styles[sign.style]) if sign else (" ", base))
        # The mouse asks which character of the line a cell shows; the margin's cells count backwards.
        segments, at = [], -SIGNS - line.indent
        for piece, style in pieces:
            segments.append(Segment(piece, style + Style.from_meta({"offset": (at, index)})))
            at += len(piece)
        missing = measure - line.indent - sum(cell_len(piece) for piece, _ in text)
        tail = f"{label[: LABELS - 1]:>{LABELS + max(0, missing)}}"
        style = base + self._styles["page--label"] if label else base
        segments.append(Segment(tail, style + Style.from_meta({"offset": (at, index)})))
        return segments

    # --- the mouse ---------------------------------------------------------------------------------------------------

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """Return the words selected with the mouse, as they are in the text: without added hyphens and spaces."""
        stretch = self._selected(selection)
        return None if stretch is None else (sanitise(self.words_of(stretch)), "\n")

    def selection_updated(self, selection: Selection | None) -> None:
        """Post which words the mouse has selected."""
        self.post_message(self.Dragged(None if selection is None else self._selected(selection)))

    def _selected(self, selection: Selection) -> Stretch | None:
        if self._layout is None or not self._passages:
            return None
        last = self._passages[-1]
        begin, stop = (self._passages[0].ordinal, 0), (last.ordinal, len(last.text))
        if selection.start is not None:
            begin = self._place_of(selection.start.y, selection.start.x)
        if selection.end is not None:
            stop = self._place_of(selection.end.y, selection.end.x)
        return Stretch.between(begin, stop) if begin != stop else None

    def on_click(self, event: events.Click) -> None:
        """Post which place was clicked."""
        if event.button != 1 or self.text_selection is not None or self._layout is None or self._columns is None:
            return
        cells = SIGNS + self._columns.measure + self._columns.gutter
        column, within = divmod(max(0, event.x - self._left), cells)
        begin, end = self.spans()[min(column, self._columns.count - 1)]
        index = begin + event.y
        if index >= end:
            if self._offer and self._words_beyond(index) == self._offer:
                self.post_message(self.OfferPressed())
            return
        line = self._layout.line(index)
        if line.passage < 0:
            return
        sign = within < SIGNS and event.x >= self._left
        offset = line.start if sign else offset_at(line, within - SIGNS)
        if sign or line.start <= offset < line.end:
            self.post_message(self.Pressed(line.passage, offset, sign=sign))


class SecondPage(PageView):
    """A page that follows another: it posts no moves or clicks, and the wheel over it moves the other one."""

    ALLOW_SELECT = False

    @dataclass
    class Wheeled(Message):
        """The wheel was turned: lines, downwards positive."""

        lines: int

    def post_message(self, message: Message) -> bool:
        """Post anything but moves and clicks."""
        return isinstance(
            message, PageView.Moved | PageView.Pressed | PageView.Dragged | PageView.OfferPressed
        ) or super().post_message(message)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Move the other page."""
        self._wheel(event, 3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Move the other page."""
        self._wheel(event, -3)

    def _wheel(self, event: events.MouseEvent, lines: int) -> None:
        event.stop()
        event.prevent_default()
        self.post_message(self.Wheeled(lines))
