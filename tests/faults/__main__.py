"""`python -m tests.faults N [SEED]`: kill N times, each kind in turn, and print a table."""

from __future__ import annotations

import random
import sys
import tempfile
from collections import Counter
from pathlib import Path

from tests.faults.scenes import SCENES, LostError, clear_templates, kill_once


def main(number: int, seed: int) -> int:
    kills: Counter[str] = Counter()
    answered: Counter[str] = Counter()
    lost: Counter[str] = Counter()
    scenes = list(SCENES)
    for turn in range(number):
        scene = scenes[turn % len(scenes)]
        with tempfile.TemporaryDirectory(prefix="serge-fault-") as folder:
            kills[scene] += 1
            try:
                answered[scene] += kill_once(scene, Path(folder), random.Random(f"{seed}.{turn}"))
            except LostError as error:
                lost[scene] += 1
                print(f"{scene}, turn {turn} of seed {seed}: {error}", file=sys.stderr)
    clear_templates()
    print(f"{'killed while':<14}{'kills':>7}{'lines answered':>16}{'survived':>10}{'lost':>6}")
    for scene in scenes:
        print(f"{scene:<14}{kills[scene]:>7}{answered[scene]:>16,}{kills[scene] - lost[scene]:>10}{lost[scene]:>6}")
    total, gone = sum(kills.values()), sum(lost.values())
    print(f"{'all':<14}{total:>7}{sum(answered.values()):>16,}{total - gone:>10}{gone:>6}")
    return 1 if gone else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 70, int(sys.argv[2]) if len(sys.argv) > 2 else 1))
