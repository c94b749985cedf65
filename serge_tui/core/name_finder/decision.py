"""Decide whether the best match may be accepted without asking.

The first match is not always the one meant. It is accepted only if every typed word belongs to one of the figure's
names; if a slip is a typing error and does not make another name (*Voronsky*, *Vorovsky*; *Samson*, *Samsonov*); and
if nobody else is as near.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from db.given_names import given_names
from db.names import reading, readings
from serge_tui.core.name_finder.register import BORROWED_KINDS
from serge_tui.core.name_finder.strangers import is_stranger
from serge_tui.core.name_finder.vocabulary import BEGINS_COST, READ_COST, Role, Way

if TYPE_CHECKING:
    from collections.abc import Sequence

    from serge_tui.core.name_finder.ranking import Found, Part
    from serge_tui.core.name_finder.register import Entry, Register
    from serge_tui.core.name_finder.vocabulary import Vocabulary
    from serge_tui.core.name_finder.words import Word

MARGIN: Final = 4.0
"""Points by which the best must lead."""
OFFERED: Final = 72.0
"""Points below which a name that is only near is another name, and not worth offering."""
SHORT: Final = 5
"""Letters below which a word must be more than near."""
RARE_READING: Final = 3.0
FAR_READING: Final = 7.0
"""Points above which a reading is far-fetched: for a short word, for any."""
LETTERS_FOR: Final = {"structure": 5, "confusion": 6, "letter": 7, "first": 9}
"""Letters a word must have for each slip: left out, doubled or swapped; a like letter; any letter; the first."""
SUPPORT: Final = 3
"""Letters that a second word of the same figure is worth."""
BEGUN: Final = 5
"""Letters that may stand for a whole name, if at least half of it and nobody else's begins so."""
_VOWELS: Final = frozenset("aeiouyаеиоуыэюя")
_ROWS: Final = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю")
_ALIKE: Final = frozenset("bp dt gk vf sz ck kh hg ij бп дт гк вф сз кх шщ чц мн".split())
_LOOKS_WHOLE: Final = re.compile(
    "(?:[aeiouy]|[eio][nmlr]|an|on|yn|[oe][vwf]|of{2}|sk|ich|itch|[aeiu]k|mann?|berg|ое|[аеиоуыэюя]|[иыоеа][нмлр]|[ое]в|ич)$"
)
"""A surname that may be whole is not the beginning of another: *Rakov*, *Litvin*."""
_DECISIVE: Final = frozenset({Role.SURNAME, Role.ALIAS, Role.PART, Role.NUMERAL, Role.JOINED})
_UNDECIDED: Final = frozenset({Role.BORROWED, Role.RULER})
_GIVEN: Final = frozenset({Role.GIVEN, Role.PATRONYMIC})
_EXACT: Final = frozenset({Way.SAME, Way.READ, Way.GIVEN})


def is_enough(found: Found, register: Register) -> bool:
    """Return whether somebody may be accepted without asking, if nobody else is near."""
    if found.whole:
        return True
    if not found.is_sound or found.has(Way.BEGINS, Way.SOUND):
        return False
    if len(found.typed) > 1 and any(word.is_owner for word in found.typed):
        return False
    entry = register.entries[found.figure]
    parts = [part for part in found.parts if part is not None]
    roles = {part[1] for part in parts}
    decisive = roles & _DECISIVE
    if not decisive and Role.BORROWED in roles and roles & _GIVEN:
        decisive = {Role.BORROWED}
    if not decisive:
        return not roles & _UNDECIDED and all(part[2].way in _EXACT for part in parts)
    if decisive == {Role.PART} and sum(part[1] is Role.PART for part in parts) < entry.surname_parts:
        return False
    vocabulary = register.vocabulary
    for part, word in zip(found.parts, found.typed, strict=True):
        if part is None:
            continue
        number, role, hit = part
        if hit.way is Way.NEAR and word.is_joined and role is not Role.JOINED:
            return False
        if (
            hit.way is Way.READ
            and role not in _GIVEN
            and hit.cost > (RARE_READING if len(word.folded) < SHORT else FAR_READING)
        ):
            return False
        if role not in _GIVEN and (hit.way is Way.NEAR or hit.cost > RARE_READING) and is_stranger(word):
            return False
        if hit.way is Way.NEAR and not _is_slip(word, number, role, hit.edits, vocabulary, supported=len(parts) > 1):
            return False
    return _is_of_one_name(found, entry, vocabulary)


def is_offered(found: Found) -> bool:
    """Return whether somebody is worth offering where nobody is accepted: not if their name is merely a little like it.

    *Kornilov* is not Lev Chorny, nor *Miller* Hitler.
    """
    return not any(
        part is not None
        and (part[2].edits and (part[1] is Role.JOINED or (found.score < OFFERED and not found.strangers)))
        for part in found.parts
    )


def is_begun(found: Sequence[Found], register: Register) -> bool:
    """Return whether the first match of a beginning may be accepted: nobody else's name begins so."""
    best, *others = found
    part, word = best.parts[-1], best.typed[-1]
    if part is None or part[2].way is not Way.BEGINS or not best.is_sound or part[1] not in _DECISIVE:
        return False
    if part[2].cost > BEGINS_COST + READ_COST or is_stranger(word) or given_names(word.folded, word.folded):
        return False
    if any(other is None or other[2].way is not Way.SAME for other in best.parts[:-1]):
        return False
    if len(best.parts) == 1 and _LOOKS_WHOLE.search(word.folded):
        return False
    length = len(word.folded) + (1 if len(best.parts) > 1 else 0)
    if length < BEGUN or 2 * len(word.folded) < len(register.vocabulary.words[part[0]]):
        return False
    return not any(one.is_sound and best.score - one.score < 2 * MARGIN for one in others)


