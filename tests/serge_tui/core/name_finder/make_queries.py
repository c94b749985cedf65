"""Write `queries.tsv`: what readers may type, and who is meant.

    python -m tests.serge_tui.core.name_finder.make_queries

From the names of the study pack by rules with a fixed seed, and from `hand.tsv` as it stands. A line is the query, the
figures that may stand first (`a|b` where several bear the name, `-` for nobody, `!key` for nobody and least of all that
one), the kind, and the part: `tune` may be looked at while the finder is changed, `held` may not. A figure is wholly in
one part, so that what is learnt of a name in one cannot help in the other; all of `hand.tsv` is held.
"""

from __future__ import annotations

import random
import re
import sys
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

import iuliia

from db.text import fold
from tests.serge_tui.core.name_finder.pack import load
from tests.serge_tui.core.name_finder.transcriptions import CONVENTIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from db.models import FigureName

HERE = Path(__file__).resolve().parent
SEED = 1890
SCHEMES = [
    "ALA_LC", "ALA_LC_ALT", "BGN_PCGN", "BGN_PCGN_ALT", "BS_2979", "GOST_16876", "GOST_16876_ALT", "GOST_52290",
    "GOST_52535", "GOST_7034", "GOST_779", "GOST_779_ALT", "ICAO_DOC_9303", "ISO_9_1954", "ISO_9_1968", "MVD_310",
    "MVD_310_FR", "MVD_782", "SCIENTIFIC", "TELEGRAM", "UNGEGN_1987", "WIKIPEDIA", "YANDEX_MAPS", "YANDEX_MONEY",
]  # fmt: skip
"""Rule sets of the library; those for one town's street signs or another language are left out."""

_SURNAMED = frozenset({"birth", "full", "married", "spelling", "surname"})
"""Kinds of alias that end with a surname."""

Row = tuple[str, str, str, str]


def main() -> None:
    """Write the file anew."""
    rows = make()
    text = "".join("\t".join(row) + "\n" for row in rows)
    (HERE / "queries.tsv").write_text(text, "utf-8")
    sys.stdout.write(f"{len(rows)} queries, {sum(row[1][0] in '-!' for row in rows)} of them for nobody\n")


def make() -> list[Row]:
    """All rows, by kind and then in the order of the pack; no query twice, a hand-made one before a made one."""
    figures, _texts = load()
    keys = {figure.key for figure in figures}
    rows: dict[str, Row] = {}
    for query, expected, kind in _by_hand():
        wanted = [key for key in expected.lstrip("!").split("|") if key in keys]
        if not wanted and expected != "-":
            continue
        mark = "!" if expected.startswith("!") else ""
        rows[query.casefold()] = (query, mark + "|".join(wanted) or "-", f"hand: {kind}", "held")
    made = _Maker(figures)
    for query, expected, kind in made.rows():
        part = "held" if crc32((query if expected[0] in "-!" else expected).encode()) % 2 else "tune"
        rows.setdefault(query.casefold(), (query, expected, kind, part))
    return sorted(rows.values(), key=lambda row: row[2])


def _by_hand() -> Iterator[tuple[str, str, str]]:
    for line in (HERE / "hand.tsv").read_text("utf-8").splitlines():
        query, expected, kind = line.split("\t")
        yield query, expected, kind


