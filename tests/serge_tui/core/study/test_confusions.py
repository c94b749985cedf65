"""Who is taken for whom, and the card that sets it right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.models import Review
from serge_tui.core.study.confusions import Confusion, contrast_cards, count_confusions
from tests.serge_tui.core.study.making import card, review

if TYPE_CHECKING:
    from db.models import Figure, Rating
    from serge_tui.core.name_finder.names import NameFinder
    from serge_tui.core.study.card import Card

KEY = "contrast/kamenev+zinoviev"
ASKED = [card("who/x", answer_figure="zinoviev"), card("who/y", answer_figure="kamenev")]


def test_the_ledger_counts_failed_answers_that_name_somebody_else(finder: NameFinder) -> None:
    log = [
        review(1, "who/x", 1, "2024-01-01", given="Kamenev"),
        review(2, "who/x", 1, "2024-01-05", given="figure:kamenev"),
        review(3, "who/x", 1, "2024-01-06", given="Xyzzyplugh"),
        review(4, "who/x", 1, "2024-01-06"),
        review(5, "who/x", 3, "2024-01-07", given="Zinoviev"),
        review(6, "who/y", 1, "2024-01-08", given="Zinoviev"),
        review(7, "gone/z", 1, "2024-01-08", given="Zinoviev"),
    ]
    assert count_confusions(log, ASKED, finder) == [
        Confusion("zinoviev", "kamenev", 2, "2024-01-05"),
        Confusion("kamenev", "zinoviev", 1, "2024-01-08"),
    ]


def test_what_was_undone_is_no_confusion(finder: NameFinder) -> None:
    log = [review(1, "who/x", 1, "2024-01-01", given="Kamenev"), Review(2, "who/x", "undo", None, "", "", 0, "", 1)]
    assert count_confusions(log, ASKED, finder) == []


def test_two_mix_ups_make_a_card_and_three_right_answers_retire_it(
    figures: dict[str, Figure], finder: NameFinder
) -> None:
    log = [review(1, "who/x", 1, "2024-01-01", given="Kamenev")]
    assert contrast_cards(log, ASKED, figures, finder) == []
    log.append(review(2, "who/y", 1, "2024-01-02", given="Zinoviev"))
    (made,) = contrast_cards(log, ASKED, figures, finder)
    assert made.key == KEY
    answers: list[tuple[int, Rating]] = [(3, 3), (4, 1), (5, 3)]
    for number, rating in answers:
        log.append(review(number, KEY, rating, f"2024-01-0{number}"))
        assert len(contrast_cards(log, ASKED, figures, finder)) == 1
    log.append(review(6, KEY, 2, "2024-01-06"))
    assert contrast_cards(log, ASKED, figures, finder) == []
    log += [review(n, "who/x", 1, "2024-02-01", given="Kamenev") for n in (7, 8)]
    assert len(contrast_cards(log, ASKED, figures, finder)) == 1


def test_neither_stroke_names_either(cards: list[Card], figures: dict[str, Figure], finder: NameFinder) -> None:
    who = [card("who/x", answer_figure="lenin")]
    log = [review(n, "who/x", 1, "2024-01-01", given="figure:trotsky") for n in (1, 2)]
    (made,) = contrast_cards(log, [*cards, *who], figures, finder)
    assert "Lenin" not in made.stimulus
    assert "Trotsky" not in made.stimulus
    assert sorted(line[3:] for line in made.answer.splitlines()) == ["Leon Trotsky", "Vladimir Lenin"]
    assert all(name in made.question for name in ("Leon Trotsky", "Vladimir Lenin"))
    assert not made.choices, "letters of their own beside those of the strokes would confuse"
