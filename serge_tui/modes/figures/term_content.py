"""A term's page as paragraphs: what it was, who belonged to it, where the text has it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Final

from textual.content import Content

from db.text import sanitise, sanitise_line
from db.vocabulary import UNCHECKED
from serge_tui.core.wording import counted
from serge_tui.modes.figures.page_content import in_context, lit_place
from serge_tui.navigation import ShowDeck, ShowEvent, ShowFigure
from serge_tui.services.event_terms import events_naming
from serge_tui.widgets.linked_page import Paragraph

if TYPE_CHECKING:
    from collections.abc import Iterator

    from db.library import Library
    from db.models import Event, MentionInContext, Term

MOST_MENTIONS: Final = 12
_KINDS: Final = {"organisation": "organisation", "term": "word of the time", "place": "place"}
_LANGUAGES: Final = {
    "en": "English", "fr": "French", "es": "Spanish", "it": "Italian", "de": "German", "ru": "Russian",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class TermDossier:
    """A term with its members, events, mentions and sources. `names` holds the members' names by key."""

    term: Term
    edition_title: str
    names: dict[str, str]
    mentions: tuple[MentionInContext, ...]
    mention_count: int
    events: tuple[Event, ...] = ()


def load_term_dossier(library: Library, key: str, edition: str) -> TermDossier | None:
    """Read all that is known of a term; None if the pack has none by that key. No query reads a whole text."""
    term = library.terms.by_key(key)
    if term is None:
        return None
    known = library.texts.edition(edition)
    return TermDossier(
        term,
        known.title if known else "",
        {member.figure: library.figures.name_of(member.figure) for member in term.members},
        tuple(library.terms.mentions_in_context(key, edition, MOST_MENTIONS)),
        library.terms.mention_count(key, edition),
        events_naming(library, term),
    )


def term_page(dossier: TermDossier, *, hidden: bool) -> list[Paragraph]:
    """Set out a term's page; `hidden` keeps back the text and the members' years, which may tell how lives ended."""
    parts = (
        _head(dossier.term, hidden=hidden),
        _members(dossier, hidden=hidden),
        _names(dossier.term),
        _chapters(dossier.term),
        _events(dossier, hidden=hidden),
        _mentions(dossier),
        _cards(),
        _sources(dossier.term),
    )
    return [paragraph for part in parts for paragraph in part]


def _heading(title: str, aside: str = "") -> Paragraph:
    text = Content.styled(title, "bold $primary")
    return Paragraph(text + Content.styled(f"  {sanitise_line(aside)}", "$muted"), heading=title, gap=1)


def _line(label: str, text: str) -> Paragraph:
    return Paragraph(Content.styled(f"{label}  ", "$muted") + Content(sanitise_line(text)), indent=1, hang=2)


def _head(term: Term, *, hidden: bool) -> Iterator[Paragraph]:
    name = Content.styled(sanitise_line(term.name), "bold $accent")
    if term.native_name and term.native_name != term.name:
        name += Content.styled(f"   {sanitise_line(term.native_name)}", "$muted")
    yield Paragraph(name)
    facts = " · ".join(part for part in (_KINDS.get(term.kind, term.kind), term.years) if part)
    yield Paragraph(Content.styled(sanitise_line(facts), "$muted"))
    yield Paragraph(Content(sanitise_line(term.one_line)))
    if hidden:
        yield Paragraph(Content.styled("More is told once ends are shown; > shows them.", "$muted"), gap=1)
    else:
        yield Paragraph(Content(sanitise(term.text)), gap=1)
    if term.doubt and (not hidden or UNCHECKED in term.doubt):
        doubt = UNCHECKED if hidden else sanitise_line(term.doubt)
        yield Paragraph(Content.styled(f"? {doubt}", "$warning"), gap=1)


def _members(dossier: TermDossier, *, hidden: bool) -> Iterator[Paragraph]:
    members = [member for member in dossier.term.members if dossier.names.get(member.figure)]
    if not members:
        return
    yield _heading("Who belonged to it", "" if hidden else "and when")
    for member in sorted(members, key=lambda one: (one.start.earliest is None, one.start.earliest, one.figure)):
        aside = "  ".join(
            part for part in ("" if hidden else member.years, member.role, "(?)" * member.is_unchecked) if part
        )
        line = Content(sanitise_line(dossier.names[member.figure]))
        line += Content.styled(f"  {sanitise_line(aside)}" if aside else "", "$muted")
        yield Paragraph(line, ShowFigure(member.figure), indent=1, hang=2)
    if any(member.is_unchecked for member in members):
        yield Paragraph(Content.styled(f"(?) {UNCHECKED.lower()}", "$muted"), indent=1)


def _names(term: Term) -> Iterator[Paragraph]:
    if not term.aliases:
        return
    yield _heading("Other names")
    for language, group in groupby(term.aliases, key=lambda alias: alias.language):
        yield _line(_LANGUAGES.get(language, language), " · ".join(alias.text for alias in group))


def _chapters(term: Term) -> Iterator[Paragraph]:
    numbered = sorted({*term.chapters, *term.chapters_likely})
    if not numbered:
        return
    yield _heading("Chapters of the Memoirs")
    shown = ", ".join(str(number) if number in term.chapters else f"probably {number}" for number in numbered)
    yield Paragraph(Content(shown), indent=1)


def _events(dossier: TermDossier, *, hidden: bool) -> Iterator[Paragraph]:
    """Give the events that name the term; while ends are hidden none, for they may tell one."""
    if hidden or not dossier.events:
        return
    yield _heading("Events")
    for event in dossier.events:
        line = Content.styled(f"{event.date.long}  ", "$muted") + Content(sanitise(event.text))
        yield Paragraph(line, ShowEvent(event.key), indent=1, hang=2)


def _mentions(dossier: TermDossier) -> Iterator[Paragraph]:
    if not dossier.mentions:
        return
    yield _heading("Mentions", f"{dossier.mention_count} in {dossier.edition_title}")
    chapter = ""
    for found in dossier.mentions:
        if found.chapter_title != chapter:
            chapter = found.chapter_title
            yield Paragraph(Content.styled(sanitise_line(chapter), "italic $muted"), indent=1)
        yield Paragraph(in_context(found), lit_place(found), indent=3, hang=2)
    if dossier.mention_count > len(dossier.mentions):
        rest = counted(dossier.mention_count - len(dossier.mentions), "more mention")
        yield Paragraph(Content.styled(f"and {rest}", "$muted"), indent=3)


def _cards() -> Iterator[Paragraph]:
    yield _heading("Cards")
    yield Paragraph(Content.styled("learn the words of the book", "$primary"), ShowDeck("kind:term"), indent=1)


def _sources(term: Term) -> Iterator[Paragraph]:
    if term.citations:
        yield _heading("Sources")
        yield Paragraph(
            Content.styled("; ".join(dict.fromkeys(sanitise_line(one.text) for one in term.citations)), "$muted"),
            indent=1,
            hang=2,
        )
