"""The study pack of the checkout, read once a process."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from db.pack import Pack


@cache
def study_pack() -> Pack:
    """Return the study pack; its lists are shared by all tests, so a test that changes one copies it first."""
    from import_scripts.pack import load_pack

    return load_pack()
