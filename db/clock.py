"""The one place that asks what time it is, so that tests can set it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta


def utc_now() -> str:
    """Now as ISO 8601 in UTC, to the microsecond; sorts as text."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


def just_after(moment: str) -> str:
    """A microsecond later than an ISO time; empty for none."""
    if not moment:
        return ""
    return (datetime.fromisoformat(moment) + timedelta(microseconds=1)).isoformat(timespec="microseconds")


def not_before(moment: str) -> str:
    """Now, or just after `moment` if the clock was put back: what is written later must not look earlier."""
    return max(utc_now(), just_after(moment))
