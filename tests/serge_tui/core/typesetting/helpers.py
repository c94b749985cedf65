"""Passages and strategies that several tests of the room share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, get_args

from hypothesis import strategies as st

from db.book import PassageKind
from db.models import Passage
from serge_tui.core.typesetting import Line, Setting, Settings

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

KINDS: Final[tuple[PassageKind, ...]] = get_args(PassageKind)
SETTINGS: Final[tuple[Setting, ...]] = get_args(Setting)

PROSE: Final = (
    "The guide opens in the autumn of 1920, with the civil war all but won and the cities emptying; in Petrograd the "
    "offices of the International stand beside the sailors\u2019 quarter, where nobody has been warm since October. "
    "Everything that could burn was burnt: fences, floors, the well-bound books of merchants\u2014and, in the end, the "
    "pianos. Commissions succeeded commissions, each contradicting the administrative arrangements of its predecessor."
)

_WORDS: Final = (
    *("a", "of", "the", "Petrograd", "revolutionary", "incomprehensibly", "it\u2019s", "well-known", "(sic)"),
    *("war\u2014and", "\u00ab", "\u00bb", "!", "?", ":", "\u2026", ". . .", "1917\u20131921", "T-34"),
    "https://example.org/a/very/long/address?of=the&kind=that-nobody-breaks-and-that-fills-a-line-or-two",
    "пролетариат",
    "\u05e9\u05c1\u05b8\u05dc\u05d5\u05b9\u05dd \u05e2\u05d5\u05dc\u05dd",
    "\u0633\u0644\u0627\u0645",
    "\u6f22\u5b57\u3068\u4eee\u540d\u3001\u6587\u3002",
    *("cafe\u0301", "e" + "\u0301" * 20, "\u0915\u094d\u0937\u093f"),
    *("\U0001f469\u200d\U0001f469\u200d\U0001f467", "\u2764\ufe0f", "\U0001f1eb\U0001f1f7"),
    *("re\u00advo\u00adlu\u00adtion", "zero\u200bwidth", "no\u2060\u2014\u2060break", "one\u00a0piece"),
)
_HOSTILE: Final = (
    *("\x1b[2J", "\x1b]52;c;AAAA\x07", "\x9b31m", "\u202e", "\u2066", "\x7f", "\ufeff", "\ud800", "\x00"),
    *("[bold]", "\U000e0041", "\u2028"),
)


def texts(*, hostile: bool = True, stray_marks: bool = True) -> SearchStrategy[str]:
    """Texts of words, with everything that is hard to measure or to draw among them."""
    letters = st.characters(categories=["L", "M", "P"] if stray_marks else ["L", "P"])
    pieces = [st.sampled_from(_WORDS), st.text(letters, min_size=1, max_size=8)]
    if hostile:
        pieces += [st.sampled_from(_HOSTILE), st.text(max_size=4)]
    joints = st.sampled_from([" "] * 12 + ["  ", "", "\n", "\t", "\u2009", "\u3000"])
    return st.lists(st.tuples(st.one_of(pieces), joints), max_size=60).map(
        lambda parts: "".join(word + joint for word, joint in parts)
    )


def prose() -> SearchStrategy[str]:
    """Texts of plain words of 1 to 14 letters, long enough for several lines."""
    word = st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=14)
    return st.lists(word, min_size=1, max_size=120).map(" ".join)


def settings() -> SearchStrategy[Settings]:
    """Every way to set a text, at every measure that is offered and some narrower ones."""
    return st.builds(
        Settings,
        measure=st.integers(16, 100),
        setting=st.sampled_from(SETTINGS),
        paragraphs=st.sampled_from(["indented", "spaced"]),
        language=st.sampled_from(["en", "fr", "ru", ""]),
    )


def passage(text: str, kind: PassageKind = "paragraph", ordinal: int = 0, level: int = 0) -> Passage:
    """Make a passage of a book that is not there."""
    return Passage("book", ordinal, 0, kind, level, text, ())


def shown(line: Line) -> list[tuple[int, str]]:
    """What of the passage a line shows: offset and drawn character, in the order drawn."""
    offsets = line.offsets if line.offsets is not None else range(line.start, line.start + len(line.text))
    return [(offset, char) for offset, char in zip(offsets, line.text, strict=True) if offset >= 0]
