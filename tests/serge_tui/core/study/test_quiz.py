"""Every question the pack can yield has exactly one right answer, and wrong ones worth choosing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from db.errors import SergeError
from db.models import CardState
from serge_tui.core.study.card import NARRATOR
from serge_tui.core.study.chronology import told
from serge_tui.core.study.confusions import Confusion
from serge_tui.core.study.masking import names
from serge_tui.core.study.quiz.question import Material, Question, QuestionKind
from serge_tui.core.study.quiz.quizmaster import Quizmaster
from serge_tui.core.study.quiz.registry import QUESTION_KINDS
from serge_tui.core.study.quiz.sheet import html_sheet, markdown_sheet

if TYPE_CHECKING:
    from db.models import Figure
    from db.pack import Pack


@pytest.fixture(scope="module")
def everything(material: Material) -> list[Question]:
    """Every question made from a card at three stages of learning, and many rounds of those made from dates."""
    made = []
    for stability in (None, 2.0, 30.0):
        states = {c.key: CardState(c.key, stability, 5.0, answers=3) for c in material.cards} if stability else {}
        master = Quizmaster(replace(material, states=states))
        for seed in range(3):
            made += [q for c in material.cards if (q := master.of_card(c, seed))]
    master = Quizmaster(material)
    for seed in range(40):
        made += master.questions(20, seed, ("first", "alive"))
    return made


def test_every_kind_is_asked(everything: list[Question]) -> None:
    assert {question.kind for question in everything} == set(QUESTION_KINDS)


def test_options_are_three_to_five_and_all_different(everything: list[Question]) -> None:
    for question in everything:
        assert 3 <= len(question.options) <= 5
        assert len(set(question.options)) == len(question.options) == len(question.keys)
        assert len(set(question.keys)) == len(question.keys)


def test_no_wrong_option_is_right_as_well(everything: list[Question], pack: Pack) -> None:
    quotations = {quotation.key: quotation for quotation in pack.quotations}
    for question in everything:
        if not question.quotation:
            continue
        q = quotations[question.quotation]
        by_kind: dict[str, set[str | None]] = {
            "who": {q.speaker},
            "about": set(q.about),
            "to": set(q.to),
            "portrait": {q.portrait_of} if q.portrait_of else set(q.about),
        }
        right = by_kind[question.kind]
        wrong = set(question.keys) - {question.keys[question.right]}
        assert question.keys[question.right] in right
        assert not wrong & right
        assert not wrong & ({q.speaker, NARRATOR} | set(q.about) | set(q.to)), question


def test_no_option_is_named_in_what_is_shown(everything: list[Question], figures: dict[str, Figure]) -> None:
    for question in everything:
        if question.kind == "first":
            continue
        shown = f"{question.question} {question.stimulus} {question.context}"
        for key in question.keys:
            assert not names(shown, figures[key]), (key, question)


def test_options_are_of_one_sex_and_generation(everything: list[Question], figures: dict[str, Figure]) -> None:
    for question in everything:
        if question.kind != "first":
            assert len({figures[key].sex for key in question.keys}) == 1
            right = figures[question.keys[question.right]].born.year
            born = [figures[key].born.year for key in question.keys]
            assert right is None or all(year is None or abs(year - right) <= 25 for year in born)


def test_nobody_is_offered_who_was_dead_or_a_child_in_the_year_told(
    everything: list[Question], pack: Pack, figures: dict[str, Figure]
) -> None:
    quotations = {quotation.key: quotation for quotation in pack.quotations}
    for question in everything:
        if not question.quotation:
            continue
        when = quotations[question.quotation].year
        right = figures[question.keys[question.right]]
        if not when or (right.died.latest and right.died.latest.year < int(when[:4])):
            continue
        for key in set(question.keys) - {right.key}:
            died, born = figures[key].died.latest, figures[key].born.year
            assert died is None or died.year >= int(when[:4]), (key, question)
            assert born is None or born + 16 <= int(when[:4]), (key, question)


def test_a_nation_told_does_not_give_the_answer_away(everything: list[Question], figures: dict[str, Figure]) -> None:
    nations = {nation for figure in figures.values() for nation in figure.nationalities}
    of_spain = {"Spanish", "Catalan"}
    for question in everything:
        if not question.quotation:
            continue
        shown = set(f"{question.question} {question.stimulus} {question.context}".replace(",", " ").split())
        told = nations & shown & set(figures[question.keys[question.right]].nationalities)
        told |= of_spain if told & of_spain else set()
        for key in question.keys:
            assert not told or told & set(figures[key].nationalities), (told, question)


def test_a_tsar_stands_among_tsarists_and_a_novelist_among_writers(material: Material) -> None:
    master = Quizmaster(material)
    figures = {figure.key: figure for figure in material.figures}
    tsars = {"nicholas-ii", "alexander-ii"}
    for card in material.cards:
        question = master.of_card(card)
        if question is not None and card.answer_figure in tsars:
            assert all("tsarist" in figures[key].movements for key in question.keys)
        if question is not None and card.answer_figure == "gorky":
            assert all("arts-and-letters" in figures[key].movements for key in question.keys)


@pytest.mark.parametrize(("kind", "least"), [("who", 20), ("about", 15), ("to", 6), ("portrait", 60)])
def test_a_round_of_one_kind_asks_every_passage_before_it_ends(
    material: Material, kind: QuestionKind, least: int
) -> None:
    asked = Quizmaster(material).questions(100, 1, (kind,))
    assert len(asked) >= least
    assert len({question.quotation for question in asked}) == len(asked)


def test_events_are_told_so_that_each_stands_alone(everything: list[Question]) -> None:
    options = {option for question in everything if question.kind == "first" for option in question.options}
    assert "A rising led by the Workers’ Committee comes to nothing (Barcelona)." in options
    to_alma_ata = [option for option in options if "deported to Alma-Ata" in option]
    assert to_alma_ata
    assert not any(option.endswith(").") for option in to_alma_ata), "a place told needs no other"
    assert not any(option.startswith(("The surviving members", "After ", "Within ")) for option in options)


def test_serge_is_named_where_the_sentence_has_its_subject(pack: Pack) -> None:
    sentences = {told(event) for event in pack.events}
    assert any(sentence.startswith("In a testament for his friends in France Serge ") for sentence in sentences)
    assert any(sentence.startswith("Serge’s five years are over: he leaves Melun") for sentence in sentences)


def test_the_hearer_is_asked_for_in_a_whole_sentence(everything: list[Question]) -> None:
    for question in everything:
        if question.kind == "to":
            assert question.question.endswith((" says this to whom?", ": who answers?"))


def test_only_the_first_event_can_be_first(everything: list[Question], pack: Pack) -> None:
    events = {event.key: event.date for event in pack.events}
    asked = [question for question in everything if question.kind == "first"]
    assert asked
    for question in asked:
        end = events[question.keys[question.right]].latest
        assert end is not None
        for key in question.keys:
            start = events[key].earliest
            assert start is not None
            assert key == question.keys[question.right] or end < start


def test_only_one_was_certainly_alive(everything: list[Question], pack: Pack, figures: dict[str, Figure]) -> None:
    asked = [question for question in everything if question.kind == "alive"]
    assert asked
    dates = {event.date.long: event.date for event in pack.events}
    for question in asked:
        moment = dates[question.stimulus.partition(": ")[0]]
        assert moment.earliest is not None
        assert moment.latest is not None
        for place, key in enumerate(question.keys):
            died = figures[key].died
            assert died.latest is not None
            assert died.earliest is not None
            assert died.earliest > moment.latest if place == question.right else died.latest < moment.earliest


def test_new_cards_have_three_options_and_held_ones_five(material: Material) -> None:
    card = next(c for c in material.cards if c.key == "portrait/radek-spectacles")
    for answers, stability, expected in ((0, None, 3), (2, 3.0, 4), (5, 30.0, 5)):
        states = {card.key: CardState(card.key, stability, 5.0, answers=answers)}
        question = Quizmaster(replace(material, states=states)).of_card(card)
        assert question is not None
        assert len(question.options) == expected


def test_a_past_confusion_is_offered_but_only_one(material: Material) -> None:
    card = next(c for c in material.cards if c.key == "portrait/radek-spectacles")
    past = [Confusion("radek", "bukharin", 2, ""), Confusion("radek", "zinoviev", 1, "")]
    for seed in range(20):
        question = Quizmaster(replace(material, confusions=past)).of_card(card, seed)
        assert question is not None
        assert "bukharin" in question.keys
        assert "zinoviev" not in question.keys


def test_a_seed_makes_the_same_round(material: Material) -> None:
    assert Quizmaster(material).questions(10, 7) == Quizmaster(material).questions(10, 7)
    assert Quizmaster(material).questions(10, 7) != Quizmaster(material).questions(10, 8)


def test_a_round_is_mixed_and_repeats_no_passage(material: Material) -> None:
    for seed in range(10):
        questions = Quizmaster(material).questions(10, seed)
        assert len(questions) == 10
        assert len({question.kind for question in questions}) >= 5
        passages = [question.quotation for question in questions if question.quotation]
        assert len(set(passages)) == len(passages)


def test_the_right_answer_stands_everywhere_alike(everything: list[Question]) -> None:
    threes = [question.right for question in everything if len(question.options) == 3]
    for place in range(3):
        assert 0.25 < threes.count(place) / len(threes) < 0.42


def test_nothing_to_ask_is_said_in_a_sentence(pack: Pack) -> None:
    with pytest.raises(SergeError, match="nothing to ask"):
        Quizmaster(Material([], pack.figures, pack.quotations, [])).questions(10, 1)


def test_a_question_leads_to_its_card_and_passage(everything: list[Question], pack: Pack) -> None:
    texts = {quotation.key: quotation.text for quotation in pack.quotations}
    for question in everything:
        assert question.passage
        if question.quotation:
            assert question.passage == texts[question.quotation]
            assert question.card.endswith(question.quotation) or f"{question.quotation}/" in question.card


def test_a_sheet_has_a_key_for_every_question(material: Material) -> None:
    questions = Quizmaster(replace(material, options=4)).questions(20, 3)
    sheet = markdown_sheet(questions, 3, "“Chapter 4”")
    asked, _, answers = sheet.partition("\n---\n")
    assert "Sheet 3: 20 questions from “Chapter 4”." in asked
    for number, question in enumerate(questions, start=1):
        assert f"**{number}. " in asked
        assert f"\n{number}. **{'abcde'[question.right]})** " in answers
        assert len(question.options) in (3, 4)  # three where no fourth is like enough
    assert "**" not in asked.replace("**", "", 2 * 20)
    assert ".;" not in answers
    assert "““" not in answers


def test_a_sheet_for_the_printer_has_its_key_on_another_page_and_no_markup_of_the_pack(material: Material) -> None:
    questions = Quizmaster(material).questions(20, 3)
    hostile = replace(questions[0], stimulus="<script>alert(1)</script>", options=("<b>", "B", "C"), right=0)
    page = html_sheet([hostile, *questions[1:]], 3)
    asked, _, answers = page.partition('<h1 class="k">')
    assert asked.count('<li class="q">') == answers.count('<div class="p">') == 20
    assert "<script" not in page
    assert "&lt;b&gt;" in asked
    assert "break-before: page" in page


def test_a_chapter_with_few_lines_still_has_a_round_about_its_events(material: Material) -> None:
    events = [event for event in material.events if event.chapter == 2]
    asked = Quizmaster(replace(material, cards=[], events=events)).questions(10, 1)
    assert len(asked) >= 4
    assert len({question.keys[question.right] for question in asked}) == len(asked)
