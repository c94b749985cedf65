"""Every sentence that the program can show to a person, taken from the source.

`python -m tests.sentences` prints them; with `--accept` it writes them to `tests/fixtures/sentences.txt`, once somebody
has read the new ones. `tests/test_sentences.py` finds what is not in that list, and words this project does not use.
"""

from __future__ import annotations

import ast
import re
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT: Final = Path(__file__).parent.parent
ROOMS: Final = ("serge_tui", "db", "import_scripts")
ACCEPTED: Final = ROOT / "tests" / "fixtures" / "sentences.txt"
_WORDS: Final = re.compile(r"[A-Za-z’']{2,}\S* \S")
_CODE: Final = re.compile(
    # SQL, regular expressions, HTML, styles, lists of words
    r"^\s*(select|insert|update|delete|create|alter|drop|with|pragma|begin|from|where|and|or|order by|group by|join"
    r"|left join|on conflict|values|union|attach)\b|\b(select|where|order by)\b.* (=|from|desc|asc|in)( |$)"
    r"|[\\^|<>]|=['\"]|^(bold|on|not|dim) [$\w]|\$[a-z]+|^[^A-Z….,;:!?()“”’\"'`·]+( [^A-Z….,;:!?()“”’\"'`·]+){5,}$"
    r"|(^| )(= \?|is null|<> '')|^[^.,;:!?…“]+( [^.,;:!?…“ ]+){14,}$",
    re.IGNORECASE | re.DOTALL,
)
_SPACE: Final = re.compile(r"\s+")


@cache
def sentences() -> list[str]:
    """Return all of them, sorted, each once."""
    found: set[str] = set()
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            found.update(_sentences_of(ast.parse(path.read_text(encoding="utf-8"))))
    return sorted(found)


def _sentences_of(tree: ast.Module) -> Iterator[str]:
    silent = set(_docstrings(tree))
    inside: set[ast.AST] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            inside.update(node.values)
            words = "".join(
                part.value if isinstance(part, ast.Constant) and isinstance(part.value, str) else "…"
                for part in node.values
            )
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in inside:
            words = node.value
        else:
            continue
        if node in silent:
            continue
        told = _SPACE.sub(" ", words).strip()
        if _WORDS.search(told) and not _CODE.search(told):
            yield told


def _docstrings(tree: ast.Module) -> Iterator[ast.AST]:
    """Yield strings that stand as statements: docstrings, and the words below a constant or attribute."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield node.value


def accepted() -> list[str]:
    """Return the sentences that have been read."""
    return ACCEPTED.read_text(encoding="utf-8").splitlines()


if __name__ == "__main__":
    if "--accept" in sys.argv:
        ACCEPTED.write_text("\n".join(sentences()) + "\n", encoding="utf-8")
    else:
        print("\n".join(sentences()))
