"""Check the records of the study pack against each other: keys, references, dates, vocabularies, pages, lengths."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final

from db import vocabulary
from db.text import fold
from import_scripts.pack.chapters import contradictions
from import_scripts.pack.check_terms import term_faults
from import_scripts.pack.faults import Fault, PackError
from import_scripts.pack.guide import blocks_of
from import_scripts.pack.load import CONTENT, load_pack
from import_scripts.pack.prose import prose_faults
from import_scripts.pack.sources import source_faults

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from db.models import Event, Figure, Quotation
    from db.pack import Pack

_KEY: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LONGEST_LIFE: Final = 105
_MID_PHRASE: Final = re.compile(
    r"\b(a|an|the|of|and|or|but|into|from|than|my|our|their|whose|because|although|until|unless)[,;:—–-]?[”\"']?$",
    re.IGNORECASE,
)
"""Words that cannot end a text: something must follow them."""
_LIFE_WORDS: Final = range(20, 400)
_GUIDE_WORDS: Final = range(150, 1_200)
_FIRST_YEAR, _LAST_YEAR = 1855, 1960


def faults_of(pack: Pack) -> list[Fault]:
    """Return every fault in the content of the records, each with file, record and field."""
    return sorted(
        [
            *_keys(pack),
            *_references(pack),
            *(fault for figure in pack.figures for fault in _figure(figure)),
            *_aliases(pack.figures),
            *(fault for quotation in pack.quotations for fault in _quotation(quotation)),
            *_pages(pack),
            *(fault for event in pack.events for fault in _event(event)),
            *_guide(pack),
            *contradictions(pack),
            *prose_faults(pack),
            *source_faults(pack),
            *term_faults(pack),
        ]
    )


def checked_pack(folder: Path = CONTENT, progress: Callable[[float], None] | None = None) -> Pack:
    """Load the study pack and check it.

    Raises PackError with every fault, of form or of reference.
    """
    pack = load_pack(folder, progress)
    if faults := faults_of(pack):
        raise PackError(faults)
    return pack


def _figure_file(key: str) -> str:
    return f"figures/{key}.toml"


def _keys(pack: Pack) -> Iterator[Fault]:
    for file, keys in (
        ("figures", [figure.key for figure in pack.figures]),
        ("quotations", [quotation.key for quotation in pack.quotations]),
        ("events.toml", [event.key for event in pack.events]),
        ("sources.toml", [source.key for source in pack.sources]),
        ("publications.toml", [publication.key for publication in pack.publications]),
        ("terms", [term.key for term in pack.terms]),
        ("pages", [page.key for page in pack.pages]),
        ("memberships.toml", [f"{m.figure}-in-{m.term}-{m.start.text.replace(' ', '-')}" for m in pack.memberships]),
        ("works.toml", [work.key for work in pack.works]),
        ("chapters", [str(chapter.number) for chapter in pack.chapters]),
    ):
        for key, count in Counter(keys).items():
            if count > 1:
                yield Fault(file, key, "", "the key is used more than once")
            if not _KEY.fullmatch(key):
                yield Fault(file, key, "", "a key is lower-case letters, digits and single hyphens")


def _references(pack: Pack) -> Iterator[Fault]:
    figures = {figure.key for figure in pack.figures}
    quotations = {quotation.key for quotation in pack.quotations}
    events = {event.key for event in pack.events}
    sources = {source.key for source in pack.sources}

    def unknown(keys: Iterable[str | None], file: str, record: str, field: str) -> Iterator[Fault]:
        for key in keys:
            if key and key not in figures:
                yield Fault(file, record, field, f'there is no figure "{key}"')

    for figure in pack.figures:
        yield from unknown((tie.other for tie in figure.ties), _figure_file(figure.key), "", "tie.to")
    for quotation in pack.quotations:
        yield from unknown([quotation.speaker], "quotations", quotation.key, "speaker")
        yield from unknown(quotation.about, "quotations", quotation.key, "about")
        yield from unknown(quotation.to, "quotations", quotation.key, "to")
        yield from unknown([quotation.portrait_of], "quotations", quotation.key, "portrait_of")
    for event in pack.events:
        yield from unknown((person for person, _ in event.people), "events.toml", event.key, "people")
    for pointer in pack.pointers:
        if pointer.source not in sources:
            yield Fault("sources.toml", pointer.record, pointer.field, f'there is no source "{pointer.source}"')
    kinds = {
        "figure": figures,
        "quote": quotations,
        "event": events,
        "chapter": {str(chapter.number) for chapter in pack.chapters},
        "term": {term.key for term in pack.terms},
        "page": {page.key for page in pack.pages},
    }
    linked = [("chapters", chapter.title, chapter.blocks) for chapter in (pack.guide.chapters if pack.guide else [])]
    linked += [("pages", page.key, blocks_of(page.text)) for page in pack.pages]
    for file, record, blocks in linked:
        for block in blocks:
            for span in block.spans:
                kind, _, key = span.target.partition(":")
                if span.style == "link" and kind != "https" and key not in kinds.get(kind, set()):
                    yield Fault(file, record, block.text[:40], f'the link "{span.target}" leads nowhere')
                if kind == "https" and file != "pages":
                    yield Fault(file, record, block.text[:40], f'a guide cannot link to the web: "{span.target}"')


def _in(value: str, words: Iterable[str], file: str, record: str, field: str) -> Iterator[Fault]:
    allowed = sorted(words)
    if value not in allowed:
        yield Fault(file, record, field, f'"{value}" is not one of: {", ".join(allowed)}')


def _figure(figure: Figure) -> Iterator[Fault]:
    file = _figure_file(figure.key)
    yield from _in(figure.sex, vocabulary.SEXES, file, "", "sex")
    yield from _in(figure.in_memoirs, vocabulary.IN_MEMOIRS, file, "", "in_memoirs")
    yield from _in(figure.confidence, vocabulary.CONFIDENCES, file, "", "confidence")
    yield from _in(figure.fate, vocabulary.FATES, file, "", "died.how")
    for movement in figure.movements:
        yield from _in(movement, vocabulary.MOVEMENTS, file, "", "movements")
    for nationality in figure.nationalities:
        yield from _in(nationality, vocabulary.NATIONALITIES, file, "", "nationality")
    for alias in figure.aliases:
        yield from _in(alias.kind, vocabulary.ALIAS_KINDS, file, alias.text, "alias.kind")
    for tie in figure.ties:
        yield from _in(tie.kind, vocabulary.TIE_INVERSES, file, tie.other, "tie.kind")
        if tie.other == figure.key:
            yield Fault(file, "", "tie.to", "a figure cannot be tied to itself")
    if len(figure.one_line) > vocabulary.MAX_ONE_LINE:
        yield Fault(file, "", "one_line", f"is {len(figure.one_line)} characters, more than {vocabulary.MAX_ONE_LINE}")
    words = len(figure.life.split())
    if words not in _LIFE_WORDS:
        yield Fault(file, "", "life", f"is {words} words; {_LIFE_WORDS.start} to {_LIFE_WORDS.stop - 1} are wanted")
    if "TODO" in f"{figure.one_line}{figure.life}{figure.serge}":
        yield Fault(file, "", "", "a text is not written yet")
    born, died = figure.born, figure.died
    if born.earliest and died.latest and born.earliest > died.latest:
        yield Fault(file, "", "died.date", f"death ({died.text}) comes before birth ({born.text})")
    if born.latest and died.earliest and died.earliest.year - born.latest.year > _LONGEST_LIFE:
        yield Fault(file, "", "died.date", f"a life from {born.text} to {died.text} is longer than anybody's")


def _aliases(figures: list[Figure]) -> Iterator[Fault]:
    bearers: defaultdict[str, set[str]] = defaultdict(set)
    for figure in figures:
        for text in {fold(figure.name), *(fold(alias.text) for alias in figure.aliases)}:
            bearers[text].add(figure.key)
    for figure in figures:
        for alias in figure.aliases:
            others = bearers[fold(alias.text)] - {figure.key}
            if others and not alias.shared:
                named = ", ".join(sorted(others))
                yield Fault(
                    _figure_file(figure.key), alias.text, "alias", f"{named} has the same name: mark it shared = true"
                )


def _quotation(quotation: Quotation) -> Iterator[Fault]:
    file, key = "quotations", quotation.key
    yield from _in(quotation.kind, vocabulary.QUOTATION_KINDS, file, key, "kind")
    words = len(quotation.text.split())
    if match := _MID_PHRASE.search(quotation.text):
        yield Fault(file, key, "text", f'ends in mid-phrase, with "{match[1]}"')
    if words > vocabulary.MAX_QUOTATION_WORDS:
        yield Fault(file, key, "text", f"is {words} words; at most {vocabulary.MAX_QUOTATION_WORDS} may be quoted")
    if quotation.speaker and quotation.speaker_text:
        yield Fault(file, key, "speaker", "has both speaker and speaker_text; one is enough")
    if not quotation.speaker and not quotation.speaker_text:
        yield Fault(file, key, "speaker", "nobody is named as the speaker")
    if quotation.kind == "portrait" and not quotation.about:
        yield Fault(file, key, "about", "a portrait must say who it shows")
    if quotation.chapter is not None and quotation.chapter_basis not in ("seen", "inferred"):
        yield Fault(file, key, "chapter_basis", 'must be "seen" or "inferred" where a chapter is given')
    if quotation.portrait_order is not None and quotation.portrait_of is None:
        yield Fault(file, key, "order", "has an order but no portrait_of")
    if quotation.page and not re.fullmatch(r"\d+(-\d+)?(, \d+(-\d+)?)*", quotation.page):
        yield Fault(file, key, "page", f'"{quotation.page}" is not a page or span of pages, such as 323 or 272-273')


def _pages(pack: Pack) -> Iterator[Fault]:
    chapters = sorted(pack.chapters, key=lambda chapter: chapter.number)
    last = 0
    for chapter in chapters:
        if chapter.page_start is not None:
            if chapter.page_start <= last:
                yield Fault("chapters", chapter.title, "pages.start", f"p. {chapter.page_start} is not after p. {last}")
            last = chapter.page_start
        if chapter.page_end is not None:
            if chapter.page_end < last:
                yield Fault("chapters", chapter.title, "pages.end", f"p. {chapter.page_end} is before p. {last}")
            last = chapter.page_end
        if chapter.year_from > chapter.year_to:
            yield Fault("chapters", chapter.title, "years", f"{chapter.year_from} is after {chapter.year_to}")
    spans = {chapter.number: (chapter.page_start, chapter.page_end) for chapter in chapters}
    starts = [(chapter.page_start, chapter.number) for chapter in chapters if chapter.page_start is not None]
    for quotation in pack.quotations:
        pages = [int(page) for page in re.findall(r"\d+", quotation.page)]
        if quotation.chapter is None or not pages or quotation.chapter not in spans:
            continue
        start, _ = spans[quotation.chapter]
        following = [page for page, number in starts if number > quotation.chapter]
        if (start is not None and min(pages) < start) or (following and min(pages) >= min(following)):
            yield Fault(
                "quotations", quotation.key, "page",
                f"p. {quotation.page} lies outside chapter {quotation.chapter}",
            )  # fmt: skip


def _event(event: Event) -> Iterator[Fault]:
    yield from _in(event.kind, vocabulary.EVENT_KINDS, "events.toml", event.key, "kind")
    year = event.date.year
    if year is None:
        yield Fault("events.toml", event.key, "date", "an event must have a date")
    elif not _FIRST_YEAR <= year <= _LAST_YEAR:
        yield Fault("events.toml", event.key, "date", f"{year} lies outside {_FIRST_YEAR} to {_LAST_YEAR}")


def _guide(pack: Pack) -> Iterator[Fault]:
    numbers = [chapter.number for chapter in pack.chapters]
    if numbers != list(range(1, 11)):
        yield Fault("chapters", "", "number", f"the ten chapters must be there in order; found {numbers}")
    for chapter in pack.guide.chapters if pack.guide else []:
        words = sum(len(block.text.split()) for block in chapter.blocks)
        if words not in _GUIDE_WORDS:
            wanted = f"{_GUIDE_WORDS.start} to {_GUIDE_WORDS.stop - 1}"
            yield Fault("chapters", chapter.title, "", f"the guide is {words} words; {wanted} are wanted")
