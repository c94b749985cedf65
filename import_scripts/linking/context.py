"""The words beside a name: given names, initials, titles, articles, quotation marks, party words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from db.given_names import given_names, names_of
from db.names import reading
from import_scripts.linking.cases import is_cyrillic, nominatives
from import_scripts.linking.forms import IS_PATRONYMIC
from import_scripts.linking.lexicon import ADJECTIVES, DETERMINERS, MEN, PARTIES, TITLES, WOMEN
from import_scripts.linking.tokens import fold_word, marked

_SPACES: Final = frozenset(" \u00a0\u2009\u202f\u2060\u200b")
_HYPHENS: Final = frozenset("-\u2010\u2011")
_OPENING: Final = frozenset('"\u201c\u201e\u201d\u00ab\u00bb\u2018\u2019')
_CLOSING: Final = re.compile('[,.;!?]?["\u201d\u201c\u00bb\u00ab\u2019]')
_SENTENCE_END: Final = frozenset(".!?\u2026:")
_PARTY_BEFORE: Final = 44
_PARTY_AFTER: Final = 60
_MONTHS_AND_WORDS: Final = frozenset(
    "august may april june will rose mark frank grace hope christian art mercy paris sofia victoria".split()
)
"""Given names that are also ordinary words: before a surname they are no evidence against it."""


_TWO_LETTER_INITIALS: Final = frozenset("yu ya ye kh zh ch sh ts vl al ju ja je iu ia ph th".split())
_GAP: Final = r"(?:[^\S\n]|\n(?!\n))+"
"""Space between two words, never across the end of a passage (`scan.PASSAGE_END`)."""
_FACILITY: Final = re.compile(
    rf"{_GAP}(?:regiments?|guards?(?:men)?|street|avenue|prospect|boulevard|embankment|quay|square|hall|bridge|"
    r"cathedral|palace|theatre|theater|college|school|works|factory|mills?|plant|station|line|railway|barracks|"
    r"hospital|museum|prize|institute|academy|columns?|battalions?|brigades?|divisions?|detachments?|squadrons?|"
    r"train|steamer|cruiser|battleship|ship|firm|bank|company|house|roubles?|rubles?|notes?|reich|fund|club|"
    r"rue|straße|strasse)\b",
    re.IGNORECASE,
)
_THINGS_ONLY: Final = frozenset(
    """regiment regiments guardsmen street avenue boulevard embankment battalion battalions brigade brigades division
    column detachment detachments squadron steamer cruiser battleship rouble roubles ruble rubles railway barracks
    theatre hospital""".split()
)
"""Those that cannot be verbs: *Kerensky roubles*."""
KIN_BEFORE: Final = re.compile(
    r"\b(?:wife|sister|daughter|mother|widow|niece|aunt|femme|épouse|sœur|soeur|fille|veuve|mujer|esposa|hermana|hija|"
    r"viuda|moglie|sorella|figlia|frau|schwester|tochter|witwe|жена|сестра|дочь|мать|вдова),?\s+(?:of\s+)?$",
    re.IGNORECASE,
)
"""Words that make the woman named next a relative of the man of that surname."""
KIN_AFTER: Final = re.compile(
    r",?\s+(?:his|the|sa|la|su|seine|его)\s+(?:\w+\s+)?(?:wife|sister|daughter|mother|widow|femme|sœur|fille|mujer|"
    r"hermana|hija|moglie|sorella|figlia|frau|schwester|tochter|жена|сестра|дочь)\b",
    re.IGNORECASE,
)
_COMMANDS: Final = re.compile(
    r"\b(?:commander-in-chief|commander in chief|generalissimo|(?:lieutenant|major)?[- ]?general|colonel|admiral|"
    r"colonel-general|field[- ]marshal),?\s+$",
    re.IGNORECASE,
)
_SECRETARY: Final = re.compile(
    r"\b(?:secretary|attorney|consul|commissar|procurator|governor)[- ]general,?\s+$", re.IGNORECASE
)
_IN_A_PLACE: Final = re.compile(
    r"(?:(?<!faith )(?<!trust )(?<!confidence )(?<!belief )(?<!believe )(?<!believed )(?<!interest )(?<!interested )"
    r"(?<!confided )(?<!like )(?<!saw )(?<!found )(?<!as )\b[Ii]n|"
    r"\b(?:went|go|going|gone|came|come|sailed|left|started|travelled|traveled|journey|train|steamer|road|way|trip|"
    r"returned|return|moved|marched|retreated|fled|drove|arrived|landed|stopped)\s+(?:to|for|from|at|towards?|back to)|"
    r"\b(?:garrison|town|city|port|docks?|harbour|streets?|outskirts|suburbs?|province|inhabitants|population|village|"
    r"fall|capture|taking|occupation|evacuation|siege|region|district|workers|Jews) of)\s+$"
)
_SAYS: Final = re.compile(
    rf"{_GAP}(?:(?:himself|also|then|now|soon|never|often|only|at once)\s+)?(?:said|says|wrote|writes|told|tells|asked|"
    r"answered|replied|declared|spoke|speaks|came|went|thought|knew|felt|took|gave|rose|sat|laughed|smiled|promised|"
    r"explained|nodded|himself|insisted|agreed|refused|began|looked|seemed|met|who)\b"
)
_OF_SOMETHING: Final = re.compile(rf"{_GAP}of{_GAP}(?:the|our|all)\b")
_MENS_IN_A: Final = frozenset("nikita luka foma kuzma kosma luca andrea nicola ilya ilia".split())


@dataclass(slots=True)
class Left:
    """The words before a name, and where the name begins with them."""

    start: int
    given: tuple[str, ...] = ()
    """Given names right before the name, nearest first."""
    initials: tuple[str, ...] = ()
    title: str = ""
    determiner: str = ""
    sentence_start: bool = False


def left_of(whole: str, start: int, names: frozenset[str] = frozenset()) -> Left:
    """Look at the words before a name; `names` are folded words that count as given names of those it may mean."""
    left = Left(start)
    given: list[str] = []
    initials: list[str] = []
    at = start
    for _ in range(4):
        word, begins, dotted = _word_before(whole, at)
        if not word:
            left.sentence_start = not given and not initials and _begins_sentence(whole, start)
            break
        capital = word[0].isupper()
        if capital and dotted and (len(word) == 1 or fold_word(word) in _TWO_LETTER_INITIALS):
            initials.insert(0, word)
            at = left.start = begins
            continue
        if dotted and fold_word(word) not in TITLES:
            left.sentence_start = not given and not initials
            break
        folded = fold_word(word)
        if folded in TITLES and not given_numbers(word):
            left.title = folded
            break
        if capital and (given_numbers(word) or folded in names or IS_PATRONYMIC.search(folded)):
            given.append(folded)
            at = begins
            if folded not in _MONTHS_AND_WORDS:
                left.start = begins
            continue
        if not given and not initials and folded in DETERMINERS:
            left.determiner = folded
        break
    left.given, left.initials = tuple(given), tuple(initials)
    return left


def proves_nothing(given: str) -> bool:
    """Return whether a given name is also a month or another word."""
    return given in _MONTHS_AND_WORDS


@lru_cache(maxsize=8192)
def given_numbers(word: str) -> frozenset[int]:
    """Return the numbers of the given names that a word is a form of."""
    folded = fold_word(word)
    if len(folded) < 3:
        return frozenset()
    numbers = given_names(folded, reading(marked(word)))
    if not numbers and is_cyrillic(folded):
        numbers = frozenset[int]().union(*(given_names(form, reading(form)) for form in nominatives(folded)))
    return numbers


def sex_of(title: str) -> str:
    """Return the sex a title implies: `m`, `f` or either."""
    return "f" if title in WOMEN else "m" if title in MEN else ""


def capital_follows(whole: str, end: int) -> bool:
    """Return whether a capitalised word follows, as a surname follows a given name."""
    if whole[end : end + 1] not in (" ", "-", "\u00a0"):
        return False
    following = whole[end + 1 : end + 3]
    return len(following) == 2 and following[0].isupper() and (following[1].islower() or following[1] in ".'\u2019")


def quoted_title(whole: str, start: int, end: int) -> bool:
    """Return whether a name is alone in quotation marks after an article: a ship, a train, a factory."""
    if whole[start - 1 : start] not in _OPENING or start < 2 or not _CLOSING.match(whole, end):
        return False
    word, _, _ = _word_before(whole, start - 1)
    return bool(word) and fold_word(word) in DETERMINERS


def is_womans(given: str) -> bool:
    """Return whether a folded given name is a woman's, judged by the endings of its forms."""
    forms = names_of(given_numbers(given))
    return bool(forms) and given not in _MENS_IN_A and 2 * sum(form[-1] in "aа" for form in forms) >= len(forms)


