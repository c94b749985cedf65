"""Rewording cards, cards of one's own, and help with those that will not stick."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import OptionList, TextArea

from db.annotations import new_annotation
from db.models import Anchor, CardState
from serge_tui.core.study.cards.annotation import CARD_TAG
from serge_tui.dialogs.card_editor import CardEditor
from serge_tui.dialogs.note_picker import NotePicker
from serge_tui.services.card_collection import card_collection
from serge_tui.services.study_settings import today
from tests.serge_tui.helpers import settle, until
from tests.serge_tui.modes.cards.reviewing import answer, in_hand, review_screen, session_of, settled, text_of

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from db.library import Library


async def write(pilot: Pilot[None], question: str, answer_text: str) -> None:
    """Fill both boxes of the editor that is open, and keep them."""
    await until(pilot, lambda: isinstance(pilot.app.screen, CardEditor))
    pilot.app.screen.query_one("#card-front", TextArea).text = question
    pilot.app.screen.query_one("#card-back", TextArea).text = answer_text
    await pilot.press("ctrl+s")
    await settle(pilot)


async def test_a_card_is_reworded_keeps_its_schedule_and_gets_its_words_back(library: Library) -> None:
    async with review_screen(library) as (pilot, screen):
        await answer(pilot, "1")
        for _ in range(9):
            await answer(pilot, "3")
        await pilot.press("u")
        key, before = in_hand(screen), session_of(screen).card
        assert before is not None
        answers = session_of(screen).reviewer.state.answers
        await pilot.press("e")
        await write(pilot, "Mine?", "My answer")
        assert in_hand(screen) == key
        assert "Mine?" in text_of(screen, "#card-question")
        assert session_of(screen).reviewer.state.answers == answers
        library.study.wait()
        assert library.study.wordings() == {key: ("Mine?", "My answer")}
        await pilot.press("e")
        await until(pilot, lambda: isinstance(pilot.app.screen, CardEditor))
        await pilot.press("ctrl+r")
        await settle(pilot)
        library.study.wait()
        assert library.study.wordings() == {}


async def test_one_side_alone_is_refused_and_escape_asks_before_it_throws_away(library: Library) -> None:
    async with review_screen(library) as (pilot, _):
        await pilot.press("e")
        await until(pilot, lambda: isinstance(pilot.app.screen, CardEditor))
        editor = pilot.app.screen
        editor.query_one("#card-back", TextArea).text = ""
        await pilot.press("ctrl+s")
        assert pilot.app.screen is editor
        await pilot.press("escape")
        assert pilot.app.screen is editor
        await pilot.press("escape")
        await until(pilot, lambda: pilot.app.screen is not editor)
        assert library.study.wordings() == {}


async def test_a_highlight_becomes_a_card_with_a_gap(library: Library) -> None:
    words = "He knew the sailors of Kronstadt."
    mark = new_annotation("highlight", anchor=Anchor("guide", 2, 0, 2, len(words), words), colour="amber")
    library.annotations.save(mark).result()
    async with review_screen(library) as (pilot, _):
        await pilot.press("n")
        await until(pilot, lambda: isinstance(pilot.app.screen, NotePicker))
        assert pilot.app.screen.query_one(OptionList).option_count == 2
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, CardEditor))
        assert pilot.app.screen.query_one("#card-front", TextArea).text == words
        await write(pilot, "He knew the {{sailors}} of Kronstadt.", "")
        kept = library.annotations.by_key(mark.key)
        assert kept is not None
        assert CARD_TAG in kept.tags
        assert kept.anchor == mark.anchor
        screen = await settled(pilot)
        assert in_hand(screen) == f"own/{mark.key}"
        assert "sailors" not in text_of(screen, "#card-question")
        await pilot.press("space")
        assert "sailors" in text_of(screen, "#card-answer")
        await pilot.press("enter")
        await until(pilot, lambda: pilot.app.current_mode == "reader")


async def test_a_card_from_nothing_and_one_that_is_no_card(library: Library) -> None:
    async with review_screen(library) as (pilot, _):
        await pilot.press("n")
        await write(pilot, "Who taught him to read faces?", "Nobody")
        own = [card for card in card_collection(library).cards.values() if card.kind == "own"]
        assert [(card.question, card.answer) for card in own] == [("Who taught him to read faces?", "Nobody")]
        screen = await settled(pilot)
        assert in_hand(screen) == own[0].key
        await pilot.press("e")
        await write(pilot, "Who taught him?", "Nobody did")
        assert card_collection(library).cards[own[0].key].answer == "Nobody did"


async def test_a_card_made_is_undone_after_what_was_answered_since(library: Library) -> None:
    def own() -> list[str]:
        return [card.question for card in card_collection(library).cards.values() if card.kind == "own"]

    words = "He knew the sailors of Kronstadt."
    mark = new_annotation("highlight", anchor=Anchor("guide", 2, 0, 2, len(words), words), colour="amber")
    library.annotations.save(mark).result()
    async with review_screen(library) as (pilot, _):
        await answer(pilot, "3")
        for enter, sides in (("k", ("Who taught him?", "Nobody")), ("", ("He knew the {{sailors}}.", ""))):
            await pilot.press("n")
            await until(pilot, lambda: isinstance(pilot.app.screen, NotePicker))
            await pilot.press(*(enter, "enter") if enter else ("enter",))
            await write(pilot, *sides)
            await settle(pilot)
        screen = await settled(pilot)
        await until(pilot, lambda: len(own()) == 2 and in_hand(screen).startswith("own/"))
        await answer(pilot, "3")
        await until(pilot, lambda: len(session_of(screen).reviewer.answers) == 2)
        for left, answers in ((2, 1), (1, 1), (0, 1), (0, 0)):
            await pilot.press("u")
            screen = await settled(pilot)
            await settle(pilot)
            assert (len(own()), len(session_of(screen).reviewer.answers)) == (left, answers)
            assert "Undone" in text_of(screen, "#card-message")
        kept = library.annotations.by_key(mark.key)
        assert kept is not None
        assert kept.tags == ()


async def test_a_leech_is_offered_help_and_stays(library: Library) -> None:
    key = next(card.key for card in card_collection(library).cards.values() if card.kind == "portrait")
    figure = card_collection(library).cards[key].answer_figure
    other = next(k for k in card_collection(library).figures if k != figure)
    day = today(library).isoformat()
    library.study.replace_states([CardState(key, 1.0, 9.0, day, "2000-01-01", 9, lapses=4)]).result()
    library.study.record_choice(key, f"figure:{other}", day).result()
    async with review_screen(library) as (pilot, screen):
        assert in_hand(screen) == key
        await pilot.press("space")
        shown = text_of(screen, "#card-answer")
        assert "Forgotten 4 times" in shown
        assert card_collection(library).figures[other].name in shown
        await pilot.press("1")
        library.study.wait()
        assert not library.study.state(key).suspended


async def test_a_card_from_a_text_that_was_removed_says_so(library: Library) -> None:
    anchor = Anchor("gone-epub", 0, 0, 0, 7, "Trotsky")
    library.annotations.save(new_annotation("note", anchor=anchor, body="Who? :: He", tags=[CARD_TAG])).result()
    async with review_screen(library, "My own") as (pilot, screen):
        assert in_hand(screen).startswith("own/")
        assert "no longer" not in text_of(screen, "#card-message")
        await pilot.press("space")
        await settle(pilot)
        assert text_of(screen, "#card-message") == "The text is no longer in your library."
