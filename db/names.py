"""Readings: the Russian sounds of a written name, in any alphabet and convention.

Libraries turn Cyrillic into Latin by one scheme or another; none undoes all of them at once, and none knows what
German, French, Spanish, Italian, Polish or Dutch newspapers do. So a Latin word is read backwards: each group of
letters has the Russian sounds it may stand for, the rarer ones at a cost, and a word has a few readings, cheapest
first. *Sinowjew*, *Zinovieff* and *Зиновьев* share the reading `zinovev`.

A reading is written in ASCII: `J` ж, `W` ш, `Q` ч, `WQ` щ, `x` х, `ts` ц; `i` for и, й and ы. What conventions never
agree on is left out: й, ь and ъ before a vowel, doubled letters, the difference between е, э and ё (which has a
second reading, `o`).
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import groupby, product
from typing import Final

from db.text import without_accents

WIDTH: Final = 48
"""Most readings kept of one word while it is read."""
MAX_COST: Final = 4

_CYRILLIC: Final = str.maketrans(
    {
        **dict(zip("абвгдезийклмнопрстуфхыэ", "abvgdeziiklmnoprstufxie", strict=True)),
        "ё": "e", "ж": "J", "ц": "ts", "ч": "Q", "ш": "W", "щ": "WQ", "ъ": "", "ь": "", "ю": "iu", "я": "ia",
        "і": "i", "ї": "i", "є": "e", "ґ": "g", "ў": "u", "ѣ": "e", "ѳ": "f", "ѵ": "i",
        "ј": "i", "љ": "l", "њ": "n", "ђ": "dJ", "ћ": "Q", "џ": "dJ",
    }
)  # fmt: skip
_IS_CYRILLIC: Final = re.compile("[\u0400-\u052f]")
_GLIDE: Final = re.compile("i+(?=[aeou])")
_DOUBLE: Final = re.compile(r"(.)\1+")
_VOWELS: Final = frozenset("aeiouyàáâäåæèéêëìíîïòóôöøùúûüýőűœ")
_FRONT: Final = frozenset("eiyéèêëíîïý")

# A letter group, then what it may sound like: `sound:cost/place`; no cost is 0, `-` is silence. Places: V before a
# vowel, C before none, F before e, i, y, B before none of these, K before s or k, D before a consonant, S at the start,
# E at the end. The longest group with a sound that fits is taken; a letter that has no entry is read without its
# diacritics.
_GROUPS: Final = """
a a | ae ae a:1 | au au o:2 | aw av o:2 | ä a e:1 | å a o:1
e e | ë e o:1 | ee e i:1 | eu eu e:2 o:2 | ew ev eu:2 | ey ei/E i:1/E | ie e/E i:1/E | ine in/E ine:1/E | eau o
i i | j i J:1/V x:2/V dJ:2/V | y i
aux o/E auks:1/E | eaux o/E oks:1/E
o o | oe oe u:1 o:2 | ö o e:1 | ø o e:1 | ó o u:1 | oo o u:1 | ou u ou:2 | ow ov ou:2 | œ oe
u u | ü u i:2 | ue ue u:1
b b | d d | dj dJ J:1 di:1 | dsch dJ | f f v:1/E v:2/K | ff f v/E
g g J:2/F x:2/F | gh g | gu g/F gu:1/F gu/B | h x/V -:1/V x/E -:1/E -/D x:1/D g:2/S
k k | kh x k:2 | l l | ł l | m m | n n | gn gn n:2 | p p | ph f | q k | qu k | r r | rh r
rz rz J:2 | rzh rJ | rzj rJ rzi:1
zh J zx:2 | zj J zi:1 | ž J | ż J | zs J zs | z z ts:1 J:2 | zz z ts:1 | tz ts
s s z:1/V W:2 | ss s | š W | ś s W:1 | ş W | ŝ WQ W:1 | sz W s:1 | sh W sx:2 | sj W si:1 | sc sk s:1/F W:1/F WQ:2
sch W WQ:1 J:1 sx:2 | shh WQ | stsch WQ | schtsch WQ | chtch WQ | shch WQ | szcz WQ | sjtsj WQ
c k/B ts/F s/F k:1/F ts/B Q:2 | ç s | č Q | ć Q | cz Q ts:1 | cs Q ks:1 | ck k tsk | cc k/B ts:1 Q:1/F k:1
ch Q x W:1 k:2 | tch Q | tsch Q tsW:2 | tsj Q tsi:2 | tsh Q | tj ti Q:2 | tc ts | t t | th t
v v | w v | x ks x:1
"""

_Sounds = tuple[tuple[str, int, str], ...]


@cache
def _groups() -> tuple[dict[str, _Sounds], int, dict[str, _Sounds]]:
    """Return the table above, the length of its longest group, and the completions of each group's beginning."""
    table: dict[str, _Sounds] = {}
    for entry in _GROUPS.replace("\n", "|").split("|"):
        if not entry.strip():
            continue
        group, *sounds = entry.split()
        parsed: list[tuple[str, int, str]] = []
        for sound in sounds:
            text, _, place = sound.partition("/")
            out, _, cost = text.partition(":")
            parsed.append((out.strip("-"), int(cost or 0), place))
        table[group] = tuple(parsed)
    begun: dict[str, dict[str, int]] = {}
    for group, alternatives in table.items():
        for length in range(1, len(group)):
            for out, points, _place in alternatives:
                costs = begun.setdefault(group[:length], {})
                costs[out] = min(points, costs.get(out, MAX_COST))
    unfinished = {start: tuple((out, cost, "") for out, cost in costs.items()) for start, costs in begun.items()}
    return table, max(map(len, table)), unfinished


