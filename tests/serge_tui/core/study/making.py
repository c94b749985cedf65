"""Records made for tests: only what matters is said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from db.dates import HistoricalDate
from db.models import Alias, CardState, Figure, Quotation, Review
from serge_tui.core.study.card import Card

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.models import Rating


def figure(key: str, name: str = "", *, aliases: Sequence[tuple[str, str]] = (), **rest: Any) -> Figure:
    name = name or key.title()
    values: dict[str, Any] = {
        "native_name": "", "sex": "m", "one_line": "", "life": "", "serge": "", "doubt": "", "in_memoirs": "seen",
        "confidence": "high", "born": HistoricalDate.parse("1880"), "born_place": "", "born_doubt": "",
        "died": HistoricalDate.parse("1938"), "died_place": "", "died_doubt": "", "fate": "shot", "fate_text": "",
    }  # fmt: skip
    sort_name = ", ".join(reversed(name.rsplit(" ", 1))) if " " in name else name
    return Figure(
        key=key,
        name=name,
        sort_name=sort_name,
        aliases=tuple(Alias(text, kind, shared=False) for text, kind in aliases),
        **(values | rest),
    )


def quotation(key: str, text: str, **rest: Any) -> Quotation:
    values: dict[str, Any] = {
        "kind": "said", "speaker": "serge", "speaker_text": "", "topic": "", "to_text": "", "page": "",
        "page_1963": "", "chapter": 4, "chapter_basis": "seen", "omitted_1963": False, "wording": "Sedgwick",
        "year": "", "portrait_of": None, "portrait_order": None, "doubt": "",
    }  # fmt: skip
    return Quotation(key=key, text=text, **(values | rest))


def card(key: str, **rest: Any) -> Card:
    values: dict[str, Any] = {"kind": "who", "question": f"Who is {key}?", "stimulus": "", "answer": "Nobody"}
    return Card(key=key, **(values | rest))


def review(number: int, key: str, rating: Rating, day: str, *, given: str = "", ms: int = 5000) -> Review:
    return Review(number, key, "answer", rating, f"{day}T12:00:00+00:00", day, ms, given)


def state(key: str, *, stability: float = 10.0, due: str = "2024-01-10", last: str = "2024-01-01") -> CardState:
    return CardState(key, stability, 5.0, due, last, answers=3)
