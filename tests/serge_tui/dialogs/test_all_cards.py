"""All cards on the screen: terms, marks, one change of several with its undo, a card's page, the way on and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import Input, Static

from db.models import CardState
from serge_tui.core.study.card import Card
from serge_tui.dialogs.all_cards import AllCardsDialog, CardRows
from serge_tui.dialogs.card_page import CardPage, page_of_card
from serge_tui.services.card_history import AnswerGiven, CardHistory
from serge_tui.services.study_settings import today
from serge_tui.widgets.linked_page import LinkedPage
from tests.serge_tui.core.study.making import review
from tests.serge_tui.event_loop import no_waiting_on_this_thread
from tests.serge_tui.helpers import settle, until
from tests.serge_tui.modes.cards.reviewing import review_screen, session_of
from tests.serge_tui.services.answering import answer_on

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from db.library import Library


async def opened(pilot: Pilot[None]) -> AllCardsDialog:
    await pilot.press("B")
    await until(pilot, lambda: isinstance(pilot.app.screen, AllCardsDialog) and not pilot.app.screen.keys_must_wait)
    assert isinstance(pilot.app.screen, AllCardsDialog)
    return pilot.app.screen


def note_of(dialog: AllCardsDialog) -> str:
    return str(dialog.query_one("#all-cards-note", Static).visual)


async def test_several_cards_are_changed_at_once_and_one_leads_to_its_person(library: Library) -> None:
    with no_waiting_on_this_thread():
        async with review_screen(library, size=(80, 24)) as (pilot, screen):
            dialog = await opened(pilot)
            await pilot.press(*"stabilty<3")
            await until(pilot, lambda: "no figure" in note_of(dialog))
            dialog.query_one(Input).value = "kind:who answer:trotsky"
            await until(pilot, lambda: not dialog.keys_must_wait and 0 < dialog.rows.row_count < 40)
            rows = dialog.query_one(CardRows)
            keys = list(rows.keys)
            assert len(keys) > 2
            await pilot.press("down", "space", "space", "f")
            await until(pilot, lambda: all(library.study.state(key).flag for key in keys[:2]))
            assert not library.study.state(keys[2]).flag
            await until(pilot, lambda: not rows.marked)
            await pilot.press("u")
            await until(pilot, lambda: not any(library.study.state(key).flag for key in keys))
            await pilot.press("asterisk", "t", *"doubt", "enter")
            await until(pilot, lambda: library.card_tags.by_card() == dict.fromkeys(keys, ("doubt",)))
            await until(pilot, lambda: not dialog.keys_must_wait and not rows.marked)
            await pilot.press("home", "enter")
            await until(pilot, lambda: isinstance(pilot.app.screen, CardPage) and not pilot.app.screen.keys_must_wait)
            page = pilot.app.screen.query_one(LinkedPage)
            said = "\n".join(paragraph.text.plain for paragraph in page._paragraphs)
            assert "#doubt" in said
            assert "New: it has not been asked yet." in said
            assert "→ Leon Trotsky" in said
            await pilot.press("right_square_bracket", "escape")
            await until(pilot, lambda: pilot.app.screen is dialog)
            assert rows.cursor == 1
            await pilot.press("at")
            await until(pilot, lambda: library.study.state(keys[1]).suspended)
            await until(pilot, lambda: not dialog.keys_must_wait)
            before = session_of(screen)
            await pilot.press("escape")
            await until(pilot, lambda: screen.review.session is not before)
            assert session_of(screen).reviewer.states[keys[1]].suspended, "the session was read again"
            again = await opened(pilot)
            assert again.query_one(Input).value == "kind:who answer:trotsky"
            assert again.rows.keys[again.rows.cursor] == keys[1]
            await pilot.press("enter")
            await until(pilot, lambda: isinstance(pilot.app.screen, CardPage) and not pilot.app.screen.keys_must_wait)
            await pilot.press("G", "k", "enter")
            await until(pilot, lambda: pilot.app.current_mode == "figures")


async def test_the_card_in_hand_has_a_page_once_it_is_turned(library: Library) -> None:
    async with review_screen(library, size=(80, 24)) as (pilot, screen):
        card = session_of(screen).card
        assert card is not None
        await pilot.press("I")
        assert "Turn the card first" in str(screen.query_one("#card-message", Static).visual)
        answer_on(library, card.key, today(library), 3)
        await pilot.press("space", "I")
        await until(pilot, lambda: isinstance(pilot.app.screen, CardPage) and not pilot.app.screen.keys_must_wait)
        page = pilot.app.screen.query_one(LinkedPage)
        assert any("Good" in paragraph.text.plain for paragraph in page._paragraphs)
        await pilot.press("escape")
        await settle(pilot)
        assert pilot.app.screen is screen


def test_a_page_of_hostile_words_steers_nothing() -> None:
    words = "\x1b[31mred\x1b]0;title\x07 [bold]x[/] \u202egnp\n\x9b2J"
    card = Card("own/\x1b[2J", "own", words, words, words, context=words, choices=(words,), note=words + "!",
                reference=words)  # fmt: skip
    given = AnswerGiven(review(1, card.key, 3, "2026-01-01", given=words), True, 3, 2.0, 5.0)
    history = CardHistory(
        card, CardState(card.key, 3.0, 5.0, "2026-01-04", "2026-01-01", 1), (words,), (given,), 0.9, "Due today.",
        "Why.", card, (("lenin", words),), None,
    )  # fmt: skip
    shown = list(page_of_card(history))
    assert "[bold]x[/]" in "".join(paragraph.text.plain for paragraph in shown), "markup is words"
    for paragraph in shown:
        assert not [char for char in paragraph.text.plain if (ord(char) < 32 and char != "\n") or char in "\x9b\u202e"]
