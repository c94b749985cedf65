"""Run a command's action on the controller it names."""

from __future__ import annotations

from inspect import isawaitable
from typing import TYPE_CHECKING

from textual.actions import parse

if TYPE_CHECKING:
    from collections.abc import Mapping


async def run_on_controller(controllers: Mapping[str, object], action: str) -> None:
    """Run an action such as `people.next(True)`: `action_next(True)` of the controller `people`.

    Raises KeyError or AttributeError if there is no such controller or action, which is a mistake of the program.
    """
    namespace, name, parameters = parse(action)
    result = getattr(controllers[namespace], f"action_{name}")(*parameters)
    if isawaitable(result):
        await result
