"""Names that look like persons, occur often and are in no glossary."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from db.links import fold_surface
from import_scripts.linking.back_matter import BackMatter
from import_scripts.linking.context import capital_follows, left_of
from import_scripts.linking.forms import Kind
from import_scripts.linking.lexicon import SPEAKING
from import_scripts.linking.tokens import ANY_WORD, capitals, fold_word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from import_scripts.linking.evidence import Case
    from import_scripts.linking.scan import Scanned

Suggested = tuple[str, str, int, int, int, int]
"""Folded surface, name as most often written in full, occurrences, first passage, start, end."""

AT_LEAST: Final = 4
"""Occurrences below which a name is not worth a suggestion."""
_LOOKED_AT: Final = 40
"""Occurrences of one name whose surroundings are weighed."""
_ENOUGH: Final = 0.25
_LONGEST_LIST: Final = 60
_MOST_WEIGHED: Final = 3_000
_STARTING: Final = 0.7
"""A word that stands so often at the start of a sentence may have its capital from there."""
_POSSESSIVE: Final = re.compile("['\u2019]s?\\s")
_BEFORE_PLACES: Final = re.compile(
    r"\b(?:in|at|from|near|to|into|through|toward|towards|outside|around|en|dans|vers|nach|aus|desde|hacia)\s+$"
)
_CAPITALISED_BEFORE: Final = re.compile(rf"[{capitals()}][^\W\d_]+[ -]$")
_SHAPE: Final = re.compile(
    r"(?:[oei]v|off|eff|in|sky|ski|vi(?:ch|tch|tsch)|enko|adze|shvili|stein|berg|mann|ini|ez|ов|ев|ин|ский|енко|ич)$"
)
"""How surnames end in the languages of the book."""
_ROW: Final = re.compile(r"(?:,\s+(?:and\s+)?|\s+(?:and|et|und|y|e|и)\s+)")
_ROW_CHARACTERS: Final = 40
_OF: Final = re.compile(r"\b(?:of|de|von|di|des|du)\s+$")


def suggestions(scanned: Scanned, others: Sequence[Case], listed: BackMatter | None = None) -> list[Suggested]:
    """Rank the capitalised words that begin no known name by how much like a person's they are used.

    The people of the book's own index or glossary (`listed`) come first, however seldom they occur; its terms are
    left out.
    """
    listed = listed or BackMatter()
    people_listed, terms_listed = listed.people(), listed.terms()
    places = {surface: at for surface, at in scanned.unknown.items() if fold_word(surface) not in terms_listed}
    if listed.passages:
        places = {
            surface: [start for start in at if scanned.passage(start) not in listed.passages]
            for surface, at in places.items()
        }
    for case in others:
        places.setdefault(case.found.surface, []).append(case.found.start)
    frequent = sorted(
        (surface for surface, at in places.items() if len(at) >= AT_LEAST and _could_be_a_name(surface)),
        key=lambda surface: (-len(places[surface]), surface),
    )[:_MOST_WEIGHED]
    people = [found.start for found in scanned.found if found.bearers[0].kind <= Kind.SURNAME]
    ranked: list[tuple[float, str, str]] = []
    for surface in frequent:
        share, name = _weigh(scanned.whole, surface, places[surface], people)
        if share >= _ENOUGH:
            ranked.append((-len(places[surface]) * share, surface, name))
    suggested = [
        _suggested(scanned, surface, people_listed[fold_word(surface)].name, at)
        for surface, at in sorted(places.items(), key=lambda item: (-len(item[1]), item[0]))
        if at and fold_word(surface) in people_listed and _could_be_a_name(surface)
    ][:_LONGEST_LIST]
    for _, surface, name in sorted(ranked):
        if len(suggested) >= _LONGEST_LIST:
            break
        if fold_word(surface) in people_listed:
            continue
        if scanned.lower_case_count(surface) == 0:
            suggested.append(_suggested(scanned, surface, name, places[surface]))
    return _without_plurals(suggested)


def _could_be_a_name(surface: str) -> bool:
    return len(surface) > 2 and surface.isalpha() and not surface.isupper()


def _suggested(scanned: Scanned, surface: str, name: str, at: list[int]) -> Suggested:
    first = min(at)
    passage = scanned.passage(first)
    start = first - scanned.starts[passage]
    return fold_surface(surface), name, len(at), passage, start, start + len(surface)


def _weigh(whole: str, surface: str, at: list[int], people: list[int]) -> tuple[float, str]:
    """How much like a person's name a word is used, 0 to 1, and its most frequent full form."""
    points, starting = 0.0, 0
    forms: defaultdict[str, int] = defaultdict(int)
    step = max(1, len(at) // _LOOKED_AT)
    looked_at = at[::step][:_LOOKED_AT]
    for start in looked_at:
        end = start + len(surface)
        left = left_of(whole, start)
        before = whole[max(0, start - 24) : start]
        starting += left.sentence_start
        if left.given or left.initials:
            points += 1.0
            forms[whole[left.start : end]] += 1
        elif left.title:
            points += 0.8
        elif _CAPITALISED_BEFORE.search(before) and not left.sentence_start:
            points -= 0.6
        elif SPEAKING.match(whole, end):
            points += 0.6
        elif _POSSESSIVE.match(whole, end) and not left.determiner:
            points += 0.4
        elif _stands_in_a_row(whole, start, end, people):
            points += 0.6
        elif left.determiner or _BEFORE_PLACES.search(before):
            points -= 0.7
        elif _OF.search(before) or capital_follows(whole, end):
            points -= 0.3
        elif not left.sentence_start:
            points += 0.25
    if starting > _STARTING * len(looked_at):
        return 0.0, surface
    fullest = max(forms, key=lambda form: (forms[form], len(form)), default="")
    shaped = 0.3 if _SHAPE.search(surface.lower()) else 0.0
    return points / len(looked_at) + shaped, fullest or surface


def _stands_in_a_row(whole: str, start: int, end: int, people: list[int]) -> bool:
    """Whether a known person stands right beside a word, with a comma or an *and* between."""
    following = bisect_right(people, start)
    if following < len(people) and _ROW.fullmatch(whole, end, people[following]):
        return True
    if not following:
        return False
    before = people[following - 1]
    return start - before < _ROW_CHARACTERS and _ROW.fullmatch(whole, _word_end(whole, before), start) is not None


def _word_end(whole: str, start: int) -> int:
    match = ANY_WORD.match(whole, start)
    return match.end() if match else start


def _without_plurals(ranked: list[Suggested]) -> list[Suggested]:
    """Leave out a plural or possessive of a name that is in the list itself."""
    surfaces = {suggested[0] for suggested in ranked}
    return [suggested for suggested in ranked if not (suggested[0][-1] == "s" and suggested[0][:-1] in surfaces)]