def commands_before(whole: str, start: int) -> bool:
    """Return whether a military rank or command comes right before a name."""
    before = whole[max(0, start - _PARTY_BEFORE) : start]
    return _COMMANDS.search(before) is not None and _SECRETARY.search(before) is None


def used_like(whole: str, start: int, end: int, left: Left) -> str:
    """Return whether a name is used like a `place` or a `person`; empty if unknown."""
    if left.title or _SAYS.match(whole, end) or whole[end : end + 2] in ("'s", "\u2019s"):
        return "person"
    return "place" if _IN_A_PLACE.search(whole[max(0, start - _PARTY_BEFORE) : start]) else ""


def part_of_an_epithet(whole: str, start: int, end: int) -> bool:
    """Return whether an epithet is part of a longer one: *the Little Grandmother of the Revolution*."""
    word, begins, dotted = _word_before(whole, start)
    is_title = fold_word(word) in TITLES - ADJECTIVES
    if word and not dotted and word[0].isupper() and not is_title and not _begins_sentence(whole, begins):
        return True
    return _OF_SOMETHING.match(whole, end) is not None


def names_a_thing(whole: str, end: int, *, named_with_article: bool) -> bool:
    """Return whether the words after a name make it that of a regiment, a street or a building.

    Without an article before the name only a capital marks *Kirov Works* off from *Kirov works*, except where no verb
    is written like the thing (*Kerensky roubles*).
    """
    match = _FACILITY.match(whole, end)
    if match is None:
        return False
    word = match[0].strip()
    return named_with_article or word[0].isupper() or word in _THINGS_ONLY


