"""Handlers, actions and workers that show a `SergeError` as its sentence and let the app go on.

Textual ends the app when a handler or a worker raises. What derives from `Careful` does not: its `on_…` and `action_…`
methods are wrapped as its class is made, and `on` and `work` of this module stand for Textual's everywhere in this
package.
"""

from __future__ import annotations

from functools import partial, wraps
from inspect import isawaitable, iscoroutinefunction, isfunction
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar, cast

import textual
from textual.message_pump import MessagePump

from db.errors import SergeError

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.dom import DOMNode
    from textual.message import Message
    from textual.worker import Worker

    from serge_tui.host import Host

F = TypeVar("F", bound="Callable[..., Any]")
N = TypeVar("N", bound="DOMNode")
P = ParamSpec("P")
CALLED_BY_THE_APP = frozenset({"visit", "refresh_data", "settings_changed", "chosen_again"})
"""Methods of screens that the app calls itself."""


def telling(method: F) -> F:
    """Wrap a method of a screen or widget: a `SergeError` is shown, and the method returns None."""
    if iscoroutinefunction(method):

        @wraps(method)
        async def tell_later(node: DOMNode, *args: Any, **kwargs: Any) -> Any:
            try:
                return await method(node, *args, **kwargs)
            except SergeError as error:
                _tell(node, error)

        return cast("F", tell_later)

    @wraps(method)
    def tell(node: DOMNode, *args: Any, **kwargs: Any) -> Any:
        try:
            return method(node, *args, **kwargs)
        except SergeError as error:
            _tell(node, error)

    return cast("F", tell)


async def _call(node: MessagePump, callback: Callable[..., Any], *args: Any, **kwargs: Any) -> None:
    try:
        result = callback(*args, **kwargs)
        if isawaitable(result):
            await result
    except SergeError as error:
        _tell(node, error)


def _tell(node: MessagePump, error: SergeError) -> None:
    # As a message to the app: it may come from a thread, or from a screen that is not in front yet.
    node.app.call_later(cast("Host", node.app).report_failure, error)


class Careful(MessagePump):
    """Mixed into screens and the app: their handlers and actions show a `SergeError` instead of ending the app."""

    def call_after_refresh(self, callback: Callable[..., Any], *args: Any, **kwargs: Any) -> bool:
        """Call something once the screen was drawn."""
        return super().call_after_refresh(partial(_call, self, callback), *args, **kwargs)

    def call_next(self, callback: Callable[..., Any], *args: Any, **kwargs: Any) -> None:
        """Call something after the present message."""
        super().call_next(partial(_call, self, callback), *args, **kwargs)

    def __init_subclass__(cls, *args: Any, **kwargs: Any) -> None:
        super().__init_subclass__(*args, **kwargs)
        for name, method in list(cls.__dict__.items()):
            if isfunction(method) and (name.startswith(("on_", "action_")) or name in CALLED_BY_THE_APP):
                setattr(cls, name, telling(method))


def on(message: type[Message], selector: str | None = None) -> Callable[[F], F]:
    """Make a method the handler of a message, as `textual.on` does; a `SergeError` in it is shown."""

    def make(method: F) -> F:
        return textual.on(message, selector)(telling(method))

    return make


def work(
    *, group: str, thread: bool = False, exclusive: bool = False
) -> Callable[[Callable[Concatenate[N, P], Any]], Callable[Concatenate[N, P], Worker[Any]]]:
    """Run a method in a worker, as `textual.work` does; a `SergeError` in it is shown."""

    def make(method: Callable[Concatenate[N, P], Any]) -> Callable[Concatenate[N, P], Worker[Any]]:
        made = textual.work(group=group, thread=thread, exclusive=exclusive)(telling(method))
        return cast("Callable[Concatenate[N, P], Worker[Any]]", made)

    return make
