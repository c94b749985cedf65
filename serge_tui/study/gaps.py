"""Cloze cards: one gap in a complete sentence or two, where the missing word carries the thought."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from db.text import fold
from serge_tui.study.card import GAP, Card
from serge_tui.study.clauses import STOP_WORDS, Rarity, content_stems, sentences_of, stem, words_of
from serge_tui.study.masking import names

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from db.models import Figure, Quotation

_WORD: Final = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_NOUN: Final = re.compile(
    r"(?:tion|sion|ism|ity|ment|ness|ance|ence|ship|dom|cy|th|phy|our|or|logy|tude|ure|acy|ty|age|ude|rror|err)$"
)
_BEFORE_NOUN: Final = frozenset("a an the of its his their our my this that no in with for and to by from than".split())
_LONGEST: Final = 40


def cloze_cards(quotations: Sequence[Quotation], figures: Mapping[str, Figure], rarity: Rarity) -> Iterator[Card]:
    """One gap for each aphorism that stands by itself."""
    for quotation in quotations:
        text = quotation.text
        whole = text[:1].isupper() or text[:1] in "“‘"
        sentences = sentences_of(text)
        if quotation.kind != "aphorism" or not whole or len(sentences) > 2 or "[" in text:
            continue
        if not 9 <= len(words_of(text)) <= _LONGEST:
            continue
        gap = choose_gap(text, rarity, [figures[key] for key in quotation.about if key in figures])
        if gap is None:
            continue
        start, end = gap
        answer = text[start:end]
        yield Card(
            key=f"cloze/{quotation.key}",
            kind="cloze",
            question="Which word is missing?",
            stimulus=f"{text[:start]}{GAP}{text[end:]}",
            answer=answer,
            context=quotation.topic if stem(fold(answer)) not in content_stems(quotation.topic) else "",
            hints=(f"{answer[0]}… ({len(answer)} letters)",),
            note=text,
            reference=quotation.reference,
            quotation=quotation.key,
            figures=quotation.about,
            chapter=quotation.chapter,
            year=int(quotation.year[:4]) if quotation.year[:4].isdigit() else None,
            siblings=(f"quote:{quotation.key}",),
        )


def choose_gap(text: str, rarity: Rarity, people: Sequence[Figure] = ()) -> tuple[int, int] | None:
    """Offsets of the word to leave out: a noun that carries the thought, late in the text, and stands in it once."""
    best: tuple[float, int, int] | None = None
    tokens = list(_WORD.finditer(text))
    stems = [stem(fold(token[0])) for token in tokens]
    for index, token in enumerate(tokens):
        word = fold(token[0])
        if len(word) < 5 or word in STOP_WORDS or stems.count(stems[index]) > 1:
            continue
        if any(names(token[0], person) for person in people):
            continue
        before = fold(tokens[index - 1][0]) if index else ""
        noun = bool(_NOUN.search(word.removesuffix("s"))) or (index and token[0][0].isupper())
        if not noun and before not in _BEFORE_NOUN:
            continue
        score = 2.0 * index / len(tokens) + (1.5 if noun else 0.0) + 0.2 * min(rarity.of_word(word), 4.0)
        if best is None or score > best[0]:
            best = (score, token.start(), token.end())
    return best[1:] if best else None
