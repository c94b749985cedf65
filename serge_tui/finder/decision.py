"""Decide whether the best may be taken without asking.

Being first is not being meant. Somebody is taken only when every typed word is theirs, in one of their names; when a
slip is one that fingers make and not one that makes another name (*Voronsky*, *Vorovsky*; *Samson*, *Samsonov*); and
when nobody else is as near.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from db.given_names import given_names
from db.names import reading
from serge_tui.finder.register import BORROWED_KINDS
from serge_tui.finder.vocabulary import Role, Way

if TYPE_CHECKING:
    from collections.abc import Sequence

    from serge_tui.finder.ranking import Found
    from serge_tui.finder.register import Entry, Register
    from serge_tui.finder.vocabulary import Vocabulary
    from serge_tui.finder.words import Word

MARGIN: Final = 4.0
"""Points by which the best must lead."""
LETTERS_PER_EDIT: Final = 6
"""Letters typed for each slip that is forgiven."""
SHORT: Final = 5
"""Letters below which a word must be more than near."""
RARE_READING: Final = 3.0
FAR_READING: Final = 7.0
"""Points above which a reading is far-fetched: for a short word, for any."""
_VOWELS: Final = frozenset("aeiouyаеиоуыэюя")
_ROWS: Final = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю")


def is_enough(found: Found, register: Register) -> bool:
    """Whether somebody may be taken without asking, if nobody else is near."""
    if found.whole:
        return True
    if not found.is_sound or found.has(Way.BEGINS, Way.SOUND):
        return False
    entry = register.entries[found.figure]
    parts = [part for part in found.parts if part is not None]
    roles = {part[1] for part in parts}
    if not roles & _DECISIVE:
        return not roles & _UNDECIDED and all(part[2].way in _EXACT for part in parts)
    if roles & _DECISIVE == {Role.PART} and sum(part[1] is Role.PART for part in parts) < entry.surname_parts:
        return False
    letters = sum(len(word.folded) for word in found.typed)
    if found.edits * LETTERS_PER_EDIT > letters:
        return False
    vocabulary = register.vocabulary
    supported = len(parts) > 1 and found.edits == 1 and sum(part[2].way in _EXACT for part in parts) == len(parts) - 1
    for part, word in zip(found.parts, found.typed, strict=True):
        if part is None:
            continue
        number, role, hit = part
        if hit.way is Way.READ and hit.cost > (RARE_READING if len(word.folded) < SHORT else FAR_READING):
            return False
        if hit.way is Way.NEAR and not _is_slip(
            word, vocabulary.words[number], role, hit.edits, vocabulary, supported=supported
        ):
            return False
    return _is_of_one_name(found, entry, vocabulary)


_UNDECIDED: Final = frozenset({Role.BORROWED, Role.RULER})
_EXACT: Final = frozenset({Way.SAME, Way.READ, Way.GIVEN})
_DECISIVE: Final = frozenset({Role.SURNAME, Role.ALIAS, Role.PART, Role.NUMERAL, Role.JOINED})


def rivals(found: Sequence[Found]) -> list[Found]:
    """Who is as near as the first: nobody, when only the first is named exactly."""
    best, *others = found
    near = [one for one in others if best.score - one.score < MARGIN and not one.strangers]
    if best.whole:
        return [one for one in near if one.whole or best.score == one.score]
    return near


def _is_slip(typed: Word, name: str, role: Role, edits: int, vocabulary: Vocabulary, *, supported: bool) -> bool:
    """Whether a word near a name is that name mistyped, and not the name of somebody else.

    `supported`: all other words are the figure's beyond doubt.
    """
    if typed.folded in vocabulary.ids or given_names(typed.folded, typed.folded):
        return False
    if len(typed.folded) < SHORT:
        return False
    if supported:
        return True
    if typed.folded.isascii() != name.isascii() or role in {Role.GIVEN, Role.PATRONYMIC}:
        return edits <= 1 or len(typed.folded) > 2 * SHORT
    from rapidfuzz.distance import Levenshtein

    last = len(name) - 1
    for step in Levenshtein.editops(typed.folded, name):
        if step.tag == "replace":
            if not _are_confused(typed.folded[step.src_pos], name[step.dest_pos]):
                return False
        elif step.tag == "insert" and step.dest_pos >= last and edits == 1 and name[-1] not in _VOWELS:
            return False
        elif step.tag == "delete" and step.src_pos >= len(typed.folded) - 1 and edits == 1:
            return typed.folded[-1] in typed.folded[-2:-1]
    return True


def _are_confused(typed: str, meant: str) -> bool:
    """Whether one letter is typed for another: a vowel for a vowel, a like sound, a neighbour on the keyboard."""
    if typed in _VOWELS and meant in _VOWELS:
        return True
    if reading(typed) == reading(meant) or (typed, meant) in _ALIKE or (meant, typed) in _ALIKE:
        return True
    return any(typed in row and meant in row and abs(row.index(typed) - row.index(meant)) == 1 for row in _ROWS)


_ALIKE: Final = frozenset(
    [tuple(pair) for pair in "bp dt gk vf sz ck kh hg ij бп дт гк вф сз кх шщ чц мн".split() if len(pair) == 2]
)


def _is_of_one_name(found: Found, entry: Entry, vocabulary: Vocabulary) -> bool:
    """Whether what was typed goes together in one spelling: no given name of one alias with the surname of another."""
    parts = [part for part in found.parts if part is not None and part[1] not in {Role.PHRASE, Role.JOINED}]
    if len(parts) < 2:
        return True
    bare = [part for part in parts if part[1] not in {Role.SURNAME, Role.PART}]
    for numbers, kind in entry.names:
        of_surname = len(bare) < len(parts) and kind not in BORROWED_KINDS
        if all(_has(numbers, part[0], vocabulary) for part in (bare if of_surname else parts)):
            return True
    return False


def _has(numbers: frozenset[int], number: int, vocabulary: Vocabulary) -> bool:
    if number in numbers:
        return True
    read = vocabulary.reading_of(number)
    names = given_names(vocabulary.words[number], read)
    for other in numbers:
        other_read = vocabulary.reading_of(other)
        if other_read == read or (names and not names.isdisjoint(given_names(vocabulary.words[other], other_read))):
            return True
    return False
