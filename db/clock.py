"""The only source of the present time, so that tests can set it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta


def utc_now() -> str:
    """Return the present time as ISO 8601 in UTC, to the microsecond; sorts as text."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


def local_now() -> datetime:
    """Return the present time in the machine's time zone."""
    return datetime.fromisoformat(utc_now()).astimezone()


def just_after(moment: str) -> str:
    """Return an ISO time one microsecond later; empty for an empty one."""
    if not moment:
        return ""
    return (datetime.fromisoformat(moment) + timedelta(microseconds=1)).isoformat(timespec="microseconds")


def not_before(moment: str) -> str:
    """Return the present time, or just after `moment` if the clock was set back: later writes must not look earlier."""
    return max(utc_now(), just_after(moment))
