"""The page of Progress: paragraphs with bars, some with a link to a deck, a passage or a person."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from textual.content import Content

from db.text import sanitise_line
from serge_tui.core.charts import bar, calendar, columns
from serge_tui.core.study.grading import GRADES
from serge_tui.core.study.statistics import FEWEST_ASKED
from serge_tui.core.wording import counted
from serge_tui.modes.progress.plots import forecast_plot, retention_plot
from serge_tui.navigation import ShowDeck, ShowFigure, ShowMode
from serge_tui.widgets.linked_page import Paragraph

if TYPE_CHECKING:
    from collections.abc import Iterator

    from serge_tui.core.study.card import Card
    from serge_tui.core.study.statistics import Held
    from serge_tui.modes.progress.report import Gathered

MANY: Final = 10
_LABEL: Final = 24
_LATELY: Final = 30
_STABLE: Final = (
    "less than a day",
    "1 to 7 days",
    "1 to 3 weeks",
    "3 weeks to 3 months",
    "3 months to a year",
    "longer",
)
_PARTS: Final = (
    ("What you know", "how much of what you learned you still remember, and your target"),
    ("Forecast", "the cards of the next 30 days, and the minutes they take"),
    ("Retention by chapter", "which chapter to go over again"),
    ("What you have read", "how far, how long, and on which days"),
    ("People you are forgetting", "the hardest cards, and who was taken for whom"),
)


def progress_page(gathered: Gathered, width: int, *, beside: bool) -> tuple[list[Paragraph], list[Paragraph]]:
    """Return the page, and the page beside it.

    Parts that have nothing to show yet are left out; before the first answer and the first page read, the page says
    what will be there.

    Args:
        gathered: The statistics.
        width: Cells of a page.
        beside: Whether there are two pages: what is known, and beside it reading, the calendar and what is hard. If
            not, the second is empty.
    """
    room = max(30, min(76, width) - 3)
    if not gathered.learning.answers and not gathered.reading.minutes and not gathered.reading.share:
        return list(_first_day()), []
    learning = [
        *_learning(gathered, room),
        *_coming(gathered, room),
        *_chapters(gathered, room),
        *_answers(gathered, room),
    ]
    reading = [*_reading(gathered, room), *_calendar(gathered, room)]
    trouble = [*_people(gathered, room), *_trouble(gathered, room)]
    return (learning, [*reading, *trouble]) if beside else ([*learning, *reading, *trouble], [])


def _first_day() -> Iterator[Paragraph]:
    yield _heading("Progress")
    yield _plain("Nothing to show yet: this page fills as you read and answer cards.")
    yield Paragraph(Content("→ Learn some portraits (g c)"), ShowMode("cards"), gap=1)
    yield Paragraph(Content("→ Read (g r)"), ShowMode("reader"))
    yield _heading("What will be here")
    for part, words in _PARTS:
        yield Paragraph(Content(part) + Content.styled(f" · {words}", "$muted"), hang=2)


def _heading(text: str) -> Paragraph:
    return Paragraph(Content.styled(text, "bold $primary"), heading=text, gap=1)


def _plain(text: str, *, muted: bool = False) -> Paragraph:
    return Paragraph(Content.styled(text, "$muted") if muted else Content(text))


def _learning(gathered: Gathered, room: int) -> Iterator[Paragraph]:
    learning, counts = gathered.learning, gathered.learning.counts
    yield _heading("What you know")
    if not learning.answers:
        yield Paragraph(Content.styled("No card has been answered yet; g c begins.", "$muted"), ShowMode("cards"))
        return
    share = learning.retention.share
    if share is None:
        yield _plain("Nothing has been asked a second time yet, so there is no retention yet.", muted=True)
    else:
        asked, target = learning.retention.asked, learning.retention.target
        yield _plain(
            f"Of {counted(asked, 'card')} asked again in 30 days you knew {share:.0%}; the target is {target:.0%}."
        )
    yield _plain(
        f"{counts['held']} known for 3 weeks or more, {counts['learning']} being learned, {counts['new']} new"
        + (f", {counts['suspended']} suspended" if counts["suspended"] else "")
        + "."
    )
    yield _plain(
        f"{counted(learning.answers, 'answer')} on {counted(learning.days, 'day')}, {_time(learning.minutes)},"
        f" {learning.seconds_an_answer:.0f} s an answer."
        + (f" {learning.streak:,} days in a row." if learning.streak > 1 else "")
    )
    yield _plain("An answer counts with 60 s at most: beyond that you were elsewhere.", muted=True)
    yield from _young_and_mature(gathered)
    if len(learning.months) > 1:
        yield _heading("Month by month")
        target = learning.retention.target
        yield from (_plain(line) for line in retention_plot(learning.months, target, room))
        yield _plain(f"Cards asked again and known; ┄ is your target of {target:.0%}.", muted=True)


def _young_and_mature(gathered: Gathered) -> Iterator[Paragraph]:
    """Retention of cards known for less than three weeks, and of the others; how much it differs by the hour."""
    last = gathered.learning.last
    if last is None:
        return
    parts = [
        f"{share:.0%} of {counted(found.asked, name)}"
        for found, name in ((last.young, "young card"), (last.mature, "mature card"))
        if (share := found.share) is not None and found.asked >= FEWEST_ASKED
    ]
    if parts:
        yield _plain(f"Lately you knew {' and '.join(parts)} (young: stable for less than 3 weeks).")
    if last.hours:
        told = ", ".join(f"{hour.part} {hour.known / hour.asked:.0%} of {hour.asked:,}" for hour in last.hours)
        yield _plain(f"By the time of day: {told}.")


def _answers(gathered: Gathered, room: int) -> Iterator[Paragraph]:
    """The grades given, how stable the cards are, and how well the schedule foretells."""
    last = gathered.learning.last
    if last is None or not any(last.buttons):
        return
    width = max(6, min(40, room - _LABEL - 12))
    yield _heading("Answer buttons")
    total = sum(last.buttons)
    for rating, number in zip(GRADES, last.buttons, strict=True):
        yield _plain(f"{GRADES[rating]:<{_LABEL}} {bar(number / total, width)} {number / total:>4.0%}")
    if any(gathered.learning.stabilities):
        yield _heading("How stable your cards are")
        most = max(gathered.learning.stabilities)
        for name, number in zip(_STABLE, gathered.learning.stabilities, strict=True):
            yield _plain(f"{name:<{_LABEL}} {bar(number / most, width)} {number:>5,}")
    if last.calibration:
        yield _heading("How well the schedule foretells")
        for tenth in last.calibration:
            label = f"{tenth.low:.0%} to {tenth.low + 0.1:.0%}"
            line = f"{label:<13} foretold {tenth.foretold:>4.0%}, known {tenth.known:>4.0%}"
            yield Paragraph(Content(line) + Content.styled(f"  of {tenth.asked:,}", "$muted"))
        yield _plain("The chance that it gave to each answer, and what came. If they differ, fit it to you (g c, s).",
                     muted=True)  # fmt: skip


def _coming(gathered: Gathered, room: int) -> Iterator[Paragraph]:
    days = gathered.learning.forecast
    cards = sum(coming.cards for coming in days)
    if not gathered.learning.answers:
        return
    yield _heading("Forecast")
    if not cards:
        yield _plain("Nothing is due in the next days.", muted=True)
        return
    minutes = cards * gathered.learning.seconds_an_answer / 60 / len(days)
    yield _plain(
        f"{counted(days[0].cards, 'card')} due today, {cards:,} within {len(days)} days"
        + (f": about {_time(minutes)} a day." if minutes >= 1 else ".")
    )
    yield from (_plain(line) for line in forecast_plot(days, room))


def _chapters(gathered: Gathered, room: int) -> Iterator[Paragraph]:
    seen = [held for held in gathered.learning.chapters if held.seen]
    if not seen:
        return
    yield _heading("Retention by chapter")
    for held in seen:
        number = int(held.key)
        title = f"{number:>2} {sanitise_line(gathered.chapter_titles.get(number, ''))}"
        yield Paragraph(_held(title, held, room), ShowDeck(f"chapter {number}"))
    unseen = len(gathered.learning.chapters) - len(seen)
    more = f" {counted(unseen, 'chapter')} not begun." if unseen else ""
    yield _plain(f"Enter reviews the cards of one chapter.{more}", muted=True)


def _held(title: str, held: Held, room: int) -> Content:
    label = min(_LABEL + 8, room // 2)
    width = max(6, room - label - 18)
    line = Content(title).truncate(label, ellipsis=True, pad=True)
    if not held.says_enough:
        return line + Content.styled(f" {'·' * width} {held.seen} of {held.cards}", "$faint")
    return (
        line
        + Content(f" {bar(held.share, width)} {held.share:>4.0%}")
        + Content.styled(f" {held.seen} of {held.cards}", "$muted")
    )


def _reading(gathered: Gathered, room: int) -> Iterator[Paragraph]:
    reading = gathered.reading
    yield _heading("What you have read")
    title = sanitise_line(reading.title)
    yield _plain(f"{title}: {reading.share:.0%}, in {_time(reading.minutes)}.")
    if reading.days:
        by_day = dict(reading.days)
        every = [(gathered.day - timedelta(days=n)).isoformat() for n in reversed(range(_LATELY))]
        yield _plain(f"{columns([by_day.get(day, 0.0) for day in every])}  minutes a day")
    begun = [chapter for chapter in reading.chapters if chapter.share > 0]
    for chapter in begun[-12:]:
        label = min(_LABEL + 8, room // 2)
        line = Content(sanitise_line(chapter.title)).truncate(label, ellipsis=True, pad=True)
        yield Paragraph(line + Content(f" {bar(chapter.share, max(6, room - label - 18))} {chapter.share:>4.0%}"))


def _calendar(gathered: Gathered, room: int) -> Iterator[Paragraph]:
    values = {day.day: float(day.answers) for day in gathered.learning.calendar}
    if not values:
        return
    yield _heading("Days studied")
    for line in calendar(values, gathered.day, min(53, room - 4)):
        yield _plain(line)
    most = max(values.values(), default=0.0)
    if most:
        yield _plain(f"· none   ░▒▓█ up to {most:.0f} answers a day", muted=True)
    spent = {day.day: day.minutes for day in gathered.learning.calendar}
    lately = [spent.get((gathered.day - timedelta(days=n)).isoformat(), 0.0) for n in reversed(range(_LATELY))]
    if any(lately):
        yield _plain(f"{columns(lately)}  minutes a day in {_LATELY} days, {max(lately):.0f} at most")


def _people(gathered: Gathered, room: int) -> Iterator[Paragraph]:
    people = [held for held in gathered.learning.people if held.says_enough]
    if not people:
        return
    yield _heading("People you are forgetting")
    for held in list(reversed(people))[:MANY]:
        yield Paragraph(
            _held(sanitise_line(gathered.names.get(held.key, held.key)), held, room), ShowDeck(f"figure:{held.key}")
        )
    if len(people) > MANY:
        yield _plain(f"and {len(people) - MANY} more. Enter reviews the cards of one person.", muted=True)


def _trouble(gathered: Gathered, room: int) -> Iterator[Paragraph]:
    learning = gathered.learning
    if learning.hardest:
        yield _heading("Hardest cards")
        for hard in learning.hardest:
            card = gathered.cards.get(hard.card)
            tail = f"  failed {hard.failed} of {hard.asked}"
            words = Content(_asked(card) if card else hard.card).truncate(room - len(tail), ellipsis=True)
            yield Paragraph(words + Content.styled(tail, "$muted"), card)
    if learning.confusions:
        yield _heading("Taken for each other")
        for confusion in learning.confusions[:MANY]:
            one = sanitise_line(gathered.names.get(confusion.figure, confusion.figure))
            other = sanitise_line(gathered.names.get(confusion.taken_for, confusion.taken_for))
            times = "once" if confusion.times == 1 else f"{confusion.times} times"
            yield Paragraph(Content(f"{one}, taken for {other} {times}"), ShowFigure(confusion.figure))
    if gathered.leeches:
        yield _heading("Leeches: cards forgotten again and again")
        for leech in gathered.leeches[:MANY]:
            card = gathered.cards.get(leech.card)
            title = sanitise_line(card.answer) if card else leech.card
            mixed = ", ".join(sanitise_line(gathered.names.get(key, key)) for key in leech.taken_for)
            tail = f"  {leech.lapses} lapses" + (f", taken for {mixed}" if mixed else "")
            yield Paragraph(Content(title).truncate(44, ellipsis=True) + Content.styled(tail, "$muted"), card)
        yield _plain("Reword such a card (e), split it, read its passage, or suspend it (@).", muted=True)


def _asked(card: Card) -> str:
    """Return what a card asks in one line, without its answer."""
    return sanitise_line(card.stimulus or card.question)


def _time(minutes: float) -> str:
    if minutes < 1:
        return "less than a minute"
    if minutes < 90:
        return counted(round(minutes), "minute")
    return f"{minutes / 60:.1f} hours"
