"""`serge doctor --replay`: compare the state of each card with the log of answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from serge_tui.cli.common import open_library, say, say_json
from serge_tui.core.wording import counted

if TYPE_CHECKING:
    from pathlib import Path


def tell_replay(path: Path, *, mend: bool, as_json: bool) -> None:
    """Compare, and store the replayed states where `mend` is set. Raises SystemExit(1) when something differs."""
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
            say("Every card stands as the log says.")
        elif mend:
            say(f"{counted(len(found.different), 'card')} set right.")
    if found.different and not mend:
        raise SystemExit(1)
