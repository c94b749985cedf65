"""Numbers as books write them: 4, IV, four, quatrième, четвёртая."""

from __future__ import annotations

import re
from typing import Final

from db.text import fold

_ROMAN: Final = re.compile(r"m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})")
_ROMAN_VALUES: Final = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
_ROMAN_STEPS: Final = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_SEQUENCES: Final = (
    (
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
        "eighteen nineteen twenty"
    ),
    (
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
        "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
    ),
    (
        "un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit "
        "dix-neuf vingt"
    ),
    "premier deuxième troisième quatrième cinquième sixième septième huitième neuvième dixième onzième douzième",
    "première seconde",
    (
        "uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete "
        "dieciocho diecinueve veinte"
    ),
    "primero segundo tercero cuarto quinto sexto séptimo octavo noveno décimo undécimo duodécimo",
    "primer segunda tercer cuarta quinta sexta séptima octava novena décima",
    "primera segunda tercera",
    (
        "uno due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici sedici "
        "diciassette diciotto diciannove venti"
    ),
    "primo secondo terzo quarto quinto sesto settimo ottavo nono decimo undicesimo dodicesimo",
    "prima seconda terza quarta quinta sesta settima ottava nona decima",
    (
        "eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn "
        "achtzehn neunzehn zwanzig"
    ),
    "erste zweite dritte vierte fünfte sechste siebte achte neunte zehnte elfte zwölfte",
    "erstes zweites drittes viertes fünftes sechstes siebtes achtes neuntes zehntes elftes zwölftes",
    "erster zweiter dritter vierter fünfter sechster siebter achter neunter zehnter elfter zwölfter",
    (
        "один два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать тринадцать четырнадцать "
        "пятнадцать шестнадцать семнадцать восемнадцать девятнадцать двадцать"
    ),
    "первая вторая третья четвёртая пятая шестая седьмая восьмая девятая десятая одиннадцатая двенадцатая",
    "первый второй третий четвёртый пятый шестой седьмой восьмой девятый десятый одиннадцатый двенадцатый",
)
WORD_NUMBERS: Final = {fold(word): number for words in _SEQUENCES for number, word in enumerate(words.split(), start=1)}
"""Number words of six languages, folded as `db.text.fold` does."""


def roman(text: str) -> int | None:
    """Read a roman number; None when it is none."""
    lowered = text.lower()
    if not lowered or len(lowered) > 15 or not _ROMAN.fullmatch(lowered):
        return None
    total = 0
    for char, following in zip(lowered, [*lowered[1:], ""], strict=True):
        value = _ROMAN_VALUES[char]
        total += -value if following and _ROMAN_VALUES[following] > value else value
    return total


def roman_of(number: int) -> str:
    """Write a number in roman figures, in lower case."""
    written = ""
    for value, figures in _ROMAN_STEPS:
        while number >= value:
            written, number = written + figures, number - value
    return written


def number_of(text: str) -> int | None:
    """Read a number in digits, roman or words; None when it is none."""
    folded = fold(text).strip(" .:)-")
    if folded.isascii() and folded.isdecimal():
        return int(folded) if len(folded) < 5 else None
    if (value := WORD_NUMBERS.get(folded)) is not None:
        return value
    return roman(folded)
