"""A figure's page as paragraphs, in order, each line with where it leads."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from textual.content import Content

from db.ends import names_a_death
from db.models import FIGURE_FIELDS, Place
from db.text import sanitise, sanitise_line
from db.vocabulary import FATES, TELLING_TIES, TIE_TITLES, UNCHECKED
from serge_tui.core.wording import counted
from serge_tui.navigation import ReadAt, ShowDeck, ShowEvent, ShowFigure, ShowNote, ShowQuotation, term_entry
from serge_tui.widgets.linked_page import Paragraph
from serge_tui.widgets.portrait import attribution_content, quotation_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from db.models import Citation, Event, MentionInContext, Quotation, Tie
    from db.models.figure import FieldPart
    from serge_tui.modes.figures.cards import CardLine
    from serge_tui.modes.figures.dossier import Dossier
    from serge_tui.services.hidden_ends import HiddenEnds

HIDDEN_MARK: Final = "▒▒▒▒"
_BARS: Final = "▁▂▃▄▅▆▇█"
_KIND_TITLES: Final = {
    "spelling": "also written", "full": "in full", "birth": "born as", "married": "by marriage",
    "party": "in the party", "pen": "as a writer", "cover": "on false papers", "nickname": "called",
    "initials": "initials", "surname": "surname",
}  # fmt: skip
_SOURCE_TITLES: Final = {
    "life": "outside sources, for the life",
    "serge": "outside sources, for what Serge made of them",
    "stroke": "where Serge draws them",
}
_FIELD_TITLES: Final = {known.name: known.title or known.name for known in FIGURE_FIELDS}
_TELLING_FIELDS: Final = frozenset(known.name for known in FIGURE_FIELDS if known.telling)
_MOST_CARDS: Final = 8
_MOST_FOUND: Final = 12
_SHORT: Final = 60


@dataclass(frozen=True, slots=True)
class ShowAllMentions:
    """What the last line of shortened mentions leads to: the rest of them."""


def figure_page(dossier: Dossier, ends: HiddenEnds, cards: Sequence[CardLine] = ()) -> list[Paragraph]:
    """Return a figure's page, without anything that gives away a hidden end."""
    hidden = ends.of(dossier.figure.key)
    parts = (
        _head(dossier, hidden=hidden),
        _portraits(dossier, ends),
        _strip(dossier, hidden=hidden),
        _in_your_copy(dossier, ends),
        _life(dossier, ends),
        _names(dossier, ends),
        _to_serge(dossier, ends),
        _mentions(dossier, ends),
        _chapters(dossier, hidden=hidden),
        _company(dossier),
        _ties(dossier, ends),
        _stood(dossier, ends),
        _events(dossier, ends),
        _cards(dossier, cards),
        _notes(dossier),
        _sources(dossier, ends),
    )
    return [paragraph for part in parts for paragraph in part]


def _heading(title: str, aside: str = "") -> Paragraph:
    text = Content.styled(title, "bold $primary")
    if aside:
        text += Content.styled(f"  {sanitise_line(aside)}", "$muted")
    return Paragraph(text, heading=title, gap=1)


def _text(text: str, style: str = "") -> Content:
    return Content.styled(sanitise(text), style) if style else Content(sanitise(text))


def _yours(dossier: Dossier, *fields: str) -> Content:
    """A mark behind what is the reader's own word."""
    return Content.styled("  yours", "italic $primary") if dossier.is_own(*fields) else Content("")


def _plain(text: str, style: str = "") -> Iterator[Paragraph]:
    for number, piece in enumerate(text.split("\n\n")):
        yield Paragraph(_text(piece, style), indent=1, gap=1 if number else 0)


def _head(dossier: Dossier, *, hidden: bool) -> Iterator[Paragraph]:
    figure = dossier.figure
    name = _text(figure.name, "bold $accent")
    if figure.native_name and figure.native_name != figure.name:
        name += _text(f"   {figure.native_name}", "$muted")
    if dossier.added:
        name += Content.styled("   added by you", "italic $primary")
    yield Paragraph(name + _yours(dossier, "name", "native_name"))
    facts = [figure.years(hidden=hidden), ", ".join(figure.roles), ", ".join(figure.nationalities)]
    line = _text(" · ".join(fact for fact in facts if fact), "$muted")
    yield Paragraph(line + _yours(dossier, "roles", "nationalities"))
    if figure.one_line:
        yield Paragraph(_text(figure.one_line) + _yours(dossier, "one_line"))
    if dossier.added:
        return
    if figure.in_memoirs == "likely":
        yield Paragraph(_text("Named in the Memoirs as far as is known; no source seen shows where.", "$muted"))
    elif figure.in_memoirs == "context":
        yield Paragraph(_text("Belongs to the story; the Memoirs may not name them.", "$muted"))


