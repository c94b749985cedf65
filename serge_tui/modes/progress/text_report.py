"""Progress as plain lines, for a pipe."""

from __future__ import annotations

from typing import TYPE_CHECKING

from serge_tui.core.charts import bar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from serge_tui.modes.progress.report import Gathered


def plain_lines(gathered: Gathered) -> Iterator[str]:
    """The figures that matter, one a line."""
    learning, reading = gathered.learning, gathered.reading
    counts = learning.counts
    yield f"Read      {reading.share:.0%} of {reading.title}, {reading.minutes:.0f} minutes"
    cards = (f"{counts['due']} due", f"{counts['learning']} being learned", f"{counts['held']} held")
    yield f"Cards     {', '.join(cards)}, {counts['new']} new"
    days = "1 day" if learning.days == 1 else f"{learning.days:,} days"
    yield f"Answers   {learning.answers:,} on {days}, {learning.minutes:.0f} minutes"
    share = learning.retention.share
    known = "nothing asked again yet" if share is None else f"{share:.1%} of {learning.retention.asked} asked again"
    yield f"Retention {known} (target {learning.retention.target:.0%})"
    last = learning.last
    if last is not None and last.young.share is not None:
        mature = f", {last.mature.share:.1%} of {last.mature.asked} mature" if last.mature.share is not None else ""
        yield f"Lately    {last.young.share:.1%} of {last.young.asked} young cards{mature}"
    if last is not None and last.calibration:
        told = ", ".join(f"{tenth.foretold:.0%} was {tenth.known:.0%}" for tenth in last.calibration)
        yield f"Foretold  {told}"
    if len(learning.months) > 1:
        yield f"By month  {', '.join(f'{month.month} {month.share:.0%}' for month in learning.months)}"
    coming = sum(entry.cards for entry in learning.forecast)
    yield f"Coming    {learning.forecast[0].cards} today, {coming:,} within {len(learning.forecast)} days"
    for held in learning.chapters:
        if held.seen:
            title = gathered.chapter_titles.get(int(held.key), "")
            known = f"{bar(held.share, 20)} {held.share:.0%} of " if held.says_enough else ""
            yield f"{int(held.key):>2} {title[:30]:<30} {known}{held.seen} seen"
