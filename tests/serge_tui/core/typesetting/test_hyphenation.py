from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pyphen
import pytest

from serge_tui.core.typesetting import Settings, typeset_passage
from serge_tui.core.typesetting.display_text import draw
from serge_tui.core.typesetting.hyphenation import MIN_LEFT, MIN_RIGHT, Hyphenator, hyphenator

from .helpers import PROSE, passage

if TYPE_CHECKING:
    from pathlib import Path

WORDS = {
    "en": "revolution hyphenation administrative commission autumn therefore through rhythm",
    "fr": "révolution administration commissaire soldats aujourd événement prolétariat",
    "es": "revolución comisario proletariado huelga compañeros ciudades",
    "it": "rivoluzione commissario proletariato sciopero compagni",
    "de": "Revolution Kommissar Schifffahrt Arbeiterbewegung Geschichte",
    "ru": "революция комиссар пролетариат забастовка товарищи",
}


def ours(language: str) -> Hyphenator:
    found = hyphenator(language)
    assert found is not None
    return found


def theirs(language: str) -> pyphen.Pyphen:
    return pyphen.Pyphen(lang=pyphen.language_fallback(language), left=MIN_LEFT, right=MIN_RIGHT)


@pytest.mark.parametrize("language", WORDS)
def test_words_are_divided_as_pyphen_divides_them(language: str) -> None:
    divider, other = ours(language), theirs(language)
    words = WORDS[language].split()
    assert [list(divider.points(word)) for word in words] == [other.positions(word) for word in words]
    assert any(divider.points(word) for word in words)


@pytest.mark.shared
def test_every_word_of_a_real_book_is_divided_as_pyphen_divides_it(samples: Path) -> None:
    text = (samples / "books/reed_ten_days_utf8.txt").read_text("utf-8")
    words = sorted(set(re.findall(r"[a-z]{4,}", text)))
    divider, other = ours("en"), theirs("en")
    assert [word for word in words if list(divider.points(word)) != other.positions(word)] == []


def divided(text: str, language: str = "en") -> str:
    drawn = draw(text)
    places = ours(language).places(drawn, 0, len(drawn.text))
    for place in reversed(places):
        drawn.text = drawn.text[:place] + "|" + drawn.text[place:]
    return drawn.text


def test_names_short_words_and_parts_of_compounds_stay_whole() -> None:
    assert divided("administrative") != "administrative"
    for whole in ("Administrative", "ADMINISTRATIVE", "over", "anti-revolutionary", "l'administration", "a@revolution"):
        assert divided(whole) == whole


def test_german_nouns_may_be_divided_all_the_same() -> None:
    assert "|" in divided("Revolution", "de")
    assert "|" not in divided("REVOLUTION", "de")


def test_soft_hyphens_of_the_text_go_before_the_patterns() -> None:
    assert divided("admini\u00adstrative") == "admini|strative"
    assert divided("Zi\u00adnoviev") == "Zi|noviev"


def test_a_language_without_patterns_is_not_divided() -> None:
    assert hyphenator("") is None
    assert hyphenator("xx") is None


def test_a_hyphen_is_drawn_at_the_break_alone() -> None:
    settings = Settings(measure=40, setting="justified-hyphenated")
    lines = typeset_passage(passage(PROSE * 2), settings)
    cut = [line for line in lines if line.text.endswith("-") and not (PROSE * 2)[: line.end].endswith("-")]
    assert cut
    for line in cut:
        assert line.offsets is not None
        assert line.offsets[-1] == -1
        assert (PROSE * 2)[line.end - 2 : line.end + 3].isalpha()
