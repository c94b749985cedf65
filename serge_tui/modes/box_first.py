"""Screens in which Esc leaves the input box."""

from __future__ import annotations

from typing import ClassVar

from serge_tui.modes.mode_screen import ModeScreen


class BoxFirst(ModeScreen):
    """A mode that sets `ESC_LEAVES_BOX`. Set that instead; this goes with the last mode that inherits it."""

    ESC_LEAVES_BOX: ClassVar[bool] = True
