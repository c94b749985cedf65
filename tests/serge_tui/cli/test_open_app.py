"""How the app is opened."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

_ASKED = (
    "import os\n"
    "from serge_tui.cli.open_app import short_escape\n"
    "with short_escape():\n"
    "    from textual.constants import ESCAPE_DELAY\n"
    "print(ESCAPE_DELAY, os.environ.get('ESCDELAY'))\n"
)


@pytest.mark.parametrize(
    ("environment", "printed"),
    [
        ({}, "0.025 None"),
        ({"ESCDELAY": "60"}, "0.06 60"),
        ({"SSH_CONNECTION": "192.0.2.1 50000 192.0.2.2 22"}, "0.1 None"),
        ({"SSH_TTY": "/dev/pts/1"}, "0.1 None"),
    ],
)
def test_esc_is_answered_soon_but_not_over_a_network(environment: dict[str, str], printed: str) -> None:
    plain = {key: value for key, value in os.environ.items() if key not in {"ESCDELAY", "SSH_CONNECTION", "SSH_TTY"}}
    told = subprocess.run(
        [sys.executable, "-c", _ASKED], env=plain | environment, capture_output=True, text=True, check=True
    )
    assert told.stdout.strip() == printed