class _Maker:
    """Queries by rule. One generator of random numbers a figure, so that a new figure changes no other's queries."""

    def __init__(self, figures: list[FigureName]) -> None:
        self.figures = figures
        self.surnames: dict[str, set[str]] = {}
        for figure in figures:
            for surname in _surnames(figure):
                self.surnames.setdefault(fold(surname), set()).add(figure.key)
        self.words = {
            figure.key: {
                word
                for text in (figure.name, figure.native_name, *(alias.text for alias in figure.aliases))
                for word in re.findall(r"\w+", fold(text))
            }
            for figure in figures
        }

    def rows(self) -> Iterator[tuple[str, str, str]]:
        for figure in self.figures:
            chance = random.Random(f"{SEED} {figure.key}")
            yield from self._russian(figure, chance)
            yield from self._latin(figure, chance)
        yield from self._nobody()

    def _russian(self, figure: FigureName, chance: random.Random) -> Iterator[tuple[str, str, str]]:
        native = re.sub(r"\(.*?\)", "", figure.native_name).replace("  ", " ").strip()
        words = native.split()
        if not re.fullmatch(r"[А-Яа-яёЁ -]+", native) or len(words) < 2:
            return
        surname = words[-1]
        alone = self._bearers(surname)
        schemes = chance.sample(SCHEMES, 5)
        for scheme in schemes[:3]:
            yield _by_scheme(surname, scheme), alone, "scheme: surname"
        yield _by_scheme(f"{words[0]} {surname}", schemes[3]), figure.key, "scheme: name"
        if len(words) > 2:
            yield _by_scheme(native, schemes[4]), figure.key, "scheme: with patronymic"
            letters = f"{words[0][0]}. {words[1][0]}."
            yield _by_scheme(f"{letters} {surname}", schemes[0]), figure.key, "scheme: initials"
        for language in chance.sample(list(CONVENTIONS), 3):
            yield CONVENTIONS[language].write(surname), alone, f"press: {language}"
        language = chance.choice(list(CONVENTIONS))
        yield CONVENTIONS[language].write(f"{words[0]} {surname}"), figure.key, f"press: {language}"
        yield chance.choice([surname, surname.casefold()]), alone, "Cyrillic"
        yield f"{surname} {words[0]}", figure.key, "Cyrillic"
        typo = _misspelt(surname, chance)
        if not self.surnames.get(fold(typo)):
            yield typo, alone, "typo: Cyrillic"

    def _latin(self, figure: FigureName, chance: random.Random) -> Iterator[tuple[str, str, str]]:
        name = re.sub(r"\(.*?\)", "", figure.name).replace("  ", " ").strip()
        surname = _surname(figure)
        alone = self._bearers(surname)
        plain = _without_marks(name)
        if plain != name:
            yield plain, figure.key, "no accents"
        yield (
            chance.choice([name.casefold(), name.upper(), f"{surname} {name.removesuffix(surname).strip()}"]),
            (figure.key),
            "as written",
        )
        typo = _misspelt(surname, chance)
        if not self._is_word(typo):
            yield typo, alone, "typo: surname"
        typo = _misspelt(name, chance)
        yield typo, figure.key, "typo: name"
        for length in range(3, len(surname)):
            start = fold(surname)[:length]
            starting = {key for key, words in self.words.items() if any(word.startswith(start) for word in words)}
            if len(starting) == 1:
                yield surname[:length].casefold(), figure.key, "prefix: shortest that is only theirs"
                break
            if length == 4:
                bearers = {key for text, keys in self.surnames.items() if text.startswith(start) for key in keys}
                yield start, "|".join(sorted(bearers)), "prefix: four letters"
        given = name.split()[0]
        if given != surname and len(name.split()) > 1 and chance.random() < 0.5:
            yield f"{given} {surname[: max(2, len(surname) // 2)]}".casefold(), figure.key, "prefix: given and half"
        for alias in figure.aliases:
            text = re.sub(r"\(.*?\)", "", alias.text).strip(" '")
            bearers = {key for key, words in self.words.items() if set(re.findall(r"\w+", fold(text))) <= words}
            if len(bearers) == 1 and (alias.kind not in ("spelling", "full") or chance.random() < 0.5):
                yield text.casefold(), figure.key, f"alias: {alias.kind}"
                if len(text) > 6 and chance.random() < 0.34:
                    yield _misspelt(text, chance), figure.key, "typo: alias"

    def _nobody(self) -> Iterator[tuple[str, str, str]]:
        """Given names of one with surnames of another, and pronounceable noise."""
        chance = random.Random(SEED)
        everybody = {frozenset(words) for words in self.words.values()}
        made = 0
        while made < 120:
            one, other = chance.sample(self.figures, 2)
            given, surname = fold(one.name).split()[0], _surname(other)
            pair = {given, *fold(surname).split()}
            if len(given) < 3 or " " in surname or any(pair <= words for words in everybody):
                continue
            if given in self.words[other.key] or self._close_given(given, other):
                continue
            made += 1
            yield f"{given.capitalize()} {surname}", f"!{other.key}", "nobody: crossed names"
        strange = (
            "Pavel Vasily Semyon Kirill Gleb Oleg Igor Svetlana Tamara Ludmila Bruno Hugo Theo Armin Detlef Ulrich "
            "Gaston Yves Thierry Odette Colette Pilar Carmen Xavier Ignasi Dario Ettore Luca Bianca Percy Nigel "
            "Harold Dorothy Mildred Zoltan Attila Ilona Piotr Stanislaw Wanda Chaim Rivka Sven Astrid Leopold"
        ).split()
        made = 0
        while made < 160:
            other, given = chance.choice(self.figures), chance.choice(strange)
            surname = _surname(other)
            if " " in surname or self._close_given(fold(given), other) or self._is_word(given):
                continue
            made += 1
            yield f"{given} {surname}", f"!{other.key}", "nobody: another given name"
        syllables = "ba ko ri ve lu sta ne mi do pa zha ge tro fi su ka".split()
        ends = "shin dze mann berg ez elli ard onov uk escu ton".split()
        for _ in range(80):
            noise = "".join(chance.sample(syllables, chance.choice([2, 3]))) + chance.choice(ends)
            if not self._is_word(noise):
                yield noise.capitalize(), "-", "nobody: noise"

    def _close_given(self, given: str, figure: FigureName) -> bool:
        """Whether the given name might be another form of one that the figure has (Leo, Lev; José, Joseph)."""
        return any(word[:2] == given[:2] or word[-3:] == given[-3:] for word in self.words[figure.key])

    def _bearers(self, surname: str) -> str:
        """Everybody who has the surname, by birth, by marriage or in another spelling too (*Liouba Roussakov*)."""
        return "|".join(sorted({key for form in _forms(surname) for key in self.surnames.get(fold(form), ())}))

    def _is_word(self, text: str) -> bool:
        return any(fold(text) in words for words in self.words.values())


