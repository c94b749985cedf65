"""`python -m tests.faults N [SEED]`: kill and damage N times, each kind in turn, and print a table."""

from __future__ import annotations

import random
import sys
import tempfile
from collections import Counter
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from db.errors import SergeError
from tests.faults.damage import DAMAGES, OTHERS, WAYS, DamageError, clear_template, damage_once
from tests.faults.scenes import SCENES, LostError, clear_templates, kill_once

if TYPE_CHECKING:
    from collections.abc import Callable

    Round = Callable[[Path, random.Random], int]


def kinds() -> dict[str, Round]:
    """Every kind of round by its name."""
    found: dict[str, Round] = {f"killed while {scene}": partial(kill_once, scene) for scene in SCENES}
    found |= OTHERS
    for kind in DAMAGES:
        for way in WAYS:
            found[f"{kind}: {way}"] = partial(damage_once, kind, way)
    return found


def main(number: int, seed: int) -> int:
    """Run so many rounds; return 1 if anything was lost."""
    rounds: Counter[str] = Counter()
    words: Counter[str] = Counter()
    lost: Counter[str] = Counter()
    every = kinds()
    names = list(every)
    for turn in range(number):
        name = names[turn % len(names)]
        with tempfile.TemporaryDirectory(prefix="serge-fault-") as folder:
            rounds[name] += 1
            try:
                words[name] += every[name](Path(folder), random.Random(f"{seed}.{turn}"))
            except (LostError, DamageError, SergeError) as error:
                lost[name] += 1
                print(f"{name}, turn {turn} of seed {seed}: {error}", file=sys.stderr)
    clear_templates()
    clear_template()
    print(f"{'':<44}{'rounds':>7}{'words':>10}{'survived':>10}{'lost':>6}")
    for name in names:
        print(f"{name:<44}{rounds[name]:>7}{words[name]:>10,}{rounds[name] - lost[name]:>10}{lost[name]:>6}")
    total, gone = sum(rounds.values()), sum(lost.values())
    print(f"{'all':<44}{total:>7}{sum(words.values()):>10,}{total - gone:>10}{gone:>6}")
    return 1 if gone else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 120, int(sys.argv[2]) if len(sys.argv) > 2 else 1))
