"""Everything that Progress and `serge stats` show, read in one go. Blocks: call it in a thread."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from db.models import GUIDE_EDITION
from serge_tui.core.study.answer_figures import AnswerFigures, figures_of
from serge_tui.core.study.leeches import Leech, leeches
from serge_tui.core.study.retention import retention_by_group
from serge_tui.core.study.statistics import Coming, Hard, Statistics, by_month, retention, streak
from serge_tui.services.card_collection import CardCollection, card_collection
from serge_tui.services.card_counts import groups_in_play
from serge_tui.services.confusions import confusions
from serge_tui.services.reading_progress import edition_being_read
from serge_tui.services.study_settings import study_settings, today

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from db.library import Library
    from db.models import CardState
    from serge_tui.core.study.card import Card
    from serge_tui.core.study.grading import Identifier
    from serge_tui.services.study_settings import StudySettings

RETENTION_DAYS: Final = 30
FORECAST_DAYS: Final = 30
HARDEST: Final = 50
MOST_HARD: Final = 10
LATELY_GIVEN: Final = 1_500
"""The last answers, from which the figures on answers are made."""


@dataclass(frozen=True, slots=True)
class ChapterRead:
    """How far a chapter has been read, 0 to 1, counted by its characters."""

    ordinal: int
    title: str
    canonical: int | None
    share: float
    words: int


@dataclass(frozen=True, slots=True)
class ReadingDone:
    """What was read of one edition; `days` are ISO days with minutes, over all editions."""

    edition: str
    title: str
    chapters: tuple[ChapterRead, ...]
    days: tuple[tuple[str, float], ...]
    characters_a_minute: float | None

    @property
    def share(self) -> float:
        """How much of the whole text has been read, 0 to 1."""
        words = sum(chapter.words for chapter in self.chapters)
        return sum(chapter.share * chapter.words for chapter in self.chapters) / words if words else 0.0

    @property
    def minutes(self) -> float:
        """Minutes spent reading, over all editions."""
        return sum(minutes for _, minutes in self.days)


@dataclass(frozen=True, slots=True)
class Gathered:
    """Statistics of reading and learning, with the names of what they count."""

    day: date
    reading: ReadingDone
    learning: Statistics
    leeches: tuple[Leech, ...]
    cards: dict[str, Card]
    names: dict[str, str]
    chapter_titles: dict[int, str]

    def to_dict(self) -> dict[str, object]:
        """Plain values, ready for JSON."""
        reading = asdict(self.reading) | {"share": self.reading.share, "minutes": self.reading.minutes}
        return {
            "day": self.day.isoformat(),
            "reading": reading,
            "learning": self.learning.to_dict(),
            "leeches": [asdict(leech) for leech in self.leeches],
        }


def gather(library: Library, finder: Identifier, collection: CardCollection | None = None) -> Gathered:
    """Read the logs and states, and return the statistics; one pass over the states."""
    library.study.wait()
    collection = collection or card_collection(library)
    day, settings = today(library), study_settings(library)
    memories, decay = library.study.memories(day.isoformat()), settings.scheduling.decay
    found = retention_by_group(groups_in_play(library, collection), memories, day, decay)
    mix_ups = confusions(library, collection, finder)
    studied = library.study.days()
    answers, minutes = sum(entry.answers for entry in studied), sum(entry.minutes for entry in studied)
    lost = library.study.most_lapsed(HARDEST)
    hard = sorted(
        (_hard(library, state) for state in lost), key=lambda card: (-card.failed, -card.difficulty, card.card)
    )
    learning = Statistics(
        answers=answers,
        days=len(studied),
        streak=streak(studied, day),
        minutes=minutes,
        seconds_an_answer=60 * minutes / answers if answers else 0.0,
        retention=retention(studied, day, RETENTION_DAYS, settings.retention),
        months=by_month(studied),
        forecast=_forecast(library, day, found.lost),
        calendar=tuple(entry for entry in studied if entry.day > (day - timedelta(days=371)).isoformat()),
        chapters=found.chapters,
        people=found.people,
        hardest=tuple(hard[:MOST_HARD]),
        confusions=tuple(mix_ups),
        counts=found.counts,
        stabilities=found.stabilities,
        last=_last_answers(library, settings) if answers else None,
    )
    return Gathered(
        day=day,
        reading=reading_done(library),
        learning=learning,
        leeches=tuple(
            leeches(lost, mix_ups, [collection.cards[state.card] for state in lost if state.card in collection.cards])
        ),
        cards=collection.cards,
        names={key: figure.name for key, figure in collection.figures.items()},
        chapter_titles={chapter.number: chapter.title for chapter in library.chronicle.chapters()},
    )


def _last_answers(library: Library, settings: StudySettings) -> AnswerFigures:
    """What the last answers say: a few, whose cards' histories can be read in no time."""
    last = library.study.latest(LATELY_GIVEN)
    cards = dict.fromkeys(review.card for review in last)
    return figures_of(
        library.study.histories(cards), {review.id for review in last}, settings.weights,
        lambda moment: datetime.fromisoformat(moment).astimezone().hour,
    )  # fmt: skip


def _forecast(library: Library, day: date, lost: Sequence[str]) -> tuple[Coming, ...]:
    """Cards asked on each of the coming days, today with everything overdue; those whose source is gone are not."""
    days = [(day + timedelta(days=number)).isoformat() for number in range(FORECAST_DAYS)]
    due = library.study.coming(days[-1], without=lost)
    overdue = sum(count for moment, count in due.items() if moment < days[0])
    return tuple(Coming(moment, due.get(moment, 0) + (overdue if moment == days[0] else 0)) for moment in days)


def _hard(library: Library, state: CardState) -> Hard:
    """A card that was lost, with the figures of its whole log."""
    log = library.study.history(state.card)
    failed = sum(1 for review in log if review.rating == 1)
    return Hard(state.card, len(log), failed, state.difficulty or 0.0)


def reading_done(library: Library) -> ReadingDone:
    """How far the edition being read has been read: its own copy where there is one, else the guide."""
    edition = edition_being_read(library) or library.texts.edition(GUIDE_EDITION)
    days = tuple((day, seconds / 60) for day, seconds in library.texts.reading_days())
    pace = library.texts.reading_pace()
    if edition is None:
        return ReadingDone("", "", (), days, pace)
    read = library.reading.chapters(edition.key)
    chapters = [
        ChapterRead(chapter.ordinal, chapter.title, chapter.canonical,
                    read[chapter.ordinal].share if chapter.ordinal in read else 0.0, chapter.words)
        for chapter in library.texts.chapters(edition.key)
    ]  # fmt: skip
    return ReadingDone(edition.key, edition.title, tuple(chapters), days, pace)