@lru_cache(maxsize=4096)
def readings(word: str, width: int = WIDTH) -> tuple[tuple[str, int], ...]:
    """Return the possible sounds of a word in Latin or Cyrillic letters with their costs, cheapest first.

    `word` is lower-case with its diacritics and without apostrophes (`Word.marked`).
    """
    if _IS_CYRILLIC.search(word):
        plain = _tidy(word.translate(_CYRILLIC))
        if "ё" not in word:
            return ((plain, 0),)
        return ((plain, 0), (_tidy(word.replace("ё", "о").translate(_CYRILLIC)), 0))
    return tuple(_cheapest(_latin(word, width)).items())


@lru_cache(maxsize=65_536)
def reading(word: str) -> str:
    """Return the most likely reading; ten times faster than `readings`, for an index of thousands of names."""
    if _IS_CYRILLIC.search(word):
        return _tidy(word.translate(_CYRILLIC))
    table, _longest, _begun = _groups()
    out: list[str] = []
    end = 0
    for group in _segments().findall(word):
        end += len(group)
        sounds = table.get(group)
        if sounds is None:
            plain = without_accents(group)
            out.append(reading(plain) if plain != group and plain else group)
        elif sounds[0][2]:
            first = _first_fitting(sounds, word, end - len(group), end)
            out.append(first[0] if first is not None else group)
        else:
            out.append(sounds[0][0])
    return _tidy("".join(out))


@cache
def _segments() -> re.Pattern[str]:
    """The longest groups first, then any letter; a group that is one only at the end of a word is sought only there."""
    table, _longest, _begun = _groups()
    groups = sorted((group for group in table if len(group) > 1), key=len, reverse=True)
    only_last = {group for group in groups if all(place == "E" for _out, _cost, place in table[group])}
    return re.compile("|".join(group + (r"\Z" if group in only_last else "") for group in groups) + "|.")


@lru_cache(maxsize=1024)
def beginnings(word: str) -> tuple[tuple[str, int], ...]:
    """Return the readings of a word still being typed: its end may be half of a group (*Lunats* of *Lunatscharski*)."""
    found = dict(readings(word))
    if not _IS_CYRILLIC.search(word):
        _table, longest, begun = _groups()
        for length in range(1, min(longest, len(word))):
            unfinished = begun.get(word[-length:])
            if unfinished is None:
                continue
            stems = _latin(word[:-length], WIDTH)
            for (stem, cost), (out, more, _place) in product(stems, unfinished):
                total = cost + more + 1
                whole = _tidy(stem + out)
                if total <= MAX_COST and total < found.get(whole, MAX_COST + 1):
                    found[whole] = total
    return tuple(sorted(found.items(), key=lambda item: (item[1], item[0]))[:WIDTH])


