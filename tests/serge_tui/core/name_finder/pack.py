"""The study pack as the finder sees it, read straight from its files: for the yardstick and its tests."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

from db.dates import HistoricalDate
from db.models import Alias, FigureName

CONTENT = Path(__file__).resolve().parents[4] / "db" / "content"
_LINK = re.compile(r"figure:([a-z0-9-]+)")


def load(content: Path = CONTENT) -> tuple[list[FigureName], dict[str, str]]:
    """Names of all figures, with how often the pack speaks of each, and their texts."""
    files = {path.stem: tomllib.loads(path.read_text("utf-8")) for path in sorted(content.glob("figures/*.toml"))}
    spoken = _mentions(content)
    portraits: dict[str, list[str]] = {}
    for path in sorted(content.glob("quotations/*.toml")):
        for quotation in tomllib.loads(path.read_text("utf-8")).values():
            for key in quotation.get("about", []):
                portraits.setdefault(key, []).append(quotation["text"])
    unknown = HistoricalDate.parse("unknown")
    names = [
        FigureName(
            key=key,
            name=record["name"],
            sort_name=record["sort"],
            native_name=record.get("native", ""),
            one_line=record.get("one_line", ""),
            born=unknown,
            died=unknown,
            aliases=tuple(
                Alias(alias["text"], alias["kind"], bool(alias.get("shared"))) for alias in record.get("alias", [])
            ),
            mentions=spoken[key],
        )
        for key, record in files.items()
    ]
    texts = {key: _text(record, portraits.get(key, [])) for key, record in files.items()}
    return names, texts


def _text(record: dict[str, Any], portraits: list[str]) -> str:
    parts = [
        record.get("one_line", ""),
        ", ".join([*record.get("roles", []), *record.get("nationality", []), *record.get("movements", [])]),
        record.get("life", ""),
        record.get("serge", ""),
        *portraits,
    ]
    return "\n".join(part.strip() for part in parts if part.strip())


def _mentions(content: Path) -> Counter[str]:
    spoken: Counter[str] = Counter()
    for path in sorted(content.rglob("*.md")):
        spoken.update(_LINK.findall(path.read_text("utf-8")))
    for path in sorted(content.rglob("*.toml")):
        spoken.update(re.findall(r'"([a-z0-9-]+)"', path.read_text("utf-8")))
    return spoken
