"""Words around names, and words that are names and something else too."""

from __future__ import annotations

import re
from typing import Final

MEN: Final = frozenset(
    """mr mister m monsieur messrs herr herrn senor sr signor don citoyen genosse general marshal admiral colonel
    captain lieutenant major commandant generale general marechal amiral baron count prince tsar czar ataman
    hetman father pere brother camarade господин товарищ генерал адмирал полковник барон граф князь""".split()
)
WOMEN: Final = frozenset(
    """mrs miss ms madame mme mlle mademoiselle frau senora sra signora countess princess mother mere sister citoyenne
    genossin госпожа""".split()
)
TITLES: Final = (MEN | WOMEN) - frozenset(["m"]) | frozenset(
    """m comrade comrades citizen citizens companero companera camarade camarades compagno comrade dr doctor docteur
    professor prof maitre minister premier president commissar deputy secretary delegate ambassador commander
    chairman sailor lawyer worker writer poet novelist journalist historian editor leader old young little great
    poor dear товарищ товарища комиссар профессор доктор""".split()
)
"""Words before a surname that show that a person follows, in capitals or not."""

ADJECTIVES: Final = frozenset("old young little great poor dear".split())
"""Those of the titles that may be part of an epithet (*the Little Grandmother*)."""
DETERMINERS: Final = frozenset(
    """the a an this that these those his her its their our your my some any no each every such same le la les l un une
    des du ce cette ces son sa ses mon ma leur der die das den dem des ein eine einen einem eines kein keine
    dieser diese dieses el los las unos unas lo il gli i uno una""".split()
)
SPEAKING: Final = re.compile(
    r"\s+(?:said|says|wrote|writes|told|tells|asked|answered|replied|declared|was|were|is|had|has|would|could|did|"
    r"does|came|went|who|himself|herself|spoke|explained|thought|knew|felt|found|took|gave|made|became|remained|whose|and|"
    r"dit|disait|écrit|écrivait|était|avait|fut|qui|dijo|era|había|que|disse|aveva|sagte|war|hatte|schrieb|"
    r"сказал|сказала|был|была|писал|говорил)\b"
)

PARTIES: Final[tuple[tuple[str, frozenset[str]], ...]] = (
    ("left socialist.revolutionar(?:y|ies|ists?)", frozenset({"left-sr", "socialist-revolutionary"})),
    ("left social.revolutionar(?:y|ies|ists?)", frozenset({"left-sr", "socialist-revolutionary"})),
    ("left s\\.?r\\.?s?", frozenset({"left-sr", "socialist-revolutionary"})),
    ("right socialist.revolutionar(?:y|ies|ists?)", frozenset({"socialist-revolutionary"})),
    ("(?:socialist|social).revolutionar(?:y|ies|ists?)", frozenset(
        {"socialist-revolutionary", "left-sr", "peoples-will"})),
    ("menshevi(?:k|ks|ki)(?: internationalists?)?", frozenset({"menshevik"})),
    ("bolshevi(?:k|ks|ki)", frozenset({
        "bolshevik", "communist", "comintern", "stalinist", "left-opposition", "right-opposition", "zinovievist",
        "red-army", "cheka-gpu", "workers-opposition", "democratic-centralist", "left-communist", "trotskyist",
        "soviet-diplomacy"})),
    ("cadets?|kadets?", frozenset({"provisional-government", "white"})),
    ("anarchists?|anarcho-syndicalists?", frozenset({
        "anarchist", "anarchist-individualist", "anarcho-syndicalist", "illegalist", "makhnovist",
        "revolutionary-syndicalist"})),
    ("(?:popular|populist) socialists?", frozenset({"socialist-revolutionary", "peoples-will"})),
)  # fmt: skip
"""Party words that stand right beside a name, and the movements a figure so called belongs to."""

COMMON_SURNAMES: Final = frozenset(
    """adler albert alexandrov aleksandrov armand baron bauer benjamin bernstein blum dubois einstein epstein fischer
    frank garnier goldman goldstein grossman ilyin ivanov karpov katz konstantinov kuzmin lazarevich levi landau
    macdonald maslov maximov medvedev mikhailov modigliani nikitin nikolaev novikov orlov pascal pavlov petrov
    platonov popov romanov rosenfeld rosenthal roy rubin schapiro shapiro semenov sidorov smirnov sokolov
    stepanov tikhonov vasiliev volkov volkova wolf martin ginsberg ginzburg tolstoy marx martinet klein neumann
    weil samson""".split()
)
"""Surnames that many bear: somebody so called is the glossary's only where more speaks for it."""

# Folded, as `db.text.fold` has them: й is и, ё is е.
ORDINARY_WORDS: Final[dict[str, frozenset[str]]] = {
    "en": frozenset(
        """body gold held wolf reed fry rein baron valet serge dan paris grandmother spectator mistral martinet
        armand jack primus roy kiff""".split()
    ),
    "de": frozenset(
        """gold held wolf rein reich bauer fischer adler baron kun braun landau spektator mistral primus agricola krull
    landler levi roth werth blum""".split()
    ),
    "fr": frozenset(
        "valet pascal martinet body gold baron mistral faure spectateur rein primus camille courbe fry".split()
    ),
    "es": frozenset("paz libertad baron body segui mistral espectador nin rey primo faro".split()),
    "it": frozenset("gramsci levi paz baron body nin maestro primo".split()),
    "ru": frozenset("блок бык белыи горькии черныи рои барон боди волк".split()),
}
ORDINARY_ANYWHERE: Final = frozenset(
    """body gold held wolf reed fry rein baron valet grandmother spectator mistral primus dan paz breton""".split()
)
NATIONS: Final = frozenset(
    """american armenian austrian balkan baltic basque belgian british briton bulgarian canadian caucasian chechen
    chinese cossack croat croatian czech danish dutch dutchman egyptian english englishman estonian finnish finn french
    frenchman georgian german greek gypsy hebrew hungarian indian irish irishman italian japanese jewish kalmuck kirghiz
    korean latin latvian lett lettish lithuanian magyar mexican mongol moorish norwegian persian pole polish portuguese
    prussian roman romanian roumanian rumanian russian ruthenian scot scottish serb serbian siberian slav slavonic
    slovak slovene spaniard spanish swede swedish swiss tartar tatar turk turkish ukrainian uzbek welsh yiddish
    anglais allemand belge espagnol francais grec hongrois italien polonais russe suisse turc
    aleman espanol frances griego ingles italiano polaco ruso turco tedesco francese inglese russo greco polacco
    deutsche englander franzose grieche italiener pole russe schweizer spanier turke""".split()
)
"""Nations and languages, folded: never taken for another spelling of somebody's name."""
DEMONYMS: Final = frozenset(["breton"])
"""Ordinary words that keep their capital."""
