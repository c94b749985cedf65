"""Russian names as newspapers of six languages write them: forward tables, for the yardstick only.

No library writes these; the finder reads them backwards by rules of its own, so the two cannot agree by sharing a
table. Sources: Duden (German), the usage of French, Spanish (RAE/Fundéu), Polish (PWN) and Dutch (Taalunie) style
books, and the scholarly alphabet that Italian publishers use.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

_VOWELS: Final = "аеёиоуыэюя"
_LETTERS: Final = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"


@dataclass(frozen=True)
class Convention:
    """Letters in the order of the Russian alphabet, and what changes by place."""

    letters: tuple[str, ...]
    e_initial: str
    """For *е* at the start and after a vowel or a sign."""
    endings: tuple[tuple[str, str], ...]
    intervocalic_s: str = "s"
    soft_g: str = "g"
    """For *г* before *е*, *и*, *ы*."""
    hard_l: str = "l"
    """For *л* before a hard vowel, a consonant or the end."""
    table: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "table", dict(zip(_LETTERS, self.letters, strict=True)))

    def write(self, name: str) -> str:
        """Transcribe one or more words; capitals are kept at the beginning of words."""
        return " ".join(
            "-".join(self._word(part.casefold()).capitalize() for part in word.split("-")) for word in name.split()
        )

    def _word(self, word: str) -> str:
        ending = ""
        for cyrillic, latin in self.endings:
            if word.endswith(cyrillic) and len(word) > len(cyrillic):
                word, ending = word.removesuffix(cyrillic), latin
                break
        written: list[str] = []
        for at, letter in enumerate(word):
            before = word[at - 1] if at else ""
            after = word[at + 1] if at + 1 < len(word) else ""
            if letter == "е" and (not before or before in _VOWELS or before in "ьъ"):
                written.append(self.e_initial)
            elif letter == "с" and before and before in _VOWELS and after and after in _VOWELS:
                written.append(self.intervocalic_s)
            elif letter == "г" and after and after in "еиы":
                written.append(self.soft_g)
            elif letter == "л" and not (after and after in "еёиюяь"):
                written.append(self.hard_l)
            else:
                written.append(self.table.get(letter, letter))
        return "".join(written) + ending


def _letters(text: str) -> tuple[str, ...]:
    return tuple("" if part == "0" else part for part in text.split())


CONVENTIONS: Final = {
    "German": Convention(
        _letters("a b w g d e jo sch s i i k l m n o p r s t u f ch z tsch sch schtsch 0 y 0 e ju ja"),
        "je",
        (("ский", "ski"), ("цкий", "zki"), ("ий", "i"), ("ый", "y"), ("кс", "x")),
        intervocalic_s="ss",
    ),
    "French": Convention(
        _letters("a b v g d e io j z i ï k l m n o p r s t ou f kh ts tch ch chtch 0 y 0 e iou ia"),
        "ie",
        (("ский", "ski"), ("цкий", "tski"), ("ин", "ine"), ("ий", "i"), ("ый", "y"), ("ей", "eï")),
        intervocalic_s="ss",
        soft_g="gu",
    ),
    "Spanish": Convention(
        _letters("a b v g d e io zh z i i k l m n o p r s t u f j ts ch sh sch 0 y 0 e iu ia"),
        "ie",
        (("ский", "ski"), ("цкий", "tski"), ("ий", "i"), ("ый", "y")),
        soft_g="gu",
    ),
    "Italian": Convention(
        _letters("a b v g d e ë ž z i j k l m n o p r s t u f ch c č š šč 0 y ' e ju ja"),
        "e",
        (("ый", "yj"), ("ий", "ij")),
    ),
    "Polish": Convention(
        _letters("a b w g d ie io ż z i j k l m n o p r s t u f ch c cz sz szcz 0 y 0 e iu ia"),
        "je",
        (("ский", "ski"), ("цкий", "cki"), ("ий", "i"), ("ый", "y")),
        hard_l="ł",
    ),
    "Dutch": Convention(
        _letters("a b v g d e jo zj z i j k l m n o p r s t oe f ch ts tsj sj sjtsj 0 y 0 e joe ja"),
        "je",
        (("ский", "ski"), ("цкий", "tski"), ("ий", "i"), ("ый", "y")),
    ),
}
