"""How lives end, as far as the database can say what the reader has been told of it."""

from __future__ import annotations

import json
import re
from itertools import groupby
from typing import TYPE_CHECKING, Final

from db.paper import PAPER_PAGE
from db.text import fold

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable

ENDS_HIDDEN: Final = "fates_sealed"
"""Setting: whether how lives end is hidden until it has been told."""
ENDS_ASKED_FOR: Final = "ends_asked_for"
"""Setting: the figures whose end the reader asked for, by key."""
ENDS_OFFER: Final = "ends_offer"
"""Setting: whether Today still has to offer the new default. A migration sets it where the old one was kept."""

_WORDS: Final = """
    die dies died dying dead death* deadly kill* shot shoot* execut* hang hanged hanging hangs gallows murder* assassin*
    suicid* perish* buried burial* funeral* grave graves graveside tomb* massacr* guillotin* drown* posthum* corpse*
    starv* lynch* obituar* martyr* slain slaughter* liquidat* strangl* poison* disappear* vanish* widow* stabb*
    ashes cremat* epitaph* fusill* mort morte morts mortel* meurt meurent mourut mourir tue tues tuee
    tuer noye* enterr* inhum* obseques muere* muert* muri* morir fusil* asesin* ejecut* ahorcad*
    enterrad* sepult* muore muoiono morto morti mori ucci* fucil* giustizi* impicc* sepolt* starb* gestorben tot tote
    toten tod todes todesurteil* erschoss* ermord* hingericht* umgebracht begraben selbstmord* gehangt
    умер* умир* смерт*
    мертв* погиб* убит* убил* убийств* расстрел* казн* повеш* самоубий* похорон* покойн*
""".split()
"""Words that tell of a death, a star at the end of a beginning, in the languages the Memoirs are read in."""
_TELLING: Final = re.compile(
    r"\b(?:" + "|".join(re.escape(fold(word.rstrip("*"))) + (r"\w*" if word[-1] == "*" else "") for word in _WORDS)
    + r")\b"
)  # fmt: skip
_SENTENCE: Final = re.compile(r"(?<=[.!?…;])\s+|(?<=[.!?…;][”’»\"')\]])\s+")
_BEFORE: Final = 30
"""Characters before a name that can say whose death it is: "the funeral of", "they shot"."""
_AFTER: Final = 240
"""Characters after a name that can belong to its sentence."""


def names_a_death(text: str) -> bool:
    """Return whether a text speaks of a death. It may say yes too often, hardly ever no."""
    return _TELLING.search(fold(text)) is not None


def sentences(text: str) -> list[str]:
    """Split a text into its sentences."""
    return [sentence for sentence in _SENTENCE.split(text) if sentence]


def deaths_told(text: str, names: Iterable[tuple[int, int, str]]) -> set[str]:
    """Return the figures whose death a text may tell, from their names in it (start, end, figure).

    The death has to be spoken of beside the name: after it as far as the next name or the end of the sentence, or in
    the few words before it.
    """
    placed = sorted(names)
    found: set[str] = set()
    for number, (start, end, figure) in enumerate(placed):
        following = next((other for other, _, _ in placed[number + 1 :] if other >= end), len(text))
        preceding = max((stop for _, stop, _ in placed[:number] if stop <= start), default=0)
        before = _SENTENCE.split(text[max(preceding, start - _BEFORE) : start])[-1]
        after = _SENTENCE.split(text[end : min(following, end + _AFTER)])[0]
        if figure not in found and (names_a_death(after) or names_a_death(before)):
            found.add(figure)
    return found


class Ends:
    """What has been told of how lives end."""

    def __init__(self, reader: Callable[[], sqlite3.Connection]) -> None:
        self._reader = reader

    def stamp(self) -> str:
        """Return a value that changes whenever something more may have been told."""
        settings = json.dumps([ENDS_HIDDEN, ENDS_ASKED_FOR, PAPER_PAGE])
        row = (
            self._reader()
            .execute(
                "select (select coalesce(group_concat(name || value), '') from setting"
                "  where name in (select value from json_each(?))),"
                " (select coalesce(sum(characters), 0) || '/' || count(*) from stretch_read),"
                " (select coalesce(max(id), 0) from review),"
                " (select count(*) || coalesce(max(imported_at), '') from edition),"
                " (select count(*) || coalesce(max(created_at), '') from correction),"
                " (select coalesce(max(value), '') from build where name = 'pack')",
                [settings],
            )
            .fetchone()
        )
        return "\n".join(map(str, row))

    def asked_cards(self) -> list[str]:
        """Return the keys of all cards that have ever been answered."""
        return [str(key) for (key,) in self._reader().execute("select distinct card from review where kind = 'answer'")]

    def told_in_what_was_read(self) -> set[str]:
        """Return the figures whose death a passage that has been read may have told."""
        rows = self._reader().execute(
            "select m.edition, m.passage, m.start, m.end, m.figure, p.text from (select c.edition, c.first_passage,"
            " max(s.end_passage * 4294967296 + s.end) as reach from chapter c join stretch_read s"
            " on s.edition = c.edition and s.passage >= c.first_passage and s.passage < c.first_passage + c.passages"
            " group by c.edition, c.ordinal) r"
            " join mention m on m.edition = r.edition"
            " and m.passage between r.first_passage and r.reach / 4294967296"
            " and m.passage * 4294967296 + m.start < r.reach"
            " join passage p on p.edition = m.edition and p.ordinal = m.passage order by 1, 2, 3"
        )
        found: set[str] = set()
        for _, group in groupby(rows, key=lambda row: (row[0], row[1])):
            names = list(group)
            if names_a_death(names[0][5]):
                found |= deaths_told(names[0][5], [(row[2], row[3], row[4]) for row in names])
        return found
