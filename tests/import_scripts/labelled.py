"""Texts labelled by hand: where somebody is named and who it is, without the text itself.

Positions count letters only (`str.isalpha`), so that they hold whatever an importer does with spaces, punctuation, line
ends, invisible characters and footnote marks. A stretch is a run of paragraphs, at most a page or so; it is
found in a text by a digest of its first letters and proved by a digest of all of them.

A label whose figure begins with `?` is optional: whether "the Tsar's army" names Nicholas II is a matter of taste.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from db.book import Book

LABELS: Final = Path(__file__).resolve().parent / "labels"
HEAD_LETTERS: Final = 24
_MARK: Final = re.compile(r"[A-Z]?\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Label:
    """Somebody named: first letter and number of letters within the stretch, and the figure's key."""

    start: int
    length: int
    figure: str
    optional: bool = False


@dataclass(slots=True)
class Stretch:
    """A labelled run of paragraphs."""

    title: str
    letters: int
    head: str
    digest: str
    labels: list[Label] = field(default_factory=list)


@dataclass(slots=True)
class LabelledText:
    """A file of labels: the sample it belongs to and its stretches."""

    sample: str
    stretches: list[Stretch]


def digest_of(text: str) -> str:
    """A short digest of letters."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def letters_of(text: str) -> str:
    """The letters of a text, and nothing else."""
    return "".join(filter(str.isalpha, text))


def without_note_marks(book: Book) -> list[str]:
    """Passages with the marks of footnotes blanked out, each character in its place."""
    texts = []
    for chapter in book.chapters:
        for block in chapter.blocks:
            text = block.text
            for span in block.spans:
                if span.style == "note" or (span.style == "link" and _MARK.fullmatch(text[span.start : span.end])):
                    text = text[: span.start] + " " * (span.end - span.start) + text[span.end :]
            texts.append(text)
    return texts


class LetterIndex:
    """The letters of passages in one row, with the way back to passage and offset."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.stream = ""
        self._starts: list[int] = []
        parts: list[str] = []
        position = 0
        for text in texts:
            self._starts.append(position)
            letters = letters_of(text)
            parts.append(letters)
            position += len(letters)
        self.stream = "".join(parts)
        self._texts = texts

    def letter(self, passage: int, offset: int) -> int:
        """How many letters stand before a place."""
        return self._starts[passage] + len(letters_of(self._texts[passage][:offset]))

    def find(self, stretches: Iterable[Stretch]) -> dict[str, int]:
        """Where stretches begin, by digest; those that do not stand there word for word are left out."""
        wanted: dict[str, list[Stretch]] = {}
        for stretch in stretches:
            wanted.setdefault(stretch.head, []).append(stretch)
        found: dict[str, int] = {}
        for start in range(len(self.stream) - HEAD_LETTERS + 1):
            head = digest_of(self.stream[start : start + HEAD_LETTERS])
            for stretch in wanted.get(head, ()):
                if digest_of(self.stream[start : start + stretch.letters]) == stretch.digest:
                    found.setdefault(stretch.digest, start)
        return found


def read_labels(path: Path) -> LabelledText:
    """Read a file of labels."""
    sample = ""
    stretches: list[Stretch] = []
    for line in path.read_text("utf-8").splitlines():
        kind, *fields = line.split("\t")
        if kind == "sample":
            sample = fields[0]
        elif kind == "stretch":
            stretches.append(Stretch(fields[0], int(fields[1]), fields[2], fields[3]))
        elif kind and not kind.startswith("#"):
            figure = fields[1]
            stretches[-1].labels.append(
                Label(int(kind), int(fields[0]), figure.removeprefix("?"), optional=figure.startswith("?"))
            )
    return LabelledText(sample, stretches)
