"""The kinds of card beyond portraits and sayings, over the whole study pack."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from db.text import fold
from serge_tui.core.study.card import GAP, NARRATOR
from serge_tui.core.study.cards.apart import apart_cards
from serge_tui.core.study.cards.common import CardSources
from serge_tui.core.study.cards.gaps import GAPS
from serge_tui.core.study.cards.kept import WEAK
from serge_tui.core.study.cards.spans import SEEN, TOLD, WAS
from serge_tui.core.study.cards.to_serge import told_cards, words_of_span
from serge_tui.core.study.deck import ALL, Filter, Progress, select
from serge_tui.core.study.introduction import GREAT_PORTRAITS, IN_THE_BOOKS_WORDS, great_portrait, in_order
from serge_tui.core.study.masking import mask
from tests.card_counts import lacking, of_person
from tests.serge_tui.core.study.making import figure, state

if TYPE_CHECKING:
    from db.models import Figure
    from db.pack import Pack
    from serge_tui.core.study.card import Card


def kind(cards: list[Card], name: str) -> list[Card]:
    found = [card for card in cards if card.kind == name]
    assert found
    return found


# --- the whole deck -------------------------------------------------------------------------------------------------


def test_the_deck_is_large_and_nobody_fills_it(cards: list[Card]) -> None:
    offered = [card for card in cards if card.offered == "always"]
    assert 1_000 <= len(offered) <= 1_400
    share = {key: count / len(offered) for key, count in of_person(offered).items()}
    assert max(share.values()) <= 0.05


def test_whoever_is_seen_in_the_memoirs_has_two_cards(cards: list[Card]) -> None:
    assert len(lacking(cards)) <= 4, lacking(cards)


def test_nobody_obscure_has_more_than_two_portraits(cards: list[Card], pack: Pack) -> None:
    told = CardSources(pack.quotations, pack.figures, pack.events).mentions
    portraits = Counter(
        card.answer_figure for card in cards if card.kind in ("portrait", "drawing") and card.offered == "always"
    )
    assert not {key: count for key, count in portraits.items() if count > 2 and told[key] < 6}


def test_the_great_portraits_come_first_and_half_of_the_first_new_cards_are_words_of_the_book(
    cards: list[Card],
) -> None:
    new = in_order(select(cards))
    assert [card.key for card in new[:20]] == list(GREAT_PORTRAITS)
    assert len({card.answer_figure for card in new[:20]}) == 20
    assert sum(card.kind in IN_THE_BOOKS_WORDS for card in new[:300]) >= 150
    assert sorted(card.key for card in new) == sorted(card.key for card in select(cards))


def test_a_session_says_how_many_great_portraits_there_are_and_why(cards: list[Card]) -> None:
    keys = [card.key for card in cards]
    first, second = (next(card for card in cards if card.key == key) for key in GREAT_PORTRAITS[:2])
    assert great_portrait(first, keys).startswith("Great portrait 1 of 20: they come first, because")
    assert great_portrait(second, keys) == "Great portrait 2 of 20."
    assert great_portrait(second, [second.key]).startswith("Great portrait 1 of 1:")
    assert great_portrait(next(card for card in cards if card.kind == "line"), keys) == ""


def test_what_is_on_wish_comes_only_if_a_deck_asks_or_it_was_answered(cards: list[Card]) -> None:
    reverse = next(card for card in cards if card.key == "name/balabanoff")
    assert reverse.offered == "wish"
    assert reverse not in select(cards, ALL)
    assert reverse in select(cards, Filter(kinds=frozenset({"name"})))
    assert reverse in select(cards, Filter(figures=frozenset({"balabanoff"})))
    assert reverse in select(cards, Filter(text="secretary of the Communist International"))
    assert reverse in select(cards, ALL, states={reverse.key: state(reverse.key)})


def test_terms_come_with_the_chapter_that_has_them(cards: list[Card]) -> None:
    term = next(card for card in kind(cards, "term") if card.chapter == 4)
    assert term not in select(cards, ALL)
    assert term not in select(cards, ALL, progress=Progress(chapters=frozenset({3})))
    assert term in select(cards, ALL, progress=Progress(chapters=frozenset({4})))
    assert term in select(cards, Filter(kinds=frozenset({"term"})))


def test_somebody_not_known_to_be_in_the_memoirs_is_asked_for_once_met(cards: list[Card]) -> None:
    line = next(card for card in kind(cards, "line") if card.offered == "read")
    assert line not in select(cards, ALL, progress=Progress())
    assert line in select(cards, ALL, progress=Progress(figures=frozenset({line.answer_figure})))


def test_a_tie_waits_until_both_have_been_met(cards: list[Card]) -> None:
    read = Filter(as_far_as_read=True)
    tie = next(card for card in cards if card.key == "tie/dybenko+kollontai")
    assert tie not in select(cards, read, progress=Progress(figures=frozenset({"dybenko"})))
    assert tie in select(cards, read, progress=Progress(figures=frozenset({"dybenko", "kollontai"})))


def test_every_weak_card_is_still_made_and_none_is_offered(cards: list[Card]) -> None:
    offered = {card.key: card.offered for card in cards}
    assert {key: offered[key] for key in WEAK} == dict.fromkeys(WEAK, "wish")


# --- kind by kind ---------------------------------------------------------------------------------------------------


def test_a_line_says_who_it_is_and_fits_nobody_else(cards: list[Card], figures: dict[str, Figure]) -> None:
    lines = kind(cards, "line")
    assert len({fold(card.stimulus) for card in lines}) == len(lines)
    for card in lines:
        assert card.stimulus == figures[card.answer_figure].one_line
        assert card.answer_figure != NARRATOR


def test_a_reverse_waits_for_its_line_and_asks_one_named_thing(cards: list[Card]) -> None:
    keys = {card.key for card in cards}
    for card in kind(cards, "name"):
        assert card.requires in keys
        assert card.offered == "wish"


@pytest.mark.parametrize("spans", [WAS, SEEN, TOLD])
def test_every_run_of_words_is_in_the_pack(spans: dict[str, str], figures: dict[str, Figure]) -> None:
    assert [key for key, span in spans.items() if not words_of_span(figures[key.partition("/")[0]], span)] == []


def test_words_about_serge_are_one_fact_each(cards: list[Card]) -> None:
    for card in kind(cards, "serge"):
        assert len(card.answer.split()) <= 40, card.key
        assert card.answer[0].isupper()
        assert card.answer.endswith((".", "!", "?")), card


def test_a_changed_text_makes_no_other_card(figures: dict[str, Figure]) -> None:
    changed = replace(figures["reed"], serge="Nothing that a card asks for.")
    assert not [card for card in told_cards(CardSources([], [changed], [])) if card.answer_figure == "reed"]


def test_a_portrait_in_our_words_is_only_asked_where_there_is_none_of_serges(cards: list[Card], pack: Pack) -> None:
    quoted = CardSources(pack.quotations, pack.figures, pack.events).portraits
    assert not [card.key for card in kind(cards, "drawing") if card.answer_figure in quoted]


def test_an_end_has_its_year_and_is_nobody_elses(cards: list[Card], figures: dict[str, Figure]) -> None:
    ends = kind(cards, "end")
    assert len({fold(card.stimulus) for card in ends}) == len(ends)
    for card in ends:
        assert str(card.year) in card.shown, card
        assert card.stimulus == figures[card.answer_figure].fate_text


def test_a_city_is_not_named_in_its_scene(cards: list[Card], pack: Pack) -> None:
    events = {event.key: event for event in pack.events}
    for card in kind(cards, "place"):
        assert card.answer in events[card.events[0]].place
        assert card.can_be_typed
        assert not {fold(name) for name in card.accepted} & {fold(word) for word in card.stimulus.split()}


def test_a_chapter_can_be_given_by_its_number(cards: list[Card]) -> None:
    for card in kind(cards, "chapter"):
        assert card.answer.startswith(f"Chapter {card.chapter}, ")
        assert str(card.chapter) in card.accepted


def test_of_two_events_the_first_is_the_answer(cards: list[Card], pack: Pack) -> None:
    events = {event.key: event for event in pack.events}
    pairs = kind(cards, "pair")
    for card in pairs:
        first, second = (events[key].date for key in card.events)
        assert first.latest is not None
        assert second.earliest is not None
        assert first.latest < second.earliest
        assert card.answer in card.choices
        assert len(card.choices) == 2
    firsts = sum(card.choices[0] == card.answer for card in pairs)
    assert 0.3 * len(pairs) <= firsts <= 0.7 * len(pairs), "the right one is not always in one place"


def test_a_gap_takes_its_synonyms(cards: list[Card]) -> None:
    made = {card.quotation: card for card in kind(cards, "cloze")}
    assert set(GAPS) <= set(made)
    assert made["the-counterfeit"].accepted == ("fake", "imitation")
    for key, (word, *_) in GAPS.items():
        assert made[key].answer == word, key


def test_two_like_names_are_told_apart_without_either(pack: Pack, figures: dict[str, Figure]) -> None:
    for card in apart_cards(CardSources(pack.quotations, pack.figures, pack.events)):
        people = [figures[key] for key in card.figures]
        assert GAP not in mask(card.stimulus, people)
        assert {line[3:] for line in card.answer.splitlines()} == {person.name for person in people}


def test_initials_and_misspellings_are_names() -> None:
    mesnil = figure("mesnil", "Jacques Mesnil")
    akhmatova = figure("akhmatova", "Anna Akhmatova")
    zinoviev = figure("zinoviev", "Grigory Zinoviev")
    assert mask("he was old himself, J.M., alone", [mesnil]) == f"he was old himself, {GAP}, alone"
    assert mask("Anna Akmatova, thin", [akhmatova]) == f"{GAP}, thin"
    assert mask("Tell Z. that I have had enough", [zinoviev]).startswith(f"Tell {GAP} that")
    assert mask("in the J.M.W. Turner room", [mesnil]) == "in the J.M.W. Turner room"
