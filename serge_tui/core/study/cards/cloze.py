"""Cloze cards: a sentence with one gap, at the word that is the point of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from db.text import fold
from serge_tui.core.study.card import GAP, Card
from serge_tui.core.study.cards.common import CardSources, placing, year_of
from serge_tui.core.study.cards.gaps import GAPS
from serge_tui.core.study.clauses import STOP_WORDS, content_stems, sentences_of, stem, words_of
from serge_tui.core.study.masking import names

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from db.models import Figure

_WORD: Final = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_NOUN: Final = re.compile(
    r"(?:tion|sion|ism|ity|ment|ness|ance|ence|ship|dom|cy|th|phy|our|logy|tude|ure|acy|ty|age|rror|ory|ey|feit)s?$"
)
_BEFORE_NOUN: Final = frozenset(
    "a an the of his its their our my this that no in with for by from many without".split()
)
_LEANS_BACK: Final = re.compile(
    r"^(?:But|Yet|And|This|These|Those|Others|That|At the same time|You find|What followed|Such|In this|He|She|It)\b"
    r"|\b(?:these|this same|such) "
)
_PALE: Final = frozenset(
    """abilities absence arguments author case circumstances condition conditions environment existence fact first
    future generation heads kind life matter mind name nature number ones part past people period point
    possession possibilities possibility power present process question reason regard respect role sake sense
    situation sort state style system task tendency term terms thing things time times transformation view way
    ways word work works world year years""".split()
)
"""Words that others could replace: nobody should have to remember them."""
_LONGEST: Final = 32
_NEAR_THE_END: Final = 4


def cloze_cards(sources: CardSources) -> Iterator[Card]:
    """Make one gap in each aphorism that can be understood alone, except in our own translations.

    The gap is the word chosen by hand (`gaps`), or the one that a rule finds; a gap of a rule stays where it is.
    """
    for quotation in sources.quotations:
        text = quotation.text
        if quotation.kind != "aphorism" or quotation.own_translation:
            continue
        gap = choose_gap(text, sources.people(quotation.about)) if stands_alone(text) else None
        also: tuple[str, ...] = ()
        if quotation.key in GAPS:
            word, *others = GAPS[quotation.key]
            gap = gap or gap_of(text, word)
            also = tuple(others) if gap is not None and text[slice(*gap)] == word else ()
        if gap is None:
            continue
        start, end = gap
        answer = text[start:end]
        topic = quotation.topic if stem(fold(answer)) not in content_stems(quotation.topic) else ""
        topic = placing(topic, f"{text[:start]} {text[end:]}")
        yield Card(
            key=f"cloze/{quotation.key}",
            kind="cloze",
            question="Which word is missing?",
            stimulus=f"{text[:start]}{GAP}{text[end:]}",
            answer=answer,
            context=topic,
            hints=(f"{answer[0]}… ({len(answer)} letters)",),
            note=text,
            reference=quotation.reference,
            quotation=quotation.key,
            figures=quotation.about,
            chapter=quotation.chapter,
            year=year_of(quotation),
            siblings=(f"quote:{quotation.key}",),
            accepted=also,
        )


def gap_of(text: str, word: str) -> tuple[int, int] | None:
    """Return the offsets of a word in a text; None if it is not there, or there more than once."""
    found = [match.span() for match in re.finditer(rf"(?<![\w-]){re.escape(word)}(?![\w-])", text)]
    return found[0] if len(found) == 1 else None


def stands_alone(text: str) -> bool:
    """Return whether a text can be understood alone: one or two whole sentences that refer to nothing before them."""
    sentences = sentences_of(text)
    return (
        (text[:1].isupper() or text[:1] in "“‘")
        and text.rstrip("”’")[-1:] in ".!?"
        and len(sentences) <= 2
        and "[" not in text
        and 8 <= len(words_of(text)) <= _LONGEST
        and not _LEANS_BACK.search(text)
    )


def choose_gap(text: str, people: Sequence[Figure] = ()) -> tuple[int, int] | None:
    """Return the offsets of the word to leave out: the noun the text ends on, if it occurs only once; or None."""
    tokens = list(_WORD.finditer(text))
    stems = [stem(fold(token[0])) for token in tokens]
    content = [at for at, token in enumerate(tokens) if fold(token[0]) not in STOP_WORDS]
    best: tuple[float, int, int] | None = None
    for place, at in enumerate(content[-_NEAR_THE_END:]):
        token, word = tokens[at], fold(tokens[at][0])
        if len(word) < 4 or word in _PALE or stems.count(stems[at]) > 1 or word.endswith(("'s", "ed", "ing", "ly")):
            continue
        if any(names(token[0], person) for person in people):
            continue
        ends = bool(re.match(r"\W*(?:[.!?;:,]|$)", text[token.end() :]))
        proper = token[0][0].isupper() and at > 0
        noun = bool(_NOUN.search(word)) or proper or fold(tokens[at - 1][0] if at else "") in _BEFORE_NOUN
        if not (noun and (ends or proper)):
            continue
        score = place + 2.0 * ends + 1.0 * bool(_NOUN.search(word)) + 1.0 * proper
        if best is None or score > best[0]:
            best = (score, token.start(), token.end())
    return best[1:] if best else None