def _quoted(quotations: Sequence[Quotation], ends: HiddenEnds, *, speaker: bool) -> Iterator[Paragraph]:
    shown = [quotation for quotation in quotations if quotation.key not in ends.quotations]
    gap = 0
    # Strokes from the same pages stand together, in their order, with one citation under them all.
    for attribution, group in groupby(shown, key=lambda known: attribution_content(known, speaker=speaker)):
        doubts = []
        for quotation in group:
            yield Paragraph(quotation_words(quotation), ShowQuotation(quotation.key), indent=1, gap=gap)
            doubts.append(quotation.doubt)
            gap = 0
        gap = 1
        unfolds = _doubts(*doubts)
        if attribution or unfolds:
            yield Paragraph(attribution or _text("doubtful", "$muted"), indent=1, unfolds=unfolds)
    if len(shown) < len(quotations):
        yield _hidden(f"{counted(len(quotations) - len(shown), 'quotation')} told later")


def _doubts(*doubts: str) -> Content | None:
    """Return what a `?` unfolds: each doubt once; None without a doubt."""
    known = [sanitise(doubt) for doubt in dict.fromkeys(doubts) if doubt]
    return Content.styled("\n".join(known), "$muted") if known else None


def _hidden(words: str) -> Paragraph:
    return Paragraph(
        Content.styled(f"{HIDDEN_MARK}{HIDDEN_MARK}", "$hidden-end") + _text(f"  {words}", "$muted"), indent=1
    )


def _portraits(dossier: Dossier, ends: HiddenEnds) -> Iterator[Paragraph]:
    if dossier.portraits:
        yield _heading("Portrait", "in Serge's words")
        yield from _quoted(dossier.portraits, ends, speaker=any(q.speaker != "serge" for q in dossier.portraits))
    if dossier.figure.stroke and not ends.tells(dossier.figure.stroke, [dossier.figure.key]):
        if not dossier.portraits:
            yield _heading("Portrait")
        stroke = _text(dossier.figure.stroke) + _text("  after Serge, in our words", "$muted")
        yield Paragraph(stroke, indent=1, gap=1 if dossier.portraits else 0)


def _life(dossier: Dossier, ends: HiddenEnds) -> Iterator[Paragraph]:
    figure, hidden = dossier.figure, ends.of(dossier.figure.key)
    if figure.life:
        told, goes_on = ends.life(figure)
        yield _heading("Life", f"up to {ends.year}" if goes_on and told else "yours" if dossier.is_own("life") else "")
        if told:
            yield from _plain(told)
        if goes_on:
            yield Paragraph(Content.styled(HIDDEN_MARK * 7, "$hidden-end"), indent=1)
    yield _heading("Fate", "hidden; . shows it" if hidden else "")
    if hidden:
        yield Paragraph(Content.styled(HIDDEN_MARK * 5, "$hidden-end"), indent=1)
        return
    died = ", ".join(part for part in (figure.died.long, figure.died_place) if part)
    how = figure.fate_text or FATES.get(figure.fate, figure.fate).capitalize() + "."
    own = _yours(dossier, "died", "died_place", "fate", "fate_text")
    doubts = _doubts(figure.died_doubt, figure.doubt)
    yield Paragraph(_text(how) + _text(f"  {died}", "$muted") + own, indent=1, unfolds=doubts)
    yield from _declared(dossier, "Fate")


def _names(dossier: Dossier, ends: HiddenEnds) -> Iterator[Paragraph]:
    figure = dossier.figure
    yield _heading("Names")
    if said := dossier.pronunciation:
        words = _text(said.say) + _text(f"  {said.stressed}  stress after a model, not a dictionary", "$muted")
        yield Paragraph(_text("say  ", "$muted") + words, indent=1, hang=2)
    born = ", ".join(part for part in (figure.born.long, figure.born_place) if part)
    doubt = "" if ends.tells(figure.born_doubt, [figure.key]) else figure.born_doubt
    line = _text("born  ", "$muted") + _text(born) + _yours(dossier, "born", "born_place")
    yield Paragraph(line, indent=1, hang=2, unfolds=_doubts(doubt))
    yield from _declared(dossier, "Names")
    order = list(_KIND_TITLES)
    own = [alias for alias in figure.aliases if f"alias:{alias.text}" in dossier.corrections]
    aliases = sorted(
        (a for a in figure.aliases if a not in own),
        key=lambda alias: order.index(alias.kind) if alias.kind in order else 99,
    )
    for kind, group in groupby(aliases, key=lambda alias: alias.kind):
        written = " · ".join(alias.text for alias in group)
        label = _KIND_TITLES.get(kind, kind)
        yield Paragraph(_text(f"{label}  ", "$muted") + _text(written), indent=1, hang=2)
    if own:
        written = " · ".join(alias.text for alias in own)
        yield Paragraph(_text("by you  ", "italic $primary") + _text(written), indent=1, hang=2)


