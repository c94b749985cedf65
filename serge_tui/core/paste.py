"""What a terminal sends, mended before it is read: a paste whose end is lost, and bytes that are no text."""

from __future__ import annotations

from codecs import getincrementaldecoder
from typing import Final

BEGIN: Final = "\x1b[200~"
END: Final = "\x1b[201~"
MUCH: Final = 256
"""Characters read at once that nobody types: they are the rest of a paste."""


class PasteMender:
    """Follows what the terminal sends. `open` is whether a paste has begun and not ended yet."""

    def __init__(self) -> None:
        self.open = False
        self._cut_short = False
        self._decoder = getincrementaldecoder("utf-8")("replace")
        self._tail = ""
        self._held = ""

    def take(self, data: bytes) -> bytes:
        """Take in what was read, and return what to pass on at once.

        In a paste, the first part of its end is held back until the rest comes: in two parts, with time between them,
        it would be taken for Esc and letters. Bytes that are no text become replacement characters.
        """
        text = self._held + self._decoder.decode(data)
        self._held = ""
        if self._cut_short and text:
            self._cut_short = False
            text = _go_on(text)
        seen = self._tail + text
        begin, end = seen.rfind(BEGIN), seen.rfind(END)
        if begin != end:
            self.open = begin > end
        if self.open:
            self._held = _start_of_end(text)
            text = text[: len(text) - len(self._held)]
        self._tail = (self._tail + text)[1 - len(BEGIN) :]
        return text.encode()

    def give_up(self) -> bytes:
        """End a paste that has been open too long, and return what ends it."""
        self.open = False
        self._cut_short = True
        self._decoder.reset()
        self._tail = self._held = ""
        return END.encode()


def _go_on(text: str) -> str:
    """Return what came first after a paste was cut short; if it was late and no keys, as a paste of its own.

    Without that the rest of a paste that was only slow would be taken for keys.
    """
    if text.startswith(END):
        return text.removeprefix(END)
    begin, end = text.find(BEGIN), text.find(END)
    is_rest = end > 0 and not 0 <= begin < end
    is_much = len(text) >= MUCH and not text.startswith("\x1b")
    return BEGIN + text if is_rest or is_much else text


def _start_of_end(text: str) -> str:
    """Return how much of a paste's end a text ends with; nothing when it is whole or has not begun."""
    for length in range(min(len(END) - 1, len(text)), 0, -1):
        if text.endswith(END[:length]):
            return END[:length]
    return ""
