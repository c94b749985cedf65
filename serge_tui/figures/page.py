"""A figure's page as paragraphs: what stands on it, in which order, and where each line leads."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from textual.content import Content

from db.text import sanitise, sanitise_line
from db.vocabulary import FATES
from serge_tui.navigation import ReadAt, ShowEvent, ShowFigure, ShowNote, ShowQuotation
from serge_tui.widgets.linked_page import Paragraph
from serge_tui.widgets.portrait import quotation_content

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from db.models import Event, MentionInContext, Quotation, Tie
    from serge_tui.figures.dossier import Dossier

SEAL: Final = "▒▒▒▒"
_BARS: Final = "▁▂▃▄▅▆▇█"
_KIND_TITLES: Final = {
    "spelling": "also written", "full": "in full", "birth": "born as", "married": "by marriage",
    "party": "in the party", "pen": "as a writer", "cover": "on false papers", "nickname": "called",
    "initials": "initials", "surname": "surname",
}  # fmt: skip
_TIE_TITLES: Final = {
    "parent": "child", "child": "parent", "superior": "subordinate", "subordinate": "superior",
    "teacher": "pupil", "pupil": "teacher", "killer": "victim", "victim": "killer",
    "namesake": "not to be confused with",
}  # fmt: skip
"""A tie says what this figure is to the other; the page says what the other is to this one."""
_TELLING_TIES: Final = frozenset({"killer", "victim"})


class ShowAllMentions:
    """What the last line of shortened mentions leads to: the rest of them."""


def figure_page(dossier: Dossier, *, sealed: bool) -> list[Paragraph]:
    """Set out a figure's page. `sealed` hides how the life went on and ended."""
    parts = (
        _head(dossier, sealed=sealed),
        _portraits(dossier),
        _life(dossier, sealed=sealed),
        _names(dossier),
        _to_serge(dossier),
        _mentions(dossier),
        _company(dossier),
        _ties(dossier, sealed=sealed),
        _events(dossier, sealed=sealed),
        _notes(dossier),
        _sources(dossier),
    )
    return [paragraph for part in parts for paragraph in part]


def _heading(title: str, aside: str = "") -> Paragraph:
    text = Content.styled(title, "bold $primary")
    if aside:
        text += Content.styled(f"  {sanitise_line(aside)}", "$muted")
    return Paragraph(text, heading=True, gap=1)


def _text(text: str, style: str = "") -> Content:
    return Content.styled(sanitise(text), style) if style else Content(sanitise(text))


def _plain(text: str, style: str = "") -> Iterator[Paragraph]:
    for number, piece in enumerate(text.split("\n\n")):
        yield Paragraph(_text(piece, style), indent=1, gap=1 if number else 0)


def _head(dossier: Dossier, *, sealed: bool) -> Iterator[Paragraph]:
    figure = dossier.figure
    name = _text(figure.name, "bold $accent")
    if figure.native_name and figure.native_name != figure.name:
        name += _text(f"   {figure.native_name}", "$muted")
    yield Paragraph(name)
    facts = [figure.years(sealed=sealed), ", ".join(figure.roles), ", ".join(figure.nationalities)]
    yield Paragraph(_text(" · ".join(fact for fact in facts if fact), "$muted"))
    yield Paragraph(_text(figure.one_line))
    if figure.in_memoirs == "likely":
        yield Paragraph(_text("Named in the Memoirs as far as is known; no source seen shows where.", "$muted"))
    elif figure.in_memoirs == "context":
        yield Paragraph(_text("Belongs to the story; the Memoirs may not name them.", "$muted"))


def _quoted(quotations: Sequence[Quotation], *, speaker: bool) -> Iterator[Paragraph]:
    for number, quotation in enumerate(quotations):
        yield Paragraph(
            quotation_content(quotation, speaker=speaker),
            ShowQuotation(quotation.key),
            indent=1,
            gap=1 if number else 0,
        )


def _portraits(dossier: Dossier) -> Iterator[Paragraph]:
    if dossier.portraits:
        yield _heading("Portrait", "in Serge's words")
        yield from _quoted(dossier.portraits, speaker=any(q.speaker != "serge" for q in dossier.portraits))


def _life(dossier: Dossier, *, sealed: bool) -> Iterator[Paragraph]:
    figure = dossier.figure
    if figure.life:
        yield _heading("Life", "" if not sealed else "sealed")
        if sealed:
            yield Paragraph(Content.styled(SEAL * 9, "$seal"), indent=1)
        else:
            yield from _plain(figure.life)
    yield _heading("Fate", "sealed; . unseals it here" if sealed else "")
    if sealed:
        yield Paragraph(Content.styled(SEAL * 5, "$seal"), indent=1)
        return
    died = ", ".join(part for part in (figure.died.long, figure.died_place) if part)
    how = figure.fate_text or FATES.get(figure.fate, figure.fate).capitalize() + "."
    yield Paragraph(_text(how) + _text(f"  {died}", "$muted"), indent=1)
    for doubt in (figure.died_doubt, figure.doubt):
        if doubt:
            yield Paragraph(_text(f"? {doubt}", "$warning"), indent=1)


