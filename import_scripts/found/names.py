"""The people a text names: who they are, and where each name stands.

Names of a glossary come from the linker. The others are told by how a capitalised word is used: after a given name or a
title, with a verb of saying, with a possessive; and never by its capital alone, since places and parties have one too.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from db.given_names import given_names
from db.text import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from import_scripts.found.words import Lexicon

_NAME: Final = re.compile(
    r"(?<![\w’'])(?:[^\W\d_a-zà-öø-ÿ](?:⸺|——|---?-|\*{2,3}(?!\w))|(?:[^\W\d_a-zà-öø-ÿ]\.\s?)*[^\W\d_a-zà-öø-ÿ](?:[\w’]|-(?!-))*[\wé]"
    r"(?:[ \u00a0](?:(?:de|von|van|del|della|di|du|la|le)[ \u00a0])?"
    r"(?:[^\W\d_a-zà-öø-ÿ]\.[ \u00a0]?)*[^\W\d_a-zà-öø-ÿ](?:[\w’]|-(?!-))*\w)*)"
)
_PLACE_BEFORE: Final = re.compile(
    r"\b(?:in|at|from|near|to|into|toward|towards|outside|through|around|via|en|dans|vers|desde|hacia|hasta)\s+$",
    re.IGNORECASE,
)
_ARTICLE: Final = re.compile(r"\b(?:the|an?|le|la|les|el|los|las|une?|l[’'])\s*$", re.IGNORECASE)
_DASHED: Final = re.compile(r"\w(?:⸺|——|---?-|\*{2,3})")
_IS_ONE: Final = re.compile(
    r"\s+(?:was|is|était|est|era|es)\s+(?:an?|the|un|une|una|le|la|el)\s+([\w-]+)(?:\s+([\w-]+))?"
)
_APPOSED: Final = re.compile(
    r",\s+(?:also\s+|then\s+|formerly\s+)?(?:an?|the|our|my|un|une|le|la|el)\s+(?:[\w-]+\s+){0,4}?([\w-]+)\b"
)
_TELLS_A_PERSON: Final = frozenset({"profession", "verdict", "character", "looks"})
_PLACES_BEGIN: Final = frozenset(
    {"new", "north", "south", "east", "west", "great", "upper", "lower", "san", "los", "fort", "mount"}
)
_SAID_OF_A_PERSON: Final = frozenset({"character", "looks", "praise"})
_DOES: Final = re.compile(r"(?:[”\"’])?\s+(?:\w+ly\s+)?[a-z]+(?:ed|ought|ood|ew)\b")
_PARTICLES: Final = frozenset({"de", "von", "van", "del", "della", "di", "du", "la", "le"})
_NOUN_BEFORE: Final = re.compile(r"([\w-]+),\s+$")
_ENGLISH_AND: Final = re.compile(r"\s+(?:and|et|y|e)\s+$")
_SENTENCE_START: Final = re.compile(r"(?:^|[.!?…:;—–\"“‘«(\[\n])[\s\"“‘«(—–-]*$")
_SHAPE: Final = re.compile(
    r"(?:[oei]v|off|eff|sky|ski|ovitch|evitch|ovich|evich|enko|adze|shvili|stein|mann|[oei]va|skaya|tchik)$",
    re.IGNORECASE,
)
_NOT_SHAPE: Final = re.compile(
    r"(?:land|grad|burg|ism|ists?|ians?|iki|sk|ia|tions?|ments?|ings?|ness|ies|phs|ville|ton|eans?|ese|ern|ated|als|[^aeiousk]ers|-\w{1,2})$",
    re.IGNORECASE,
)
_SMALL: Final = re.compile(r"(?<![\w’'])[a-zß-öø-ÿ][\w]*")
ENOUGH: Final = 0.9
"""Points from which a capitalised word is a person's name."""


@dataclass
class Person:
    """Somebody named in the text. `key` is the glossary's where it has them; `sex` is m, f or empty."""

    name: str
    key: str = ""
    sex: str = ""
    surfaces: set[str] = field(default_factory=set)
    titles: set[str] = field(default_factory=set)
    count: int = 0


@dataclass(frozen=True, slots=True)
class Named:
    """A person's name in a chapter: offsets, the person, how they are named (full, surname, given, title)."""

    start: int
    end: int
    person: Person
    how: str


@dataclass(frozen=True, slots=True)
class Given:
    """A mention known from the glossary: chapter, offsets, key, name, sex."""

    chapter: int
    start: int
    end: int
    key: str
    name: str
    sex: str = ""


