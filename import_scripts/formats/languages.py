"""Find the language of a book: as the file declares it, in one form (`en`, `fr-CA`), else by its most common words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from db.text import sanitise_line

if TYPE_CHECKING:
    from db.book import Book

_TAG: Final = re.compile(r"([a-z]{2,3})(?:[-_]([a-z0-9]{2,8}))?(?:[-_][a-z0-9]{1,8})*", re.IGNORECASE)
_THREE_LETTERS: Final = {
    "eng": "en", "fre": "fr", "fra": "fr", "spa": "es", "ita": "it", "ger": "de", "deu": "de", "rus": "ru", "por": "pt",
    "dut": "nl", "nld": "nl", "pol": "pl", "cat": "ca", "gre": "el", "ell": "el", "cze": "cs", "ces": "cs", "tur": "tr",
    "ukr": "uk", "swe": "sv", "dan": "da", "nor": "no", "hun": "hu", "rum": "ro", "ron": "ro", "jpn": "ja", "chi": "zh",
    "zho": "zh", "ara": "ar", "heb": "he", "per": "fa", "fas": "fa", "kor": "ko",
}  # fmt: skip
_NAMES: Final = {
    "english": "en", "french": "fr", "français": "fr", "spanish": "es", "español": "es", "castellano": "es",
    "italian": "it", "italiano": "it", "german": "de", "deutsch": "de", "russian": "ru", "русский": "ru",
    "portuguese": "pt", "português": "pt", "dutch": "nl", "nederlands": "nl", "polish": "pl", "polski": "pl",
    "catalan": "ca", "català": "ca",
}  # fmt: skip
_UNKNOWN: Final = frozenset({"und", "mul", "zxx", "mis", "qaa"})
_COMMON: Final = {
    language: frozenset(words.split())
    for language, words in (
        ("en", "the of and to in that was he with for his as had by at which were not but from they who been their"),
        ("fr", "le la les de des du et à en un une que qui dans est pour il par ne pas sur avec était au ce se plus"),
        ("es", "el la los de que y en un una se no por con para su las del lo como más era pero había le al sus"),
        ("it", "il di che e la un una per non in si è della con del dei gli le era nel da ma come anche più sono"),
        ("de", "der die und den von zu das mit sich des auf ist im dem nicht ein eine als auch war er wurde aus"),
        ("ru", "и в не на что с он я как его но по из то за от у к это был все так она они мы когда же"),
        ("pt", "o a os de que e do da em um uma não se com para por as dos no na mais era como ao foi seu"),
        ("nl", "de het een van en in is dat op te zijn met voor niet aan er om ook als maar bij hij was door"),
        ("pl", "i w na z się nie do że jest to o jak po co za od ale tak był dla przez jego czy już"),
    )
}
_WORD: Final = re.compile(r"[^\W\d_]+")
_SAMPLE_WORDS: Final = 4_000
_LEAST_WORDS: Final = 10
_LEAST_SHARE: Final = 0.12
_LEAST_MARGIN: Final = 1.3


_SCRIPTS: Final = {
    "ru": ("Cyrillic",), "uk": ("Cyrillic",), "bg": ("Cyrillic",), "be": ("Cyrillic",), "mk": ("Cyrillic",),
    "sr": ("Cyrillic", "Latin"), "kk": ("Cyrillic", "Latin"), "mn": ("Cyrillic",), "el": ("Greek",), "he": ("Hebrew",),
    "yi": ("Hebrew",), "ar": ("Arabic",), "fa": ("Arabic",), "ur": ("Arabic",), "zh": ("East Asian",),
    "ja": ("East Asian",), "ko": ("East Asian",), "hi": ("other",), "hy": ("other",), "ka": ("other",),
}  # fmt: skip
"""The script of each language; Latin if it is not listed."""
_RANGES: Final = (
    ("Latin", "A", "\u024f"), ("Greek", "\u0370", "\u03ff"), ("Cyrillic", "\u0400", "\u052f"),
    ("Hebrew", "\u0590", "\u05ff"), ("Arabic", "\u0600", "\u06ff"), ("East Asian", "\u3040", "\ud7af"),
)  # fmt: skip
_SCRIPT_SHARE: Final = 0.7


def normal_language(said: str) -> str:
    """Return the language a file declares as a tag (`en-US`, `fr`); empty if it declares nothing usable."""
    said = sanitise_line(said).strip()
    if named := _NAMES.get(said.casefold()):
        return named
    found = _TAG.fullmatch(said)
    if not found:
        return ""
    language = found[1].lower()
    if language in _UNKNOWN:
        return ""
    language = _THREE_LETTERS.get(language, language)
    region = found[2] or ""
    return f"{language}-{region.upper()}" if len(region) == 2 and region.isalpha() else language


def settle_language(book: Book) -> None:
    """Put the book's language into one form; if the file declares none, recognise it by the words.

    Letters of a script that the language does not use are reported: they may show a wrong encoding.
    """
    words = _sample(book)
    said = normal_language(book.language)
    script = _script(words)
    if said and script and script not in _SCRIPTS.get(said[:2], ("Latin",)):
        book.report.append(
            f"The file says that its language is {said}, but its letters are {script}; if they are wrong, import it"
            " again with --encoding."
        )
    book.language = said or guess_language(words)


def guess_language(words: list[str]) -> str:
    """Return the language by the share of its most common words; empty if that is not clear."""
    if len(words) < _LEAST_WORDS:
        return ""
    scores = {language: sum(1 for word in words if word in common) / len(words) for language, common in _COMMON.items()}
    best, second = sorted(scores, key=lambda language: -scores[language])[:2]
    clear = scores[best] >= _LEAST_SHARE and scores[best] >= _LEAST_MARGIN * scores[second]
    return best if clear else ""


def _script(words: list[str]) -> str:
    """The script that most words begin in; empty when no script has most of them."""
    counts: dict[str, int] = {}
    for word in words:
        script = next((name for name, first, last in _RANGES if first <= word[0] <= last), "other")
        counts[script] = counts.get(script, 0) + 1
    most = max(counts, key=lambda script: counts[script], default="")
    return most if len(words) >= _LEAST_WORDS and counts[most] >= _SCRIPT_SHARE * len(words) else ""


def words_of(text: str) -> list[str]:
    """Return the words of a text in lower case, without punctuation around them."""
    return _WORD.findall(text.casefold())


def _sample(book: Book) -> list[str]:
    """Words from the middle of the book, where no title page or licence is."""
    blocks = [block for chapter in book.chapters for block in chapter.blocks if block.kind == "paragraph"]
    words: list[str] = []
    for block in blocks[len(blocks) // 3 :] + blocks[: len(blocks) // 3]:
        words += words_of(block.text)
        if len(words) >= _SAMPLE_WORDS:
            break
    return words[:_SAMPLE_WORDS]
