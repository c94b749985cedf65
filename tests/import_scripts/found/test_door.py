"""The command line: what it prints, what it refuses, and texts that have nothing to find."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING

import pytest

from import_scripts.found.__main__ import main
from import_scripts.found.door import find

if TYPE_CHECKING:
    from pathlib import Path

PROSE = (
    "Zorin came in. He was a tall, gaunt man with sunken cheeks and gentle eyes.\n\n"
    "“We shall hold the town until spring,” said Zorin. I said nothing.\n"
)


def test_json_has_names_figures_scores_and_offsets(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    chapter = tmp_path / "chapter-1.txt"
    chapter.write_text(PROSE, "utf-8")
    people = tmp_path / "people.txt"
    people.write_text("Sergei Zorin\n", "utf-8")
    assert main([str(chapter), "--json", "--people", str(people)]) == 0
    found = json.loads(capsys.readouterr().out)
    portrait, saying = found["portraits"][0], found["utterances"][0]
    assert PROSE[portrait["start"] : portrait["end"]].startswith("He was a tall")
    assert (portrait["chapter"], portrait["person"].split()[-1]) == ("chapter-1", "Zorin")
    assert PROSE[saying["start"] : saying["end"]] == "We shall hold the town until spring,"
    assert (saying["card"], saying["deck"], saying["speaker"].split()[-1]) == (True, True, "Zorin")


def test_the_best_come_first() -> None:
    found = find([("one", PROSE + "\n\nZorin was loved. He was hoarse, vain, brave and generous.")])
    for kind, key in (("portraits", "score"), ("utterances", "confidence")):
        values = [one[key] for one in found[kind]]
        assert values == sorted(values, reverse=True)


def test_without_json_one_line_says_what_was_found(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    chapter = tmp_path / "one.txt"
    chapter.write_text("Nothing to see.\n", "utf-8")
    assert main([str(chapter)]) == 0
    assert capsys.readouterr().out == "No portraits and no sayings found.\n"


def test_a_missing_file_and_bytes_that_are_no_text_give_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = tmp_path / "broken.txt"
    broken.write_bytes(b"\xff\xfe\x00\x81")
    for path, word in ((tmp_path / "none.txt", "No such file"), (broken, "not UTF-8")):
        assert main([str(path)]) == 1
        error = capsys.readouterr().err
        assert word in error
        assert error.count("\n") == 1


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n\n",
        "ABACUS, n. A frame with beads.\n\nABBEY, n. A house of monks; large, old, grey.\n\n" * 200,
        "A: We shall hold the town.\n\nB: You will not, I am sure.\n\n" * 200,
        "HAMLET. To be, or not to be, that is the question.\n\nOPHELIA. Good my lord, how does your honour?\n\n" * 200,
        "The sea is grey, the sea is old,\nThe wind is hoarse, the night is cold.\n\n" * 200,
        "El hombre era alto, pálido y triste. «Nos vamos de aquí», dijo el viejo. La mujer no quería salir.\n\n" * 200,
        "“" * 5000,
        "Lvov " * 20_000,
    ],
    ids=["empty", "blank", "dictionary", "transcript", "play", "poem", "Spanish", "marks", "one-name"],
)
def test_texts_without_people_or_speech_make_no_cards(text: str) -> None:
    found = find([("one", text)])
    assert not [one for one in found["utterances"] if one["card"]]
    assert not found["portraits"]


DRAMATIS = ("Petrov", "Lvov", "Orlov")


@pytest.mark.parametrize(
    "text",
    [
        "".join(f"{name.upper()}. I shall hold the town until spring, whatever you say.\n\n" for name in DRAMATIS)
        * 100,
        "".join(f"{name}: I shall hold the town until spring, whatever you say.\n\n" for name in DRAMATIS) * 100,
        "He said that he knew. She told him no. They asked, and he answered that it was so.\n\n" * 300,
        "“Who goes there?”\n\n“A friend, and a cold one.”\n\n" * 300,
        "The Committee, the Congress and the Council met. The Union was strong, the Party was proud.\n\n" * 300,
    ],
    ids=["play", "transcript", "no-marks", "nobody-named", "no-people"],
)
def test_hundreds_of_lines_make_no_card(text: str) -> None:
    found = find([("one", text)])
    assert not [one for one in found["utterances"] if one["card"]]
    assert len(found["portraits"]) < 5


@pytest.mark.parametrize(
    "piece",
    [
        "“Yes, Lvov,” I said.\n\n“No,” he said. Lvov was a tall man with grey eyes and a kind, tired face.\n\n",
        "He was a short, stocky figure, with a big head, and wide, bald, bulging, and ",
        "“ ‘ « Lvov, ",
        "The man, the other man, the latter, his father, the chairman and Petrov stood there, he too, ",
    ],
    ids=["dialogue", "endless-sentence", "open-marks", "many-people"],
)
def test_twice_the_text_takes_about_twice_the_time(piece: str) -> None:
    def seconds(times: int) -> float:
        text = piece * times
        begun = time.process_time()
        find([("one", text)])
        return time.process_time() - begun

    seconds(10)
    times = 20_000 // len(piece)
    assert seconds(8 * times) < 40 * max(
        seconds(times), 0.02
    )  # a square would be 64 times, far more with 3 million words


def test_a_text_that_is_not_searched_says_why(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    chapter = tmp_path / "one.txt"
    chapter.write_text("Il était grand et pâle, et la vie de cet homme n’était pas gaie. " * 40, "utf-8")
    assert main([str(chapter), "--language", "fr"]) == 0
    assert 'no word lists for the language "fr"' in capsys.readouterr().out
    assert main([str(chapter), "--json"]) == 0
    printed = capsys.readouterr()
    assert json.loads(printed.out) == {"portraits": [], "utterances": []}
    assert printed.err.count("\n") == 1
    assert 'not in the language "en"' in printed.err


def test_a_language_without_word_lists_gives_nothing() -> None:
    assert find([("one", PROSE)], language="ru") == {"portraits": [], "utterances": []}