@dataclass(slots=True)
class _Seen:
    chapter: int
    start: int
    end: int
    words: list[str]
    at_start: bool
    title: str = ""


def find_people(
    texts: Sequence[str], words: Lexicon, known: Sequence[Given] = (), given: Sequence[str] = ()
) -> list[list[Named]]:
    """Return the named people of each chapter, in order.

    `known` are the glossary's mentions; they stand as they are. `given` are further names told by the caller.
    """
    known = [mention for mention in known if not _is_wife(mention, texts[mention.chapter], words)]
    taken: list[list[tuple[int, int]]] = [[] for _ in texts]
    for mention in known:
        taken[mention.chapter].append((mention.start, mention.end))
    small = [Counter(word.group() for word in _SMALL.finditer(text)) for text in texts]
    seen = [
        one
        for chapter, text in enumerate(texts)
        for one in _capitalised(chapter, text, words, taken[chapter], small[chapter])
    ]
    people = _glossary(known)
    _others(seen, texts, words, people, given, small)
    return _occurrences(seen, texts, people, known, words)


def _is_wife(mention: Given, text: str, words: Lexicon) -> bool:
    """Whether the glossary's man stands after a woman's title: "Madame Radek"."""
    before = re.search(r"([^\W\d_]+)\.?\s+$", text[max(0, mention.start - 16) : mention.start])
    return mention.sex == "m" and before is not None and before[1].lower() in words.grammar["titles_f"]


def _capitalised(
    chapter: int, text: str, words: Lexicon, taken: Sequence[tuple[int, int]], small: Counter[str]
) -> list[_Seen]:
    titles = words.grammar["titles_m"] | words.grammar["titles_f"]
    stops = words.grammar["not_names"]
    ordered, at, found = sorted(taken), 0, []
    for match in _NAME.finditer(text):
        while at < len(ordered) and ordered[at][1] <= match.start():
            at += 1
        if at < len(ordered) and ordered[at][0] < match.end():
            continue
        pieces = [(m.start() + match.start(), m.group()) for m in re.finditer(r"[^\s\u00a0]+", match.group())]
        title = ""
        at_start = _SENTENCE_START.search(text[max(0, match.start() - 6) : match.start()]) is not None
        while pieces:
            bare = re.sub(r"[’']s?$", "", pieces[0][1]).rstrip(".").lower()
            if bare in titles:
                title = bare
            elif bare in _PLACES_BEGIN and not at_start and len(pieces) > 1:
                pieces = []  # "New York" is no York
                break
            elif bare not in stops and not (at_start and len(pieces) > 1 and pieces[0][1].lower() in small):
                break
            pieces.pop(0)
            at_start = False
        if not title and pieces:
            before = re.search(r"([^\W\d_]+)\.?\s+$", text[max(0, pieces[0][0] - 16) : pieces[0][0]])
            if before and before[1].lower() in titles:
                title = before[1].lower()
        # A name ends before a word that is none: "Lenin I", "Zorin Soviet".
        kept: list[tuple[int, str]] = []
        for start, piece in pieces:
            bare = re.sub(r"[’']s?$", "", piece)
            if bare.rstrip(".").lower() in stops and kept:
                break
            kept.append((start, bare))
            if bare != piece:
                break
        dashed = bool(kept) and _DASHED.fullmatch(kept[-1][1]) is not None
        if (
            kept
            and (dashed or len(kept[-1][1]) > 2)
            and (dashed or not kept[-1][1].isupper())
            and not re.search(r"[’']", kept[-1][1])
        ):
            end = kept[-1][0] + len(kept[-1][1])
            names = [
                piece for _, piece in kept if piece not in {"de", "von", "van", "del", "della", "di", "du", "la", "le"}
            ]
            found.append(_Seen(chapter, kept[0][0], end, names, at_start, title))
    return found


def _is_given(word: str) -> bool:
    return bool(given_names(fold(word), ""))


def _glossary(known: Sequence[Given]) -> dict[str, Person]:
    people: dict[str, Person] = {}
    for mention in known:
        person = people.setdefault(mention.key, Person(mention.name, mention.key, mention.sex))
        person.surfaces.update((mention.name, mention.name.split()[-1]))
    return people


