"""`serge doctor --replay`: compare the state of each card with the log of answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from serge_tui.cli.common import open_library, say, say_json
from serge_tui.core.wording import counted

if TYPE_CHECKING:
    from pathlib import Path


def tell_replay(path: Path, *, mend: bool, as_json: bool) -> None:
    """Compare the cards with the log, and print the differences.

    Args:
        path: The database.
        mend: Store the states computed from the log where they differ.
        as_json: Print JSON.

    Raises:
        SystemExit: Something differs and was not corrected; the exit code is 1.
    """
    from serge_tui.services.replay import compare_with_log

    with open_library(path) as library:
        found = compare_with_log(library)
        if mend and found.different:
            library.study.replace_states(found.replayed[card] for card in found.different).result()
    if as_json:
        say_json({"database": str(path), "cards": found.cards, "answers": found.answers, "different": found.different,
                  "mended": mend and bool(found.different)})  # fmt: skip
    else:
        say(f"{counted(found.answers, 'answer')} replayed over {counted(found.cards, 'card')}.")
        for card, names in found.different.items():
            say(f"  {card}: {', '.join(names)}")
        if not found.different:
            say("Every card agrees with the log.")
        elif mend:
            say(f"{counted(len(found.different), 'card')} corrected.")
    if found.different and not mend:
        raise SystemExit(1)
