"""What is counted of a sentence to tell whether it describes a person."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from import_scripts.found.scene import SceneSentence
    from import_scripts.found.words import Lexicon

_TOKEN: Final = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*|\d+|[,;:!?—]")
KINDS: Final = ("body", "looks", "dress", "bearing", "character", "verdict", "life", "profession", "likeness", "habit", "degree",
                "event", "speech")  # fmt: skip
NAMES: Final = (
    "bias", *KINDS, *(f"has_{kind}" for kind in KINDS),
    "body_and_looks", "owned_body", "copula", "subject_is", "with_phrase", "a_man_of", "commas", "length", "short", "long",
    "narrator", "they", "numbers", "quoted", "questions", "subject", "pronoun", "named", "full_name", "ambiguous",
    "names", "apposition", "begins_with_adjective", "semicolon", "capitals", "density", "kinds_met", "past_habit",
)  # fmt: skip
"""The features, in the order of the weights."""


def features(text: str, scene: SceneSentence, words: Lexicon, quoted: Sequence[tuple[int, int]]) -> list[float]:
    """Return the features of a sentence in the order of `NAMES`; counts are damped, so that long sentences do not win by length."""
    start, end = scene.sentence.start, scene.sentence.end
    tokens = [match.group() for match in _TOKEN.finditer(text, start, end)]
    plain = [token.lower() for token in tokens if token[0].isalpha()]
    total = max(1, len(plain))
    counts = dict.fromkeys(KINDS, 0)
    kinds = [words.kinds_of(word) for word in plain]
    for found in kinds:
        for kind in found:
            if kind in counts:
                counts[kind] += 1
    grammar = words.grammar
    values: dict[str, float] = {"bias": 1.0}
    for kind in KINDS:
        values[kind] = math.log1p(counts[kind])
        values[f"has_{kind}"] = float(counts[kind] > 0)
    adjacent = owned = with_phrase = 0
    for at, found in enumerate(kinds):
        near = kinds[max(0, at - 3) : at + 4]
        if "body" in found and any("looks" in other for other in near):
            adjacent += 1
        if "body" in found and any(word in grammar["he"] | grammar["she"] for word in plain[max(0, at - 4) : at]):
            owned += 1
        if plain[at] in {"with", "avec", "con"} and any(
            other & {"body", "looks", "dress", "character"} for other in kinds[at + 1 : at + 6]
        ):
            with_phrase += 1
    values["body_and_looks"] = math.log1p(adjacent)
    values["owned_body"] = math.log1p(owned)
    values["with_phrase"] = float(with_phrase > 0)
    values["copula"] = math.log1p(sum(word in grammar["copula"] for word in plain))
    subject = scene.subject
    after = text[subject.end : min(end, subject.end + 60)].lower() if subject else ""
    values["subject_is"] = float(re.match(r"\s*,?\s*(?:\w+\s+){0,2}(?:" + "|".join(sorted(grammar["copula"])) + r")\b", after) is not None)
    values["a_man_of"] = float(re.search(grammar_pattern(words), text[start:end].lower()) is not None)
    values["commas"] = math.log1p(tokens.count(","))
    values["semicolon"] = float(";" in tokens)
    values["length"] = math.log(total)
    values["short"] = float(total < 8)
    values["long"] = float(total > 45)
    values["narrator"] = math.log1p(sum(word in grammar["narrator"] for word in plain))
    values["they"] = math.log1p(sum(word in grammar["they"] for word in plain))
    values["numbers"] = float(any(token.isdigit() for token in tokens))
    values["quoted"] = sum(max(0, min(end, b) - max(start, a)) for a, b in quoted) / max(1, end - start)
    values["questions"] = float("?" in tokens)
    values["subject"] = float(subject is not None)
    values["pronoun"] = float(subject is not None and subject.how == "pronoun")
    values["named"] = float(subject is not None and subject.how in {"surname", "full", "given"})
    values["full_name"] = float(subject is not None and subject.how == "full")
    values["ambiguous"] = float(scene.ambiguous or (subject is not None and not subject.sure))
    values["names"] = math.log1p(len({id(meant.who) for meant in scene.meant if meant.who.person}))
    values["apposition"] = float(re.match(r"\s*,\s+(?:an?|the|une?|le|la|el|los)\s", after) is not None)
    first = kinds[0] if kinds else frozenset()
    values["begins_with_adjective"] = float(bool(first & {"looks", "character"}))
    capitals = sum(token[0].isupper() for token in tokens[1:] if token[0].isalpha())
    values["capitals"] = capitals / total
    described = sum(bool(found & {"body", "looks", "dress", "bearing", "character", "verdict"}) for found in kinds)
    values["density"] = described / total
    values["kinds_met"] = float(len({kind for found in kinds for kind in found & {"body", "looks", "dress", "bearing", "character", "life"}}))
    values["past_habit"] = float(re.search(r"\b(?:would|used to)\b", text[start:end].lower()) is not None)
    return [values[name] for name in NAMES]


def grammar_pattern(words: Lexicon) -> str:
    """Return the pattern of "a man of …", "the type of …" in a language."""
    return {
        "en": r"\b(?:an?|the) (?:\w+[ -]){0,4}(?:man|woman|type|kind|sort|fellow|person|soul|figure|model|embodiment|incarnation)\b(?: (?:of|with|who|whose)\b)?",
        "fr": r"\b(?:un|une|le|la) (?:\w+ ){0,3}(?:homme|femme|type|espèce|gaillard|garçon|fille|figure|modèle|incarnation)\b",
        "es": r"\b(?:un|una|el|la) (?:\w+ ){0,3}(?:hombre|mujer|tipo|especie|muchacho|moza?|figura|modelo|encarnación)\b",
    }[words.language]
