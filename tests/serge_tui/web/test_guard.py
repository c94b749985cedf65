"""Who is let in: our own names, our own page, the token."""

from __future__ import annotations

import pytest

from serge_tui.web.guard import is_our_name, is_our_origin, is_token, new_token


@pytest.mark.parametrize(
    ("host", "ours"),
    [
        ("127.0.0.1:8790", True),
        ("127.0.0.1", True),
        ("localhost:9000", True),  # the other end of a tunnel
        ("LOCALHOST:1", True),
        ("[::1]:8790", True),
        ("evil.example", False),
        ("evil.example:8790", False),
        ("127.0.0.1.evil.example", False),
        ("127.0.0.1:8790@evil.example", False),
        ("localhost.evil.example:80", False),
        ("127.0.0.1:port", False),
        ("127.0.0.1:8790\n", False),
        ("[::1", False),
        ("", False),
    ],
)
def test_only_names_of_this_machine_are_ours(host: str, ours: bool) -> None:
    assert is_our_name(host) is ours


@pytest.mark.parametrize(
    ("origin", "needed", "ours"),
    [
        ("http://127.0.0.1:8790", True, True),
        ("http://127.0.0.1:8790", False, True),
        (None, False, True),
        (None, True, False),
        ("null", True, False),  # a file, or a page in a sandbox
        ("http://127.0.0.1:9999", True, False),  # another server of this machine
        ("http://localhost:8790", True, False),
        ("https://127.0.0.1:8790", True, False),
        ("https://evil.example", False, False),
        ("", False, False),
    ],
)
def test_only_our_own_page_is_the_origin(origin: str | None, needed: bool, ours: bool) -> None:
    assert is_our_origin(origin, "127.0.0.1:8790", needed=needed) is ours


def test_a_token_is_long_and_new_each_time_and_only_the_whole_one_is_right() -> None:
    token = new_token()
    assert len(token) >= 43
    assert token != new_token()
    assert is_token(token, token)
    assert not any(is_token(wrong, token) for wrong in ("", token[:-1], token + "a", token.swapcase(), "é"))