def _others(
    seen: Sequence[_Seen],
    texts: Sequence[str],
    words: Lexicon,
    people: dict[str, Person],
    given: Sequence[str],
    small_by_chapter: Sequence[Counter[str]],
) -> None:
    """Add the people in no glossary, by surname."""
    surnames = {fold(surface): person for person in people.values() for surface in person.surfaces}
    points: defaultdict[str, list[float]] = defaultdict(list)
    full: defaultdict[str, Counter[str]] = defaultdict(Counter)
    titles: defaultdict[str, set[str]] = defaultdict(set)
    sexes: defaultdict[str, Counter[str]] = defaultdict(Counter)
    seen_as: defaultdict[str, list[_Seen]] = defaultdict(list)
    for one in seen:
        surname = one.words[-1]
        key = fold(surname)
        seen_as[key].append(one)
        text = texts[one.chapter]
        points[key].append(_points(one, text, words))
        first = one.words[0].rstrip(".")
        if len(one.words) > 1 and (_is_given(first) or len(first) == 1 or one.title):
            full[key][" ".join(one.words)] += 1
        if one.title:
            titles[key].add(one.title)
            sexes[key]["f" if one.title in words.grammar["titles_f"] else "m"] += 2
        sex = _sex_of(one, text, words)
        if sex:
            sexes[key][sex] += 1
    roles = words.roles
    told = {fold(name.split()[-1]): name for name in given if name.strip()}
    small: Counter[str] = Counter()
    for counted in small_by_chapter:
        small.update(counted)
    first_seen: dict[str, str] = {}
    for one in seen:
        first_seen.setdefault(fold(one.words[-1]), one.words[-1])
    inside = Counter(fold(one.words[-1]) for one in seen if not one.at_start or len(one.words) > 1)
    for key, values in points.items():
        if key in surnames:
            person = surnames[key]
            person.titles |= titles[key]
        elif key in told or (
            (_mostly_capital(key, values, small, inside, words) or _always_titled(key, seen_as[key], words))
            and _is_person(key, values, full[key], titles[key], roles)
        ):
            name = told.get(key) or (full[key].most_common(1)[0][0] if full[key] else "")
            surname = first_seen[key]
            person = Person(name or surname, surfaces={surname}, titles=titles[key])
            people[f"name:{key}"] = person
        else:
            continue
        if not person.sex:
            person.sex = _likely_sex(key, sexes[key])


def _mostly_capital(
    key: str, values: Sequence[float], small: Counter[str], inside: Counter[str], words: Lexicon
) -> bool:
    """Whether a word has a capital for its own sake: seldom in small letters, not at sentence starts alone."""
    one = re.sub(r"(?<=ie)s$|s$", "", key)
    one = one[:-2] + "y" if key.endswith("ies") else one
    if key.strip("_") != key or (one != key and (one in words.roles or one in words.grammar["not_names"])):
        return False  # "the Commissars", "the Committees", "Land and _Freedom_"
    return small[key] == 0 or (small[key] <= 0.1 * len(values) and inside[key] > small[key])


def _always_titled(key: str, seen: Sequence[_Seen], words: Lexicon) -> bool:
    """Whether a word that is common in small letters is a name after a title: "Mayor Strong"."""
    inner = [one for one in seen if not one.at_start]
    titled = sum(bool(one.title) for one in inner)
    return titled > 0 and titled >= 0.8 * len(inner) and key not in words.grammar["not_names"]


def _is_person(key: str, values: Sequence[float], full: Counter[str], titles: set[str], roles: frozenset[str]) -> bool:
    # One sure use (after a given name, with a verb of saying) tells more than many uses that say nothing.
    average = sum(values) / len(values)
    strongest = sum(sorted(values)[-2:]) / 2 if len(values) > 1 else values[0]
    average = max(average, 0.5 * (average + strongest)) + 0.15 * math.log(len(values))
    if key in roles and not full:
        return False  # "the Deputy"
    shape = 0.4 if _SHAPE.search(key) else -0.5 if _NOT_SHAPE.search(key) else 0.0
    named = 1.0 if full else 0.0
    titled = 1.0 if titles else 0.0
    return average + shape + named + titled >= ENOUGH


