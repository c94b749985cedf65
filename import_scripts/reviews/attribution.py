"""Decide who a quotation is about, and who speaks, as far as the reviewer says so."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from import_scripts.reviews.stretches import Stretch

AUTHOR: Final = "serge"
_SPEECH: Final = re.compile(
    r"\b(?:said|says|saying|exclaimed|exclaims|asked|asks|replied|replies|answered|boast(?:ed|s|ing)|remark(?:ed|s)?|"
    r"quipped|declared|told|shouted|cried|whispered|muttered|points? out|pointed out|dijo|disse|sagte|dit)\b",
    re.IGNORECASE,
)
_QUOTES_SOMEBODY: Final = re.compile(r"\b(?:quot(?:ed|es|ing)|line[^.]{0,40} by|words of)\s+(?:the\s[\w\s]{0,30})?$")
_ANOTHER_WRITES: Final = re.compile(
    r"(?P<name>[^\W\d_a-z]\w+(?:\s(?:[^\W\d_a-z]\w+|de|van|von))*),?\s(?:has\s|once\s|later\s|also\s|rightly\s)*"
    r"(?:thought|thinks|wrote|writes|written|argue[sd]|believe[sd]|considere?[sd]|judge[sd]|praise[sd]|"
    r"call(?:s|ed)\s(?:it|the\sbook|Serge)|sa(?:id|ys)\sof\sSerge)"
    r"(?:\s(?:that|of\s(?:it|Serge|him)|about\s(?:it|Serge|him)|in\shis\s\w+|in\sher\s\w+))?\s?[,:]?\s*"
    r"[\"'\u2018\u201c\u201e\u00ab]\s*$"
)
"""A person and what writers about a book do, right before a quotation."""
_WORKS: Final = (
    r"(?:poems?|verses?|lines|songs?|hymn|ballad|novel|play|essay|diar(?:y|ies)|letters?|preface|foreword|introduction|"
    r"afterword|biography)"
)
_CAPITALISED: Final = r"[^\W\d_a-z]\w+(?:\s(?:[^\W\d_a-z]\w+|de|van|von))*"
_WORK_OF_ANOTHER: Final = re.compile(
    rf"(?P<name>{_CAPITALISED})['\u2019]s?\s(?:\w+\s){{0,2}}{_WORKS}\b"
    rf"|\b{_WORKS}\s(?:by|of|from)\s(?P<writer>{_CAPITALISED})"
)
"""Somebody's poem, letter or preface: *a stanza from Brecht's poem*, *a letter from Gorky*."""
_HE_WRITES: Final = re.compile(
    r"\b(?:Serge|he|author)\s(?:\w+\s){0,2}(?:writes|wrote|written|says|said|recalls?|remembers?|remarks?|notes?|adds?|"
    r"tells|told|describes?|sees|saw|looks?)\b",
    re.IGNORECASE,
)
_WRITINGS_OF: Final = re.compile(
    r"\b(?:writings?|works?|books?|ideas?|thought|theor(?:y|ies)|influence|teachings?|novels?|poems?)\sof\s"
    r"(?:[^\W\d_a-z]\w+\s)*$"
)
"""Before a name that is that of an author read, and neither who speaks nor who is spoken of."""
_PORTRAIT_OF: Final = re.compile(
    r"\b(?:portraits?|descriptions?|pictures?|sketch(?:es)?|account|image|memory|memories|death|life|fate|end|glimpse)\s"
    r"of\s(?:[^\W\d_a-z]\w+\s)*$"
)
"""Before a name that is spoken of: *his portrait of Zinoviev:*."""
_HIMSELF: Final = re.compile(r"\b(?:Serge|Victor|Kibalchich|Author|Autor|Auteur)\b")
_NO_NAMES: Final = frozenset("He She It They We I You Who That This There Here".split())
_SENTENCE_END: Final = re.compile(
    r"(?<!\bMr)(?<!\bDr)(?<!\bMrs)(?<!\bSt)(?<!\b[A-Z])"
    r"[.!?\u2026]['\"\u2019\u201d\u00bb)\]]*\s+(?=[\"\u201c\u2018\u00ab(]?[^\W\d_a-z])"
)
_COLON: Final = re.compile(r"\s*:\s*[\"\u201c\u2018\u00ab]?")
_PRONOUN: Final = re.compile(
    r"\b(?:he|him|his|she|her|il|elle|lui|\u00e9l|ella|er|ihn|ihm|sie|egli|\u043e\u043d|\u0435\u0433\u043e)\b",
    re.IGNORECASE,
)
_OPENING_WORDS: Final = 24
"""A pronoun within so many characters shows that a quotation continues about the same person."""
_AT_THE_START: Final = 10
_A_LIST: Final = 3
"""A sentence with so many figures is a list of people, and about none of them."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """A speaker (empty for Serge) and the people spoken about, by figure key."""

    speaker: str = ""
    about: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Named:
    """A figure named in a passage."""

    start: int
    end: int
    figure: str


def attribute(
    stretch: Stretch, text: str, named: Sequence[Named], marks: Sequence[tuple[int, int]], before: Attribution
) -> Attribution:
    """Decide for one stretch.

    `named` are the figures named in its passage, `marks` the quoted stretches of the passage; `before` is the decision
    for the previous quotation of the passage, or for the passage that announces it.
    """
    outside = [
        name
        for name in named
        if name.end <= stretch.start and not any(start <= name.start < end for start, end in marks)
    ]
    sentence = _start_of_sentence(text, stretch.start)
    in_sentence = [
        name for name in outside if name.start >= sentence and not _WRITINGS_OF.search(text[sentence : name.start])
    ]
    if (speaker := _speaker(text, stretch, in_sentence)) is not None:
        return Attribution(speaker)
    opening = [
        name.figure for name in named if 0 <= name.start - stretch.start <= _AT_THE_START and name.figure != AUTHOR
    ]
    subject = _subject(text, in_sentence)
    if not subject and not _is_a_list(in_sentence):
        subject = _goes_on(text, stretch, sentence, in_sentence, before) or _just_named(
            text, outside, sentence, stretch
        )
    return Attribution("", tuple(dict.fromkeys([*([subject] if subject else []), *opening])))


def is_of_another(stretch: Stretch, text: str) -> bool:
    """Return whether the words are said to be another writer's: *Orwell thought that*, *as Sontag writes*."""
    lead = text[_start_of_sentence(text, stretch.start) : stretch.start]
    found = _ANOTHER_WRITES.search(lead)
    return found is not None and not _HIMSELF.search(found["name"]) and found["name"] not in _NO_NAMES


