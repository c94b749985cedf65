"""Readings: every convention of writing a Russian name leads to the same sounds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.given_names import given_names, names_of
from db.names import MAX_COST, WIDTH, beginnings, reading, readings, sound


@pytest.mark.parametrize(
    "spellings",
    [
        "зиновьев zinoviev zinovyev zinovev zinovjev sinowjew zinovieff zinowiew zinóviev",
        "троцкий trotsky trotskii trotskiy trotski trockij trocki trotzki trotskï trotskiĭ",
        "бухарин bukharin bucharin boukharine bujarin boecharin buxarin",
        "луначарский lunacharsky lunatscharski lounatcharski lunaczarski lunačarskij loenatsjarski",
        "щёголев shchegolev schegolev chtchegolev schtschogolew szczegolew ščegolev ŝegolev sjtsjegolev",
        "дзержинский dzerzhinsky dserschinski dzerjinski dzierżyński dzeržinskij dzerzjinski",
        "чичерин chicherin tschitscherin tchitchérine cziczerin čičerin tsjitsjerin",
        "хармс kharms charms harms jarms",
        "ежов yezhov ezhov jeschow iejov jeżow ežov jezjov",
        "гумилёв gumilev gumilyov gumiljow goumilev gumilëv goumiliov",
        "яковлев yakovlev iakovlev jakowlew jakovlev",
        "юденич yudenich iudenich judenitsch ioudenitch judenicz judenič joedenitsj",
        "иоффе joffe ioffe yoffe",
        "пётр pyotr petr piotr pjotr",
        "михайлович mikhailovich mikhaylovich michailowitsch mikhaïlovitch michajłowicz mihajlovič",
    ],
)
def test_all_spellings_share_a_reading_with_the_cyrillic(spellings: str) -> None:
    cyrillic, *latin = spellings.split()
    meant = {read for read, _cost in readings(cyrillic)}
    for spelling in latin:
        assert meant & {read for read, _cost in readings(spelling)}, spelling


@pytest.mark.parametrize(
    ("one", "other"),
    [("bakunin", "bukharin"), ("nin", "lenin"), ("rykov", "rakovsky"), ("kamenev", "kamkov"), ("smirnov", "smilga")],
)
def test_different_names_share_none(one: str, other: str) -> None:
    assert {read for read, _cost in readings(one)}.isdisjoint(read for read, _cost in readings(other))


def test_a_beginning_may_end_in_half_a_group() -> None:
    whole = reading("луначарский")
    for typed in ("lunats", "lunatsc", "lunac", "lounatc"):
        assert any(whole.startswith(read) and len(read) > 4 for read, _cost in beginnings(typed)), typed


def test_the_quick_reading_is_the_first_of_all() -> None:
    for word in "zinoviev tschitscherin lénine pestaña rákosi jaurès kollontaï brupbacher wijnkoop".split():
        assert reading(word) == readings(word, 1)[0][0]


def test_what_is_heard_alike_sounds_alike() -> None:
    assert sound(reading("bookarin")) == sound(reading("бухарин"))
    assert sound(reading("bakunin")) != sound(reading("бухарин"))


@given(st.text(max_size=40))
def test_reading_is_safe_bounded_and_ordered(word: str) -> None:
    found = readings(word)
    assert 1 <= len(found) <= WIDTH
    costs = [cost for _read, cost in found]
    assert costs == sorted(costs)
    assert all(cost <= MAX_COST for cost in costs)
    assert len({read for read, _cost in found}) == len(found)
    assert isinstance(reading(word), str)
    beginnings(word)


def test_a_given_name_is_itself_in_other_tongues_and_among_friends() -> None:
    assert given_names("grisha", "") & given_names("gregory", "")
    assert given_names("миша", reading("миша")) & given_names("michael", "")
    assert not given_names("lev", "") & given_names("sergei", "")
    assert not given_names("kamenev", reading("kamenev"))
    assert "leo" in names_of(given_names("lev", ""))