def sound(read: str) -> str:
    """Reduce a reading to its rough sound: voiced as voiceless consonants, vowels only at the start."""
    heard = read.replace("ts", "s").translate(_HEARD)
    return _DOUBLE.sub(r"\1", heard[:1].translate(_FIRST) + _VOWEL.sub("", heard[1:]))


_SKELETON: Final = str.maketrans(
    {
        **dict.fromkeys("aeiouyаеёиоуыэюяйьъіїє", "."),
        **dict.fromkeys("vwfвф", "V"),
        **dict.fromkeys("szckghjxqßгжзксхцчшщґ", "S"),
        **dict(zip("бдлмнпрт", "bdlmnprt", strict=True)),
    }
)
_STOP_BEFORE_SIBILANT: Final = re.compile("[td]+(?=S)")


def skeletons(folded: str) -> tuple[str, ...]:
    """Return the consonants of a folded word, in classes that no transliteration of Russian distinguishes.

    A vowel at the start is kept as one, whichever. Spellings of one name share a skeleton; words that share one need
    not be the same name: it is a filter, some twenty times cheaper than `readings`. A word with a `j` has two, for `j`
    may be a consonant or half a vowel.
    """
    folded = folded.replace("ph", "f").replace("th", "t")
    if "j" in folded:
        return tuple({_skeleton(folded.replace("j", ".")), _skeleton(folded)})
    return (_skeleton(folded),)


def _skeleton(folded: str) -> str:
    classes = _STOP_BEFORE_SIBILANT.sub("", folded.translate(_SKELETON))
    return "".join(sound for sound, _ in groupby(classes[:1] + classes[1:].replace(".", "")))


_HEARD: Final = str.maketrans("bdgxvzJQ", "ptkkfsWW")
_FIRST: Final = str.maketrans("eiou", "aaaa")
_VOWEL: Final = re.compile("[aeiou]")


def _tidy(read: str) -> str:
    return _DOUBLE.sub(r"\1", _GLIDE.sub("", read))


def _cheapest(found: list[tuple[str, int]]) -> dict[str, int]:
    best: dict[str, int] = {}
    for read, cost in found:
        best.setdefault(_tidy(read), cost)
    return best


def _latin(word: str, width: int) -> list[tuple[str, int]]:
    """Read a word from left to right, keeping the `width` cheapest readings."""
    table, longest, _begun = _groups()
    found: list[tuple[str, int]] = [("", 0)]
    at, end = 0, len(word)
    while at < end:
        for length in range(min(longest, end - at), 0, -1):
            sounds = table.get(word[at : at + length])
            fitting = _fitting(sounds, word, at, at + length) if sounds else None
            if fitting:
                at += length
                break
        else:
            plain = without_accents(word[at])
            fitting = [(reading(plain), 0)] if plain != word[at] and plain else [(word[at], 0)]
            at += 1
        if len(fitting) == 1 and not fitting[0][1]:
            out = fitting[0][0]
            found = [(read + out, cost) for read, cost in found]
            continue
        found = [(read + out, cost + more) for read, cost in found for out, more in fitting if cost + more <= MAX_COST]
        if len(found) > width:
            found.sort(key=_cost)
            del found[width:]
    found.sort(key=_cost)
    return found


def _cost(item: tuple[str, int]) -> int:
    return item[1]


def _fitting(sounds: _Sounds, word: str, start: int, end: int) -> list[tuple[str, int]]:
    after = word[end : end + 1]
    return [(out, cost) for out, cost, place in sounds if not place or _fits(place, after, start)]


def _first_fitting(sounds: _Sounds, word: str, start: int, end: int) -> tuple[str, int, str] | None:
    after = word[end : end + 1]
    return next((sound for sound in sounds if not sound[2] or _fits(sound[2], after, start)), None)


def _fits(place: str, after: str, start: int) -> bool:
    match place:
        case "V":
            return after in _VOWELS
        case "C":
            return after not in _VOWELS
        case "F":
            return after in _FRONT
        case "B":
            return after not in _FRONT
        case "D":
            return after != "" and after not in _VOWELS
        case "K":
            return after in {"s", "k"}
        case "S":
            return start == 0
        case _:
            return not after
