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


WEAK: Final = {
    "about/agent-in-your-party": "it is said to him, not of him",
    "about/avalanche": "it is said to him, not of him",
    "about/few-hundred-militants": "it is said to him, not of him",
    "about/kollontai-free-love": "too few words",
    "about/peasants-will-take-the-land": "it is said to him, not of him",
    "about/poor-memories": "it is said to him, not of him",
    "about/tormented-by-thirst": "it is said to him, not of him",
    "feature/ciliga-student": "the answer has more than was asked",
    "feature/lenin-gilded-columns": "true of everybody who spoke there",
    "feature/rakovsky-lithe": "two facts in one",
    "feature/reed-cool-idealism": "two facts in one",
    "portrait/boris-eltsin-eyes": "true of others",
    "portrait/bukharin-contempt": "true of others",
    "portrait/doriot-modest": "true of others",
    "portrait/father-geology-and-chemistry": "biography, not a portrait",
    "portrait/gide-scrupulous": "true of others",
    "portrait/gramsci-irony": "true of others",
    "portrait/guilbeaux-failure": "true of others",
    "portrait/konstantinov-they-know": "a third portrait of an obscure man",
    "portrait/konstantinov-whispers": "a third portrait of an obscure man",
    "portrait/lenin-gilded-columns": "true of everybody who spoke there",
    "portrait/lenin-never-a-dictator": "leans on what is not shown",
    "portrait/lukacs-lived-bravely-in-fear": "true of others",
    "portrait/myasnikov-old-bolshevik": "biography, not a portrait",
    "portrait/rakovsky-gallicized": "biography, not a portrait",
    "portrait/rolland-conscience": "true of others",
    "portrait/sedov-technician": "true of others",
    "portrait/trotsky-basically-dictatorial": "leans on what is not shown",
    "portrait/trotsky-organiser-of-victory": "victories are biography, not a portrait",
    "portrait/zinoviev-lurking-irresolution": "leans on what is not shown",
    "who/agent-in-your-party": "the same words as another card",
    "who/gide-visit": "anybody could say it",
    "who/levi-contradictions": "narration, not speech",
    "who/the-swine": "narration, not speech",
}
"""Cards that are no longer offered, with the reason. Who has answered one keeps it, and a deck can ask for it."""
