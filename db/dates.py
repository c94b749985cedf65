"""Historical dates: a day, a month, a year, or something vaguer."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from typing import Final

_EXACT: Final = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?")
_QUALIFIED: Final = re.compile(r"(?P<word>about|before|after) (?P<rest>\S+)")
_ABOUT_YEARS: Final = 2
_OPEN_YEARS: Final = 15
_MONTHS: Final = ("January", "February", "March", "April", "May", "June", "July", "August", "September",
                  "October", "November", "December")  # fmt: skip
_ONE_MONTH: Final = re.compile(r"\b(\d{1,2})( [A-Z][a-z]+ \d{4}) or (\d{1,2})\2")
"""Two days of one month, spelt out twice."""


@dataclass(frozen=True, slots=True)
class HistoricalDate:
    """A date with the precision that is known.

    `earliest` and `latest` bound it; both are None when nothing is known. For *about*, *before* and *after* the open
    side extends a few years further, so that sorting and "who is alive" stay cautious.
    """

    text: str
    earliest: date | None
    latest: date | None

    @classmethod
    def parse(cls, text: str) -> HistoricalDate:
        """Read a date in the notation of `docs/content.md`.

        Raises ValueError, with a sentence to show, if the text is not such a date.
        """
        text = text.strip()
        if text == "unknown":
            return cls(text, None, None)
        if " or " in text:
            parts = [cls.parse(part) for part in text.split(" or ")]
            starts = [part.earliest for part in parts if part.earliest]
            ends = [part.latest for part in parts if part.latest]
            if len(starts) != len(parts):
                raise ValueError(_not_a_date(text))
            return cls(text, min(starts), max(ends))
        if qualified := _QUALIFIED.fullmatch(text):
            first, last = _bounds(qualified["rest"], text)
            match qualified["word"]:
                case "about":
                    return cls(text, _shift(first, -_ABOUT_YEARS), _shift(last, _ABOUT_YEARS))
                case "before":
                    return cls(text, _shift(first, -_OPEN_YEARS), first)
                case _:
                    return cls(text, last, _shift(last, _OPEN_YEARS))
        return cls(text, *_bounds(text, text))

    @property
    def is_known(self) -> bool:
        """Return whether anything is known."""
        return self.earliest is not None

    @property
    def is_exact_year(self) -> bool:
        """Return whether the calendar year is certain."""
        return (
            self.earliest is not None
            and self.latest is not None
            and self.earliest.year == self.latest.year
            and self.text[:1].isdigit()
        )

    @property
    def year(self) -> int | None:
        """Return the year for sorting and drawing: the middle of the range, None if nothing is known."""
        if self.earliest is None or self.latest is None:
            return None
        return (self.earliest.year + self.latest.year) // 2

    @property
    def short(self) -> str:
        """Return the year for a list: `1879`, `c. 1895`, `?`."""
        if not self.is_known:
            return "?"
        if self.is_exact_year:
            return self.text[:4]
        if self.text.startswith("before"):
            return f"< {self.text[7:11]}"
        if self.text.startswith("after"):
            return f"> {self.text[6:10]}"
        if " or " in self.text:
            years = list(dict.fromkeys(part.removeprefix("about ")[:4] for part in self.text.split(" or ")))
            return "/".join(years)
        return f"c. {self.year}"

    @property
    def long(self) -> str:
        """Return the date in words: `7 November 1879`, `2 or 5 March 1937`, `about 1895`, `unknown`."""
        return _ONE_MONTH.sub(r"\1 or \3\2", re.sub(_EXACT, _in_words, self.text))


def _bounds(text: str, whole: str) -> tuple[date, date]:
    match = _EXACT.fullmatch(text)
    if match is None:
        raise ValueError(_not_a_date(whole))
    year = int(match["year"])
    month = int(match["month"] or 0)
    try:
        if match["day"]:
            day = date(year, month, int(match["day"]))
            return day, day
        if month:
            return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
        return date(year, 1, 1), date(year, 12, 31)
    except (ValueError, calendar.IllegalMonthError) as error:
        raise ValueError(_not_a_date(whole)) from error


def _shift(day: date, years: int) -> date:
    return day.replace(year=day.year + years, day=min(day.day, 28))


def _in_words(match: re.Match[str]) -> str:
    if not match["month"]:
        return match["year"]
    month = _MONTHS[int(match["month"]) - 1]
    return f"{int(match['day'])} {month} {match['year']}" if match["day"] else f"{month} {match['year']}"


def _not_a_date(text: str) -> str:
    return f'"{text}" is not a date: write 1879-11-07, 1879-11, 1879, about 1895, before 1934, 1937 or 1938, unknown'
