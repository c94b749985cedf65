"""Names are taken out in every form, and nothing else is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from serge_tui.core.study.card import GAP
from serge_tui.core.study.masking import mask, name_spans, names
from tests.serge_tui.core.study.making import figure

TROTSKY = figure(
    "trotsky",
    "Leon Trotsky",
    native_name="Лев Давидович Троцкий",
    aliases=[("the Old Man", "nickname"), ("Lev Davidovich Bronstein", "birth"), ("L. D.", "initials")],
)
KHARMS = figure("kharms", "Daniil Kharms", aliases=[("Harms", "spelling")])


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Trotsky spoke.", f"{GAP} spoke."),
        ("Leon Trotsky’s train", f"{GAP}’s train"),
        ("“Leon Davidovich, the hour has come", f"“{GAP}, the hour has come"),
        ("The Old Man was vigilant", f"{GAP} was vigilant"),
        ("an old man on a bench", "an old man on a bench"),
        ("Trotskyism and the Trotskyists", f"{GAP} and the {GAP}"),
        ("говорил Троцкий.", f"говорил {GAP}."),
        ("TROTSKY!", f"{GAP}!"),
        ("Trotskys’ followers", f"{GAP}’s followers"),
    ],
)
def test_every_form_of_a_name_becomes_one_gap(text: str, masked: str) -> None:
    assert mask(text, [TROTSKY]) == masked


def test_a_word_that_is_also_a_name_counts_only_with_a_capital() -> None:
    assert mask("it harms nobody, said Harms", [KHARMS]) == f"it harms nobody, said {GAP}"


def test_the_authors_name_alone_names_nobody_else() -> None:
    zorin = figure("zorin", "Sergei Zorin", aliases=[("Serge Zorin", "spelling")])
    assert not names("Serge answered.", zorin)
    assert mask("Serge Zorin, the blond Viking", [zorin]) == f"{GAP}, the blond Viking"
    assert names("Serge answered.", figure("serge", "Victor Serge"))


def test_accents_and_kinds_of_apostrophe_do_not_save_a_name() -> None:
    kun = figure("kun", "Béla Kun")
    assert mask("Bela Kun's men", [kun]) == f"{GAP}’s men"
    assert names("BÉLA KUN", kun)


@given(st.text(max_size=40), st.text(max_size=40), st.sampled_from(["Trotsky", "Leon Trotsky", "the Old Man"]))
def test_no_surrounding_text_hides_a_name(before: str, after: str, name: str) -> None:
    masked = mask(f"{before} {name} {after}", [TROTSKY])
    assert not name_spans(masked, TROTSKY)
    assert GAP in masked
