"""Check the reader's own keys: unknown ids, and keys given twice in one place."""

from __future__ import annotations

from collections import defaultdict
from difflib import get_close_matches
from itertools import combinations
from typing import TYPE_CHECKING

from serge_tui.commands import Chords, Command
from serge_tui.commands.command import key_label
from serge_tui.commands.keymap import load_keymap
from serge_tui.commands.modes import MODE_ENTRIES
from serge_tui.commands.registry import commands_by_place

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path


def key_faults(path: Path) -> list[str]:
    """Return a sentence for each fault in a key map file."""
    keymap, faults = load_keymap(path)
    return [*faults, *faults_of(keymap)] if keymap else faults


def faults_of(keymap: Mapping[str, str]) -> list[str]:
    """Return a sentence for each unknown id, each key given twice in one place, each chord without its letter."""
    places = commands_by_place()
    known = {command.id: command for commands in places.values() for command in commands}
    faults = [f'keys.toml: "{name}" is no command{_nearest(name, known)}' for name in keymap if name not in known]
    for name, keys in keymap.items():
        if name in known and known[name].keys.endswith(Chords.ANY) and not keys.endswith(Chords.ANY):
            faults.append(f'keys.toml: "{name}" goes on with any character; write "{keys} {Chords.ANY}".')
    return faults + _given_twice(places, keymap)


def _nearest(name: str, known: Iterable[str]) -> str:
    """Return the id probably meant, by its whole name or the part after the full stop."""
    by_last = {one.rpartition(".")[2]: one for one in sorted(known)}
    near = get_close_matches(name, sorted(known), 1)
    near = near or [by_last[last] for last in get_close_matches(name.rpartition(".")[2], by_last, 1)]
    return f'; did you mean "{near[0]}"?' if near else "; `serge keys` lists them."


def _given_twice(places: Mapping[str, tuple[Command, ...]], keymap: Mapping[str, str]) -> list[str]:
    """Return a sentence for each key of the reader's that another command in the same place has too."""
    same: defaultdict[tuple[str, str], dict[str, list[str]]] = defaultdict(dict)
    begun: defaultdict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    for place, commands in places.items():
        for first, other in combinations(commands, 2):
            if first.id == other.id or not (first.id in keymap or other.id in keymap):
                continue
            mine, theirs = set(first.alternatives(keymap)), set(other.alternatives(keymap))
            given, rival = (first.id, other.id) if first.id in keymap else (other.id, first.id)
            # What the program itself gives twice is meant: a box over the page takes what the page would.
            for key in (mine & theirs) - (set(first.alternatives()) & set(other.alternatives())):
                same[key, given].setdefault(rival, []).append(place)
            for one, keys, chorded, chords in ((first, mine, other, theirs), (other, theirs, first, mine)):
                for key in keys & {chord.split(" ")[0] for chord in chords if " " in chord}:
                    begun[key, one.id][chorded.id] = None
    faults = []
    for (key, given), rivals in sorted(same.items()):
        told = ", ".join(f"{rival} ({_where(found)})" for rival, found in rivals.items())
        faults.append(f'keys.toml: "{key_label(key)}" is both {given} and {told}; give one of them another key.')
    for (key, given), begins in sorted(begun.items()):
        first_id, more = next(iter(begins)), len(begins) - 1
        told = f"{first_id} and {more} more" if more else first_id
        faults.append(f'keys.toml: "{key_label(key)}" alone cannot be {given}: it begins the keys of {told}.')
    return faults


def _where(found: list[str]) -> str:
    return "everywhere" if {f"in {entry.title}" for entry in MODE_ENTRIES} <= set(found) else ", ".join(found)
