"""Fixtures shared by the tests of the importers."""

from __future__ import annotations

import tomllib
from functools import cache
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from import_scripts.pack import load

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session", autouse=True)
def content_parsed_once() -> Iterator[None]:
    """Parse each file of the study pack once a session, as long as its text is the same.

    About fifty tests change one of its 470 files and load all; the loader only reads what was parsed.
    """
    parse_once = SimpleNamespace(loads=cache(tomllib.loads), TOMLDecodeError=tomllib.TOMLDecodeError)
    with pytest.MonkeyPatch.context() as patches:
        patches.setattr(load, "tomllib", parse_once)
        yield
