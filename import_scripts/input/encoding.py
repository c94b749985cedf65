"""Decode bytes to text. The encoding is chosen by evidence before guesses.

In this order: what the reader says, a byte-order mark, the pattern of UTF-16, valid UTF-8, what the file declares of
itself, UTF-8 with some stray bytes, and at last what makes most sense: letters of one script in a word, letters and
words of one language, no signs inside words. One letter alone decides nothing against the rest of the text.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from db.errors import SergeError
from db.text import sanitise_line
from import_scripts.input.alphabets import COMMON_IDEOGRAPHS, COMMON_SYLLABLES, HANGUL, KANA, LANGUAGES, MANY_BYTES

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE_BYTES: Final = 6_000
_HEAD_BYTES: Final = 4_096
_DECLARED_WITHIN: Final = 60_000
"""Bytes in which a declaration is searched; a meta element may come after long scripts."""
_MOST_CONTROLS: Final = 0.02
_CONTROLS: Final = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f\x80-\x84\x86-\x9f]")
_DECLARATIONS: Final = (
    re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})["']"""),
    re.compile(rb"""<meta[^>]{0,300}?charset\s*=\s*["']?\s*([A-Za-z0-9._:-]{1,40})""", re.IGNORECASE),
    re.compile(
        rb"^\W{0,5}character[ -]?set(?: encoding)?\s*[:=]\s*([A-Za-z0-9._:-]{1,40})", re.IGNORECASE | re.MULTILINE
    ),
    re.compile(
        rb"^(?:content-type:[^\n]{0,100}?charset|encoding|charset)\s*[:=]\s*\"?([A-Za-z0-9._:-]{1,40})",
        re.IGNORECASE | re.MULTILINE,
    ),
    re.compile(rb"-\*-[^\n]{0,60}?coding:\s*([A-Za-z0-9._-]{1,40})"),
)
_NO_ENCODING_OF_BOOKS: Final = frozenset(
    {"idna", "punycode", "unicode-escape", "raw-unicode-escape", "utf-7", "undefined"}
)
_WIDER: Final = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}
_VALID_SEQUENCES: Final = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe1-\xef][\x80-\xbf]{2}|\xe0[\xa0-\xbf][\x80-\xbf]|[\xf1-\xf4][\x80-\xbf]{3}"
)
_HIGH: Final = re.compile(rb"[\x80-\xff]")
_STRAY_SHARE: Final = 2
"""Valid sequences for each stray byte from which a file still counts as UTF-8."""
_WORD: Final = re.compile(r"[^\W\d_]+")
_MARKS_OF_TYPE: Final = frozenset("‘’‚“”„‹›«»–—―…·•©®§°ºª¿¡†‡№№€£\u00a0\u00ad\u2009\u202f\u200b\u0301")
_IN_WORDS: Final = frozenset("’‑\u00ad·\u0301\u200c\u200d")
_NAMES: Final = {
    "cp1252": "Windows-1252 (Western)",
    "cp1250": "Windows-1250 (Central European)",
    "iso8859_2": "ISO-8859-2 (Central European)",
    "cp1251": "Windows-1251 (Cyrillic)",
    "koi8_r": "KOI8-R (Cyrillic)",
    "koi8_u": "KOI8-U (Cyrillic)",
    "cp866": "CP866 (Cyrillic)",
    "iso8859_5": "ISO-8859-5 (Cyrillic)",
    "mac_cyrillic": "Mac Cyrillic",
    "mac_roman": "Mac Roman",
    "cp850": "CP850 (Western, DOS)",
    "cp437": "CP437 (DOS)",
    "cp852": "CP852 (Central European, DOS)",
    "cp1253": "Windows-1253 (Greek)",
    "cp1254": "Windows-1254 (Turkish)",
    "cp1257": "Windows-1257 (Baltic)",
    "cp1255": "Windows-1255 (Hebrew)",
    "cp1256": "Windows-1256 (Arabic)",
    "gb18030": "GB18030 (Chinese)",
    "big5": "Big5 (Chinese)",
    "cp932": "Shift JIS (Japanese)",
    "euc_jp": "EUC-JP (Japanese)",
    "cp949": "EUC-KR (Korean)",
}


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, its encoding, and a sentence for the report if it is not plain UTF-8."""

    text: str
    encoding: str
    remark: str = ""


def decode(data: bytes, name: str, *, declared: str = "", chosen: str = "") -> Decoded:
    """Read `data` as text.

    `name` is the file's name, for messages; `declared` is what the file says of itself, and is looked for in `data`
    when it is empty; `chosen` is what the reader says.

    Raises SergeError when it is no text in any known encoding, or when `chosen` is no encoding.
    """
    if chosen:
        return _as_chosen(data, name, chosen)
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            text = data[len(mark) :].decode(encoding, errors="replace")
            remark = _damaged_remark(name, text) if "\ufffd" in text else ""
            return _checked(Decoded(text, encoding, remark), name)
    if (wide := _wide_encoding(data)) is not None:
        return _checked(Decoded(data.decode(wide, errors="replace"), wide), name)
    try:
        return _checked(Decoded(data.decode("utf-8"), "utf-8"), name)
    except UnicodeDecodeError as error:
        first_fault = error.start
    declared = declared or declared_encoding(data)
    known = known_encoding(declared) if declared else None
    if known is not None and known != "utf-8":
        try:
            text = data.decode(known)
        except (UnicodeDecodeError, UnicodeError):
            pass
        else:
            if not _CONTROLS.search(text[:_SAMPLE_BYTES]):
                return _checked(Decoded(text, known, _told_remark(name, known, " as the file says")), name)
    if (mended := _with_strays(data)) is not None:
        text, strays = mended
        some = "1 stray byte was" if strays == 1 else f"{strays:,} stray bytes were"
        return _checked(Decoded(text, "utf-8", f"{name} is UTF-8; {some} read as Windows-1252."), name)
    guessed = guess_encoding(_sample(data, first_fault))
    return _checked(Decoded(data.decode(guessed, errors="replace"), guessed, _told_remark(name, guessed)), name)


def declared_encoding(data: bytes) -> str:
    """Return the encoding a file declares of itself (XML, HTML, a library's header), or an empty string."""
    head = data[:_DECLARED_WITHIN]
    found = next((found for pattern in _DECLARATIONS if (found := pattern.search(head))), None)
    return found[1].decode("ascii") if found else ""


def known_encoding(name: str) -> str | None:
    """Return the codec for a declared name, widened as browsers do (Latin-1 as Windows-1252), or None."""
    try:
        b"a".decode(name)
        codec = codecs.lookup(name).name
    except (LookupError, ValueError):
        return None
    return None if codec in _NO_ENCODING_OF_BOOKS else _WIDER.get(codec, codec)


def guess_encoding(sample: bytes) -> str:
    """Return the encoding that gives the most plausible text."""
    scores: dict[str, float] = {}
    for encoding in _candidates():
        try:
            text = sample.decode(encoding, errors="strict" if encoding in MANY_BYTES else "replace")
        except UnicodeDecodeError as error:
            if error.start < len(sample) - 4:
                continue
            text = sample[: error.start].decode(encoding, errors="replace")
        scores[encoding] = _sense(text, encoding)
    return max(scores, key=lambda encoding: scores[encoding])


@lru_cache(maxsize=1)
def _candidates() -> tuple[str, ...]:
    single = (encoding for language in LANGUAGES.values() for encoding in language.encodings)
    return tuple(dict.fromkeys([*single, *MANY_BYTES]))


@lru_cache(maxsize=1)
def _weights() -> dict[str, dict[str, float]]:
    """Weight of each letter outside ASCII in a language: 1 for the commonest, less for rarer ones."""
    return {
        tag: {
            letter: 1.0 - 0.7 * rank / len(language.letters)
            for rank, char in enumerate(language.letters)
            for letter in (char.upper(), char)
            if len(letter) == 1
        }
        for tag, language in LANGUAGES.items()
    }


def _sense(text: str, encoding: str) -> float:
    """Return how plausible a text is, per character outside ASCII: about 1 if the encoding is right."""
    strange = 0.0
    letters: dict[str, int] = {}
    padded = f" {text} "
    count = 0
    for at, char in enumerate(text):
        if char < "\x80":
            continue
        count += 1
        before, after = padded[at], padded[at + 2]
        if char.isalpha():
            letters[char] = letters.get(char, 0) + 1
            strange += _strangeness(char, before, after)
        elif char in _MARKS_OF_TYPE:
            strange += (
                1.2 if before.isalpha() and after.isalpha() and char not in _IN_WORDS and char not in "—–…" else -0.2
            )
        else:
            strange += 3.0 if char < "\xa0" or char == "\ufffd" else 2.0 if before.isalpha() or after.isalpha() else 0.9
    if not count:
        return 0.0
    words = [word.casefold() for word in _WORD.findall(text[:6_000])]
    best = (
        max(
            (_language_fit(tag, letters, words) - 0.004 * language.encodings.index(encoding))
            for tag, language in LANGUAGES.items()
            if encoding in language.encodings
        )
        if encoding not in MANY_BYTES
        else _eastern_fit(encoding, letters)
    )
    return best - strange / count


def _strangeness(char: str, before: str, after: str) -> float:
    """Return the penalty for a letter: another script beside it, a capital inside a word."""
    strange = 0.0
    script = _script(char)
    for beside in (before, after):
        if beside.isalpha() and _script(beside) != script:
            strange += 1.0
    if char.isupper() and before.islower():
        strange += 1.0
    if char.islower() and before.isupper() and after.isupper():
        strange += 0.6
    if script in {"kana", "han"} or char in "ªº":
        strange += 0.5 if (char in "ªº" and not before.isdigit()) else 0.0
    return strange


def _script(char: str) -> str:
    if char < "\u0250" or "\u1e00" <= char < "\u1f00":
        return "latin"
    if char < "\u0400":
        return "greek"
    if char < "\u0530":
        return "cyrillic"
    if char < "\u0600":
        return "hebrew"
    if char < "\u0700":
        return "arabic"
    if char >= "\uff00" or KANA[0] <= char <= KANA[1] or "\u4e00" <= char <= "\u9fff":
        return "han"
    return "hangul" if HANGUL[0] <= char <= HANGUL[1] else "other"


def _language_fit(tag: str, letters: dict[str, int], words: list[str]) -> float:
    """Return how well letters and words match a language: about 1 if they do."""
    weights = _weights()[tag]
    total = sum(letters.values())
    fit = sum(count * weights.get(letter, -0.6) for letter, count in letters.items()) / total if total else 0.0
    known = LANGUAGES[tag].words
    share = sum(1 for word in words if word in known) / len(words) if words else 0.0
    return fit + 2.5 * min(share, 0.4)


def _eastern_fit(encoding: str, letters: dict[str, int]) -> float:
    total = sum(letters.values())
    if not total:
        return 0.0
    common = sum(count for letter, count in letters.items() if letter in COMMON_IDEOGRAPHS)
    kana = sum(count for letter, count in letters.items() if KANA[0] <= letter <= KANA[1])
    hangul = sum(count for letter, count in letters.items() if HANGUL[0] <= letter <= HANGUL[1])
    if encoding in {"cp932", "euc_jp"}:
        return 2.0 * min(1.0, (kana + common / 2) / total) if kana > total / 4 else -0.5
    if encoding == "cp949":
        usual = sum(count for letter, count in letters.items() if letter in COMMON_SYLLABLES)
        return (hangul + 3.0 * min(usual, total / 3)) / total - 0.5
    return 4.0 * min(0.5, common / total) - 0.5


def _sample(data: bytes, first_fault: int) -> bytes:
    """Return the lines with bytes outside ASCII, which show the encoding."""
    start = data.rfind(b"\n", 0, first_fault) + 1
    if first_fault - start > 1_000:
        start = max(0, first_fault - 200)
    kept: list[bytes] = []
    size = 0
    for line in data[start : start + 20 * _SAMPLE_BYTES].split(b"\n"):
        if _HIGH.search(line):
            kept.append(line[:4_000])
            size += len(kept[-1])
            if size > _SAMPLE_BYTES:
                break
    return b"\n".join(kept)


def _as_chosen(data: bytes, name: str, chosen: str) -> Decoded:
    known = known_encoding(chosen)
    if known is None:
        raise SergeError(f"“{sanitise_line(chosen)}” is not a known encoding; write it as cp1251, koi8-r or utf-8.")
    for mark, encoding in _MARKS:
        if data.startswith(mark) and known.startswith(encoding[:6]):
            data = data[len(mark) :]
    text = data.decode(known, errors="replace")
    remark = _told_remark(name, known, " as you said")
    if "\ufffd" in text:
        remark = f"{remark} {_damaged_remark(name, text)}"
    return _checked(Decoded(text, known, remark), name)


def _told_remark(name: str, encoding: str, why: str = "") -> str:
    told = _NAMES.get(encoding.replace("-", "_"), encoding.upper())
    hint = "" if why else "; if letters are wrong, import it again with --encoding"
    return f"{name} was read as {told}{why}{hint}."


def _checked(decoded: Decoded, name: str) -> Decoded:
    sample = decoded.text[:200_000]
    if sample and len(_CONTROLS.findall(sample)) > max(3, len(sample) * _MOST_CONTROLS):
        raise SergeError(
            f"{name} is not readable text in any known encoding; save it as UTF-8, or import another format."
        )
    return decoded


def _damaged_remark(name: str, text: str) -> str:
    count = text.count("\ufffd")
    return f"{name} has {count:,} damaged characters; each is shown as \N{REPLACEMENT CHARACTER}."


def _wide_encoding(data: bytes) -> str | None:
    """Recognise UTF-16 without a byte-order mark: every other byte of a Western or Russian text is one of a few."""
    head = data[:_HEAD_BYTES]
    if len(head) < 8:
        return None
    even, odd = head[0::2], head[1::2]
    for encoding, high in (("utf-16-le", odd), ("utf-16-be", even)):
        if high.count(0) + high.count(4) > 0.7 * len(high) and high.count(0) > 0:
            try:
                head[: len(head) & ~1].decode(encoding)
            except UnicodeDecodeError:
                continue
            return encoding
    return None


def _with_strays(data: bytes) -> tuple[str, int] | None:
    """Return UTF-8 text with stray bytes read as Windows-1252; None if it is not UTF-8."""
    valid = len(_VALID_SEQUENCES.findall(data))
    stray = len(_HIGH.findall(_VALID_SEQUENCES.sub(b"", data)))
    if valid < _STRAY_SHARE * stray or not valid:
        return None
    return data.decode("utf-8", errors="serge-stray"), stray


def _stray(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)
    # What is left of a sequence that was cut or damaged is no letter of its own.
    byte = error.object[error.start : error.start + 1]
    before = error.object[error.start - 1 : error.start]
    is_rest = 0x80 <= byte[0] < 0xC0 and before[:1] >= b"\xc0"
    return ("\ufffd" if is_rest else byte.decode("cp1252", errors="replace")), error.start + 1


codecs.register_error("serge-stray", _stray)
