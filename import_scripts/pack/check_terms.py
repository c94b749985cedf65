"""Check terms, memberships, pronunciations and quoted pages: names, lengths, years, shares."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final

from db import vocabulary
from db.ends import names_a_death
from db.text import fold
from import_scripts.pack.faults import Fault

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from db.models import Membership, Term
    from db.pack import Pack, Pointer

TERM_WORDS: Final = range(40, 101)
MOST_FROM_ONE_PAGE: Final = 25
"""Most quotations from one page or extract of an archive."""
REFUSED_HOSTS: Final = (
    "annas-archive", "avidreaders", "bookreadfree", "docslib", "dokumen.pub", "ebin.pub", "flibusta", "idoc.pub",
    "libgen", "libking", "library.lol", "litmir", "litres", "pdfcoffee", "pdfdrive", "readli", "royallib", "scribd",
    "sci-hub", "vdoc.pub", "wikireading", "whosread", "z-lib", "zlibrary",
)  # fmt: skip
"""Names of web copies and file-sharing sites: no record may name one, in a source or elsewhere."""
_WORDS: Final = re.compile(r"\w+")
_SYLLABLES: Final = re.compile(r"[A-Za-z]+(?:['’]?[A-Za-z]+)*")


def term_faults(pack: Pack) -> Iterator[Fault]:
    """Return every fault in the terms and in the records that refer to them."""
    surnames = {figure.surname for figure in pack.figures}
    for term in pack.terms:
        yield from _term(term)
        named = surnames & set(_WORDS.findall(term.one_line))
        if named and names_a_death(term.one_line):
            who = ", ".join(sorted(named))
            yield Fault("terms", term.key, "one_line", f"tells a death beside {who}; it is shown while ends are hidden")
    yield from _grounds(pack)
    yield from _names(pack)
    yield from _memberships(pack)
    yield from _pronunciations(pack)
    yield from _shares(pack)
    yield from _works(pack)
    yield from _hosts(pack)


def _term(term: Term) -> Iterator[Fault]:
    if term.kind not in vocabulary.TERM_KINDS:
        yield Fault("terms", term.key, "kind", f'"{term.kind}" is not one of: {", ".join(vocabulary.TERM_KINDS)}')
    if len(term.one_line) > vocabulary.MAX_ONE_LINE:
        length = len(term.one_line)
        yield Fault("terms", term.key, "one_line", f"is {length} characters, more than {vocabulary.MAX_ONE_LINE}")
    words = len(term.text.split())
    if words not in TERM_WORDS:
        wanted = f"{TERM_WORDS.start} to {TERM_WORDS.stop - 1}"
        yield Fault("terms", term.key, "text", f"is {words} words; {wanted} are wanted")
    for alias in term.aliases:
        if alias.language not in vocabulary.TERM_LANGUAGES:
            allowed = ", ".join(vocabulary.TERM_LANGUAGES)
            yield Fault("terms", term.key, "aliases", f'"{alias.language}" is not one of: {allowed}')
    if term.start.earliest and term.end.latest and term.start.earliest > term.end.latest:
        yield Fault("terms", term.key, "end", f"the end ({term.end.text}) comes before the start ({term.start.text})")


def _grounds(pack: Pack) -> Iterator[Fault]:
    """Check that each term and membership has a source that somebody opened, or says that it has none.

    A place in the source (a page, an article, an address within it) shows that somebody opened it.
    """
    records = [("terms", term.key, f"term:{term.key}", term.doubt) for term in pack.terms]
    records += [
        ("memberships.toml", f"{one.figure} in {one.term}", f"membership:{one.figure}:{one.term}", one.doubt)
        for one in pack.memberships
    ]
    books = {source.key for source in pack.sources if source.kind == "book"}
    with_places = books | {pointer.source for pointer in pack.pointers if pointer.locator}
    cited: defaultdict[str, list[Pointer]] = defaultdict(list)
    for pointer in pack.pointers:
        cited[pointer.record].append(pointer)
    for file, label, key, doubt in records:
        marked = vocabulary.UNCHECKED in doubt
        if not cited[key] and not marked:
            way_out = f'open a source, or put "{vocabulary.UNCHECKED}" in its doubt'
            yield Fault(file, label, "sources", f"says nowhere what it rests on: {way_out}")
        if cited[key] and marked:
            yield Fault(file, label, "doubt", "says that no source was opened, and the record names one")
        for pointer in cited[key]:
            if not pointer.locator and pointer.source in with_places:
                yield Fault(file, label, "sources", f'"{pointer.source}" is named without the place in it')


def _names(pack: Pack) -> Iterator[Fault]:
    """Check that one name leads to one record; a term may share its name with another record only if it says so."""
    bearers: defaultdict[str, set[str]] = defaultdict(set)
    for figure in pack.figures:
        for text in {fold(figure.name), fold(figure.surname), *(fold(alias.text) for alias in figure.aliases)}:
            bearers[text].add(f"figure:{figure.key}")
    for term in pack.terms:
        for text in {fold(term.name), *(fold(alias.text) for alias in term.aliases)}:
            bearers[text].add(f"term:{term.key}")
    for term in pack.terms:
        for alias in term.aliases:
            others = bearers[fold(alias.text)] - {f"term:{term.key}"}
            if others and not alias.shared:
                named = ", ".join(sorted(others))
                yield Fault("terms", term.key, "aliases", f'"{alias.text}" is {named} too: list it in "shared"')
        if others := bearers[fold(term.name)] - {f"term:{term.key}"}:
            yield Fault("terms", term.key, "name", f"{', '.join(sorted(others))} has the same name")


def _memberships(pack: Pack) -> Iterator[Fault]:
    terms = {term.key: term for term in pack.terms}
    figures = {figure.key: figure for figure in pack.figures}
    for membership in pack.memberships:
        file, label = "memberships.toml", f"{membership.figure} in {membership.term}"
        figure, term = figures.get(membership.figure), terms.get(membership.term)
        if figure is None:
            yield Fault(file, label, "figure", f'there is no figure "{membership.figure}"')
        if term is None:
            yield Fault(file, label, "term", f'there is no term "{membership.term}"')
        elif term.kind != "organisation":
            yield Fault(file, label, "term", f'"{term.name}" is a {term.kind}, not an organisation')
        else:
            yield from _within(membership, label, f"{term.name} existed", term.start.earliest, term.end.latest)
        if figure is not None:
            yield from _within(membership, label, f"{figure.name} lived", figure.born.earliest, figure.died.latest)
        start, end = membership.start.earliest, membership.end.latest
        if start and end and start > end:
            yield Fault(file, label, "end", f"{membership.end.text} comes before {membership.start.text}")


def _within(membership: Membership, label: str, what: str, first: object, last: object) -> Iterator[Fault]:
    """Check that somebody belonged to an organisation while both were there."""
    start, end = membership.start, membership.end
    if (start.latest and first and str(start.latest) < str(first)) or (
        start.earliest and last and str(start.earliest) > str(last)
    ):
        yield Fault("memberships.toml", label, "start", f"{start.text} lies outside the years in which {what}")
    if end.earliest and last and str(end.earliest) > str(last):
        yield Fault("memberships.toml", label, "end", f"{end.text} lies outside the years in which {what}")


def _pronunciations(pack: Pack) -> Iterator[Fault]:
    figures = {figure.key for figure in pack.figures}
    cited = {pointer.record for pointer in pack.pointers if pointer.field == "say"}
    for said in pack.pronunciations:
        file = "pronunciation.toml"
        if said.figure not in figures:
            yield Fault(file, said.figure, "", f'there is no figure "{said.figure}"')
        if f"figure:{said.figure}" not in cited:
            yield Fault(file, said.figure, "sources", "says nowhere what gives the stress")
        for word in said.say.split():
            parts = _SYLLABLES.findall(word)
            loud = sum(part.isupper() for part in parts)
            if len(parts) > 1 and loud != 1:
                yield Fault(file, said.figure, "say", f'"{word}" must have one syllable in capitals, and has {loud}')


def _shares(pack: Pack) -> Iterator[Fault]:
    """Check that no page or extract of an archive is quoted more than is fair."""
    archives = {source.key for source in pack.sources if source.kind == "archive"}
    pages: Counter[tuple[str, str]] = Counter()
    for pointer in pack.pointers:
        if pointer.record.startswith("quote:") and pointer.source in archives and pointer.locator:
            pages[pointer.source, pointer.locator] += 1
    for (source, locator), count in pages.items():
        if count > MOST_FROM_ONE_PAGE:
            yield Fault("quotations", f"{source}: {locator}", "", f"{count} quotations, more than {MOST_FROM_ONE_PAGE}")


def _works(pack: Pack) -> Iterator[Fault]:
    works = {work.key for work in pack.works}
    for quotation in pack.quotations:
        if quotation.work and quotation.work not in works:
            yield Fault("quotations", quotation.key, "work", f'there is no work "{quotation.work}"')
        if quotation.work and (quotation.page or quotation.chapter is not None):
            yield Fault(
                "quotations", quotation.key, "work", "page and chapter are those of the Memoirs: leave them out"
            )
        if quotation.own_translation and quotation.page:
            yield Fault("quotations", quotation.key, "page", "the words on a page of 2012 are not our own translation")


def _hosts(pack: Pack) -> Iterator[Fault]:
    """Check that no web copy and no file-sharing site is named anywhere."""

    def named(text: str) -> Iterable[str]:
        return (host for host in REFUSED_HOSTS if host in text.lower())

    for source in pack.sources:
        for host in named(f"{source.publisher} {source.url}"):
            yield Fault("sources.toml", source.key, "", f'"{host}" is a web copy or a file-sharing site: cite the work')
    for pointer in pack.pointers:
        quoted = pointer.source if pointer.record.startswith("quote:") else ""
        for host in named(f"{quoted} {pointer.locator}"):
            yield Fault("sources", pointer.record, pointer.field, f'"{host}" is a web copy: cite the edition')
