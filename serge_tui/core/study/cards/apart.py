"""Side-by-side cards on people whose names are easily taken for each other, before they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from serge_tui.core.study.card import GAP, Card
from serge_tui.core.study.cards.lines import offered
from serge_tui.core.study.chronology import shuffled
from serge_tui.core.study.clauses import content_stems
from serge_tui.core.study.masking import mask

if TYPE_CHECKING:
    from collections.abc import Iterator

    from db.models import Figure
    from serge_tui.core.study.cards.common import CardSources

_PAIRS: Final = (
    ("antonov-ovseenko", "antonov-tambov"), ("boris-eltsin", "viktor-eltsin"),
    ("bordiga", "borghi"), ("bogdanov", "beloborodov"), ("brandler", "breitscheid"), ("bukharin", "bubnov"),
    ("dan", "daumig"), ("gorkin", "gorky"),
    ("ivanov", "ivanov-razumnik"), ("kalinin", "kamenev"),
    ("kamenev", "kamkov"), ("karpov", "kamkov"), ("krestinsky", "krivitsky"), ("kuchin", "kuzmin"),
    ("landau", "landler"), ("kozlovsky", "lozovsky"), ("lev-kibalchich", "nikolai-kibalchich"),
    ("magdeleine-paz", "maurice-paz"), ("malraux", "maurin"), ("martinet", "martov"), ("mesnil", "monatte"),
    ("maslow", "maximov"), ("nikolaev", "nikolaevsky"), ("pankratov", "panyushkin"), ("piatakov", "preobrazhensky"),
    ("radek", "rakovsky"), ("raskolnikov", "rakovsky"), ("reiss", "reissner"),
    ("riazanov", "riutin"), ("rosenthal", "rosmer"), ("rubin", "rutkovsky"),
    ("serebriakov", "sapronov"),
    ("sokolnikov", "sosnovsky"), ("thalheimer", "thalmann"), ("tresca", "treint"),
     ("wolf", "wullens"),
    ("yagoda", "yezhov"), ("yakovin", "yarchuk"), ("zinoviev", "zorin"),
    ("rolland", "roland-holst"),
    ("blum", "blumkin"), ("mandelstam", "manuilsky"), ("pasternak", "pascal"),
)  # fmt: skip
"""Two people whose names begin, end or sound alike, by key."""


def apart_cards(sources: CardSources) -> Iterator[Card]:
    """Ask which of two people with like names is which, by what they were."""
    for pair in _PAIRS:
        one, other = (sources.by_key.get(key) for key in pair)
        if one is None or other is None or "context" in (one.in_memoirs, other.in_memoirs):
            continue
        key = f"apart/{one.key}+{other.key}"
        by_key = {one.key: one, other.key: other}
        order = [by_key[name] for name in shuffled([one.key, other.key], key)]
        lines = [_line(figure, (one, other)) for figure in order]
        if not all(lines):
            continue
        yield Card(
            key=key,
            kind="apart",
            question=f"One is {one.name}, the other {other.name}: which is which?",
            stimulus="\n".join(f"{letter}. {line}" for letter, line in zip("AB", lines, strict=True)),
            answer="\n".join(f"{letter}. {figure.name}" for letter, figure in zip("AB", order, strict=True)),
            figures=(one.key, other.key),
            chapter=max((*one.chapters, *other.chapters), default=None),
            siblings=(f"line:{one.key}", f"line:{other.key}"),
            offered="read" if "read" in (offered(one, sources), offered(other, sources)) else "always",
        )


def _line(figure: Figure, both: tuple[Figure, Figure]) -> str:
    line = mask(figure.one_line, both)
    return line if GAP not in line and len(content_stems(line)) > 1 else ""