def rivals(found: Sequence[Found], register: Register) -> list[Found]:
    """Return others who may be meant as well as the first: none if only the first is named exactly.

    A surname alone names everybody who has it, even if only one has it as an alias.
    """
    best, *others = found
    near = [one for one in others if best.score - one.score < MARGIN and not one.strangers]
    if best.whole:
        bare = len(best.typed) == 1
        return [one for one in near if one.whole or (bare and one.anchored and one.has(Way.SAME))]
    return [one for one in near if one.score == best.score or is_enough(one, register)]


def _is_slip(typed: Word, number: int, role: Role, edits: int, vocabulary: Vocabulary, *, supported: bool) -> bool:
    """Return whether a word near a name is that name mistyped and not somebody else's name.

    `supported`: another typed word is the figure's too.
    """
    if typed.folded in vocabulary.ids or given_names(typed.folded, typed.folded):
        return False
    name = vocabulary.words[number]
    letters = min(len(typed.folded), len(name)) + (SUPPORT if supported else 0)
    if role in _GIVEN:
        return letters >= SHORT * edits
    if len(typed.folded) < SHORT and not supported:
        return False
    needed = _letters_needed(typed.folded, name)
    read, name_read = reading(typed.marked), vocabulary.reading_of(number)
    if read and name_read:
        needed = min(needed, _letters_needed(read, name_read))
    return needed <= letters


def _letters_needed(typed: str, name: str) -> int:
    """Return how long a word must be for differences to be slips: letters swapped, doubled, left out, replaced."""
    from rapidfuzz.distance import Levenshtein

    needed = 0
    steps = [(step.tag, step.src_pos, step.dest_pos) for step in Levenshtein.editops(typed, name)]
    at = 0
    while at < len(steps):
        tag, source, target = steps[at]
        if at + 1 < len(steps) and steps[at + 1][1] - source <= 2 and _is_swap(typed, name, source, target):
            needed += LETTERS_FOR["structure"]
            at += 1
        elif tag == "replace":
            likely = _are_confused(typed[source], name[target])
            needed += LETTERS_FOR["first" if not target else "confusion" if likely else "letter"]
        elif tag == "insert":
            # Left out at the end it may make another name (*Samson*, *Samsonov*), unless the ending is mute.
            last = target >= len(name) - 1 and name[target] not in _VOWELS | {name[target - 1]}
            needed += LETTERS_FOR["first" if last or not target else "structure"]
        else:
            last = source >= len(typed) - 1 and typed[source] not in {typed[source - 1], "e"}
            doubled = typed[source] in typed[max(0, source - 1) : source] + typed[source + 1 : source + 2]
            needed += LETTERS_FOR["first" if last or not source else "structure" if doubled else "letter"]
        at += 1
    return needed


def _is_swap(typed: str, name: str, source: int, target: int) -> bool:
    """Return whether two letters are swapped here and the next ones agree again.

    An alignment starts at the first of them or between the two.
    """
    for one, other in ((source, target), (source - 1, target), (source, target - 1)):
        if one < 0 or other < 0:
            continue
        pair = typed[one : one + 2]
        if len(pair) == 2 and pair[0] != pair[1] and pair[::-1] == name[other : other + 2]:
            return typed[one + 2 : one + 3] == name[other + 2 : other + 3]
    return False


def _are_confused(typed: str, meant: str) -> bool:
    """Return whether one letter is easily typed for another: vowels, similar sounds, neighbours on the keyboard."""
    if typed in _VOWELS and meant in _VOWELS:
        return True
    if reading(typed) == reading(meant) or typed + meant in _ALIKE or meant + typed in _ALIKE:
        return True
    return any(typed in row and meant in row and abs(row.index(typed) - row.index(meant)) == 1 for row in _ROWS)


def _is_of_one_name(found: Found, entry: Entry, vocabulary: Vocabulary) -> bool:
    """Return whether one spelling has all typed words, not one alias the given name and another the surname."""
    parts = [
        (part, word)
        for part, word in zip(found.parts, found.typed, strict=True)
        if part is not None and part[1] not in {Role.PHRASE, Role.JOINED}
    ]
    if len(parts) < 2:
        return True
    bare = [(part, word) for part, word in parts if part[1] not in {Role.SURNAME, Role.PART}]
    for numbers, kind in entry.names:
        of_surname = len(bare) < len(parts) and kind not in BORROWED_KINDS
        if all(_has(numbers, part, word, vocabulary) for part, word in (bare if of_surname else parts)):
            return True
    return False


def _has(numbers: frozenset[int], part: Part, word: Word, vocabulary: Vocabulary) -> bool:
    """Return whether a spelling has the matched word or its equivalent: same reading, other language, initial."""
    number = part[0]
    if number in numbers:
        return True
    if part[2].way is Way.INITIAL:
        starts = tuple({word.folded, *(read for read, _cost in readings(word.marked) if read)})
        if any(
            vocabulary.words[other].startswith(starts) or vocabulary.reading_of(other).startswith(starts)
            for other in numbers
        ):
            return True
    read = vocabulary.reading_of(number)
    names = given_names(vocabulary.words[number], read)
    for other in numbers:
        other_read = vocabulary.reading_of(other)
        if other_read == read or (names and not names.isdisjoint(given_names(vocabulary.words[other], other_read))):
            return True
    return False
