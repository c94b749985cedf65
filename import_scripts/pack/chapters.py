"""Derive the chapters a figure appears in from the pack: its quotations, guides, events and the figure's own record.

A chapter is *seen* when a source names the figure there: the record's own `chapters`, and quotations whose chapter was
seen. It is *likely* when the place is inferred: from `chapters_likely`, quotations placed by their content, events, and
the guides without their section on disputes, which is about later readers and writers.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from import_scripts.pack.faults import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from db.models import Figure, Quotation
    from db.pack import Pack

OWN_RECORD: Final = "a source"
RECOLLECTION: Final = "recollection"
QUOTATION: Final = "a quotation"
PLACED_QUOTATION: Final = "a quotation placed by its content"
GUIDE: Final = "the guide"
EVENT: Final = "an event"
DISPUTES: Final = "What is disputed"
"""The heading of a guide whose section names people of other times."""
NARRATOR: Final = "serge"
_ORDER: Final = (OWN_RECORD, QUOTATION, PLACED_QUOTATION, GUIDE, EVENT, RECOLLECTION)
_SEEN: Final = frozenset({OWN_RECORD, QUOTATION})


def with_derived_chapters(pack: Pack) -> list[Figure]:
    """Set the chapters of every figure from the records of the pack, each with its basis."""
    bases = _bases(pack)
    figures = []
    for figure in pack.figures:
        found = bases[figure.key]
        seen = sorted(number for number, basis in found.items() if basis & _SEEN)
        likely = sorted(found.keys() - set(seen))
        shown = tuple((number, ", ".join(word for word in _ORDER if word in found[number])) for number in sorted(found))
        figures.append(replace(figure, chapters=tuple(seen), chapters_likely=tuple(likely), chapter_bases=shown))
    return figures


def _bases(pack: Pack) -> defaultdict[str, defaultdict[int, set[str]]]:
    """Return the evidence that places each figure in each chapter."""
    bases: defaultdict[str, defaultdict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    for figure in pack.figures:
        for number in figure.chapters:
            bases[figure.key][number].add(OWN_RECORD)
        for number in figure.chapters_likely:
            bases[figure.key][number].add(RECOLLECTION)
    for quotation in pack.quotations:
        if quotation.chapter is not None and not quotation.work:
            word = QUOTATION if quotation.chapter_basis == "seen" else PLACED_QUOTATION
            for key in _people(quotation):
                bases[key][quotation.chapter].add(word)
    for event in pack.events:
        if event.chapter is not None:
            for key, _ in event.people:
                bases[key][event.chapter].add(EVENT)
    for number, key in _named_in_guides(pack):
        bases[key][number].add(GUIDE)
    for chapter in pack.chapters:
        bases[NARRATOR][chapter.number].add(OWN_RECORD)
    return bases


def _people(quotation: Quotation) -> set[str]:
    """Return the people a quotation describes, quotes or addresses."""
    return {*quotation.about, *quotation.to, *([quotation.speaker] if quotation.speaker else [])} - {NARRATOR}


def _named_in_guides(pack: Pack) -> Iterator[tuple[int, str]]:
    for chapter in pack.guide.chapters if pack.guide else []:
        section = ""
        for block in chapter.blocks:
            if block.kind == "heading":
                section = block.text
            if section == DISPUTES or chapter.canonical is None:
                continue
            for span in block.spans:
                kind, _, key = span.target.partition(":")
                if kind == "figure":
                    yield chapter.canonical, key


def contradictions(pack: Pack) -> Iterator[Fault]:
    """Find figures whose `in_memoirs` is contradicted by the pack's quotations or chapters."""
    shown: dict[str, str] = {}
    for quotation in pack.quotations:
        if quotation.work:
            continue  # from another of Serge's works: says nothing of the Memoirs
        for key in quotation.about:
            shown.setdefault(key, quotation.key)
    for figure in pack.figures:
        if figure.in_memoirs == "seen":
            continue
        file = f"figures/{figure.key}.toml"
        if figure.key in shown:
            yield Fault(
                file, "", "in_memoirs",
                f'is "{figure.in_memoirs}", but the quotation "{shown[figure.key]}" is about this person: write "seen"',
            )  # fmt: skip
        elif figure.chapters:
            numbers = ", ".join(map(str, figure.chapters))
            yield Fault(
                file,
                "",
                "in_memoirs",
                f'is "{figure.in_memoirs}", but chapter {numbers} is given as seen: write "seen"',
            )
