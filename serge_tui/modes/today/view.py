"""What Today shows. The first paint waits for it, so it imports no other mode."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from textual.content import Content

from db.ends import ENDS_HIDDEN, ENDS_OFFER
from db.models import GUIDE_EDITION, Place
from db.paper import PAPER_PAGE
from db.settings import NEW_CARDS_OFFER
from db.text import sanitise, sanitise_line
from serge_tui.core.charts import bar
from serge_tui.core.wording import counted
from serge_tui.navigation import Destination, ReadAt, ShowDeck, ShowFigure, ShowMode, ShowNote, ShowQuotation
from serge_tui.widgets.portrait import quotation_content

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from db.library import Library
    from db.models import Glance
    from db.models.glance import NoteGlance
    from db.paper import NearPage, PaperPage

INTRODUCTION: Final = (
    "A reader and study companion for Victor Serge's Memoirs of a Revolutionary: who is who, what they said, and your"
    " own notes.\nYou are reading the guide: the book itself is yours to add."
)
ENDS_SHOWN: Final = "How lives end is shown · > hides it until the book has told it"
ENDS_KEPT_HIDDEN: Final = "How lives end is still hidden, as before; new readers now see it · > shows it everywhere"
NEW_CARDS_KEPT: Final = "Five new cards a day, as before; new readers now get ten · , (a comma) changes it"
PORTRAIT: Final = "today.portrait"
"""Setting: a study day, the figure whose portrait is shown on it, and the one shown on the day before."""
WHAT_THERE_IS: Final = (
    ("Read", "the text; names open a card"),
    ("Figures", "anybody, by any spelling"),
    ("Cards", "portraits and sayings by heart"),
    ("Quiz", "who said it, and to whom"),
    ("Notes", "what you marked and wrote"),
    ("Years", "his life and the history"),
    ("Progress", "what you read and remember"),
)
"""The modes, in words short enough for half of 120 columns."""
EVERYWHERE_KEYS: Final = (
    ("/", "find anything"),
    ("Ctrl+P", "every command; ≡ too"),
    (",", "settings"),
    ("?", "what the keys do here"),
    ("Esc", "back to where you were"),
)
_COLUMN: Final = 10
_MOST_NEAR: Final = 6
_WORDS: Final = 280
_BAR: Final = 10
_TITLE: Final = 22
_MOST_CHAPTERS: Final = 16


@dataclass(frozen=True, slots=True)
class TodayEntry:
    """A line of the list. `target` is a destination, or the id of a command.

    A line with an empty `title` goes on with what the one above lists; with `needs_room` it is left out at 80 columns.
    """

    title: str
    detail: str
    target: Destination | str
    needs_room: bool = False
    begins: str = ""
    """The key of a text never opened: it begins at its first chapter, wherever that is, not at its title page."""


@dataclass(frozen=True, slots=True)
class TodayView:
    """Everything Today shows."""

    entries: tuple[TodayEntry, ...]
    introduction: str = ""
    """At first start: what Serge is."""
    ends: str = ""
    """At first start: that ends are shown. Later: that the default has changed, or nothing. Hints of keys."""
    heading: str = ""
    """Heading over `portrait`."""
    portrait: Content = Content("")  # noqa: RUF009  # Content cannot be changed
    figure: str | None = None
    plots: tuple[tuple[str, Content], ...] = ()
    """Headings and small plots for wide windows: chapters read, answers of the week, cards to come."""
    shown: tuple[str, ...] = ()
    """What to store under `PORTRAIT`: today, whose portrait is shown, whose was shown before; empty if it is stored."""


def today_view(library: Library, day: str, number: int, commands: Collection[str] = ()) -> TodayView:
    """Read what Today shows.

    Args:
        library: The open database.
        day: The study day, as an ISO date.
        number: Number of the day; it chooses the portrait.
        commands: Ids of known commands; entries for other commands are left out.
    """
    settings = library.settings
    untold: Collection[str] = ()
    if settings.get(ENDS_HIDDEN, False):
        from serge_tui.services.hidden_ends import hidden_ends

        untold = hidden_ends(library).quotations
    last = settings.get(PORTRAIT, list[str]())
    same_day = len(last) == 3 and last[0] == day
    before = (last[2] if same_day else last[1]) if len(last) == 3 else ""
    glance = library.today.glance(day, number, untold, before)
    page = library.paper.page(settings.get(PAPER_PAGE, 0))
    introduction = "" if glance.used else INTRODUCTION
    offers = ((ENDS_OFFER, ENDS_KEPT_HIDDEN), (NEW_CARDS_OFFER, NEW_CARDS_KEPT))
    ends = "\n".join(sentence for offer, sentence in offers if settings.get(offer, False))
    if not glance.used:
        ends = "" if settings.get(ENDS_HIDDEN, False) else ENDS_SHOWN
        entries = _first_entries(library)
    elif page is not None:
        entries = [*_paper_entries(library, page, untold), *_entries(glance, on_paper=True)]
    else:
        entries = _entries(glance, on_paper=False)
    shown = tuple(entry for entry in entries if not isinstance(entry.target, str) or entry.target in commands)
    chosen = glance.portrait
    plots = _plots(glance, date.fromisoformat(day)) if glance.used else _orientation()
    if chosen is None:
        return TodayView(shown, introduction, ends, plots=plots)
    who = chosen.about[0]
    head = Content.styled(sanitise(chosen.name_of(who)), "bold $primary")
    portrait = head + Content("\n\n") + quotation_content(chosen, speaker=False, folded=True)
    stored = () if same_day and last[1] == who else (day, who, before)
    return TodayView(shown, introduction, ends, "Portrait of the day", portrait, who, plots, stored)


def _first_entries(library: Library) -> list[TodayEntry]:
    chapters = [one for one in library.texts.chapters(GUIDE_EDITION) if one.canonical is not None]
    return [
        TodayEntry("Read the guide", "ten chapters in our words", ReadAt(Place(GUIDE_EDITION, 0, 0))),
        TodayEntry("Add your copy", "an EPUB, a PDF, a text file", "app.import"),
        TodayEntry("I read it on paper", "or another device: say the page", "today.page"),
        TodayEntry("Learn the great portraits", "cards in Serge's words", ShowDeck("portraits")),
        TodayEntry("Find somebody", "by any spelling you half remember", ShowMode("figures")),
        TodayEntry("Where to get the text", "free, borrowed or bought", "today.get-book"),
        *(
            TodayEntry("" if at else "The ten chapters", f"{one.canonical} · {one.title}",
                       ReadAt(Place(GUIDE_EDITION, one.first_passage, 0)), needs_room=True)
            for at, one in enumerate(chapters)
        ),
    ]  # fmt: skip


def _orientation() -> tuple[tuple[str, Content], ...]:
    """Say for the first visit what there is and which keys work everywhere, where a window has room for it."""
    return ("What there is", _table(WHAT_THERE_IS)), ("Keys that work everywhere", _table(EVERYWHERE_KEYS))


def _table(rows: Iterable[tuple[str, str]]) -> Content:
    return Content("\n").join(
        Content.styled(left.ljust(_COLUMN), "bold") + Content.styled(right, "$muted") for left, right in rows
    )


def _paper_entries(library: Library, page: PaperPage, untold: Collection[str]) -> list[TodayEntry]:
    place = library.paper.place(page)
    detail = f"chapter {page.chapter} · {page.title}"
    entries = [
        TodayEntry(f"Page {page.page} in print", detail, ReadAt(place) if place else "today.page"),
        TodayEntry("The next page", "n; N goes back, o asks for another page", "today.next-page"),
    ]
    near: NearPage = library.paper.near(page)
    entries += [
        TodayEntry("" if at else "Near there", f"{name} · {line}", ShowFigure(key))
        for at, (key, name, line) in enumerate(near.people[:_MOST_NEAR])
    ]
    told = [known for known in near.quotations if known.key not in untold][:2]
    entries += [
        TodayEntry("" if at else "Said near there", f"“{known.text}”", ShowQuotation(known.key))
        for at, known in enumerate(told)
    ]
    return entries


def _entries(glance: Glance, *, on_paper: bool) -> list[TodayEntry]:
    entries = []
    if glance.place is not None:
        read = f"{glance.progress:.0%} read" if glance.progress else ""
        detail = " · ".join(part for part in (glance.chapter, glance.edition, read) if part)
        entries.append(TodayEntry("Continue reading", detail, ReadAt(glance.place)))
    if glance.unread is not None:
        key, title = glance.unread
        entries.append(TodayEntry("Begin your book", title, ReadAt(Place(key, 0, 0)), begins=key))
    if glance.place is None and not on_paper:
        entries.append(TodayEntry("Begin the guide", "ten chapters in our words", ReadAt(Place(GUIDE_EDITION, 0, 0))))
    if glance.due:
        cards = f"{counted(glance.due, 'card')}, about {counted(glance.minutes, 'minute')}"
        entries.append(TodayEntry("Answer what is due", cards, ShowDeck()))
    else:
        entries.append(TodayEntry("Learn some portraits", "nothing is due; new cards are ready", ShowDeck("portraits")))
    # On paper the people near the page stand above: those of the text read last would say nothing more.
    for at, (key, name, line) in enumerate(() if on_paper else glance.met):
        title = "" if at else "Whom you met last"
        entries.append(TodayEntry(title, f"{name} · {line}", ShowFigure(key), needs_room=at > 0))
    if glance.note is not None:
        entries.append(TodayEntry("Your last note", _words(glance.note), ShowNote(glance.note.key)))
    if glance.highlight is not None and (glance.note is None or glance.highlight.key != glance.note.key):
        words = _words(glance.highlight, quoted=True)
        entries.append(TodayEntry("A highlight of yours", words, ShowNote(glance.highlight.key)))
    if answers := sum(glance.week):
        days = sum(count > 0 for count in glance.week)
        detail = f"{counted(answers, 'answer')} on {counted(days, 'day')} of the last seven"
        entries.append(TodayEntry("The week's study", detail, ShowMode("progress")))
    entries.append(TodayEntry("Find somebody", "by any spelling you half remember", ShowMode("figures")))
    entries.append(TodayEntry("Your library", "read, add, rename, remove", "app.library"))
    return entries


def _words(note: NoteGlance, *, quoted: bool = False) -> str:
    """Return the words of an annotation, cut at the end of a word, and its chapter."""
    words = sanitise_line(note.words)
    if len(words) > _WORDS:
        words = words[:_WORDS].rpartition(" ")[0] + " …"
    return " · ".join(part for part in (f"“{words}”" if quoted else words, note.chapter) if part)


def _plots(glance: Glance, day: date) -> tuple[tuple[str, Content], ...]:
    """Draw what a wide window has room for, each with its heading; what has nothing to show yet is left out."""
    plots = []
    chapters = [known for known in glance.chapters if known.number is not None] or list(glance.chapters)
    if glance.progress and len(chapters) <= _MOST_CHAPTERS:
        rows = [
            (f"{known.number or '':<2} {_cut(known.title)}".strip(), known.share, f"{known.share:.0%}")
            for known in chapters
        ]
        plots.append(("How far you have read", _bars(rows)))
    if any(glance.week):
        plots.append(("The week's study", _days(glance.week, day - timedelta(days=6))))
    if any(glance.coming):
        plots.append(("Cards to come", _days(glance.coming, day + timedelta(days=1))))
    return tuple(plots)


def _days(counts: Sequence[int], first: date) -> Content:
    most = max(counts)
    names = [f"{first + timedelta(days=number):%a %-d %b}" for number in range(len(counts))]
    return _bars([(name, count / most, str(count)) for name, count in zip(names, counts, strict=True)])


def _bars(rows: Sequence[tuple[str, float, str]]) -> Content:
    """Draw labelled bars, one a line; a line with nothing has no bar and no number."""
    wide = max(len(label) for label, _, _ in rows) + 2
    lines = [
        Content(sanitise_line(label).ljust(wide))
        + Content.styled(bar(share, _BAR).replace("·", " ") if share else "", "$primary")
        + Content.styled(f" {value}" if share else "", "$muted")
        for label, share, value in rows
    ]
    return Content("\n").join(lines)


def _cut(title: str) -> str:
    return title if len(title) <= _TITLE else title[: _TITLE - 1].rstrip() + "…"