def _names(dossier: Dossier) -> Iterator[Paragraph]:
    figure = dossier.figure
    yield _heading("Names")
    born = ", ".join(part for part in (figure.born.long, figure.born_place) if part)
    yield Paragraph(_text("born  ", "$muted") + _text(born), indent=1, hang=2)
    if figure.born_doubt:
        yield Paragraph(_text(f"? {figure.born_doubt}", "$warning"), indent=1)
    order = list(_KIND_TITLES)
    aliases = sorted(figure.aliases, key=lambda alias: order.index(alias.kind) if alias.kind in order else 99)
    for kind, group in groupby(aliases, key=lambda alias: alias.kind):
        written = " · ".join(alias.text for alias in group)
        label = _KIND_TITLES.get(kind, kind)
        yield Paragraph(_text(f"{label}  ", "$muted") + _text(written), indent=1, hang=2)


def _to_serge(dossier: Dossier) -> Iterator[Paragraph]:
    if dossier.figure.serge:
        yield _heading("What Serge made of them", "in our words")
        yield from _plain(dossier.figure.serge)
    if dossier.said_of:
        yield _heading("Said of them")
        yield from _quoted(dossier.said_of, speaker=True)
    if dossier.sayings and dossier.figure.key != "serge":
        yield _heading("In their own words")
        yield from _quoted(dossier.sayings, speaker=False)


def strip_of_mentions(counts: Sequence[int]) -> str:
    """A bar for each chapter, `▁▁▃▇▅`: its height against the highest, a dot where there is none."""
    top = max(counts, default=0)
    return "".join(_BARS[(count * len(_BARS) - 1) // top] if count else "·" for count in counts)


def _mentions(dossier: Dossier) -> Iterator[Paragraph]:
    if not dossier.mention_count:
        return
    yield _heading("Mentions", f"{dossier.mention_count} in {dossier.edition_title}")
    counts = [dossier.by_chapter.get(chapter.ordinal, 0) for chapter in dossier.chapters]
    if len(counts) > 1:
        yield Paragraph(Content.styled(strip_of_mentions(counts), "$primary"), indent=1)
    chapter = ""
    for found in dossier.mentions:
        if found.chapter_title != chapter:
            chapter = found.chapter_title
            yield Paragraph(_text(chapter, "italic $muted"), indent=1)
        yield Paragraph(_in_context(found), _lit_place(found), indent=3)
    rest = dossier.mention_count - len(dossier.mentions)
    if rest > 0:
        yield Paragraph(_text(f"all {dossier.mention_count} mentions", "$primary"), ShowAllMentions(), indent=3)


def _in_context(found: MentionInContext) -> Content:
    return (
        Content(sanitise_line(found.before) + (" " if found.before[-1:].isspace() else ""))
        + Content.styled(sanitise_line(found.surface), "bold $primary")
        + Content((" " if found.after[:1].isspace() else "") + sanitise_line(found.after))
    )


def _lit_place(found: MentionInContext) -> ReadAt:
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
            yield Paragraph(_text(name) + _text(f"  {count}", "$muted"), ShowFigure(key), indent=1)


def _ties(dossier: Dossier, *, sealed: bool) -> Iterator[Paragraph]:
    ties = [tie for tie in dossier.figure.ties if not (sealed and tie.kind in _TELLING_TIES)]
    if not ties:
        return
    yield _heading("Related")
    for tie in sorted(ties, key=lambda tie: (tie.kind == "namesake", tie.kind, tie.other_name)):
        yield Paragraph(_tie(tie, sealed=sealed), ShowFigure(tie.other), indent=1, hang=2)


def _tie(tie: Tie, *, sealed: bool) -> Content:
    kind = _TIE_TITLES.get(tie.kind, tie.kind)
    note = f" · {tie.note}" if tie.note and not sealed else ""
    return _text(f"{kind}  ", "$muted") + _text(tie.other_name) + _text(note, "$muted")


def _events(dossier: Dossier, *, sealed: bool) -> Iterator[Paragraph]:
    events = [event for event in dossier.events if not (sealed and _tells_the_end(event, dossier))]
    hidden = len(dossier.events) - len(events)
    if not dossier.events:
        return
    yield _heading("Events")
    for event in events:
        when = event.date.long
        yield Paragraph(_text(f"{when}  ", "$muted") + _text(event.text), ShowEvent(event.key), indent=1, hang=2)
    if hidden:
        yield Paragraph(Content.styled(f"{SEAL}{SEAL}", "$seal") + _text(f"  {hidden} sealed", "$muted"), indent=1)


def _tells_the_end(event: Event, dossier: Dossier) -> bool:
    """Whether an event happened in the year of the death or later, so that showing it would tell the end."""
    died = dossier.figure.died
    return died.earliest is not None and event.date.latest is not None and event.date.latest.year >= died.earliest.year


def _notes(dossier: Dossier) -> Iterator[Paragraph]:
    if dossier.notes:
        yield _heading("Your notes")
        for note in dossier.notes:
            yield Paragraph(_text(note.body or "(highlight)"), ShowNote(note.key), indent=1)


def _sources(dossier: Dossier) -> Iterator[Paragraph]:
    yield _heading("Sources", "whose word this is")
    titles = {"life": "the life", "serge": "what Serge made of them"}
    for field, group in groupby(dossier.figure.citations, key=lambda citation: citation.field):
        label = titles.get(field, field)
        named = "; ".join(dict.fromkeys(citation.text for citation in group))
        yield Paragraph(_text(f"{label}  ", "$muted") + _text(named), indent=1, hang=2)
