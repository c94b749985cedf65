"""Which letters beyond ASCII languages use: the evidence for the encoding of a text.

For each language, the letters it adds to ASCII (the commonest first) and some of its commonest words; for those with an
alphabet of their own, all its letters by frequency. Letter frequencies after public corpus counts, rounded.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Language:
    """One language: letters beyond ASCII, commonest first, and words that most texts have."""

    letters: str
    words: frozenset[str]
    encodings: tuple[str, ...]
    """Encodings of one byte a character that its texts are found in, the likeliest first."""


_WESTERN: Final = ("cp1252", "mac_roman", "cp850", "cp437", "iso8859_15")
_CENTRAL: Final = ("cp1250", "iso8859_2", "cp852", "mac_latin2")
_BALTIC: Final = ("cp1257", "iso8859_13", "iso8859_4", "cp775")
_CYRILLIC: Final = ("cp1251", "koi8_r", "cp866", "iso8859_5", "mac_cyrillic")


def _language(letters: str, words: str, encodings: tuple[str, ...]) -> Language:
    return Language(letters, frozenset(words.split()), encodings)


LANGUAGES: Final[dict[str, Language]] = {
    "en": _language("éèêëñöüçïôæœ", "the of and to in was that he with for his had not but is it as at were", _WESTERN),
    "fr": _language("éàèêùçôâîûïëœü", "le la les de des du et à un une que qui dans est pour il ne pas sur avec était "
                    "au ce se plus", _WESTERN),
    "es": _language("óíáéñúü", "el la los las de que y en un una se no por con para su del lo como más era pero al",
                    _WESTERN),
    "it": _language("èàòùìé", "il di che e la un una per non in si è della con del gli le era nel da ma come più",
                    _WESTERN),
    "pt": _language("ãçáéóíêõâúàôü", "o a os as de que e do da em um uma não se com para por dos no na mais era ao",
                    _WESTERN),
    "de": _language("üäößÄÖÜé", "der die und den von zu das mit sich des auf ist im dem nicht ein eine als war er",
                    _WESTERN),
    "nl": _language("ëéïöüèó", "de het een van en in is dat op te zijn met voor niet aan er om ook als hij was",
                    _WESTERN),
    "sv": _language("äåöéÅÄÖ", "och att det som en är av för den med på till han var ett inte de hade om", _WESTERN),
    "da": _language("æøåéÆØÅ", "og at det en er af for den med på til han var et ikke de havde om jeg som der",
                    _WESTERN),
    "no": _language("øåæéòØÅ", "og at det en er av for den med på til han var et ikke de hadde om jeg som", _WESTERN),
    "fi": _language("äöåÄÖ", "ja on ei se että hän oli mutta kun niin joka ovat hänen sen mitä kuin", _WESTERN),
    "is": _language("áðíóþéúæöýÁÞÍÓ", "og að í á það sem er var hann en til við um með ekki var ég", _WESTERN),
    "ca": _language("àéèíòóúçïü", "el la els les de que i en un una es no per amb del al va era més com", _WESTERN),
    "pl": _language("łęążśóćńźŁŚŻĆ", "i w na z się nie do że jest to o jak po co za od ale tak był dla przez jego",
                    _CENTRAL),
    "cs": _language("íáěéřšžýčůúťďňóŠČŽŘ", "a v se na je že to s z do o i ale by jsem jako byl za tak po pro ve když",
                    _CENTRAL),
    "sk": _language("áíéčžýšúľťôňďäóŕĺ", "a v sa na je že to s z do o i ale by som ako bol za tak po pre keď",
                    _CENTRAL),
    "hu": _language("áéöőíóüúűÁÉÖ", "a az és hogy nem is egy volt de meg ez már csak mint el ki azt", _CENTRAL),
    "hr": _language("čšžćđŠČŽĆĐ", "i u je se na da su od za s kao što ali nije bio koji iz po to do", _CENTRAL),
    "sl": _language("čšžČŠŽ", "in je v da se na so za ki ne pa z kot tudi bi bil po od do ali", _CENTRAL),
    "ro": _language("ăîâşţșțŞŢ", "și şi de în a la cu nu o un să pe din este care se era mai ce al lui", _CENTRAL),
    "tr": _language("ıüşğçöİŞÇ", "ve bir bu da de için ile o ne çok daha gibi kadar ama en her olarak var",
                    ("cp1254", "iso8859_9", "cp857")),
    "lt": _language("ėšžųąįūčęŠŽ", "ir kad į yra su buvo iš bet kaip jis ne tai apie nuo ar jau", _BALTIC),
    "lv": _language("āīēšņūļžčģķĀĪ", "un ir ar par no kas uz bija ka bet to viņš ne tā arī jau", _BALTIC),
    "et": _language("äõüöšž", "ja on ei et see oli ta kui aga mis oma ka siis ning kes",
                    ("cp1257", "cp1252", "iso8859_13", "iso8859_15")),
    "ru": _language("оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё", "и в не на что с он я как его но по из то за от у это был "
                    "все так она к же", _CYRILLIC),
    "uk": _language("оаиніветрслкдумпзяьбгчйхїжюшєцщфґ", "і в не на що з він я як його але по це та за від у був все "
                    "так до й", ("cp1251", "koi8_u", "cp1125", "iso8859_5", "mac_cyrillic")),
    "bg": _language("аоиентрсвлкдпмзъбгячшщжцухйфюь", "и да на се не от в че е си за с го като по но беше ще до",
                    _CYRILLIC),
    "sr": _language("аоиенртсјвукдлпмзгбчћшжцхђњљфџ", "и је у се на да су од за са као што али није био који",
                    _CYRILLIC),
    "el": _language("αοιτενσςρκηπυάλμίγδόέωήθύχφβξώζψ", "και το να του η της με την που για δεν τα ο θα σε από "
                    "είναι τον στο", ("cp1253", "iso8859_7", "cp737")),
    "he": _language("ויהלאתרמבשנםכעחקדפגצזטסןךץף", "את של לא על הוא עם זה כי אני היה גם", ("cp1255", "iso8859_8")),
    "ar": _language("اليمنروتعبدفسهكقحةأجشطصىخإضذزثئآغءؤظ", "في من على أن إلى لا ما هذا كان التي عن مع",
                    ("cp1256", "iso8859_6")),
}  # fmt: skip
"""By language tag."""

COMMON_IDEOGRAPHS: Final = frozenset(
    "的一是不了在人有我他这個个中大来來上国國和地到以说說时時要就出会會也你对對生能而子那得于着著下自之年过過发發后後作里用道行所然家种種事成"
    "方多经經么麼去法学學如都同现現当當没沒动動面起看定天分还還进進好小部其些主样樣理心她本前开開但因只从從想实實日军軍者意无無力它与與长長"
)
COMMON_SYLLABLES: Final = frozenset("이다는은을를가의에고지하도로한기사서인그나들어자")
KANA: Final = ("\u3041", "\u30ff")
HANGUL: Final = ("\uac00", "\ud7a3")
MANY_BYTES: Final = ("gb18030", "big5", "cp932", "euc_jp", "cp949")
"""Encodings of several bytes a character."""
