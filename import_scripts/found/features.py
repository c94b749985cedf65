"""What is counted of a sentence to tell whether it describes a person.

Each feature has a prior: what one would expect of it before any label is read. Fitting moves a weight away from its
prior only as far as the labels ask for it, so that a few hundred labelled sentences are enough.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from import_scripts.found.book import ReadChapter
    from import_scripts.found.scene import SceneSentence
    from import_scripts.found.words import Lexicon

    Put = Callable[[str, float], None]

_TOKEN: Final = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*|\d+|[,;?]")
DESCRIBING: Final = frozenset({"body", "looks", "dress", "bearing", "character", "verdict", "life"})
_PERSONAL: Final = frozenset({"body", "looks", "dress", "bearing", "character"})
PRIORS: Final[dict[str, float]] = {
    "bias": -4.2,
    "body": 0.5, "looks": 0.7, "dress": 0.4, "bearing": 0.4, "character": 0.9, "verdict": 0.5, "life": 0.1,
    "profession": 0.1, "likeness": 0.2, "habit": 0.4, "degree": 0.4, "event": -0.5, "speech": -0.4, "reported": -0.5,
    "act": -0.4, "praise": 0.3, "contrast": 0.1, "quality": 0.5, "adjective": 0.2, "manner": 0.2,
    "has_body": 0.3, "has_looks": 0.3, "has_character": 0.4, "has_verdict": 0.2, "has_event": -0.3,
    "has_reported": -0.3,
    "body_and_looks": 0.6, "owned_body": 0.3, "described": 1.0, "copula": 0.2, "subject_is": 0.5, "with_phrase": 0.5,
    "a_man_of": 0.8, "commas": 0.3, "length": 0.1, "short": -0.4, "long": -0.2, "narrator": -0.4,
    "narrator_first": -0.6,
    "they": -0.4, "they_first": -0.6, "numbers": -0.3, "quoted": -1.2, "question": -0.6, "subject": 0.4, "pronoun": 0.3,
    "named": 0.1, "kin": 0.2, "role": 0.0, "ambiguous": -0.4, "names": -0.4, "apposition": 0.5, "adjective_first": 0.4,
    "semicolon": 0.2, "capitals": -1.0, "density": 3.0, "kinds_met": 0.4, "past_habit": 0.5, "possessed": 0.4,
    "looks_run": 0.3, "listed": 0.3, "second_name": -0.2, "introduced": 0.4, "verbless": 0.2,
    "subject_late": -0.3, "oblique": -0.6, "possessive_other": -0.6,
    "predicate": 0.6, "superlative": 0.5, "impression": 0.6, "comparison": 0.4, "whose": 0.3,
    "does": -0.3, "heart": 0.3,
    "density_before": 1.0, "density_after": 1.0, "density_around": 1.5,
}  # fmt: skip
"""The features and their priors, in the order of the weights."""
NAMES: Final = tuple(PRIORS)
_KINDS: Final = (
    "body", "looks", "dress", "bearing", "character", "verdict", "life", "profession", "likeness", "habit", "degree",
    "event", "speech", "reported", "act", "praise", "contrast", "quality", "adjective", "manner",
)  # fmt: skip
_HAS: Final = ("body", "looks", "character", "verdict", "event", "reported")
_PLACE: Final = {name: number for number, name in enumerate(NAMES)}


def features(
    text: str, scene: SceneSentence, words: Lexicon, quoted: Sequence[tuple[int, int]], *, introduced: bool = False
) -> list[float]:
    """Return the features of a sentence in the order of `NAMES`; what is quoted in it is not counted.

    Counts are damped, so that long sentences do not win by their length. `quoted` are the quotations that touch it.
    """
    start, end = scene.sentence.start, scene.sentence.end
    inside = sum(max(0, min(end, b) - max(start, a)) for a, b in quoted)
    if 0 < inside < 0.9 * (end - start):
        found = [
            token.group()
            for token in _TOKEN.finditer(text, start, end)
            if not any(a <= token.start() < b for a, b in quoted)
        ]
    else:
        found = _TOKEN.findall(text, start, end)
    plain = [word.lower() for word in found if word[0].isalpha()]
    table = words.table
    kinds = [table[word] for word in plain]
    grammar = words.grammar
    total = max(1, len(plain))
    values = [0.0] * len(NAMES)

    def put(name: str, value: float) -> None:
        values[_PLACE[name]] = value

    counts: dict[str, int] = {}
    describing = run = longest = 0
    for here in kinds:
        if not here:
            run = 0
            continue
        for kind in here:
            counts[kind] = counts.get(kind, 0) + 1
        describing += not here.isdisjoint(_PERSONAL)
        run = 0 if here.isdisjoint({"looks", "character", "degree"}) else run + 1
        longest = max(longest, run)
    put("bias", 1.0)
    for kind in _KINDS:
        put(kind, math.log1p(counts.get(kind, 0)))
    for kind in _HAS:
        put(f"has_{kind}", float(kind in counts))
    _put_phrases(put, kinds)
    first = plain[0] if plain else ""
    put("copula", math.log1p(counts.get("=copula", 0)))
    put("a_man_of", float("=a_man_of" in counts and _a_man_of(plain, kinds, grammar["article"])))
    put("commas", math.log1p(found.count(",")))
    put("semicolon", float(";" in found))
    put("question", float("?" in found))
    put("numbers", float(any(word.isdigit() for word in found)))
    put("length", math.log(total))
    put("short", float(total < 8))
    put("long", float(total > 45))
    put("narrator", math.log1p(counts.get("=narrator", 0)))
    put("narrator_first", float(first in grammar["narrator"]))
    put("they", math.log1p(counts.get("=they", 0)))
    put("they_first", float(first in grammar["they"]))
    put("quoted", inside / max(1, end - start))
    put("ambiguous", float(scene.ambiguous or (scene.subject is not None and not scene.subject.sure)))
    named = {id(meant.who) for meant in scene.meant if meant.who.person}
    put("names", math.log1p(len(named)))
    put("second_name", float(len(named) > 1))
    put("adjective_first", float(bool(kinds) and not kinds[0].isdisjoint({"looks", "character"})))
    put("capitals", sum(word[0].isupper() for word in found[1:]) / total)
    put("density", describing / total)
    put("kinds_met", float(sum(kind in counts for kind in ("body", "looks", "dress", "bearing", "character", "life"))))
    put("past_habit", float("=habit" in counts))
    put("looks_run", float(min(4, longest)))
    put("listed", float("," in found and words.listed.search(text, start, end) is not None))
    put("introduced", float(introduced))
    for name, pattern in words.anywhere.items():
        put(name, float(pattern.search(text, start, end) is not None))
    put("verbless", float("=copula" not in counts and "act" not in counts))
    if scene.subject is not None:
        _put_subject(put, text, scene, words)
    return values


def _put_subject(put: Put, text: str, scene: SceneSentence, words: Lexicon) -> None:
    subject = scene.subject
    if subject is None:
        return
    after = text[subject.end : min(scene.sentence.end, subject.end + 60)].lower()
    before = text[scene.sentence.start : subject.start]
    put("subject", 1.0)
    put("subject_late", math.log1p(before.count(" ")))
    put("oblique", float(words.oblique.search(before) is not None))
    if subject.how == "pronoun" and text[subject.start : subject.end].lower() in words.grammar["possessive"]:
        following = [word.lower() for word in re.findall(r"[^\W\d_]+", after)[:3]]
        put("possessive_other", float(not any(words.kinds_of(word) & DESCRIBING for word in following)))
    put("pronoun", float(subject.how == "pronoun"))
    put("named", float(subject.how in {"surname", "full", "given"}))
    put("role", float(subject.who.person is None and not subject.who.own))
    put("kin", float(subject.who.own))
    for name, pattern in words.after_subject.items():
        put(name, float(pattern.match(text, subject.end, scene.sentence.end) is not None))
    verbs = [word.lower() for word in re.findall(r"[^\W\d_]+", after)[:3]]
    put("heart", float(not words.grammar["heart"].isdisjoint(verbs)))
    put("subject_is", float(words.is_after.match(after) is not None))
    put("apposition", float(words.apposed.match(after) is not None))


def _a_man_of(plain: Sequence[str], kinds: Sequence[frozenset[str]], articles: frozenset[str]) -> bool:
    """Whether a sentence speaks of "a tall thin man", "the type of …"."""
    return any(
        "=a_man_of" in here and not articles.isdisjoint(plain[max(0, at - 5) : at]) for at, here in enumerate(kinds)
    )


def _put_phrases(put: Put, kinds: Sequence[frozenset[str]]) -> None:
    """Count what stands together: a part of the body and how it looks, *his face*, *with a beard*, *was tall*."""
    adjacent = owned = possessed = described = 0
    with_phrase = False
    for at, here in enumerate(kinds):
        if not here:
            continue
        if "body" in here:
            adjacent += any("looks" in kinds[near] for near in range(max(0, at - 3), min(len(kinds), at + 4)))
            owned += any("=possessive" in kinds[near] for near in range(max(0, at - 4), at))
        if "=possessive" in here:
            possessed += any(not kinds[near].isdisjoint(_PERSONAL) for near in range(at + 1, min(len(kinds), at + 5)))
        elif "=with" in here:
            with_phrase = with_phrase or any(
                not kinds[near].isdisjoint({"body", "looks", "dress", "character"})
                for near in range(at + 1, min(len(kinds), at + 6))
            )
        if "=copula" in here:
            described += any(
                not kinds[near].isdisjoint({"looks", "character", "verdict", "profession"})
                for near in range(at + 1, min(len(kinds), at + 5))
            )
    put("body_and_looks", math.log1p(adjacent))
    put("owned_body", math.log1p(owned))
    put("possessed", math.log1p(possessed))
    put("described", math.log1p(described))
    put("with_phrase", float(with_phrase))


def chapter_features(chapter: ReadChapter, words: Lexicon) -> list[list[float]]:
    """Return the features of every sentence of a chapter; descriptions come in runs, so neighbours count too."""
    met: dict[int, int] = {}
    rows, at = [], 0
    spans = chapter.spans
    for scene in chapter.scenes:
        while at < len(spans) and spans[at][1] <= scene.sentence.start:
            at += 1
        quoted = []
        ahead = at
        while ahead < len(spans) and spans[ahead][0] < scene.sentence.end:
            quoted.append(spans[ahead])
            ahead += 1
        who = id(scene.subject.who) if scene.subject else 0
        met[who] = met.get(who, 0) + 1
        rows.append(features(chapter.text, scene, words, quoted, introduced=bool(who) and met[who] <= 3))
    density = [row[_PLACE["density"]] for row in rows]
    for number, (scene, row) in enumerate(zip(chapter.scenes, rows, strict=True)):
        near = []
        for by, name in ((-1, "density_before"), (1, "density_after"), (-2, ""), (2, "")):
            other = number + by
            if 0 <= other < len(rows) and _goes_on(scene, chapter.scenes[other]):
                near.append(density[other])
                if name:
                    row[_PLACE[name]] = density[other]
        row[_PLACE["density_around"]] = sum(near) / 4
    return rows


def _goes_on(scene: SceneSentence, other: SceneSentence) -> bool:
    """Whether two sentences near each other may be of one person."""
    if abs(other.sentence.paragraph - scene.sentence.paragraph) > 1:
        return False
    return scene.subject is None or other.subject is None or scene.subject.who is other.subject.who
