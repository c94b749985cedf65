"""Terms found in the pack's own texts: as written, the longer one first, and nothing that two have."""

from __future__ import annotations

import pytest

from db.dates import HistoricalDate
from db.models import Term, TermAlias
from serge_tui.core.terms_in_text import TermNames


def term(key: str, name: str, *aliases: TermAlias) -> Term:
    unknown = HistoricalDate.parse("unknown")
    return Term(key, "organisation", name, "", "", "", unknown, unknown, "", aliases=aliases)


FINDER = TermNames(
    [
        term("opposition", "Opposition", TermAlias("the bloc", "en")),
        term("workers-opposition", "Workers’ Opposition"),
        term("poum", "POUM", TermAlias("P.O.U.M.", "en"), TermAlias("poumistes", "fr")),
        term("congress", "Tenth Congress", TermAlias("Congress", "en", shared=True)),
        term("one", "Union"),
        term("other", "Union"),
    ]
)


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("The Workers' Opposition is forbidden, the Opposition later.", ("workers-opposition", "opposition")),
        ("He joins the P.O.U.M., and the POUM again.", ("poum",)),
        ("Much opposition, Oppositionists and poumistes.", ()),
        ("A Congress of the Union meets.", ()),
        ("the bloc", ("opposition",)),
        ("", ()),
    ],
)
def test_terms_are_found_as_they_are_written_each_once(text: str, keys: tuple[str, ...]) -> None:
    assert FINDER.found_in(text) == keys