def _by_scheme(text: str, scheme: str) -> str:
    return str(iuliia.schemas.get(scheme.casefold()).translate(text))


def _surname(figure: FigureName) -> str:
    return figure.sort_name.partition(",")[0].strip()


def _native_surname(figure: FigureName) -> Iterable[str]:
    words = re.sub(r"\(.*?\)", "", figure.native_name).split()
    return words[-1:]


def _surnames(figure: FigureName) -> set[str]:
    """The surnames that the pack gives a figure, those of pen and party apart, and what schemes make of the native."""
    aliases = [alias.text.split() for alias in figure.aliases if alias.kind in _SURNAMED]
    native = {form for surname in _native_surname(figure) for form in _forms(surname)}
    return {_surname(figure), *native, *(words[-1] for words in aliases if words)}


def _forms(surname: str) -> set[str]:
    """A surname as written, and a Russian one as schemes and the press write it."""
    if not re.search("[а-яё]", surname):
        return {surname}
    written = {_by_scheme(surname, scheme) for scheme in SCHEMES}
    return {surname, *written, *(convention.write(surname) for convention in CONVENTIONS.values())}


def _without_marks(text: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char))


def _misspelt(text: str, chance: random.Random) -> str:
    """One slip of the fingers; two in a long word: a letter left out, doubled, swapped, wrong or too many."""
    for _ in range(2 if len(text) > 9 and chance.random() < 0.5 else 1):
        letters = "абвгдеийклмнопрстуы" if re.search("[а-я]", text) else "abcdefghiklmnoprstuvwyz"
        at = chance.randrange(1, len(text) - 1) if len(text) > 2 else 0
        match chance.choice(["omit", "double", "swap", "wrong", "extra"]):
            case "omit" if len(text) > 4:
                text = text[:at] + text[at + 1 :]
            case "double":
                text = text[:at] + text[at] + text[at:]
            case "swap":
                text = text[:at] + text[at + 1 : at + 2] + text[at] + text[at + 2 :]
            case "wrong" if len(text) > 4:
                text = text[:at] + chance.choice(letters) + text[at + 1 :]
            case _:
                text = text[:at] + chance.choice(letters) + text[at:]
    return text


if __name__ == "__main__":
    main()
