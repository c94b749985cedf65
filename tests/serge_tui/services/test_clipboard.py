"""Copying says the truth: by the desktop's tool, by a terminal known to copy, else into a file that is named."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from serge_tui.services.clipboard import copy_beside_the_terminal, desktop_tool, takes_osc_52

if TYPE_CHECKING:
    from pathlib import Path

PLAIN = {"TERM": "xterm-256color"}


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A machine without a desktop; a folder for tools."""
    for name in ("WAYLAND_DISPLAY", "DISPLAY", "TMUX", "STY", "WT_SESSION", "KITTY_WINDOW_ID", "TERM_PROGRAM",
                 "WSL_DISTRO_NAME"):  # fmt: skip
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setattr("sys.platform", "linux")
    tools = tmp_path / "tools"
    tools.mkdir()
    monkeypatch.setenv("PATH", f"{tools}:/usr/bin:/bin")
    return tools


def tool(folder: Path, name: str, script: str) -> None:
    (folder / name).write_text(f"#!/bin/sh\n{script}\n")
    (folder / name).chmod(0o755)


def test_the_desktops_tool_is_asked_first(bare: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    tool(bare, "wl-copy", f'cat > "{tmp_path}/pasted"')
    assert copy_beside_the_terminal("Зима “x”", tmp_path / "copied.txt") == "Copied."
    assert (tmp_path / "pasted").read_text("utf-8") == "Зима “x”"
    assert not (tmp_path / "copied.txt").exists()


def test_a_tool_that_fails_is_not_believed(bare: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    tool(bare, "wl-copy", "exit 1")
    sentence = copy_beside_the_terminal("words", tmp_path / "copied.txt")
    assert sentence == f"This terminal may not have copied it; the text is also in {tmp_path / 'copied.txt'}."
    assert (tmp_path / "copied.txt").read_text() == "words\n"
    assert (tmp_path / "copied.txt").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("environment", "known"),
    [(PLAIN, False), ({"TERM": "xterm-kitty"}, True), ({"TERM": "xterm-kitty", "TMUX": "x"}, False),
     ({"TERM": "tmux-256color", "TMUX": "x", "TERM_PROGRAM": "WezTerm"}, False), ({**PLAIN, "WT_SESSION": "1"}, True),
     ({**PLAIN, "TERM_PROGRAM": "WezTerm"}, True), ({**PLAIN, "TERM_PROGRAM": "Apple_Terminal"}, False),
     ({"TERM": "screen", "STY": "1"}, False), ({}, False)],
)  # fmt: skip
def test_only_terminals_known_to_copy_are_believed(environment: dict[str, str], known: bool) -> None:
    assert takes_osc_52(environment) is known


def test_a_tool_without_its_desktop_is_not_used(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tool(bare, "xclip", "exit 0")
    assert desktop_tool({}) is None
    assert desktop_tool({"DISPLAY": ":0"}) == ["xclip", "-selection", "clipboard", "-in"]


def test_a_file_that_cannot_be_written_is_told(bare: Path, tmp_path: Path) -> None:
    assert "cannot be written" in copy_beside_the_terminal("words", tmp_path / "nowhere" / "copied.txt")
