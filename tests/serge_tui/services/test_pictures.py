"""Pictures are shown by the system's viewer, from private files, and nothing else ever is."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from serge_tui.services import pictures as pictures_module
from serge_tui.services.pictures import show_pictures, viewer

PNG = b"\x89PNG\r\n\x1a\ndots"
GIF = b"GIF89adots"
ROOT = Path(__file__).parents[3]


@pytest.fixture
def desktop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A desktop whose viewer writes down what it is given; return the folder of what it wrote."""
    program = tmp_path / "bin" / "xdg-open"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nstat -c "%a %n" "$@" >> "{tmp_path}/shown"\n')
    program.chmod(0o700)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.delenv("WSL_DISTRO_NAME", raising=False)
    return tmp_path


def shown(desktop: Path) -> list[str]:
    file = desktop / "shown"
    return file.read_text().splitlines() if file.exists() else []


def test_a_picture_is_shown_from_a_file_of_its_owners_alone(desktop: Path) -> None:
    assert show_pictures([PNG]) == "Shown outside the terminal."
    mode, name = shown(desktop)[0].split(" ", 1)
    assert mode == "600"
    assert Path(name).suffix == ".png"
    assert Path(name).read_bytes() == PNG
    assert Path(name).parent.stat().st_mode & 0o077 == 0
    assert show_pictures([GIF, PNG, b"<svg/>"]) == "2 pictures are shown outside the terminal."
    assert [Path(line).suffix for line in shown(desktop)[1:]] == [".gif", ".png"]


@pytest.mark.parametrize("data", [b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"#!/bin/sh\nrm x", b"%PDF-1.7", b""])
def test_what_is_no_picture_is_not_handed_to_any_program(desktop: Path, data: bytes) -> None:
    assert show_pictures([data]) == "The picture is not in your library; import the file again."
    assert shown(desktop) == []


def test_what_is_missing_is_said(desktop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (desktop / "bin" / "xdg-open").write_text("#!/bin/sh\nexit 3\n")
    assert show_pictures([PNG]) == "The picture could not be shown: xdg-open failed."
    monkeypatch.setenv("PATH", str(desktop))
    assert show_pictures([PNG]) == "There is no program here that shows pictures: xdg-open is missing."
    monkeypatch.delenv("DISPLAY")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert show_pictures([PNG]) == "The picture cannot be shown here: this is a terminal without a desktop."
    monkeypatch.setattr(sys, "platform", "darwin")
    assert viewer({}) == ["open"]


def test_a_viewer_that_stays_open_is_not_waited_for(desktop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (desktop / "bin" / "xdg-open").write_text("#!/bin/sh\nexec sleep 1\n")
    monkeypatch.setattr(pictures_module, "PATIENCE", 0.01)
    started: list[subprocess.Popen[bytes]] = []

    class Kept(subprocess.Popen):  # type: ignore[type-arg]
        def __init__(self, *given: object, **named: object) -> None:
            super().__init__(*given, **named)  # type: ignore[call-overload]
            started.append(self)

    monkeypatch.setattr(subprocess, "Popen", Kept)
    assert show_pictures([PNG]) == "Shown outside the terminal."
    assert started[0].wait() == 0


def test_the_files_are_removed_when_serge_ends(desktop: Path) -> None:
    show = f"from serge_tui.services.pictures import show_pictures\nprint(show_pictures([{PNG!r}]))"
    done = subprocess.run([sys.executable, "-c", show], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout == "Shown outside the terminal.\n"
    name = shown(desktop)[0].split(" ", 1)[1]
    assert not Path(name).parent.exists()