def announces_another(text: str) -> bool:
    """Return whether a passage announces another's words: *a stanza from Brecht's poem:*, *as Sontag wrote:*."""
    lead = text[_start_of_sentence(text, len(text)) :].rstrip()
    if not lead.endswith(":"):
        return False
    if (found := _ANOTHER_WRITES.search(f'{lead} "')) is not None:
        return not _HIMSELF.search(found["name"]) and found["name"] not in _NO_NAMES
    work = _WORK_OF_ANOTHER.search(lead)
    if work is None or _HE_WRITES.search(lead, work.end()):
        return False
    name = work["name"] or work["writer"]
    return not _HIMSELF.search(name) and name not in _NO_NAMES


def topic_of(text: str, named: Sequence[Named]) -> Attribution:
    """Return who a passage that introduces a quotation is about: the last figure it names."""
    subject = _subject(text, named)
    return Attribution("", (subject,) if subject else ())


def _subject(text: str, names: Sequence[Named]) -> str:
    """Return who a sentence is about at its end: the last figure named, but not a possessive (*Trotsky's son*)."""
    if _is_a_list(names):
        return ""
    others = [name for name in names if name.figure != AUTHOR]
    owners = [name for name in others if text[name.end : name.end + 2] in ("'s", "\u2019s")]
    free = [name for name in others if name not in owners]
    return free[-1].figure if free else owners[-1].figure if owners else ""


def _is_a_list(names: Sequence[Named]) -> bool:
    return len({name.figure for name in names if name.figure != AUTHOR}) >= _A_LIST


def _goes_on(text: str, stretch: Stretch, sentence: int, in_sentence: Sequence[Named], before: Attribution) -> str:
    """Return the person of the previous quotation, unless the sentence turns to Serge and has no pronoun."""
    if not before.about:
        return ""
    turns_to_author = any(name.figure == AUTHOR for name in in_sentence)
    lead = text[sentence : stretch.start] + text[stretch.start : stretch.start + _OPENING_WORDS]
    return before.about[0] if not turns_to_author or _PRONOUN.search(lead) else ""


def _just_named(text: str, outside: Sequence[Named], sentence: int, stretch: Stretch) -> str:
    """Return the one figure of the sentence before, if a pronoun refers to them."""
    previous = _start_of_sentence(text, max(0, sentence - 2))
    names = [name for name in outside if previous <= name.start < sentence]
    others = {name.figure for name in names if name.figure != AUTHOR}
    owner_only = all(text[name.end : name.end + 2] in ("'s", "\u2019s") for name in names if name.figure != AUTHOR)
    if len(others) != 1 or owner_only or not _PRONOUN.search(text[sentence : stretch.start]):
        return ""
    return others.pop()


def _speaker(text: str, stretch: Stretch, in_sentence: Sequence[Named]) -> str | None:
    """Return the speaker, if there is a verb of speech or a colon; otherwise None."""
    if not in_sentence or in_sentence[-1].figure == AUTHOR:
        return None
    last = in_sentence[-1]
    between = text[last.end : stretch.start]
    if _PORTRAIT_OF.search(text[: last.start]):
        return None
    if _COLON.fullmatch(between) or _QUOTES_SOMEBODY.search(text[: last.start]):
        return last.figure
    return last.figure if _SPEECH.search(between) else None


def _start_of_sentence(text: str, before: int) -> int:
    start = 0
    for match in _SENTENCE_END.finditer(text, 0, before + 2):
        if match.end() <= before:
            start = match.end()
    return start
