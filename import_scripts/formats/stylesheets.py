"""What style sheets say of classes, as far as words look different: italics, bold, small capitals, raised, lowered."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from db.book import SpanStyle

_MOST_CHARACTERS: Final = 2_000_000
_LONGEST_SELECTOR: Final = 300
_LONGEST_RULE: Final = 4_000
_CLASS: Final = re.compile(r"(?:^|[\s,>+~])(?:span|i|b|em|small|p|div|a|sup|sub)?\.([A-Za-z_][\w-]{0,80})$")
_CLASS_ALONE: Final = re.compile(r"(?:[a-z][a-z0-9]*)?\.([A-Za-z_][\w-]{0,80})")
_HIDDEN: Final = re.compile(r"display\s*:\s*none")
_FOR_SOME: Final = re.compile(r"@media[^{}]{0,300}\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
_LOOKS: Final[tuple[tuple[re.Pattern[str], SpanStyle], ...]] = (
    (re.compile(r"font-style\s*:\s*(?:italic|oblique)"), "em"),
    (re.compile(r"font-weight\s*:\s*(?:bold|bolder|[6-9]00)"), "strong"),
    (re.compile(r"font-variant(?:-caps)?\s*:\s*(?:all-)?small-caps"), "smallcaps"),
    (re.compile(r"vertical-align\s*:\s*super"), "super"),
    (re.compile(r"vertical-align\s*:\s*sub\b"), "sub"),
)


def class_styles(sheets: Iterable[str]) -> dict[str, tuple[SpanStyle, ...]]:
    """Return the styles that simple rules (`.name`, `span.name`) set for each class."""
    found: dict[str, tuple[SpanStyle, ...]] = {}
    for sheet in sheets:
        first, *rest = sheet[:_MOST_CHARACTERS].split("/*")
        rules = "".join([first, *(part.partition("*/")[2] for part in rest)])
        for rule in rules.split("}"):
            before, _, declarations = rule.rpartition("{")
            lowered = declarations[:_LONGEST_RULE].lower()
            looks = tuple(style for pattern, style in _LOOKS if pattern.search(lowered))
            if not looks:
                continue
            for selector in before.rpartition("{")[2].split(","):
                if named := _CLASS.search(selector[-_LONGEST_SELECTOR:].rstrip()):
                    found[named[1]] = tuple(dict.fromkeys((*found.get(named[1], ()), *looks)))
    return found


def hidden_classes(sheets: Iterable[str]) -> frozenset[str]:
    """Return the classes that style sheets do not show; rules for some devices only are left out."""
    found: set[str] = set()
    for sheet in sheets:
        if "none" not in sheet:
            continue
        first, *rest = sheet[:_MOST_CHARACTERS].split("/*")
        rules = _FOR_SOME.sub("", "".join([first, *(part.partition("*/")[2] for part in rest)]))
        for rule in rules.split("}"):
            before, _, declarations = rule.rpartition("{")
            if _HIDDEN.search(declarations[:_LONGEST_RULE].lower()):
                selectors = (selector[-_LONGEST_SELECTOR:].strip() for selector in before.rpartition("{")[2].split(","))
                found.update(named[1] for selector in selectors if (named := _CLASS_ALONE.fullmatch(selector)))
    return frozenset(found)
