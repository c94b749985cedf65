"""A few people, as the finder sees them."""

from __future__ import annotations

from db.dates import HistoricalDate
from db.models import Alias, FigureName

_UNKNOWN = HistoricalDate.parse("unknown")


def person(
    key: str, name: str, sort_name: str, native_name: str = "", *aliases: tuple[str, str], mentions: int = 0
) -> FigureName:
    """A figure's names; an alias is its text and its kind, with `shared` after the kind where another bears it too."""
    return FigureName(
        key=key,
        name=name,
        sort_name=sort_name,
        native_name=native_name,
        one_line="",
        born=_UNKNOWN,
        died=_UNKNOWN,
        aliases=tuple(Alias(text, kind.removesuffix(" shared"), kind.endswith(" shared")) for text, kind in aliases),
        mentions=mentions,
    )


PEOPLE = [
    person(
        "trotsky", "Leon Trotsky", "Trotsky, Leon", "Лев Давидович Троцкий",
        ("Lev Davidovich Bronstein", "birth"), ("the Old Man", "nickname"), mentions=90,
    ),
    person("sedova", "Natalia Sedova", "Sedova, Natalia", "Наталья Ивановна Седова", ("Natalia Trotsky", "married")),
    person("lev-sedov", "Lev Sedov", "Sedov, Lev", "Лев Львович Седов", ("Lyova", "nickname"), mentions=5),
    person("sergei-sedov", "Sergei Sedov", "Sedov, Sergei", "Сергей Львович Седов", mentions=1),
    person("zinoviev", "Grigory Zinoviev", "Zinoviev, Grigory", "Григорий Евсеевич Зиновьев", mentions=41),
    person(
        "kamenev", "Lev Kamenev", "Kamenev, Lev", "Лев Борисович Каменев", ("Rosenfeld", "birth"), mentions=20
    ),
    person("bukharin", "Nikolai Bukharin", "Bukharin, Nikolai", "Николай Иванович Бухарин", mentions=20),
    person(
        "lenin", "Vladimir Lenin", "Lenin, Vladimir Ilyich", "Владимир Ильич Ленин",
        ("Vladimir Ulyanov", "birth"), ("Ilyich", "nickname"), mentions=70,
    ),
    person("nin", "Andrés Nin", "Nin, Andrés", "Andreu Nin i Pérez", mentions=8),
    person(
        "stalin", "Joseph Stalin", "Stalin, Joseph", "Иосиф Виссарионович Сталин",
        ("Koba", "party"), ("Dzhugashvili", "birth"), mentions=80,
    ),
    person(
        "serge", "Victor Serge", "Serge, Victor", "Виктор Львович Кибальчич",
        ("Le Rétif", "pen"), ("Victor Stern", "cover"), ("Victor Kibalchich", "birth"), mentions=100,
    ),
    person("vlady", "Vlady Kibalchich", "Kibalchich, Vlady", "Владимир Викторович Кибальчич", mentions=12),
    person("kun", "Béla Kun", "Kun, Béla", "Kun Béla", mentions=6),
    person("daumig", "Ernst Däumig", "Däumig, Ernst", "Ernst Däumig"),
    person("chen", "Chen Duxiu", "Chen, Duxiu", "陳獨秀", ("Ch'en Tu-hsiu", "spelling")),
    person("nicholas", "Nicholas II", "Nicholas II", "Николай II", ("the Tsar", "nickname")),
    person(
        "antonov", "Vladimir Antonov-Ovseenko", "Antonov-Ovseenko, Vladimir",
        "Владимир Александрович Антонов-Овсеенко",
    ),
    person("de-boe", "Jean De Boë", "De Boë, Jean"),
    person("gumilev", "Nikolai Gumilev", "Gumilev, Nikolai", "Николай Степанович Гумилёв"),
    person("voronsky", "Alexander Voronsky", "Voronsky, Alexander", "Александр Константинович Воронский"),
    person("reiss", "Ignace Reiss", "Reiss, Ignace", "", ("Nathan Poretsky", "birth"), ("Hans Eberhardt", "cover")),
    person("aron-baron", "Aron Baron", "Baron, Aron", "Аарон Давидович Барон"),
]  # fmt: skip

TEXTS = {
    "kun": "Hungarian communist, people's commissar in Budapest.\nWent to the Crimea.",
    "gumilev": "Poet, traveller and officer.\nHe was the husband of Akhmatova.",
    "lenin": "Head of the Soviet government.\nHis elder brother Alexander was hanged; a poet never.",
    "zinoviev": "President of the International.\nSpoke in a shrill voice for hours.",
}
