"""The reader's own keys, from `keys.toml`: a command's id, then its keys (`"reader.next-person" = "] n, f8"`)."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def load_keymap(path: Path) -> tuple[dict[str, str], list[str]]:
    """Read a key map; gives the keys by command id, and a sentence for each thing that was not understood.

    A missing file is an empty map. Whether an id exists is not known here.
    """
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return {}, []
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        return {}, [f"Your keys in {path} could not be read ({error}); the built-in ones are used."]
    keymap: dict[str, str] = {}
    complaints = []
    for name, keys in data.items():
        if isinstance(keys, str) and keys.strip():
            keymap[name] = keys
        else:
            complaints.append(f'{path}: "{name}" needs its keys as text, such as "f8" or "] n".')
    return keymap, complaints
