"""From bytes to text: which encoding a file is written in."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import Final

from db.errors import SergeError

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE_BYTES: Final = 48_000
_HEAD_BYTES: Final = 4_096
_SINGLE_BYTE: Final = (
    "cp1252",
    "cp1251",
    "koi8_r",
    "cp866",
    "cp1250",
    "mac_roman",
    "mac_cyrillic",
    "iso8859_5",
    "cp850",
)
_WESTERN: Final = frozenset("éèêëàâäáçùûüúôöóîïíñßœæåøÉÈÀÇÖÄÜ«»‘’“”„–—…¿¡\xa0§°½")
_CENTRAL: Final = frozenset("ąćęłńśźżčďěňřšťůžőűĄĆĘŁŃŚŹŻČŘŠŽ")
_GOOD_LIKENESS: Final = 0.6
_MOST_CONTROLS: Final = 0.02
_CONTROLS: Final = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f\x80-\x84\x86-\x9f]")
_DECLARED: Final = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})["']""")
_META: Final = re.compile(rb"""<meta[^>]{0,300}?charset\s*=\s*["']?\s*([A-Za-z0-9._:-]{1,40})""", re.IGNORECASE)
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
}


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the encoding it was read in, and a sentence for the report when something was not as declared."""

    text: str
    encoding: str
    remark: str = ""


def decode(data: bytes, name: str, *, declared: str = "") -> Decoded:
    """Read `data` as text.

    A byte-order mark decides; then UTF-8 if it fits without fault; then what the file declares of itself (`declared`);
    then the encoding that makes most sense of it. `name` is the file's name, for messages.

    Raises SergeError when it is no text in any known encoding.
    """
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
    if declared and (known := known_encoding(declared)) is not None and known != "utf-8":
        try:
            return _checked(Decoded(data.decode(known), known), name)
        except (UnicodeDecodeError, UnicodeError):
            pass
    if _mostly_utf8(data):
        text = data.decode("utf-8", errors="replace")
        return _checked(Decoded(text, "utf-8", _damaged_remark(name, text)), name)
    guessed = _guess(data, first_fault)
    remark = f"{name} is not in UTF-8; it was read as {guessed}." if declared else ""
    return _checked(Decoded(data.decode(guessed, errors="replace"), guessed, remark), name)


def declared_encoding(data: bytes) -> str:
    """Give the encoding a markup file declares of itself, or an empty string."""
    head = data[:_HEAD_BYTES]
    found = _DECLARED.search(head) or _META.search(head)
    return found[1].decode("ascii") if found else ""


def known_encoding(name: str) -> str | None:
    """Give the codec for a declared name, widened as browsers do (Latin-1 is read as Windows-1252); None if unknown."""
    try:
        b"a".decode(name)
        codec = codecs.lookup(name).name
    except (LookupError, ValueError):
        return None
    return None if codec in _NO_ENCODING_OF_BOOKS else _WIDER.get(codec, codec)


def _checked(decoded: Decoded, name: str) -> Decoded:
    sample = decoded.text[:200_000]
    if sample and len(_CONTROLS.findall(sample)) > max(3, len(sample) * _MOST_CONTROLS):
        raise SergeError(
            f"{name} is not readable text in any encoding known here; save it as UTF-8, or import another format."
        )
    return decoded


def _damaged_remark(name: str, text: str) -> str:
    count = text.count("\ufffd")
    return f"{name} has {count:,} damaged characters; each is shown as \N{REPLACEMENT CHARACTER}."


def _wide_encoding(data: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of a Western or Russian text is one of very few."""
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


def _mostly_utf8(data: bytes) -> bool:
    """Whether the faults are few against the many-byte characters that are right: damage, not another encoding."""
    text = data.decode("utf-8", errors="replace")
    right = sum(map(text.count, "–—‘’“”«»éèàçñóíáúüäößœаеионтсрвл"))
    return right > 10 * text.count("\ufffd")


def _guess(data: bytes, first_fault: int) -> str:
    """Choose the encoding in which the letters beyond ASCII look most like those of a European language."""
    start = max(0, first_fault - _SAMPLE_BYTES // 4)
    sample = data[start : start + _SAMPLE_BYTES]
    scores = {encoding: _likeness(sample, encoding) for encoding in _SINGLE_BYTE}
    best = max(_SINGLE_BYTE, key=lambda encoding: scores[encoding])
    if scores[best] > _GOOD_LIKENESS:
        return best
    from charset_normalizer import from_bytes

    found = from_bytes(sample, threshold=0.3).best()
    return found.encoding if found is not None else best


def _likeness(sample: bytes, encoding: str) -> float:
    """Mean of what each character beyond ASCII is worth: 1 for a letter where one is expected, -1 for what none is."""
    text = sample.decode(encoding, errors="replace")
    worth = 0.0
    count = 0
    before = " "
    for char in text:
        if char > "\x7f":
            count += 1
            if char in _WESTERN or (encoding == "cp1250" and char in _CENTRAL):
                worth += 1
            elif "\u0400" <= char <= "\u045f":
                worth += 1 if char.islower() or not before.islower() else -1
                worth -= 1 if char.isupper() and before.isalpha() else 0
            elif not char.isalpha():
                worth -= 1
        before = char
    return worth / count if count else 0.0
