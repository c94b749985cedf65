"""A card's page: its two sides, where it stands, every answer to it, why it exists and where it leads."""

from __future__ import annotations

from asyncio import to_thread
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

from textual.content import Content
from textual.widgets import Static

from db.text import sanitise, sanitise_line
from serge_tui.commands.all_cards import CARD_PAGE
from serge_tui.core.study.cards.registry import CARD_TITLES
from serge_tui.core.study.grading import GRADES
from serge_tui.core.wording import counted
from serge_tui.dialogs.dialog import Dialog
from serge_tui.handlers import on, work
from serge_tui.navigation import ShowFigure
from serge_tui.services.card_history import AnswerGiven, CardHistory, card_history
from serge_tui.widgets.key_line import KeyLine
from serge_tui.widgets.linked_page import LinkedPage, Paragraph

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from textual.app import ComposeResult

    from serge_tui.commands import Command
    from serge_tui.navigation import Destination
    from serge_tui.services.all_cards import AllCards

_LETTERS: Final = "abcdefgh"


@dataclass(frozen=True, slots=True)
class CardPageAnswer:
    """The number of the card shown last in the list, and where the reader wants to go."""

    index: int
    goes_to: Destination | None = None


class CardPage(Dialog[CardPageAnswer]):
    """The page of one card of a list; Enter on a line that leads somewhere goes there."""

    COMMAND_SET: ClassVar[tuple[Command, ...]] = CARD_PAGE
    CSS_PATH = "all_cards.tcss"

    def __init__(self, found: AllCards, keys: Sequence[str], index: int) -> None:
        super().__init__()
        self._found, self._keys, self._index = found, keys, index
        self._shown = -1

    @property
    def keys_must_wait(self) -> bool:
        """Whether the card is still being read."""
        return self._shown != self._index

    def compose(self) -> ComposeResult:
        """Compose the head, the page and the keys."""
        yield Static("", id="card-page-head", markup=False)
        yield LinkedPage(id="card-page")
        line = KeyLine(self.host.reader_keymap)
        line.commands = CARD_PAGE
        yield line

    def on_mount(self) -> None:
        """Show the card."""
        self.query_one(LinkedPage).focus()
        self._read(self._index)

    @work(exclusive=True, group="card-page")
    async def _read(self, index: int) -> None:
        history = await to_thread(card_history, self._found, self._keys[index])
        if index != self._index:
            return
        self._shown = index
        where = f" · {index + 1:,} of {len(self._keys):,}" if len(self._keys) > 1 else ""
        head = f"A card · {CARD_TITLES.get(history.card.kind, history.card.kind)}{where}"
        self.query_one("#card-page-head", Static).update(sanitise_line(head))
        self.query_one(LinkedPage).show(list(page_of_card(history)))

    def action_turn(self, step: int) -> None:
        """Show the next card of the list, or the one before."""
        index = min(max(0, self._index + step), len(self._keys) - 1)
        if index != self._index:
            self._index = index
            self._read(index)

    @on(LinkedPage.Followed)
    def _followed(self, message: LinkedPage.Followed) -> None:
        if message.target is not None:
            self.dismiss(CardPageAnswer(self._index, message.target))  # type: ignore[arg-type]  # made below

    def action_close(self) -> None:
        """Close the page."""
        self.dismiss(CardPageAnswer(self._index))


def page_of_card(history: CardHistory) -> Iterator[Paragraph]:
    """Yield the page of a card; a line that leads somewhere has its `Destination` as target."""
    card, state = history.card, history.state
    yield _heading("Question", gap=0)
    yield Paragraph(Content.styled(sanitise(card.question), "bold"))
    if card.stimulus:
        yield Paragraph(Content.styled(sanitise(card.stimulus), "italic" if card.quotation else ""), gap=1)
    for letter, choice in zip(_LETTERS, card.choices, strict=False):
        yield Paragraph(Content.styled(f"{letter}  ", "$primary") + Content(sanitise(choice)), hang=3)
    if card.context:
        yield Paragraph(Content.styled(sanitise(card.context), "$muted"))
    yield _heading("Answer")
    yield Paragraph(Content.styled(sanitise(card.answer), "bold $primary"))
    if card.note and card.note not in (card.answer, card.stimulus):
        yield Paragraph(Content.styled(sanitise(card.note), "$muted"), gap=1)
    yield _heading("Where it stands")
    yield Paragraph(Content(history.standing))
    if state.stability is not None and state.difficulty is not None and history.recall is not None:
        yield Paragraph(
            Content(
                f"Known today with {history.recall:.0%}; stability {_days(state.stability)},"
                f" difficulty {state.difficulty:.1f} of 10, {counted(state.lapses, 'lapse')}."
            )
        )
    if history.waits_for is not None:
        first = sanitise_line(history.waits_for.stimulus or history.waits_for.question)
        yield Paragraph(Content(f"Asked only once another card is known for a week: {first}"), hang=2)
    marks = [*(["flagged"] if state.flag else []), *(f"#{tag}" for tag in history.tags)]
    if marks:
        yield Paragraph(Content.styled(sanitise_line("  ".join(marks)), "$secondary"))
    yield from _answers(history.answers)
    yield _heading("Where it comes from")
    yield Paragraph(Content(history.reason + (" You reworded it." if card.is_edited else "")))
    if card.reference:
        yield Paragraph(Content.styled(sanitise(card.reference), "$muted"))
    if history.place is not None:
        yield Paragraph(Content("→ The passage"), history.place)
    for key, name in history.people:
        yield Paragraph(Content(f"→ {sanitise_line(name)}"), ShowFigure(key))
    yield Paragraph(Content.styled(sanitise_line(card.key), "$faint"), gap=1)


def _answers(answers: Sequence[AnswerGiven]) -> Iterator[Paragraph]:
    yield _heading("Every answer")
    if not answers:
        yield Paragraph(Content.styled("None yet.", "$muted"))
        return
    head = f"{'day':<11} {'grade':<10} {'took':>5} {'after':>7} {'stable':>8} {'diff.':>5}"
    yield Paragraph(Content.styled(head, "$muted"))
    for given in reversed(answers):
        yield Paragraph(_line(given))


def _line(given: AnswerGiven) -> Content:
    review = given.review
    if review.kind == "forget":
        word = "forgotten: afresh from here" if given.counts else "forgotten, undone"
        return Content.styled(f"{review.study_day:<11} {word}", "$secondary")
    grade = GRADES[review.rating] if review.rating is not None else ""
    took = f"{min(review.duration_ms, 999_000) / 1000:.0f} s" if review.duration_ms else ""
    line = f"{review.study_day:<11} {grade:<10} {took:>5}"
    if not given.counts or given.stability is None or given.difficulty is None:
        return Content.styled(f"{line}  does not count: undone, or forgotten since", "$faint")
    interval = f"{given.interval:,} d" if given.interval is not None else ""
    text = Content(f"{line} {interval:>7} {_days(given.stability):>8} {given.difficulty:>5.1f}")
    return text + Content.styled(f"  {sanitise_line(review.given)}", "$muted") if review.given else text


def _days(days: float) -> str:
    return f"{days:,.0f} d" if days >= 10 else f"{days:.1f} d"


def _heading(text: str, gap: int = 1) -> Paragraph:
    return Paragraph(Content.styled(text, "bold $primary"), heading=text, gap=gap)
