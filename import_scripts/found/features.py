"""What is counted of a sentence to tell whether it describes a person."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from import_scripts.found.book import ReadChapter
    from import_scripts.found.scene import SceneSentence
    from import_scripts.found.words import Lexicon

_TOKEN: Final = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*|\d+|[,;:!?—]")
KINDS: Final = ("body", "looks", "dress", "bearing", "character", "verdict", "life", "profession", "likeness", "habit", "degree",
                "event", "speech", "reported", "act", "praise", "contrast")  # fmt: skip
NAMES: Final = (
    "bias", *KINDS, *(f"has_{kind}" for kind in KINDS),
    "body_and_looks", "owned_body", "copula", "subject_is", "with_phrase", "a_man_of", "commas", "length", "short", "long",
    "narrator", "they", "numbers", "quoted", "questions", "subject", "pronoun", "named", "full_name", "ambiguous",
    "names", "apposition", "begins_with_adjective", "semicolon", "capitals", "density", "kinds_met", "past_habit", "role", "kin", "possessed", "negated", "same_paragraph_start", "looks_run", "listed",
    "density_before", "density_after", "same_before", "same_after", "description_before", "description_after",
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
    values["role"] = float(subject is not None and subject.who.person is None and not subject.who.own)
    values["kin"] = float(subject is not None and subject.who.own)
    possessives = {"his", "her", "whose", "son", "sa", "ses", "su", "sus"}
    values["possessed"] = math.log1p(
        sum(word in possessives and any(k & {"body", "character", "dress", "bearing"} for k in kinds[at + 1 : at + 5]) for at, word in enumerate(plain))
    )
    values["negated"] = float(any(word in {"not", "no", "never", "nothing", "without", "pas", "jamais", "nunca", "sin"} for word in plain))
    values["same_paragraph_start"] = float(start == 0 or text[max(0, start - 2) : start].endswith("\n"))
    run = best = 0
    for found in kinds:
        run = run + 1 if found & {"looks", "character", "degree"} else 0
        best = max(best, run)
    values["looks_run"] = float(best)
    values["listed"] = float(len(re.findall(r"\w+(?:-\w+)?, (?:and )?\w+", text[start:end])) > 1)
    return [values.get(name, 0.0) for name in NAMES]


def chapter_features(chapter: ReadChapter, words: Lexicon) -> list[list[float]]:
    """Return the features of every sentence of a chapter; descriptions come in runs, so neighbours count too."""
    rows = [features(chapter.text, scene, words, chapter.spans) for scene in chapter.scenes]
    density, described = NAMES.index("density"), NAMES.index("kinds_met")
    places = {name: NAMES.index(name) for name in NAMES[-6:]}
    for at, (scene, row) in enumerate(zip(chapter.scenes, rows, strict=True)):
        for word, other in (("before", at - 1), ("after", at + 1)):
            if not 0 <= other < len(rows):
                continue
            neighbour = chapter.scenes[other]
            same = (
                scene.subject is not None and neighbour.subject is not None and scene.subject.who is neighbour.subject.who
            ) or not neighbour.meant
            if same and abs(neighbour.sentence.paragraph - scene.sentence.paragraph) <= 1:
                row[places[f"same_{word}"]] = 1.0
                row[places[f"density_{word}"]] = rows[other][density]
                row[places[f"description_{word}"]] = math.log1p(rows[other][described])
    return rows


def grammar_pattern(words: Lexicon) -> str:
    """Return the pattern of "a man of …", "the type of …" in a language."""
    return {
        "en": r"\b(?:an?|the) (?:\w+[ -]){0,4}(?:man|woman|type|kind|sort|fellow|person|soul|figure|model|embodiment|incarnation)\b(?: (?:of|with|who|whose)\b)?",
        "fr": r"\b(?:un|une|le|la) (?:\w+ ){0,3}(?:homme|femme|type|espèce|gaillard|garçon|fille|figure|modèle|incarnation)\b",
        "es": r"\b(?:un|una|el|la) (?:\w+ ){0,3}(?:hombre|mujer|tipo|especie|muchacho|moza?|figura|modelo|encarnación)\b",
    }[words.language]
