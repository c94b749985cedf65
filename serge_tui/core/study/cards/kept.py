"""Cards of earlier versions, made again as long as the study pack allows, because readers may be studying them.

The key of a card made from several records consists of their keys. Without these lists, a person or event added to the
study pack would lead to other combinations, and readers would lose the cards they have learnt.
"""

from __future__ import annotations

from typing import Final

EARLIER_TRIOS: Final = (
    ("anchor-square", "lenin-dies", "sofia-cathedral"),
    ("arrested-1912", "released-from-melun", "barcelona-rising-fails"),
    ("arrested-1917", "comintern-office", "last-night-of-the-death-penalty"),
    ("barcelona-printer", "offer-of-mediation", "ruhr-occupied"),
    ("barcelona-rising-fails", "petropavlovsk-resolution", "rapallo"),
    ("comintern-founded", "kronstadt-assault", "rapallo"),
    ("ferrer-protest", "liabeuf-riots", "arrested-1912"),
    ("garnier-and-valet-killed", "trial-of-the-gang", "released-from-melun"),
    ("hamburg-rising", "leningrad-broken", "istrati-sets-out"),
    ("hitler-chancellor", "writers-congress", "meets-krivitsky"),
    ("hitler-stalin-pact", "trotsky-murdered", "germany-invades"),
    ("jeannine-born", "tukhachevsky-shot", "meets-krivitsky"),
    ("kirov-killed", "third-moscow-trial", "trotsky-murdered"),
    ("kronstadt-assault", "to-vienna", "leningrad-broken"),
    ("leningrad-march-past", "political-testament", "deported-to-orenburg"),
    ("liabeuf-riots", "rue-ordener", "bonnot-killed"),
    ("lie-about-kronstadt", "lenin-dies", "yesenin-dies"),
    ("may-days", "villa-air-bel", "krivitsky-dies"),
    ("mayakovsky-dies", "jeannine-born", "writers-congress"),
    ("october-revolution", "gumilev-shot", "ruhr-occupied"),
    ("offer-of-mediation", "gumilev-shot", "sofia-cathedral"),
    ("petrograd-saved", "kropotkin-funeral", "rathenau-murdered"),
    ("prisoner-exchange", "anchor-square", "rathenau-murdered"),
    ("sails-from-marseille", "reaches-mexico", "tresca-murdered"),
    ("sedov-dies", "sails-from-marseille", "reaches-mexico"),
    ("spanish-civil-war", "may-days", "third-moscow-trial"),
    ("to-vienna", "istrati-sets-out", "smirnov-capitulates"),
    ("trial-of-the-gang", "arrested-1917", "prisoner-exchange"),
    ("trotsky-to-alma-ata", "political-testament", "deported-to-orenburg"),
    ("villa-air-bel", "krivitsky-dies", "tresca-murdered"),
    ("yesenin-dies", "trotsky-to-alma-ata", "mayakovsky-dies"),
)
"""Three events that a card puts in order, by key, the earliest first."""

EARLIER_SURVIVORS: Final = {
    "hitler-chancellor": "bakaev",
    "hitler-stalin-pact": "alpari",
    "krivitsky-dies": "martinet",
    "may-days": "radek",
    "smirnov-capitulates": "kamenev",
    "trotsky-murdered": "lozovsky",
    "tukhachevsky-shot": "myasnikov",
}
"""The person who was still alive at an event, by key: the answer of a card."""
