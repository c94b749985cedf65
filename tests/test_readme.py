"""What the README shows and promises: its pictures, and every command in it on a fresh database."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from hatch_build import for_the_index
from tests.import_scripts.making import make_epub
from tests.screenshots import stitched
from tests.study_pack import study_pack
from tests.terminal import Terminal

ROOT: Final = Path(__file__).parent.parent
README: Final = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS: Final = re.findall(r"```\n(.*?)```", README, re.DOTALL)
COMMANDS: Final = [
    line.removeprefix("$ ")
    for block in BLOCKS
    for line in block.splitlines()
    if line.startswith(("serge ", "$ serge "))
]
APP: Final = [command for command in COMMANDS if command.startswith("serge read") and "--plain" not in command]
"""Commands that open the app; the others print something."""
MOST_BYTES: Final = 400_000


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a copy of a book, a program named `serge`, and a database that is made by its first command."""
    folder = tmp_path_factory.mktemp("readme")
    make_epub(folder / "memoirs.epub", {"one.xhtml": "<h1>One</h1><p>Lenin spoke of Kronstadt.</p>"})
    program = folder / "bin" / "serge"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m serge_tui "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    return folder


def environment(place: Path) -> dict[str, str]:
    return os.environ | {
        "PATH": f"{place / 'bin'}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(place),
        "XDG_DATA_HOME": str(place / "data"),
        "SERGE_DB": str(place / "serge.db"),
        "PYTHONPATH": str(ROOT),
    }


def test_there_are_commands() -> None:
    assert len(COMMANDS) >= 10
    assert COMMANDS[0] == "serge import memoirs.epub"


@pytest.mark.parametrize("command", [one for one in COMMANDS if one not in APP])
def test_every_command_prints_something(place: Path, command: str) -> None:
    done = subprocess.run(
        command, check=False, shell=True, cwd=place, env=environment(place), capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    written = command.partition(" > ")[2]
    assert done.stdout.strip() or (place / written).read_text(encoding="utf-8").strip()
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("command", APP)
def test_every_command_that_opens_the_app_opens_it(place: Path, command: str) -> None:
    with Terminal(place / "serge.db", *command.split()[1:], environment={"HOME": str(place)}) as terminal:
        terminal.wait("Progress")
        terminal.wait("Read")
        terminal.press("q")
        assert terminal.end() == 0


@pytest.mark.parametrize("name", sorted(set(re.findall(r"\(docs/pictures/([\w-]+\.svg)\)", README))))
def test_pictures_are_there_small_and_need_nothing_from_the_network(name: str) -> None:
    picture = ROOT / "docs" / "pictures" / name
    assert picture.stat().st_size < MOST_BYTES
    words = picture.read_text(encoding="utf-8")
    assert "@font-face" not in words
    assert not re.findall(r"(?:href|src|url)\s*[=(]\s*['\"]?https?:", words)


def test_the_numbers_of_the_study_pack_are_the_numbers_it_has() -> None:
    told = re.search(r"(\d+) people, (\d+) short quotations,\s(\d+) events, (\d+) terms and places", README)
    assert told is not None
    pack = study_pack()
    counts = len(pack.figures), len(pack.quotations), len(pack.events), len(pack.terms)
    assert tuple(int(number) for number in told.groups()) == counts


def test_the_index_shows_whole_addresses_or_none() -> None:
    bare = for_the_index(README)
    assert not re.findall(r"\]\((?!https?:)", bare), "nothing that leads nowhere there"
    assert "![" not in bare
    assert "Getting the book" in bare
    assert "| everywhere | |" in bare
    assert "| | |" not in bare
    full = for_the_index(README, "https://host.org/serge/blob/main/{path}", "https://host.org/serge/raw/main/{path}")
    assert "![Today](https://host.org/serge/raw/main/docs/pictures/today.svg)" in full
    assert "(https://host.org/serge/blob/main/docs/json.md)" in full
    assert not re.findall(r"\]\((?!https:)", full)


def test_every_picture_is_shown() -> None:
    drawn = {path.name for path in (ROOT / "docs" / "pictures").glob("*.svg")}
    shown = {
        name
        for path in (ROOT / "README.md", *(ROOT / "docs").glob("*.md"))
        for name in re.findall(r"pictures/([\w-]+\.svg)", path.read_text(encoding="utf-8"))
    }
    assert drawn == shown


def test_an_animation_shows_each_picture_for_its_time() -> None:
    frames = [
        (f'<svg viewBox="0 0 9 9"><text>{number}</text></svg>', seconds) for number, seconds in ((0, 1.0), (1, 3.0))
    ]
    whole = stitched(frames)
    assert whole.count("<svg") == 1
    assert whole == stitched(frames)
    assert "@keyframes f0{0.00%,25.00%{visibility:visible}25.01%,100%{visibility:hidden}}" in whole
    assert "@keyframes f1{0%,24.99%{visibility:hidden}25.00%,100.00%{visibility:visible}}" in whole
    assert "#f1{animation:f1 4s step-end infinite}" in whole
