"""Listeners hear of an event once each, in the order they joined."""

from __future__ import annotations

import pytest

from serge_tui.listeners import Listeners


def test_each_listener_is_told_once_in_the_order_they_joined() -> None:
    heard: list[tuple[str, int]] = []
    moved: Listeners[[int]] = Listeners()
    moved.add(lambda line: heard.append(("first", line)))
    moved.add(lambda line: heard.append(("second", line)))
    moved(7)
    assert heard == [("first", 7), ("second", 7)]


def test_the_same_listener_twice_is_refused() -> None:
    heard: list[int] = []
    moved: Listeners[[int]] = Listeners()
    moved.add(heard.append)
    with pytest.raises(ValueError, match="listens already"):
        moved.add(heard.append)
    moved(1)
    assert heard == [1]
