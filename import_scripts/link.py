"""Which passage names which figure."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from db.text import fold, fold_with_map

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from db.models import Figure

FULL_NAME: Final = 1.0
SURNAME: Final = 0.9
_WORD: Final = re.compile(r"\w+(?:['-]\w+)*")
_PROPER: Final = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class _Form:
    """One way to write somebody, as folded words."""

    words: tuple[str, ...]
    figure: str
    confidence: float


class NameLinker:
    """Finds names in passages: the longest form that begins at a word, with capital letters where names have them."""

    def __init__(self, figures: Iterable[Figure]) -> None:
        forms = [form for figure in figures for form in _forms(figure)]
        bearers: defaultdict[tuple[str, ...], dict[str, float]] = defaultdict(dict)
        for form in forms:
            bearers[form.words][form.figure] = max(form.confidence, bearers[form.words].get(form.figure, 0.0))
        self._by_first: defaultdict[str, list[_Form]] = defaultdict(list)
        for words, figures_of in bearers.items():
            if len(figures_of) == 1:
                ((figure, confidence),) = figures_of.items()
                self._by_first[words[0]].append(_Form(words, figure, confidence))
        for ways in self._by_first.values():
            ways.sort(key=lambda form: -len(form.words))

    def mentions(self, texts: Sequence[str]) -> list[tuple[int, int, int, str, float]]:
        """Mentions in passages, in order: passage ordinal, start, end, figure, confidence."""
        return [
            (ordinal, start, end, figure, confidence)
            for ordinal, text in enumerate(texts)
            for start, end, figure, confidence in self.in_passage(text)
        ]

    def in_passage(self, text: str) -> list[tuple[int, int, str, float]]:
        """Mentions in one passage: start, end, figure, confidence."""
        folded, origin = fold_with_map(text)
        words = [(match.group().removesuffix("'s"), match.start(), match) for match in _WORD.finditer(folded)]
        found = []
        index = 0
        while index < len(words):
            form = self._longest(words, index)
            if form is None:
                index += 1
                continue
            last, last_start, _ = words[index + len(form.words) - 1]
            start, end = origin[words[index][1]], origin[last_start + len(last) - 1] + 1
            if text[start].isupper() or not _PROPER.match(text[start]):
                found.append((start, end, form.figure, form.confidence))
                index += len(form.words)
            else:
                index += 1
        return found

    def _longest(self, words: list[tuple[str, int, re.Match[str]]], index: int) -> _Form | None:
        for form in self._by_first.get(words[index][0], ()):
            if all(
                index + step < len(words) and words[index + step][0] == word for step, word in enumerate(form.words)
            ):
                return form
        return None


def _forms(figure: Figure) -> list[_Form]:
    texts = [(figure.name, FULL_NAME), (figure.surname, SURNAME), (figure.native_name, FULL_NAME)]
    texts += [(alias.text, FULL_NAME) for alias in figure.aliases if alias.kind != "cover" and not alias.shared]
    return [
        _Form(words, figure.key, confidence)
        for text, confidence in texts
        if (words := tuple(_WORD.findall(fold(text)))) and (len(words) > 1 or len(words[0]) > 2)
    ]
