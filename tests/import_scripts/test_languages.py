from __future__ import annotations

import pytest

from import_scripts.formats.languages import guess_language, normal_language, words_of


@pytest.mark.parametrize(
    ("said", "tag"),
    [("en", "en"), ("EN_us", "en-US"), ("fre", "fr"), ("Русский", "ru"), ("pt-br", "pt-BR"), ("zh-Hant", "zh"),
     ("und", ""), ("", ""), ("a language", ""), ("de-DE-1996", "de-DE"), ("\x1b[31m", "")],
)  # fmt: skip
def test_what_files_say_in_one_form(said: str, tag: str) -> None:
    assert normal_language(said) == tag


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            "It was the autumn of that year and he had not been warm for as long as they could remember",
        ),
        (
            "fr",
            "Dans cette ville où il ne restait plus de pain, les hommes qui avaient fait la révolution se taisaient",
        ),
        (
            "es",
            "En la ciudad no había pan y los hombres que habían hecho la revolución se callaban",
        ),
        (
            "it",
            "Nella città non c'era più pane e gli uomini che avevano fatto la rivoluzione tacevano",
        ),
        (
            "de",
            "In der Stadt gab es kein Brot mehr und die Männer, die den Aufstand gemacht hatten, schwiegen",
        ),
        (
            "ru",
            "В городе не было хлеба, и люди, которые сделали революцию, молчали",
        ),
    ],
)
def test_the_commonest_words_tell_the_language(language: str, text: str) -> None:
    assert guess_language(words_of(text)) == language


def test_too_little_text_tells_nothing() -> None:
    assert guess_language("the of and".split()) == ""
    assert guess_language(["xyzzy"] * 100) == ""
