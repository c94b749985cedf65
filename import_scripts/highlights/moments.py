"""Read the time in a line of another program, as people and devices of many languages write it."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from typing import Final

from db.text import fold
from import_scripts.highlights.record import iso_utc

_MONTH_NAMES: Final = """
    january jan enero ene janvier janv januar jänner gennaio gen janeiro januari января янв stycznia styczeń
        ocak oca ledna január ianuarie tammikuuta ιανουαρίου січня जनवरी يناير
    february feb febrero février févr fév februar febbraio fevereiro fev februari февраля фев lutego luty şubat
        şub února február februarie helmikuuta φεβρουαρίου лютого फ़रवरी फरवरी فبراير
    march mar marzo mars märz mär marco março maart mrt марта мар marca marzec mart března březen marts március
        martie maaliskuuta μαρτίου березня मार्च مارس
    april apr abril abr avril avr aprile апреля апр kwietnia kwiecień nisan nis dubna duben április aprilie
        huhtikuuta απριλίου квітня अप्रैल أبريل
    may mayo mai maggio mag maio mei мая май maja maj mayıs května květen május toukokuuta μαΐου травня मई مايو
    june jun junio juin juni giugno giu junho июня июн czerwca czerwiec haziran haz června červen június iunie
        kesäkuuta ιουνίου червня जून يونيو
    july jul julio juillet juil juli luglio lug julho июля июл lipca lipiec temmuz tem července červenec július
        iulie heinäkuuta ιουλίου липня जुलाई يوليو
    august aug agosto ago août aout augustus августа авг sierpnia sierpień ağustos ağu augusti srpna srpen
        augusztus elokuuta αυγούστου серпня अगस्त أغسطس
    september sep sept septiembre septembre settembre set setembro сентября сен сент września wrzesień eylül eyl
        září szeptember septembrie syyskuuta σεπτεμβρίου вересня सितंबर सितम्बर سبتمبر
    october oct octubre octobre oktober okt ottobre ott outubro out октября окт października październik ekim
        eki října říjen október octombrie lokakuuta οκτωβρίου жовтня अक्टूबर أكتوبر
    november nov noviembre novembre novembro ноября ноя нояб listopada listopad kasım kas noiembrie marraskuuta
        νοεμβρίου листопада नवंबर नवम्बर نوفمبر
    december dec diciembre dic décembre déc dezember dez dicembre dezembro декабря дек grudnia grudzień aralık
        ara prosince prosinec desember decembrie joulukuuta δεκεμβρίου грудня दिसंबर दिसम्बर ديسمبر
"""
"""One month a line, a further line set in: English, Spanish, French, German, Italian, Portuguese, Dutch, Russian,
Polish, Turkish, Scandinavian, Czech, Catalan, Hungarian, Romanian, Finnish, Greek, Ukrainian, Hindi, Arabic."""
_MONTHS: Final = {
    fold(word): number
    for number, words in enumerate(re.split(r"\n {4}(?! )", _MONTH_NAMES.rstrip())[1:], 1)
    for word in words.split()
}
_TIME: Final = re.compile(
    r"(?<![\d.])(?P<hour>\d{1,2})\s*(?:[:.：h]|時|时|点|點|hod|uhr)\s*(?P<minute>\d{2})(?![\d])\s*(?:min|分|m(?![a-z]))?"
    r"(?:\s*[:.：]?\s*(?P<second>\d{2})\s*(?:秒|s\b|sec\b|seg\b)?)?"
)
_MORNING: Final = re.compile(r"上午|午前|凌晨|早上|清晨|오전|पूर्वाह्न")
_AFTERNOON: Final = re.compile(r"下午|午後|晚上|中午|오후|अपराह्न")
_AM: Final = re.compile(r"\s*(?:a\.?\s?m\b|vorm\b|πμ|ص)")
_PM: Final = re.compile(r"\s*(?:p\.?\s?m\b|nachm\b|μμ|م)")
"""Written after the time only: “am” is a word of its own in German."""
_ZONE: Final = re.compile(
    r"(?:\b(?:gmt|utc)\s*|(?<=\d))(?P<sign>[+\u2212-])(?P<hours>\d{1,2})(?::?(?P<minutes>\d{2}))?\b"
)
_NUMERIC_DATE: Final = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d{2})\s*[年년/.\-]\s*(?P<month>\d{1,2})\s*[月월/.\-]\s*(?P<day>\d{1,2})(?!\d)"
)
_DAY_FIRST: Final = re.compile(r"(?<!\d)(?P<one>\d{1,2})[/.\-](?P<two>\d{1,2})[/.\-](?P<year>(?:19|20)\d{2})(?!\d)")
_WORD: Final = re.compile(r"[^\W\d_][^\W\d_\u0900-\u097f]*(?:[\u0900-\u097f]+)?|[\u0900-\u097f]+|\d+")
_FIRST_YEAR: Final = 1900


def moment_in(words: str) -> str:
    """Return the time in a line, as ISO 8601 in UTC; empty if it has none that can be read.

    A date in figures alone is taken as day, month, year, unless only month, day, year is possible. A time without a
    zone is taken as UTC.
    """
    words = fold(words)
    date = _date(words)
    if date is None:
        return ""
    (year, month, day), rest = date
    hour = minute = second = 0
    time = _TIME.search(rest)
    if time is not None:
        hour, minute, second = (int(time[name] or 0) for name in ("hour", "minute", "second"))
        if hour <= 12 and (_PM.match(rest, time.end()) or _AFTERNOON.search(rest)):
            hour = hour % 12 + 12
        elif hour <= 12 and (_AM.match(rest, time.end()) or _MORNING.search(rest)):
            hour %= 12
    try:
        return iso_utc(datetime(year, month, day, hour, minute, second, tzinfo=_zone(rest, time)))
    except (ValueError, OverflowError):
        return ""


def _date(words: str) -> tuple[tuple[int, int, int], str] | None:
    """Year, month and day, and the words without them."""
    if found := _NUMERIC_DATE.search(words):
        return (int(found["year"]), int(found["month"]), int(found["day"])), _without(words, found)
    if found := _DAY_FIRST.search(words):
        day, month = int(found["one"]), int(found["two"])
        if month > 12:
            day, month = month, day
        return (int(found["year"]), month, day), _without(words, found)
    time = _TIME.search(words)
    bare = _without(words, time) if time else words
    pieces = _WORD.findall(bare)
    months = [_MONTHS[piece] for piece in pieces if piece in _MONTHS]
    numbers = [int(piece) for piece in pieces if piece.isdigit()]
    years = [number for number in numbers if _FIRST_YEAR <= number < _FIRST_YEAR + 200]
    days = [number for number in numbers if 1 <= number <= 31]
    if not months or not years or not days:
        return None
    return (years[0], months[0], days[0]), words


def _without(words: str, found: re.Match[str]) -> str:
    return f"{words[: found.start()]} {words[found.end() :]}"


def _zone(words: str, time: re.Match[str] | None) -> timezone:
    found = _ZONE.search(words, time.end() if time else 0)
    if found is None:
        return UTC
    offset = timedelta(hours=int(found["hours"]), minutes=int(found["minutes"] or 0))
    if offset >= timedelta(hours=24):
        return UTC
    return timezone(-offset if found["sign"] != "+" else offset)
