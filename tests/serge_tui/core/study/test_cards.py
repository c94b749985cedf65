"""Cards over the whole study pack: none shows its answer, none is ambiguous, all can be found again."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from db.text import fold
from serge_tui.core.study.card import GAP, NARRATOR, Card
from serge_tui.core.study.cards.deck_builder import make_cards
from serge_tui.core.study.cards.kept import EARLIER_SURVIVORS, EARLIER_TRIOS
from serge_tui.core.study.cards.registry import CARD_TITLES
from serge_tui.core.study.clauses import stem, words_of
from tests.serge_tui.core.study.making import figure, quotation

if TYPE_CHECKING:
    from db.models import Figure
    from db.pack import Pack

_SMALL_WORDS = frozenset("the and von van der den des del della dei los las saint san ibn i ii iii of de la le".split())
_WHOLE_NAMES_ONLY = frozenset({"nickname", "initials", "cover", "pen", "party"})


def name_words(person: Figure) -> set[str]:
    """Every word of every name, told apart here without the code under test."""
    spelt = [re.sub(r" \([^)]*\)$", "", person.name), person.native_name]  # (Petrograd Cheka) tells two apart
    spelt += [alias.text for alias in person.aliases if alias.kind not in _WHOLE_NAMES_ONLY or " " not in alias.text]
    return {
        word for text in spelt for word in re.findall(r"\w+", fold(text)) if len(word) > 2 and word not in _SMALL_WORDS
    }


def capitalised(text: str) -> set[str]:
    return {fold(word) for word in re.findall(r"\w+", text) if not word[0].islower()}


def test_every_kind_is_there(cards: list[Card]) -> None:
    made = {card.kind for card in cards}
    assert made == {
        "portrait", "feature", "who", "about", "to", "drawing", "cloze", "line", "name", "serge", "told", "tie",
        "apart", "place", "chapter", "pair", "fate", "end", "order", "alive", "term",
    }  # fmt: skip
    assert set(CARD_TITLES) == made | {"own", "contrast", "lost"}


def test_keys_are_unique_and_tell_their_kind(cards: list[Card]) -> None:
    assert len({card.key for card in cards}) == len(cards)
    for card in cards:
        assert card.key.startswith(f"{card.kind}/")
        assert re.fullmatch(r"[a-z]+/[a-z0-9/+-]+", card.key), card.key


def test_no_card_names_its_answer_in_its_question_or_hints(cards: list[Card], figures: dict[str, Figure]) -> None:
    for card in cards:
        if not card.answer_figure:
            continue
        person = figures[card.answer_figure]
        shown = "\n".join((card.shown, *card.clauses, *card.hints[:-1]))  # the last hint is the initials
        authors = {"serge"} if person.key != "serge" else set()  # "Serge" alone is the author, also beside Serge Zorin
        assert not capitalised(shown) & (name_words(person) - authors), card
        whole = [alias.text for alias in person.aliases if " " in alias.text]
        for name in (person.name, person.native_name, *whole):
            assert not name or not re.search(rf"\b{re.escape(fold(name))}\b", fold(shown)), (card.key, name)


def test_no_card_shows_an_answer_that_is_not_a_name(cards: list[Card]) -> None:
    for card in cards:
        assert card.answer, card
        assert fold(card.answer) not in fold(card.shown), card
        if card.kind == "cloze":
            assert stem(fold(card.answer)) not in {stem(word) for word in words_of(card.shown)}, card


def test_a_piece_of_a_portrait_does_not_begin_with_and(cards: list[Card]) -> None:
    pieces = [piece for card in cards if card.kind == "portrait" for piece in (*card.clauses, *card.hints)]
    assert not [piece for piece in pieces if re.match(r"(?:… )?(?:and|but) ", piece)]


def test_initials_come_last_and_nowhere_else(cards: list[Card]) -> None:
    for card in cards:
        if card.answer_figure and card.kind != "alive":
            assert re.fullmatch(r"(\w\. ?)+", card.hints[-1]), card


def test_one_question_has_one_answer(cards: list[Card]) -> None:
    asked: dict[tuple[str, str, tuple[str, ...]], Card] = {}
    for card in cards:
        same = asked.setdefault((card.kind, fold(card.shown), card.choices), card)
        assert same is card or same.answer == card.answer, (same, card)


def test_the_narrator_is_never_the_answer(cards: list[Card]) -> None:
    assert not [card.key for card in cards if card.answer_figure == NARRATOR]


def test_a_detail_waits_for_its_portrait(cards: list[Card]) -> None:
    keys = {card.key for card in cards}
    details = [card for card in cards if card.kind == "feature"]
    assert details
    assert all(card.requires in keys for card in details)
    assert all(set(card.siblings) & set(next(c for c in cards if c.key == card.requires).siblings) for card in details)


def test_a_portrait_leaves_enough_to_go_by(cards: list[Card]) -> None:
    for card in cards:
        if card.kind == "portrait":
            assert len(words_of(card.stimulus.replace(GAP, ""))) >= 4, card


def test_every_term_is_asked_once_by_what_it_is(cards: list[Card], pack: Pack) -> None:
    asked = {card.key: card for card in cards if card.kind == "term"}
    assert set(asked) == {f"term/{term.key}" for term in pack.terms}
    questions = {term.key: asked[f"term/{term.key}"].question for term in pack.terms}
    assert questions["poum"] == "What was the POUM?"
    assert questions["mensheviks"] == "Who were the Mensheviks?"
    assert questions["clarte"] == "What was Clarté?"
    assert questions["isolator"] == "What is meant by “Isolator”?"
    assert questions["butyrki"] == "Why does Butyrki matter in this book?"
    for term in pack.terms:
        card = asked[f"term/{term.key}"]
        assert card.answer == term.one_line
        assert card.note.startswith(term.text)
        assert not card.context
        assert (f"? {term.doubt}" in card.note) == bool(term.doubt)
        assert card.chapter in {*term.chapters, *term.chapters_likely, None}


def test_a_gap_is_one_word_that_stands_nowhere_else(cards: list[Card]) -> None:
    for card in cards:
        if card.kind == "cloze":
            assert card.stimulus.count(GAP) == 1
            assert card.stimulus.replace(GAP, card.answer) == card.note
            assert " " not in card.answer


def test_three_events_are_certain_in_their_order(cards: list[Card], pack: Pack) -> None:
    events = {event.key: event for event in pack.events}
    trios = [card for card in cards if card.kind == "order"]
    assert trios
    for card in trios:
        first, second, third = (events[key].date for key in card.events)
        assert first.latest is not None
        assert second.earliest is not None
        assert second.latest is not None
        assert third.earliest is not None
        assert first.latest < second.earliest
        assert second.latest < third.earliest
        assert not re.search(r"\d{4}", " ".join(card.choices)), card
        assert len(card.choices) == 3


def test_only_one_of_those_offered_was_alive(cards: list[Card], pack: Pack, figures: dict[str, Figure]) -> None:
    events = {event.key: event for event in pack.events}
    fours = [card for card in cards if card.kind == "alive"]
    assert fours
    for card in fours:
        moment = events[card.events[0]].date
        assert moment.earliest is not None
        assert moment.latest is not None
        people = [figures[key] for key in card.figures]
        alive = [p.key for p in people if p.died.latest is None or p.died.latest >= moment.earliest]
        assert alive == [card.answer_figure]
        died = figures[card.answer_figure].died.earliest
        assert died is not None
        assert died > moment.latest


def test_who_everybody_knows_to_be_dead_is_no_choice(cards: list[Card]) -> None:
    offered = [card.figures for card in cards if card.kind == "alive"]
    assert len(set(map(frozenset, offered))) == len(offered)
    assert not {"lenin", "trotsky", "zinoviev", "stalin"} & {key for four in offered for key in four}


def test_threes_are_from_the_book_and_no_event_comes_often(cards: list[Card], pack: Pack) -> None:
    events = {event.key: event for event in pack.events}
    used = [key for card in cards if card.kind == "order" for key in card.events]
    assert max(used.count(key) for key in used) <= 2
    assert all(events[key].chapter is not None for key in used)
    assert not {"letter-to-kneller", "letters-on-spain", "letter-on-hegemony", "memoirs-finished"} & set(used)


def test_a_three_is_named_by_its_events_whatever_their_texts(cards: list[Card], pack: Pack) -> None:
    """Events come together by keys, dates and people: correcting texts changes no key."""
    corrected = [replace(e, text=f"Petrograd: {e.text}") for e in pack.events]
    again = {card.key for card in make_cards(pack.quotations, pack.figures, corrected, pack.terms, pack.chapters)}
    kept = {card.key for card in cards if card.kind in ("order", "alive")}
    assert len(kept & again) > 0.7 * len(kept)


def test_a_new_event_leaves_most_threes_alone(cards: list[Card], pack: Pack) -> None:
    new = replace(next(e for e in pack.events if e.key == "reed-dies"), key="reed-buried")
    again = {
        card.key for card in make_cards(pack.quotations, pack.figures, [*pack.events, new], pack.terms, pack.chapters)
    }
    kept = {card.key for card in cards if card.kind == "order"}
    assert len(kept - again) <= len(kept) // 6


def test_cards_that_readers_may_be_studying_are_made_again(cards: list[Card]) -> None:
    keys = {card.key for card in cards}
    assert {f"order/{'+'.join(trio)}" for trio in EARLIER_TRIOS} <= keys
    assert {f"alive/{event}/{survivor}" for event, survivor in EARLIER_SURVIVORS.items()} <= keys


def test_people_added_to_events_leave_the_trios_that_readers_have(pack: Pack) -> None:
    crowded = [replace(e, people=(*e.people, ("lenin", "Lenin"), ("nin", "Nin"))) for e in pack.events]
    again = {card.key for card in make_cards(pack.quotations, pack.figures, crowded, pack.terms, pack.chapters)}
    assert {f"order/{'+'.join(trio)}" for trio in EARLIER_TRIOS} <= again


def test_a_trio_whose_dates_are_corrected_is_asked_no_more(pack: Pack) -> None:
    first, _, last = trio = EARLIER_TRIOS[0]
    late = next(event.date for event in pack.events if event.key == last)
    corrected = [replace(e, date=late) if e.key == first else e for e in pack.events]
    again = {card.key for card in make_cards(pack.quotations, pack.figures, corrected, pack.terms, pack.chapters)}
    assert f"order/{'+'.join(trio)}" not in again


def test_a_correction_of_the_text_keeps_the_key(pack: Pack, cards: list[Card]) -> None:
    corrected = [replace(q, text=q.text.replace("omelette of yours", "omelet of yours")) for q in pack.quotations]
    again = make_cards(corrected, pack.figures, pack.events, pack.terms, pack.chapters)
    assert [card.key for card in again] == [card.key for card in cards]
    assert next(c for c in again if c.key == "who/istrati-omelette").stimulus.endswith("omelet of yours?")


def test_siblings_share_person_and_passage(cards: list[Card]) -> None:
    one = next(card for card in cards if card.key == "portrait/lenin-on-the-steps")
    other = next(card for card in cards if card.key == "portrait/lenin-mischievous-smile")
    far = next(card for card in cards if card.key == "portrait/lenin-at-the-barber")
    assert set(one.siblings) & set(other.siblings)
    assert not set(one.siblings) & set(far.siblings)


def test_rivals_bear_the_same_surname(cards: list[Card]) -> None:
    smirnov = next(card for card in cards if card.answer_figure == "ivan-smirnov")
    assert "vladimir-smirnov" in smirnov.rivals


class TestSmallPacks:
    speaker = figure("istrati", "Panait Istrati", one_line="Romanian novelist and wanderer")
    hearer = figure("rakovsky", "Christian Rakovsky")

    def one(self, text: str, **rest: object) -> list[Card]:
        made = make_cards([quotation("line", text, **rest)], [self.speaker, self.hearer], [])
        return [card for card in made if card.quotation]

    def test_a_line_with_a_hearer_asks_both_ways(self) -> None:
        made = self.one("Where is this omelette of yours, tell me?", speaker="istrati", to=("rakovsky",), year="1929")
        assert {card.key for card in made} == {"who/line", "to/line"}
        who = next(card for card in made if card.key == "who/line")
        assert who.question == "Who says this to Christian Rakovsky?"
        assert who.answer_figure == "istrati"

    def test_what_serge_says_himself_is_not_asked_back(self) -> None:
        assert not self.one("I own nothing and regret nothing of it at all.", speaker="serge")

    @pytest.mark.parametrize(
        "nobody", ["some Communists", "a cabman", "dying sailors of Kronstadt", "an old hotel maid"]
    )
    def test_a_crowd_or_somebody_without_a_name_is_no_answer(self, nobody: str) -> None:
        assert not self.one("It is necessary for the people", speaker=None, speaker_text=nobody)

    def test_two_who_speak_together_are_asked_for_together(self) -> None:
        card = self.one("The masses are with us", speaker=None, speaker_text="Zinoviev and Trotsky")[0]
        assert card.question == "Which two people say this?"
        assert card.accepted == ("Trotsky and Zinoviev",)
        assert card.can_be_typed

    @pytest.mark.parametrize("nobody", ["a mounted militiaman", "reporters at his execution"])
    def test_a_hearer_without_a_name_is_no_answer(self, nobody: str) -> None:
        made = self.one("Are you not ashamed of this charge?", speaker="istrati", to_text=nobody)
        assert [card.key for card in made] == ["who/line"]

    def test_of_whom_a_he_is_meant_that_could_be_anybody_is_not_asked(self) -> None:
        text = "He was aiming primarily at India; the blow must weaken imperialism"
        assert not self.one(text, kind="narrative", about=("istrati",))

    def test_named_hearers_without_a_record_can_be_typed(self) -> None:
        made = self.one("Surrender or be shot!", speaker="istrati", to_text="the sailors of Kronstadt", year="1921")
        to = next(card for card in made if card.kind == "to")
        assert to.can_be_typed
        assert to.accepted == ("the sailors of Kronstadt", "sailors of Kronstadt")

    def test_of_two_voices_the_first_is_said_to_be_the_first(self) -> None:
        made = self.one("“Come!” […] “Never!”", kind="exchange", speaker="istrati", to=("rakovsky",), year="1929")
        to = next(card for card in made if card.kind == "to")
        assert to.question == "Panait Istrati, speaking first, says this: to whom, and when?"

    @pytest.mark.parametrize(
        "text",
        [
            "Dostoevsky, Istrati, and Balzac brought criminals to life with love",
            "The party published its death sentence on Istrati the following day",
        ],
    )
    def test_one_of_a_list_and_what_leans_on_another_day_are_not_asked_for(self, text: str) -> None:
        assert not self.one(text, kind="narrative", about=("istrati",))

    def test_an_office_is_taken_out_of_a_portrait_and_its_topic(self) -> None:
        chief = figure("chief", "Ivan Bakaev", one_line="Head of the Petrograd Cheka; later in opposition.")
        text = "a tall, beardless, open-faced soldier led the wave; he was the former head of our Cheka"
        line = quotation("line", text, kind="portrait", about=("chief",), topic="the head of the Cheka")
        card = make_cards([line], [chief], [])[0]
        assert card.stimulus == "… a tall, beardless, open-faced soldier led the wave …"
        assert card.context == ""
        assert card.hints == ("Head of the Petrograd Cheka; later in opposition", "I. B.")

    def test_words_of_an_office_far_apart_stay(self) -> None:
        chief = figure("chief", "Leon Trotsky", one_line="Organiser of the Red Army.")
        text = "he outshone them by his organising ability, first with the army and then with the railways"
        card = make_cards([quotation("line", text, kind="portrait", about=("chief",))], [chief], [])[0]
        assert "army" in card.stimulus

    def test_a_one_line_that_names_its_man_leaves_the_rest_as_a_hint(self) -> None:
        old = figure("old", "Leon Trotsky", one_line="Organiser of the Red Army; the Old Man of the Opposition.",
                     aliases=[("the Old Man", "nickname")])  # fmt: skip
        card = make_cards([quotation("line", "Sometimes you finish like Liebknecht.", speaker="old")], [old], [])[0]
        assert card.hints == ("Organiser of the Red Army", "L. T.")

    def test_a_number_is_no_initial(self) -> None:
        tsar = figure("tsar", "Nicholas II", one_line="Last emperor of Russia.")
        card = make_cards([quotation("line", "I shall hang and deport them all.", speaker="tsar")], [tsar], [])[0]
        assert card.hints[-1] == "N."

    def test_hints_do_not_run_ahead_of_the_chapter(self) -> None:
        pieces = [
            quotation(
                f"p{chapter}", text, kind="portrait", about=("istrati",), portrait_of="istrati",
                portrait_order=chapter, chapter=chapter,
            )
            for chapter, text in ((3, "his face was a little puffy and pale"), (4, "he bit into a watermelon at noon"))
        ]  # fmt: skip
        made = {card.key: card for card in make_cards(pieces, [self.speaker], [])}
        assert not any("watermelon" in hint for hint in made["portrait/p3"].hints)
        assert any("puffy" in hint for hint in made["portrait/p4"].hints)

    @pytest.mark.parametrize(
        ("text", "topic", "asked", "answer"),
        [
            ("vigilant, his hair standing nearly white on his head, he exhaled energy", "", "hair",
             "his hair standing nearly white on his head"),
            ("the emaciated profile of an Inquisitor: tall forehead, bony nose, untidy goatee", "", "profile",
             "the emaciated profile of an Inquisitor"),
            ("Thick tortoiseshell spectacles ringed his myopic eyes.", "tortoiseshell spectacles", "spectacles",
             "Thick tortoiseshell spectacles ringed his myopic eyes"),
            ("he laughed, and a mischievous smile would light up his face", "", "face",
             "a mischievous smile would light up his face"),
        ],
    )  # fmt: skip
    def test_a_detail_is_one_stroke(self, text: str, topic: str, asked: str, answer: str) -> None:
        made = self.one(text, kind="portrait", about=("istrati",), topic=topic, portrait_of="istrati")
        card = next(card for card in made if card.kind == "feature")
        assert (card.question, card.answer) == (f"What does Serge say of Panait Istrati’s {asked}?", answer)

    @pytest.mark.parametrize(
        "text", ["superbly martial, with his powerful chest", "known by his deformity and his great forehead"]
    )
    def test_a_thing_of_which_next_to_nothing_is_said_is_no_detail(self, text: str) -> None:
        made = self.one(text, kind="portrait", about=("istrati",), portrait_of="istrati")
        assert not [card for card in made if card.kind == "feature"]

    def test_a_topic_that_repeats_the_line_is_not_shown(self) -> None:
        made = self.one("This is Thermidor; we shall make one ourselves.", speaker="istrati", topic="Thermidor")
        assert made[0].context == ""

    def test_a_name_in_the_topic_is_not_shown(self) -> None:
        made = self.one("Where is this omelette of yours?", speaker="istrati", topic="Istrati asks for his omelette")
        assert made[0].context == ""

    def test_two_people_in_one_portrait_get_a_clause_each(self) -> None:
        text = "Istrati looked like a young knight of old; Rakovsky hid a weary look behind gold-rimmed spectacles"
        made = self.one(text, kind="portrait", about=("istrati", "rakovsky"))
        assert {card.answer_figure: card.stimulus for card in made if card.kind == "portrait"} == {
            "istrati": f"{GAP} looked like a young knight of old …",
            "rakovsky": f"{GAP} hid a weary look behind gold-rimmed spectacles …",
        }

    @pytest.mark.parametrize("text", ["He was the head of our government.", "Lenin’s head lay on a cushion of silk."])
    def test_the_head_of_something_else_is_no_feature(self, text: str) -> None:
        made = self.one(text, kind="portrait", about=("istrati",), portrait_of="istrati")
        assert not [card for card in made if card.kind == "feature"]

    def test_an_edited_card_keeps_key_and_kind(self) -> None:
        card = self.one("Where is this omelette of yours?", speaker="istrati")[0].edited("Whose omelette?", "Istrati’s")
        assert (card.key, card.kind, card.shown, card.answer) == ("who/line", "who", "Whose omelette?", "Istrati’s")
        assert card.is_edited
