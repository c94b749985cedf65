"""Which chapter of a book its reader means by a number: the one the book itself calls so, without the front matter."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from db.numerals import number_of
from db.text import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

_WORDS: Final = "chapter|chapitre|capitulo|capitolo|kapitel|глава|розділ|rozdzial|hoofdstuk|kapitola|κεφαλαιο"
_CALLED: Final = re.compile(rf"(?:{_WORDS})\s+(?P<number>[\w-]+)\b")
_CALLED_BEFORE: Final = re.compile(rf"(?P<number>[\w-]+)\.?\s+(?:{_WORDS})\b")
_NUMBERED: Final = re.compile(r"(?P<number>\d{1,3}|[ivxlc]{1,8})(?:[.:)]|\s[-–—]|$)")
_FRONT: Final = frozenset(
    fold(title)
    for title in (
        "Cover|Title Page|Titlepage|Half Title|Halftitle|Imprint|Copyright|Copyright Page|Uncopyright|Colophon|"
        "Dedication|Epigraph|Frontispiece|Contents|Table of Contents|List of Illustrations|Illustrations|Maps|"
        "Preface|Foreword|Introduction|Author's Note|Editor's Note|Publisher's Note|Translator's Note|"
        "Translator's Preface|"
        "Translator's Introduction|Editor's Introduction|Acknowledgements|Acknowledgments|Notes and Explanations|"
        "Praise|About the Author|Also by the Author|Chronology|A Note on the Text|Note on the Translation|"
        "Couverture|Page de titre|Titre|Dédicace|Préface|Avant-propos|Introduction|Table des matières|Sommaire|"
        "Note du traducteur|Note de l'éditeur|Remerciements|Épigraphe|Mentions légales|"
        "Portada|Cubierta|Créditos|Dedicatoria|Prólogo|Prefacio|Introducción|Índice|Nota del traductor|Nota del editor|"
        "Agradecimientos|Copertina|Frontespizio|Dedica|Prefazione|Introduzione|Indice|Ringraziamenti|"
        "Titelseite|Titelblatt|Umschlag|Impressum|Widmung|Vorwort|Einleitung|Inhalt|Inhaltsverzeichnis|Danksagung|"
        "Обложка|Титульный лист|Предисловие|Введение|Содержание|Оглавление|От переводчика|От редакции|Посвящение"
    ).split("|")
)


def chapter_called(titles: Sequence[str], number: int) -> int | None:
    """Return the position of the chapter with a number in its title, or None.

    Where titles carry numbers (*IV: The Fall*, *Chapter Four*, *Глава 4*), these decide, and the first of several with
    one number is meant. Else the chapters behind the front matter are counted.
    """
    numbers = [_number_in(title) for title in titles]
    if numbers.count(None) <= len(numbers) - 2 and 1 in numbers:
        return numbers.index(number) if number in numbers else None
    first = next((at for at, title in enumerate(titles) if fold(title).strip(" .:") not in _FRONT), 0)
    at = first + number - 1
    return at if number >= 1 and at < len(titles) else None


def _number_in(title: str) -> int | None:
    folded = fold(title).strip()
    for pattern in (_CALLED, _CALLED_BEFORE, _NUMBERED):
        if found := pattern.match(folded):
            return number_of(found["number"])
    return None
