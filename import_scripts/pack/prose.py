"""Check the style of the pack's own words: no superlative as fact, British spelling, one way to write a date."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Final

from db.text import fold
from import_scripts.pack.chapters import DISPUTES
from import_scripts.pack.faults import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from db.dates import HistoricalDate
    from db.models import Figure
    from db.pack import Pack

_QUOTED: Final = re.compile(r"“[^”]*”|‘[^’]*’|\"[^\"]*\"")
_SUPERLATIVES: Final = re.compile(
    r"\b(greatest|finest|most (famous|important|influential|popular|violent|celebrated)|best[- ]known|legendary"
    r"|unsurpassed|incomparable|never before)\b",
    re.IGNORECASE,
)
_AMERICAN: Final = re.compile(
    r"\b(color|labor|honor|favor|neighbor|center|theater|defense|offense|traveled|traveling|gray|program"
    r"|(organ|real|recogn|critic|mobil|industrial|national|special|capital)iz\w+)\b"
)
_BROKEN: Final = re.compile(r"\w+- (?!and\b|or\b|to\b)\w+")
"""A word with a hyphen that was broken at the end of a line: single line breaks are joined with a space."""
_STRAIGHT: Final = re.compile(r'"([^"]*)"')
_PROPER_NAMES: Final = ("Communist Labor Party",)
"""Names spelt as their bearers spelt them."""
_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_MONTH: Final = f"({'|'.join(_MONTHS)})"
_DATES: Final = (
    (re.compile(r"\b1[789]\d\d-\d\d"), "join years with a dash: 1936–37"),
    (re.compile(rf"\b\d{{1,2}}-\d{{1,2}} {_MONTH}"), "write days out: 12 to 13 July"),
    (re.compile(rf"\b{_MONTH} \d{{1,2}}(st|nd|rd|th)?,? \d{{4}}"), "put the day first: 13 July 1936"),
    (re.compile(rf"\b\d{{1,2}}(st|nd|rd|th) (of )?{_MONTH}"), "write the day as a plain number: 13 July"),
    (re.compile(r"\b(Old|New) Style\b"), 'say "in the old calendar", in a note'),
)
_OLD_CALENDAR: Final = re.compile(rf"\b(\d{{1,2}}) {_MONTH} in the old calendar")
_OLD_CALENDAR_LAG: Final = ((dt.date(1900, 3, 13), 13), (dt.date(1800, 3, 13), 12), (dt.date.min, 11))
"""By how many days the Julian calendar lagged, from a New Style day on."""
_LITTLE: Final = "little is recorded"
MAX_STROKE_WORDS: Final = 45
SHARED_RUN: Final = 5
"""Words: a stroke that shares this many in a row with a quotation is not in our own words."""


def prose_faults(pack: Pack) -> Iterator[Fault]:
    """Find where the pack's own words break the house style, with file, record and field."""
    quoted_runs = {run for quotation in pack.quotations for run in _runs(quotation.text)}
    for figure in pack.figures:
        file = f"figures/{figure.key}.toml"
        for field, text in _texts(figure):
            yield from _style(file, "", field, text)
        for field, text in (("one_line", figure.one_line), ("life", figure.life), ("died.fate", figure.fate_text)):
            yield from _superlatives(file, "", field, text)
        if _LITTLE in figure.doubt.casefold():
            yield Fault(file, "", "doubt", 'does not say what is unknown: name it instead of "Little is recorded"')
        yield from _calendar(file, "born", figure.born, figure.born_doubt)
        yield from _calendar(file, "died", figure.died, figure.died_doubt)
        yield from _stroke(file, figure, quoted_runs, pack)
    for event in pack.events:
        yield from _style("events.toml", event.key, "text", event.text)
        yield from _superlatives("events.toml", event.key, "text", event.text)
    yield from _guides(pack)


def _texts(figure: Figure) -> Iterator[tuple[str, str]]:
    yield "one_line", figure.one_line
    yield "life", figure.life
    yield "serge", figure.serge
    yield "stroke", figure.stroke
    yield "doubt", figure.doubt
    yield "died.fate", figure.fate_text
    yield "born", figure.born_doubt
    yield "died", figure.died_doubt


def _own_words(text: str) -> str:
    for name in _PROPER_NAMES:
        text = text.replace(name, "")
    return _QUOTED.sub("“”", text)


def _style(file: str, record: str, field: str, text: str) -> Iterator[Fault]:
    own = _own_words(text)
    for match in _BROKEN.finditer(text):
        yield Fault(file, record, field, f'"{match[0]}" is broken at the end of a line: keep it on one')
    for match in _STRAIGHT.finditer(text):
        yield Fault(file, record, field, f"{match[0]}: quote with “ and ”")
    for match in _AMERICAN.finditer(own):
        yield Fault(file, record, field, f'"{match[0]}" is not British spelling')
    for pattern, advice in _DATES:
        for match in pattern.finditer(own):
            yield Fault(file, record, field, f'"{match[0]}": {advice}')


def _superlatives(file: str, record: str, field: str, text: str) -> Iterator[Fault]:
    for match in _SUPERLATIVES.finditer(_own_words(text)):
        yield Fault(file, record, field, f'"{match[0]}" is a superlative told as fact')


def _calendar(file: str, field: str, date: HistoricalDate, note: str) -> Iterator[Fault]:
    """Compare a day in the old calendar with the date beside it."""
    match = _OLD_CALENDAR.search(note)
    if match is None or date.earliest is None or date.earliest != date.latest:
        return
    lag = next(days for start, days in _OLD_CALENDAR_LAG if date.earliest >= start)
    old = date.earliest - dt.timedelta(days=lag)
    if (int(match[1]), match[2]) != (old.day, _MONTHS[old.month - 1]):
        yield Fault(
            file, "", f"{field}.note",
            f"{date.text} was {old.day} {_MONTHS[old.month - 1]} in the old calendar, not {match[1]} {match[2]}",
        )  # fmt: skip


def _stroke(file: str, figure: Figure, quoted_runs: set[tuple[str, ...]], pack: Pack) -> Iterator[Fault]:
    if not figure.stroke:
        return
    words = len(figure.stroke.split())
    if words > MAX_STROKE_WORDS:
        yield Fault(file, "", "stroke", f"is {words} words, more than {MAX_STROKE_WORDS}")
    if not any(p.record == f"figure:{figure.key}" and p.field == "stroke" for p in pack.pointers):
        yield Fault(file, "", "stroke_sources", "does not say where Serge draws this person")
    for run in _runs(figure.stroke):
        if run in quoted_runs:
            yield Fault(file, "", "stroke", f'shares "{" ".join(run)}" with a quotation: it must be in our own words')


def _runs(text: str) -> list[tuple[str, ...]]:
    words = re.findall(r"\w+", fold(text))
    return [tuple(words[i : i + SHARED_RUN]) for i in range(len(words) - SHARED_RUN + 1)]


def _guides(pack: Pack) -> Iterator[Fault]:
    for chapter in pack.guide.chapters if pack.guide else []:
        section = ""
        for block in chapter.blocks:
            section = block.text if block.kind == "heading" else section
            yield from _style("chapters", chapter.title, block.text[:40], block.text)
            if section != DISPUTES:
                yield from _superlatives("chapters", chapter.title, block.text[:40], block.text)