def _points(one: _Seen, text: str, words: Lexicon) -> float:
    """How much one occurrence speaks for a person's name."""
    before, after = text[max(0, one.start - 24) : one.start], text[one.end : one.end + 60]
    grammar = words.grammar
    points = 0.35 if not one.at_start else 0.1
    if _DASHED.fullmatch(one.words[-1]):
        points += 1.0
    roles = words.roles
    noun = _NOUN_BEFORE.search(before)
    if noun and ("profession" in words.kinds_of(noun[1].lower()) or noun[1].lower() in roles):
        points += 0.9
    is_one = _IS_ONE.match(after)
    if is_one and any(word and words.kinds_of(word.lower()) & _TELLS_A_PERSON for word in is_one.groups()):
        points += 0.7
    first = one.words[0].rstrip(".")
    if len(one.words) > 1 and _is_given(first):
        points += 1.5
    elif len(one.words) > 1:
        points += 0.1
    elif _is_given(first):
        points += 0.5
    if one.title:
        points += 1.2
    if _ARTICLE.search(before) and not one.title:
        points -= 1.4
    elif _PLACE_BEFORE.search(before):
        points -= 0.9
    follow = re.match(r"[”\"’]?\s+([^\W\d_]+)", after)
    if re.match(r",?\s+(?:who|whom|whose)\b", after):
        points += 0.9
    elif len(one.words) > 1 and one.title == "" and _DOES.match(after):
        points += 0.5  # "Demian Bledny rolled in"
    if follow and "speech" in words.kinds_of(follow[1].lower()):
        points += 1.1
    elif follow and follow[1].lower() in grammar["person_verbs"]:
        points += 0.7
    left = re.search(r"([\w-]+)\s+$", before)
    if left and words.kinds_of(left[1].lower()) & _SAID_OF_A_PERSON and left[1].lower() not in grammar["not_names"]:
        points += 1.2 if _ARTICLE.search(before[: left.start()]) else 0.7  # "the lame Eliava", "poor Denis"
    if left and "speech" in words.kinds_of(left[1].lower()):
        points += 0.9
    elif left and left[1].lower() in grammar["towards_people"]:
        points += 0.6
    if apposed := _APPOSED.match(after):
        stretch = re.findall(r"[\w-]+", after[: apposed.end() + 30].lower())[:9]
        if any("profession" in words.kinds_of(word) or word in roles for word in stretch):
            points += 1.0
    if mine := re.match(r"[’']s?\s+((?:[\w-]+\s+){0,2}[\w-]+)", after):
        if any(words.kinds_of(word) & {"body", "character", "dress", "bearing"} for word in mine[1].lower().split()):
            points += 0.8
        else:
            points += 0.15
    return points


def _sex_of(one: _Seen, text: str, words: Lexicon) -> str:
    """The sex that the next pronoun speaks for, if one follows soon."""
    for match in re.finditer(r"[^\W\d_]+", text[one.end : one.end + 160]):
        word = match.group()
        lower = word.lower()
        if lower in words.grammar["he"]:
            return "m"
        if lower in words.grammar["she"]:
            return "f"
        if word[0].isupper() and match.start() > 2 and text[one.end + match.start() - 2] not in ".!?":
            return ""
    return ""


def _likely_sex(key: str, counted: Counter[str]) -> str:
    if counted["m"] != counted["f"] and counted:
        return "m" if counted["m"] > counted["f"] else "f"
    if re.search(r"(?:ova|eva|ina|skaya|aya)$", key):
        return "f"
    return ""


def _occurrences(
    seen: Sequence[_Seen], texts: Sequence[str], people: dict[str, Person], known: Sequence[Given], words: Lexicon
) -> list[list[Named]]:
    found: list[list[Named]] = [[] for _ in texts]
    wives: dict[str, Person] = {}
    by_surname: dict[str, Person] = {}
    by_given: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for key, person in people.items():
        for surface in person.surfaces:
            by_surname.setdefault(fold(surface), person)
        first = person.name.split()
        if len(first) > 1:
            by_given[fold(first[0])][key] += 1 + person.count
    for mention in known:
        how = "full" if " " in texts[mention.chapter][mention.start : mention.end] else "surname"
        person = people[mention.key]
        person.count += 1
        found[mention.chapter].append(Named(mention.start, mention.end, person, how))
    for one in seen:
        whose = by_surname.get(fold(one.words[-1]))
        how = "full" if len(one.words) > 1 else "surname"
        if whose is None and len(one.words) > 1:
            whose = by_surname.get(fold(one.words[0]))
        candidates = by_given.get(fold(one.words[0]), Counter[str]()) if whose is None and len(one.words) == 1 else {}
        if len(candidates) == 1:
            whose, how = people[next(iter(candidates))], "given"
        if whose is None:
            continue
        if one.title in words.grammar["titles_f"] and whose.sex == "m":
            whose = wives.setdefault(fold(one.words[-1]), Person(f"{one.title.capitalize()} {one.words[-1]}", sex="f"))
        whose.count += 1
        found[one.chapter].append(Named(one.start, one.end, whose, how))
    for chapter in found:
        chapter.sort(key=lambda named: named.start)
    return found
