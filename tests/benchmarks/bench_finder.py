"""A key in the figures box, at 500 and at 10,000 figures, beside plain rapidfuzz and, where it is installed, fzf."""

from __future__ import annotations

import gc
import shutil
import subprocess
from dataclasses import replace
from random import Random
from time import perf_counter
from typing import TYPE_CHECKING

from db.models import Alias
from db.text import fold
from serge_tui.core.name_finder.names import NameFinder
from tests.benchmarks.report import Row, milliseconds
from tests.serge_tui.core.name_finder.pack import load

if TYPE_CHECKING:
    from collections.abc import Iterator

    from db.models import FigureName

TYPED = (
    "zinoviev", "sinowjew", "lev trotsky", "троцкий", "boecharin", "kamnev", "hungarian commissar", "the old man",
    "nikolai ivanovich bukharin", "tukhachevski", "qqqq",
)  # fmt: skip
KEYS = [word[:length] for word in TYPED for length in range(1, len(word) + 1)]
BARS = {500: 16.0, 10_000: 33.0}
"""Milliseconds from the key to the painted list; the finder may use half."""


def rows() -> Iterator[Row]:
    """Measure the index, and every key of some names typed letter by letter."""
    figures, texts = load()
    built = milliseconds(lambda: NameFinder(figures, texts))
    yield Row(f"index of {len(figures)} figures", f"{built:.0f} ms", "", "50 ms", built <= 50)
    for count, bar in BARS.items():
        many, more = _grown(figures, texts, count)
        finder = NameFinder(many, more)
        finder.prepare()
        gc.collect()
        gc.freeze()
        keys = sorted(_timed(finder, key) for key in KEYS)
        gc.unfreeze()
        slow = keys[len(keys) * 95 // 100]
        plain = _wratio(many)
        yield Row(
            f"a key at {count:,} figures, 95 of 100 below", f"{slow:.1f} ms", f"{slow / plain:.2f} x WRatio over all",
            f"{bar / 2:.0f} ms", slow <= bar / 2,
        )  # fmt: skip
        yield Row(f"a key at {count:,} figures, the middle one", f"{keys[len(keys) // 2]:.1f} ms")
        if fzf := shutil.which("fzf"):
            taken = _fzf(fzf, many)
            yield Row(f"fzf --filter on {count:,} figures", f"{taken:.1f} ms", "a process for each key")


def _timed(finder: NameFinder, key: str) -> float:
    start = perf_counter()
    finder.find(key)
    return 1000 * (perf_counter() - start)


def _wratio(figures: list[FigureName]) -> float:
    from rapidfuzz import fuzz, process

    spellings = [fold(text) for figure in figures for text in (figure.name, *(alias.text for alias in figure.aliases))]
    return milliseconds(lambda: process.extract("zinoviev", spellings, scorer=fuzz.WRatio, limit=50))


def _fzf(program: str, figures: list[FigureName]) -> float:
    names = "\n".join(figure.name for figure in figures)
    return milliseconds(
        lambda: subprocess.run([program, "--filter", "zinov"], input=names, text=True, capture_output=True, check=False)
    )


def _grown(figures: list[FigureName], texts: dict[str, str], count: int) -> tuple[list[FigureName], dict[str, str]]:
    """As many figures as asked: the pack's, then made-up people with surnames of syllables."""
    chance = Random(1890)
    syllables = "ba ko ri ve lu sta ne mi do pa zha ge tro fi su ka en or al is".split()
    endings = "ov ev sky in ich enko man ez".split()
    many, more = list(figures), dict(texts)
    for number in range(len(figures), count):
        model = figures[number % len(figures)]
        surname = ("".join(chance.sample(syllables, chance.choice([2, 3]))) + chance.choice(endings)).capitalize()
        given = chance.choice(figures).name.split()[0]
        key = f"{model.key}-{number}"
        aliases = tuple(Alias(alias.text + chance.choice(syllables), alias.kind, False) for alias in model.aliases[:2])
        many.append(
            replace(
                model,
                key=key,
                name=f"{given} {surname}",
                sort_name=f"{surname}, {given}",
                native_name="",
                aliases=aliases,
                mentions=0,
            )
        )
        more[key] = texts[model.key][:600]
    return many, more