def _declared(dossier: Dossier, part: FieldPart, *, hidden: bool = False) -> Iterator[Paragraph]:
    """Show the fields that are declared for a part of the page, a line for each that is known."""
    for known in FIGURE_FIELDS:
        if known.part != part:
            continue
        value: Any = getattr(dossier.figure, known.name)
        shown = "; ".join(value) if known.kind == "list" else value.long if known.kind == "date" else value
        if shown and not (hidden and known.telling):
            label = _text(f"{known.label.lower()}  ", "$muted")
            yield Paragraph(label + _text(shown) + _yours(dossier, known.name), indent=1, hang=2)


def _to_serge(dossier: Dossier, ends: HiddenEnds) -> Iterator[Paragraph]:
    if dossier.figure.serge:
        own = dossier.is_own("serge") or dossier.added
        yield _heading("What Serge made of them", "yours" if own else "in our words")
        told, goes_on = ends.untelling(dossier.figure.serge, dossier.figure.key)
        if told:
            yield from _plain(told)
        if goes_on:
            yield Paragraph(Content.styled(HIDDEN_MARK * 3, "$hidden-end"), indent=1)
    if dossier.said_of:
        yield _heading("Said of them")
        yield from _quoted(dossier.said_of, ends, speaker=True)
    if dossier.sayings and dossier.figure.key != "serge":
        yield _heading("In their own words")
        yield from _quoted(dossier.sayings, ends, speaker=False)


