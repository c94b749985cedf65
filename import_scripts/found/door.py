"""What was found, as plain data: the form that labels are scored against and `--json` prints."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from import_scripts.formats.languages import guess_language, words_of
from import_scripts.found import portraits, sayings
from import_scripts.found.book import read_book
from import_scripts.found.glossary import glossary_mentions
from import_scripts.found.words import LANGUAGES
from import_scripts.pack import load_pack

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from import_scripts.found.book import ReadBook
    from import_scripts.found.portraits import Portrait, Weights
    from import_scripts.found.sayings import Saying


_SAMPLE: Final = 60_000
"""Characters of a book that its language is told by."""


class TextError(Exception):
    """A text that cannot be read; the message says which and why."""


def read_texts(paths: Sequence[Path]) -> list[tuple[str, str]]:
    """Return plain-text files as chapters named by their stems; raises TextError for one that cannot be read."""
    texts = []
    for path in paths:
        try:
            texts.append((path.stem, path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")))
        except OSError as error:
            raise TextError(f"{path}: {error.strerror or 'cannot be read'}. Check the name and try again.") from None
        except UnicodeDecodeError:
            raise TextError(f"{path}: not UTF-8 text. Save it as UTF-8 and try again.") from None
    return texts


def find(texts: Sequence[tuple[str, str]], people: Sequence[str] = (), language: str = "en") -> dict[str, Any]:
    """Return the portraits and sayings of a book given as chapters (name, text).

    `people` are names that the text is known to use. A language without word lists gives nothing.
    """
    if language not in LANGUAGES or not _is_in(texts, language):
        return {"portraits": [], "utterances": []}
    known = glossary_mentions([text for _, text in texts], load_pack().figures, language)
    return as_predictions(read_book(texts, language, known, people))


def why_nothing(texts: Sequence[tuple[str, str]], language: str = "en") -> str:
    """Return one sentence that says why `find` does not search a text, or "" when it does."""
    known = ", ".join(LANGUAGES)
    if language not in LANGUAGES:
        return f'There are no word lists for the language "{language}", so nothing was searched (there are: {known}).'
    if not _is_in(texts, language):
        return f'The text is not in the language "{language}", so nothing was searched (word lists: {known}).'
    return ""


def _is_in(texts: Sequence[tuple[str, str]], language: str) -> bool:
    """Whether a text is in a language, as far as its commonest words tell."""
    sample = [word for _, text in texts for word in words_of(text[: _SAMPLE // len(texts) + 1])]
    return guess_language(sample) in {"", language}


def as_predictions(book: ReadBook, weights: Weights | None = None) -> dict[str, Any]:
    """Return what is found in a book, best first; offsets are code points of the chapter's text."""
    return {
        "portraits": [_portrait(book, one) for one in portraits.find_portraits(book, weights)],
        "utterances": [_saying(book, one) for one in sayings.find_sayings(book)],
    }


def _portrait(book: ReadBook, one: Portrait) -> dict[str, Any]:
    chapter = book.chapters[one.chapter]
    return {
        "chapter": chapter.name, "start": one.start, "end": one.end, "person": one.person, "figure": one.key or None,
        "how": one.how, "score": round(one.score, 3), "deck": portraits.in_deck(one, chapter.text),
        "long": {"start": one.long_start, "end": one.long_end},
    }  # fmt: skip


def _saying(book: ReadBook, one: Saying) -> dict[str, Any]:
    chapter = book.chapters[one.chapter]
    return {
        "chapter": chapter.name, "start": one.start, "end": one.end,
        "parts": [{"start": start, "end": end} for start, end in one.parts],
        "speaker": one.speaker, "figure": one.key or None, "addressee": one.addressee, "how": one.how,
        "fragment": one.fragment, "written": one.written, "confidence": one.confidence,
        "card": sayings.is_card(one, chapter.text), "deck": sayings.in_deck(one, chapter.text),
    }  # fmt: skip
