"""Remove names from a text, so that no question shows its answer."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from db.text import fold, fold_with_map
from serge_tui.core.study.card import GAP

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from db.models import Figure, FigureName

_WHOLE_ONLY: Final = frozenset({"nickname", "initials", "cover", "pen", "party"})
_PARTICLES: Final = frozenset(
    "a al an and de del della der di dit du el i ii iii la le les of saint san st the van von y".split()
)
_ENDINGS: Final = r"(?:'s|s'|s|ism|ist|ists|ite|ites|ism's)?"
_AUTHOR: Final = "victor serge"
_AUTHORS_WORD: Final = "serge"
"""In this book it is the author's name: alone it names nobody else, not even Serge Zorin."""
_JOINED: Final = re.compile(rf"{GAP}(?:[ \u00a0-]+(?:de |von |van )?{GAP})+")
_POSSESSIVE: Final = re.compile(r"(?:['’]s|s['’])$")
_CAPITALISED: Final = re.compile(r"\b[^\W\d_a-z][^\W\d_]{5,}")
_LONG: Final = 7
"""Letters from which a surname but for one letter is still the surname: shorter ones are near too many words."""
_INITIAL: Final = re.compile(rf"(?:\b[A-ZЀ-Я]\. ?)+(?={GAP})")


def written_forms(figure: Figure | FigureName) -> tuple[str, ...]:
    """Return every form of a figure's name in the pack: name, native name, aliases."""
    return tuple(
        dict.fromkeys(text for text in (figure.name, figure.native_name, *(a.text for a in figure.aliases)) if text)
    )


def _pattern(forms: Iterable[str]) -> re.Pattern[str] | None:
    alternatives = sorted(set(forms), key=len, reverse=True)
    if not alternatives:
        return None
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, alternatives))}){_ENDINGS}(?!\w)")


@lru_cache(maxsize=2048)
def _patterns(kinds: tuple[tuple[str, str], ...]) -> tuple[re.Pattern[str] | None, re.Pattern[str] | None]:
    """Return the forms to look for: those of several words, in any case, and single words that count only as names."""
    whole: list[str] = []
    words: list[str] = []
    for text, kind in kinds:
        plain = fold(re.sub(r"\([^)]*\)", " ", text))
        if not plain:
            continue
        (whole if " " in plain else words).append(plain)
        if kind not in _WHOLE_ONLY:
            words += [w for w in re.findall(r"\w[\w'-]*", plain) if len(w) > 2 and w not in _PARTICLES]
    if _AUTHOR not in whole:
        words = [word for word in words if word != _AUTHORS_WORD]
    return _pattern(whole), _pattern(words)


def _patterns_of(figure: Figure | FigureName) -> tuple[re.Pattern[str] | None, re.Pattern[str] | None]:
    names = ((figure.name, "name"), (figure.native_name, "name"))
    return _patterns((*names, *((alias.text, alias.kind) for alias in figure.aliases)))


@lru_cache(maxsize=256)
def _folded(text: str) -> tuple[str, list[int]]:
    """Return a folded text, cached: one text is often searched for hundreds of people."""
    return fold_with_map(text)


def name_spans(text: str, figure: Figure | FigureName) -> list[tuple[int, int]]:
    """Return where a text names a figure, in any form: offsets into `text`, in order, not overlapping.

    A single word counts only with a capital, so that *harms* is not Kharms.
    """
    folded, origin = _folded(text)
    found: list[tuple[int, int]] = []
    for pattern, needs_capital in zip(_patterns_of(figure), (False, True), strict=True):
        if pattern is None:
            continue
        for match in pattern.finditer(folded):
            start, end = origin[match.start()], origin[match.end() - 1] + 1
            if not needs_capital or not text[start].islower():
                found.append((start, end))
    return list(_merged(sorted(found)))


def mask(text: str, figures: Iterable[Figure | FigureName]) -> str:
    """Replace every name of these figures, with the initials before it, by one gap; a possessive keeps its ending."""
    for figure in figures:
        for start, end in reversed(name_spans(text, figure)):
            owns = "’s" if _POSSESSIVE.search(text[start:end]) else ""
            text = f"{text[:start]}{GAP}{owns}{text[end:]}"
        text = _without_misspellings(_without_initials(text, figure), figure)
    return _INITIAL.sub("", _JOINED.sub(GAP, text))


def _without_initials(text: str, figure: Figure | FigureName) -> str:
    """Return a text without the initials that stand for a figure: *he was old himself, J.M., alone*."""
    surname = figure.sort_name.partition(",")[0]
    given = figure.sort_name.partition(",")[2].split()
    letters = [word[0] for word in (*given, surname) if word and word[0].isupper()]
    if not letters:
        return text
    whole = r"\.\s?".join(re.escape(letter) for letter in letters) + r"\."
    return re.sub(rf"(?<![\w.])(?:{whole}|{re.escape(letters[-1])}\.)(?=[\s,;:’'])(?!\s[A-ZА-Я])", GAP, text)


def _without_misspellings(text: str, figure: Figure | FigureName) -> str:
    """Return a text without capitalised words that are the surname but for one letter: *Akmatova*."""
    surname = fold(figure.sort_name.partition(",")[0])
    if len(surname) < _LONG or " " in surname:
        return text
    return _CAPITALISED.sub(lambda word: GAP if _is_near(fold(word[0]), surname) else word[0], text)


def _is_near(one: str, other: str) -> bool:
    """Return whether two words differ by one letter left out, added or changed."""
    if abs(len(one) - len(other)) > 1 or one == other or one[:1] != other[:1]:
        return False
    shorter, longer = sorted((one, other), key=len)
    at = next((n for n, (a, b) in enumerate(zip(shorter, longer, strict=False)) if a != b), len(shorter))
    return shorter[at:] == longer[at + 1 :] if len(shorter) < len(longer) else shorter[at + 1 :] == longer[at + 1 :]


def names(text: str, figure: Figure | FigureName) -> bool:
    """Return whether a text names a figure, in any form."""
    return bool(name_spans(text, figure))


def _merged(spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    current: tuple[int, int] | None = None
    for start, end in spans:
        if current is None:
            current = (start, end)
        elif start < current[1]:
            current = (current[0], max(end, current[1]))
        else:
            yield current
            current = (start, end)
    if current is not None:
        yield current
