"""Cards on where a scene of the Memoirs plays, and in which of their chapters it is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from serge_tui.core.study.card import Card
from serge_tui.core.study.cards.common import CardSources, trimmed, year_of
from serge_tui.core.study.chronology import told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from db.models import CanonicalChapter, Event, Quotation

_CITIES: Final[dict[str, str]] = {
    "alexander-ii-killed": "St Petersburg",
    "anchor-square": "Kronstadt",
    "arrested-1912": "Paris",
    "arrested-1933": "Leningrad",
    "attacked-in-mexico": "Mexico City",
    "barcelona-rising-fails": "Barcelona",
    "blok-dies": "Petrograd",
    "blumkin-shot": "Moscow",
    "brussels-circle": "Brussels",
    "comintern-office": "Petrograd",
    "decides-to-write": "Leningrad",
    "editor-of-anarchie": "Paris",
    "expelled-and-arrested": "Leningrad",
    "first-signed-victor-serge": "Barcelona",
    "gumilev-shot": "Petrograd",
    "istrati-sets-out": "Paris",
    "joffe-burial": "Moscow",
    "joffe-suicide": "Moscow",
    "joins-the-party": "Petrograd",
    "leaves-home": "Brussels",
    "liabeuf-riots": "Paris",
    "lie-about-kronstadt": "Petrograd",
    "meets-gumilev": "Paris",
    "meets-krivitsky": "Paris",
    "memoirs-finished": "Mexico City",
    "natalia-sedova": "Mexico City",
    "nin-arrested": "Barcelona",
    "offer-of-mediation": "Petrograd",
    "political-testament": "Leningrad",
    "putilov-resolution": "Petrograd",
    "rathenau-murdered": "Berlin",
    "russakov-affair": "Leningrad",
    "tenth-anniversary": "Leningrad",
    "trial-of-the-gang": "Paris",
    "villa-air-bel": "Marseille",
    "wolf-killed": "Barcelona",
}
"""Events whose sentence does not name the city, with the city."""
_ALSO: Final[dict[str, tuple[str, ...]]] = {
    "Petrograd": ("St Petersburg", "Leningrad", "Saint Petersburg"),
    "Leningrad": ("Petrograd", "St Petersburg", "Saint Petersburg"),
    "St Petersburg": ("Petrograd", "Saint Petersburg", "Leningrad"),
    "Mexico City": ("Mexico",),
}
"""Other names of one city, which are right too."""
_SCENES: Final = (
    "perovskaya-handkerchief", "bread-in-black-coffee", "bat-eyed", "portraits-of-the-hanged", "vandervelde-congo",
    "avalanche", "the-revolution-is-hungry", "great-seal", "metropolis-of-cold",
    "reed-watermelon", "slit-your-throats", "block-of-ice", "sided-with-the-party", "our-own-thermidor",
    "five-names-in-berlin", "datelined-kiev", "gramsci-bohemian-exile",
    "no-personal-existence", "dumb-acclamation", "slips-of-paper", "cabman-fare", "death-mask", "bakaev-human-wave",
    "charge-at-workers", "write-write", "istrati-omelette", "unequivocal-dissident", "capitulation-i-want-to-build",
    "lubyanka-light-signals", "courses-to-myself", "page-of-hegel", "sick-people-gazed", "incorrigible-enemy",
    "fourth-international-senseless", "only-a-living-society",
    "last-sentence", "war-without-hate", "terrifying-state-machine", "everything-that-diminishes-man",
    "stratum-without-hope", "soviet-frontier-at-night", "lenin-cap-and-jacket", "dahlem-nco", "contempt-for-literature",
)  # fmt: skip
"""Quotations that belong so clearly to one chapter that one can say which."""
_EVENTS: Final = (
    "trial-of-the-gang", "prisoner-exchange", "precigne-camp", "kropotkin-funeral", "novaya-ladoga",
    "walks-with-nin-and-maurin", "crimea-massacre", "hamburg-rising", "sofia-cathedral", "carinthian-holiday",
    "yesenin-dies", "leningrad-broken", "shanghai-massacre", "russakov-affair", "mayakovsky-dies", "riutin-manifesto",
    "kirov-killed", "jeannine-born", "writers-congress", "letter-to-gide", "reiss-killed", "note-at-sea",
    "may-days", "reaches-mexico", "barcelona-printer", "lost-at-sea",
)  # fmt: skip
"""Events that belong to one chapter."""


def place_cards(sources: CardSources) -> Iterator[Card]:
    """Ask in which city something happened, where the sentence does not say."""
    for event in sources.events:
        city = _CITIES.get(event.key, "")
        sentence = told(event)
        if not city or city in sentence or city not in event.place:
            continue
        yield Card(
            key=f"place/{event.key}",
            kind="place",
            question="In which city?",
            stimulus=f"{sentence}.",
            answer=city,
            context=str(event.date.year or ""),
            note=event.text,
            reference=f"chapter {event.chapter}" if event.chapter else "",
            figures=_people(event),
            events=(event.key,),
            chapter=event.chapter,
            year=event.date.year,
            siblings=(f"event:{event.key}",),
            accepted=(city, *_ALSO.get(city, ())),
        )


def chapter_cards(sources: CardSources) -> Iterator[Card]:
    """Ask which chapter tells a scene: its number, with the title to learn."""
    titles = {chapter.number: chapter for chapter in sources.chapters}
    quotations = {quotation.key: quotation for quotation in sources.quotations}
    events = {event.key: event for event in sources.events}
    for key in _SCENES:
        if (quotation := quotations.get(key)) is not None and quotation.chapter in titles:
            yield _of_quotation(quotation, titles[quotation.chapter])
    for key in _EVENTS:
        if (event := events.get(key)) is not None and event.chapter in titles:
            yield _of_event(event, titles[event.chapter])


def _of_quotation(quotation: Quotation, chapter: CanonicalChapter) -> Card:
    return Card(
        key=f"chapter/{quotation.key}",
        kind="chapter",
        question="In which chapter of the Memoirs?",
        stimulus=trimmed(quotation.text),
        answer=_called(chapter),
        note=quotation.text,
        reference=quotation.reference,
        quotation=quotation.key,
        figures=tuple(dict.fromkeys([*quotation.about, *([quotation.speaker] if quotation.speaker else [])])),
        chapter=chapter.number,
        year=year_of(quotation),
        siblings=(f"quote:{quotation.key}",),
        accepted=_accepted(chapter),
    )


def _of_event(event: Event, chapter: CanonicalChapter) -> Card:
    return Card(
        key=f"chapter/event/{event.key}",
        kind="chapter",
        question="In which chapter of the Memoirs?",
        stimulus=f"{told(event)}.",
        answer=_called(chapter),
        note=event.text,
        figures=_people(event),
        events=(event.key,),
        chapter=chapter.number,
        year=event.date.year,
        siblings=(f"event:{event.key}",),
        accepted=_accepted(chapter),
    )


def _called(chapter: CanonicalChapter) -> str:
    return f"Chapter {chapter.number}, {chapter.title}" + (f" ({chapter.years})" if chapter.years else "")


def _accepted(chapter: CanonicalChapter) -> tuple[str, ...]:
    return (str(chapter.number), f"chapter {chapter.number}", chapter.title)


def _people(event: Event) -> tuple[str, ...]:
    return tuple(dict.fromkeys(person for person, _ in event.people))