def strip_of_mentions(counts: Sequence[int]) -> str:
    """Return a bar for each chapter, `▁▁▃▇▅`: its height relative to the highest, a dot for zero."""
    top = max(counts, default=0)
    return "".join(_BARS[(count * len(_BARS) - 1) // top] if count else "·" for count in counts)


def _strip(dossier: Dossier, *, hidden: bool) -> Iterator[Paragraph]:
    """A bar for each chapter that names them, with the numbers of the chapters under the bars.

    `hidden` keeps back the chapters not yet reached: where somebody is named last tells of an end.
    """
    last = dossier.reached_chapter if hidden else None
    counts = [
        0 if last is not None and (chapter.canonical or 0) > last else dossier.by_chapter.get(chapter.ordinal, 0)
        for chapter in dossier.chapters
    ]
    if not any(counts) or len(counts) < 2:
        return
    named = "named once" if sum(counts) == 1 else f"named {sum(counts)} times"
    where = "so far" if last is not None else f"in {sanitise_line(dossier.edition_title)}"
    bars = Content.styled(strip_of_mentions(counts), "$primary")
    yield Paragraph(bars + _text(f"  {named} {where}", "$muted"), indent=1, gap=1)
    numbers = [chapter.canonical for chapter in dossier.chapters]
    if any(numbers):
        marks = "".join(str(number % 10) if number else " " for number in numbers)
        yield Paragraph(_text(marks, "$muted"), indent=1)


def _in_your_copy(dossier: Dossier, ends: HiddenEnds) -> Iterator[Paragraph]:
    """Portraits and sayings found in the reader's text, best first, each a link to its passage."""
    if not dossier.found:
        return
    yield _heading("In your copy", f"found in {dossier.edition_title}")
    hidden = ends.of(dossier.figure.key)
    told = [one for one in dossier.found if not (hidden and _is_untold(dossier, one.passage, one.sentence))]
    for number, one in enumerate(told[:_MOST_FOUND]):
        to = f" to {one.addressee}" if one.addressee and one.addressee != "I" else ""
        said = Content.styled(f"says{sanitise_line(to)}  ", "$muted") + _text(f"“{one.text}”")
        yield Paragraph(
            said if one.kind == "saying" else _text(one.text),
            ReadAt(
                Place(one.edition, one.passage, one.start), lit=(one.passage, one.start, one.end_passage, one.end)
            ),
            indent=1, gap=1 if number else 0,
        )  # fmt: skip
    if len(told) > _MOST_FOUND:
        yield Paragraph(_text(f"and {len(told) - _MOST_FOUND:,} more", "$muted"), indent=1)
    if len(told) < len(dossier.found):
        yield _hidden("further on than you have read")


def _mentions(dossier: Dossier, ends: HiddenEnds) -> Iterator[Paragraph]:
    if not dossier.mention_count:
        return
    yield _heading("Mentions", f"{dossier.mention_count} in {dossier.edition_title}")
    hidden = ends.of(dossier.figure.key)
    shown = [
        found
        for found in dossier.mentions
        if not (hidden and _is_untold(dossier, found.mention.passage, _words(found)))
    ]
    chapter = ""
    for found in shown:
        if found.chapter_title != chapter:
            chapter = found.chapter_title
            number = f"{found.canonical}  " if found.canonical else ""
            yield Paragraph(_text(f"{number}{chapter}", "italic $muted"), indent=1)
        yield Paragraph(in_context(found), lit_place(found), indent=3, hang=2)
    if len(shown) < len(dossier.mentions):
        yield _hidden("further on than you have read")
    elif dossier.mention_count > len(dossier.mentions):
        yield Paragraph(_text(f"all {dossier.mention_count} mentions", "$primary"), ShowAllMentions(), indent=3)


def _chapters(dossier: Dossier, *, hidden: bool) -> Iterator[Paragraph]:
    """Which chapters of the Memoirs show them, and what each rests on; `hidden` keeps back those not yet reached."""
    last = dossier.reached_chapter if hidden else None
    shown = [(number, basis) for number, basis in dossier.figure.chapter_bases if last is None or number <= last]
    if not shown:
        return
    yield _heading("Chapters of the Memoirs", "and what shows it")
    seen = set(dossier.figure.chapters)
    for number, basis in shown:
        words = basis if number in seen else f"probably: {basis}"
        yield Paragraph(_text(f"{number:>2}  ", "$primary") + _text(words, "$muted"), indent=1, hang=4)


def _is_untold(dossier: Dossier, passage: int, words: str) -> bool:
    """Return whether words of the text stand further on than the reader has read, or speak of a death."""
    return (dossier.reached is not None and passage > dossier.reached.passage) or names_a_death(words)


def _words(found: MentionInContext) -> str:
    return f"{found.before} {found.surface} {found.after}"


def in_context(found: MentionInContext) -> Content:
    """Return a mention lit among the words around it."""
    return (
        Content(sanitise_line(found.before) + (" " if found.before[-1:].isspace() else ""))
        + Content.styled(sanitise_line(found.surface), "bold $primary")
        + Content((" " if found.after[:1].isspace() else "") + sanitise_line(found.after))
    )


def lit_place(found: MentionInContext) -> ReadAt:
    """Where a mention stands, its words lit."""
    from db.models import Place

    mention = found.mention
    return ReadAt(
        Place(mention.edition, mention.passage, mention.start),
        (mention.passage, mention.start, mention.passage, mention.end),
    )


def _company(dossier: Dossier) -> Iterator[Paragraph]:
    if dossier.company:
        yield _heading("With whom they appear", "in the same passages")
        for key, name, count in dossier.company:
            line = _text(name) + _text(f"  {count}", "$muted")
            yield Paragraph(line, ShowFigure(key), indent=1, in_column=True)


def _stood(dossier: Dossier, ends: HiddenEnds) -> Iterator[Paragraph]:
    """Where they stood, and when; the year somebody left may tell how they ended, so a hidden end hides the years."""
    if not dossier.memberships:
        return
    hidden = ends.of(dossier.figure.key)
    yield _heading("Where they stood", "" if hidden else "and when")
    for name, one in dossier.memberships:
        aside = "  ".join(part for part in ("" if hidden else one.years, one.role, "(?)" * one.is_unchecked) if part)
        line = _text(name) + _text(f"  {aside}" if aside else "", "$muted")
        yield Paragraph(line, ShowFigure(term_entry(one.term)), indent=1, hang=2)
    if any(one.is_unchecked for _, one in dossier.memberships):
        yield Paragraph(_text(f"(?) {UNCHECKED.lower()}", "$muted"), indent=1)


def _ties(dossier: Dossier, ends: HiddenEnds) -> Iterator[Paragraph]:
    def is_hidden(tie: Tie) -> bool:
        return ends.of(dossier.figure.key) or ends.of(tie.other)

    ties = [tie for tie in dossier.figure.ties if not (tie.kind in TELLING_TIES and is_hidden(tie))]
    if not ties:
        return
    yield _heading("Related")
    for tie in sorted(ties, key=lambda tie: (tie.kind == "namesake", tie.kind, tie.other_name)):
        own = _yours(dossier, f"tie:{tie.kind}:{tie.other}")
        yield Paragraph(_tie(tie, hidden=is_hidden(tie)) + own, ShowFigure(tie.other), indent=1, hang=2, in_column=True)


def _tie(tie: Tie, *, hidden: bool) -> Content:
    kind = TIE_TITLES.get(tie.kind, tie.kind)
    note = f" · {tie.note}" if tie.note and not hidden else ""
    return _text(f"{kind}  ", "$muted") + _text(tie.other_name) + _text(note, "$muted")


def _events(dossier: Dossier, ends: HiddenEnds) -> Iterator[Paragraph]:
    events = [event for event in dossier.events if not _is_event_hidden(event, dossier, ends)]
    hidden = len(dossier.events) - len(events)
    if not dossier.events:
        return
    yield _heading("Events")
    for event in events:
        when = event.date.long
        yield Paragraph(_text(f"{when}  ", "$muted") + _text(event.text), ShowEvent(event.key), indent=1, hang=2)
    if hidden:
        yield _hidden(f"{counted(hidden, 'event')} told later")


def _is_event_hidden(event: Event, dossier: Dossier, ends: HiddenEnds) -> bool:
    """Return whether an event would give away a hidden end; for people with hidden ends, also events still ahead."""
    reached = dossier.reached_chapter
    ahead = reached is not None and event.chapter is not None and event.chapter > reached
    return event.key in ends.events or (ahead and ends.of(dossier.figure.key))


def _notes(dossier: Dossier) -> Iterator[Paragraph]:
    if dossier.notes:
        yield _heading("Your notes")
        for note in dossier.notes:
            yield Paragraph(_text(note.body or "(highlight)"), ShowNote(note.key), indent=1)


def _cards(dossier: Dossier, cards: Sequence[CardLine]) -> Iterator[Paragraph]:
    shown = [card for card in cards if not card.telling]
    if not shown:
        return
    asked = sum(card.standing != "new" for card in shown)
    yield _heading("Cards", f"{asked} of {len(shown)} asked so far")
    deck = ShowDeck(f"figure:{dossier.figure.key}")
    yield Paragraph(_text("learn them", "$primary"), deck, indent=1)
    for card in shown[:_MOST_CARDS]:
        line = _text(f"{card.standing}  ", "$muted") + _text(f"{card.kind}  ")
        yield Paragraph(line + _text(_short(card.words), "italic $muted"), indent=1, hang=2)
    if len(shown) > _MOST_CARDS:
        yield Paragraph(_text(f"and {len(shown) - _MOST_CARDS} more", "$muted"), indent=1)


def _short(text: str) -> str:
    return text if len(text) <= _SHORT else text[:_SHORT].rpartition(" ")[0] + " …"


def _sources(dossier: Dossier, ends: HiddenEnds) -> Iterator[Paragraph]:
    figure = dossier.figure.key
    yield _heading("Sources", "whose word each part is")
    if dossier.portraits or dossier.said_of:
        yield _source("Serge's own words", "everything in quotation marks, each with its page if known")
    for field, group in groupby(dossier.figure.citations, key=lambda citation: citation.field):
        cited = [_cited(citation) for citation in group]
        if shown := [source for source in dict.fromkeys(cited) if not ends.tells(source, [figure])]:
            title = _text(_SOURCE_TITLES.get(field, field), "$muted")
            yield Paragraph(title, indent=1, unfolds=_text("; ".join(shown)))
    own = [_field_title(field) for field in dossier.corrections if not (ends.of(figure) and field in _TELLING_FIELDS)]
    if own:
        yield _source("yours", ", ".join(dict.fromkeys(own)), "italic $primary")


def _field_title(field: str) -> str:
    if field.startswith("alias:"):
        return f"“{field.removeprefix('alias:')}”"
    return "ties" if field.startswith("tie:") else _FIELD_TITLES.get(field, field)


def _source(label: str, text: str, style: str = "$muted") -> Paragraph:
    return Paragraph(_text(f"{label}  ", style) + _text(text), indent=1, hang=2)


def _cited(citation: Citation) -> str:
    return citation.text if citation.trust == "high" else f"{citation.text} ({citation.trust} trust)"