def party_beside(whole: str, start: int, end: int) -> frozenset[str] | None:
    """Return the movements that a party word beside a name allows; None if there is none."""
    before = whole[max(0, start - _PARTY_BEFORE) : start].lower()
    if (match := _party_before().search(before)) is not None:
        return _allowed(match)
    after = whole[end : end + _PARTY_AFTER].lower()
    if (match := _party_after().match(after)) is not None:
        return _allowed(match)
    return None


@cache
def _party_before() -> re.Pattern[str]:
    alternatives = "|".join(f"(?P<p{number}>{party})" for number, (party, _) in enumerate(PARTIES))
    # A comma behind several of them ends the phrase: "the demands of the Anarchists, Lenin said".
    return re.compile(rf"\b(?:{alternatives})(?:(?<![si]),)?{_GAP}(?:leader{_GAP}|deputy{_GAP}|comrade{_GAP})?$")


@cache
def _party_after() -> re.Pattern[str]:
    alternatives = "|".join(f"(?P<p{number}>{party})" for number, (party, _) in enumerate(PARTIES))
    one = rf"(?:{alternatives})(?<![si])"
    many = rf"(?:{alternatives})".replace("(?P<p", "(?P<q")
    return re.compile(rf"(?:,{_GAP}(?:an? |the )?{one}|,?{_GAP}(?:for|of|leader of) the {many})\b")


def _allowed(match: re.Match[str]) -> frozenset[str]:
    named = match.lastgroup or "p0"
    return PARTIES[int(named[1:])][1]


def _word_before(whole: str, end: int) -> tuple[str, int, bool]:
    """Return the word before a position, where it begins, and whether a full stop follows it."""
    at = end
    while at > 0 and whole[at - 1] in _SPACES and end - at < 3:
        at -= 1
    if at == end and at > 0 and whole[at - 1] in _HYPHENS:
        at -= 1
    dotted = at > 0 and whole[at - 1] == "."
    if dotted:
        at -= 1
    if at == end:
        return "", end, False
    begins = at
    while begins > 0 and whole[begins - 1].isalpha():
        begins -= 1
    return whole[begins:at], begins, dotted


def _begins_sentence(whole: str, start: int) -> bool:
    at = start
    while at > 0 and (whole[at - 1] in _SPACES or whole[at - 1] in _OPENING or whole[at - 1] == "("):
        at -= 1
    return at == 0 or whole[at - 1] in _SENTENCE_END or whole[at - 1] == "\n"
