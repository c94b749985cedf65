"""Who is let in: requests from this machine's own browser, at our own name, with the token.

A page of any other site can send requests to an address of this machine. But it does not know the token, its browser
names that site as the origin, and a name that was made to lead here (DNS rebinding) is not one of ours.
"""

from __future__ import annotations

import re
import secrets
from typing import Final

_NAMES: Final = frozenset({"127.0.0.1", "localhost", "[::1]"})
_HOST: Final = re.compile(r"(\[[0-9a-f:]+\]|[^:]+)(?::\d{1,5})?", re.IGNORECASE)


def new_token() -> str:
    """Return a token that nobody guesses: 256 random bits."""
    return secrets.token_urlsafe(32)


def is_our_name(host: str) -> bool:
    """Return whether the `Host` of a request names this machine. The port may be another: that of a tunnel."""
    match = _HOST.fullmatch(host)
    return match is not None and match[1].lower() in _NAMES


def is_our_origin(origin: str | None, host: str, *, needed: bool) -> bool:
    """Return whether a request comes from our own page.

    Args:
        origin: The header `Origin`; None if the request has none.
        host: The header `Host` of the same request.
        needed: Whether it must have one: browsers send it with every request for a web socket.
    """
    return not needed if origin is None else origin.lower() == f"http://{host}".lower()


def is_token(given: str, token: str) -> bool:
    """Compare in a time that tells nothing about how much of it is right."""
    return secrets.compare_digest(given.encode(), token.encode())
