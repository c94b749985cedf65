"""The fixed vocabularies of the study pack; `docs/content.md` explains each word."""

from __future__ import annotations

from typing import Final

ALIAS_KINDS: Final = frozenset("spelling full birth married party pen cover nickname initials surname".split())
TIE_TITLES: Final = {
    "parent": "child", "child": "parent", "superior": "subordinate", "subordinate": "superior",
    "teacher": "pupil", "pupil": "teacher", "killer": "victim", "victim": "killer",
    "namesake": "not to be confused with",
}  # fmt: skip
"""A tie says what this figure is to the other; a page says what the other is to this one."""
TELLING_TIES: Final = frozenset({"killer", "victim"})
"""Ties that tell how somebody ended."""
FATES: Final = {
    "natural": "natural death",
    "shot": "shot",
    "killed-in-fighting": "killed in fighting",
    "murdered": "murdered",
    "suicide": "suicide",
    "camp-or-prison": "died in camp or prison",
    "executed-by-nazis": "executed by the Nazis",
    "executed": "executed",
    "exile": "died in exile",
    "disappeared": "disappeared",
    "unknown": "unknown",
}
MOVEMENTS: Final = frozenset(
    """anarchist anarchist-individualist anarcho-syndicalist anti-colonialist anti-militarist anti-stalinist-left
    antifascist arts-and-letters bolshevik cheka-gpu christian comintern communist democratic-centralist far-right
    fellow-traveller feminist freethought illegalist kronstadt-1921 left-communist left-opposition left-sr
    makhnovist menshevik nationalist orenburg-deportee pacifist peoples-will political-red-cross poum
    provisional-government red-army republican rescue-network resistance revolutionary-syndicalist right-opposition
    scholar serge-family social-democrat socialist socialist-revolutionary soviet-diplomacy stalinist surrealist
    trotskyist tsarist white workers-opposition zinovievist""".split()
)
NATIONALITIES: Final = frozenset(
    """American Armenian Austrian Belarusian Belgian British Bulgarian Catalan Chinese Croatian Cuban Czech Danish
    Dutch Estonian Finnish French Georgian German Greek Hungarian Indian Italian Jewish Latvian Lithuanian Mexican
    Norwegian Polish Romanian Russian Serbian Spanish Stateless Swedish Swiss Turkish Ukrainian Vietnamese""".split()
)
TIE_INVERSES: Final = {
    "parent": "child",
    "child": "parent",
    "superior": "subordinate",
    "subordinate": "superior",
    "teacher": "pupil",
    "pupil": "teacher",
    "killer": "victim",
    "victim": "killer",
    **{kind: kind for kind in "spouse partner sibling kin comrade friend ally opponent namesake".split()},
}
TAKEN_AWAY: Final = "-"
"""The note of a tie the reader takes away."""
QUOTATION_KINDS: Final = ("portrait", "said", "exchange", "aphorism", "narrative")
EVENT_KINDS: Final = ("life", "history")
UNCHECKED: Final = "From general knowledge, not checked against a source."
"""In the doubt of a term or membership: nobody opened a source for it."""
TERM_KINDS: Final = ("term", "organisation", "place")
TERM_LANGUAGES: Final = ("en", "fr", "es", "it", "de", "ru")
SEXES: Final = frozenset("mf")
CONFIDENCES: Final = ("high", "medium", "low")
IN_MEMOIRS: Final = ("seen", "likely", "context")
MAX_QUOTATION_WORDS: Final = 45
MAX_ONE_LINE: Final = 90
