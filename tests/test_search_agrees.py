"""However a word is spelt, in the text or in the query, the searches of the program agree that it is there.

`serge search` and `/` ask `Search`, the filter of Notes `note_filters`, `s` in Read `SearchableText`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from db.annotations import new_annotation
from db.library import Library
from db.models import Anchor
from db.query import parse_query
from db.search import Within
from db.store import EditionFindings, replace_edition
from db.text import fold
from serge_tui.core.export.note_record import NoteRecord
from serge_tui.modes.reader.searchable_text import SearchableText
from serge_tui.services.note_filters import matches
from tests.db.helpers import book

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SPELLINGS: Final = {
    "en": "ﬁnal/final ﬂag/flag oﬃce/office eﬀort/effort Æsop/Aesop Cæsar/Caesar café/cafe naïve/naive rôle/role"
    " sailor’s/sailor's don’t/don't o’clock/oʼclock Kron\u00adstadt/Kronstadt rev\u00ado\u00adlu\u00adtion/revolution"
    " anarcho‑syndicalist/anarcho-syndicalist Ｔｒｏｔｓｋｙ/Trotsky ＮＥＰ/NEP cooperate/co\u2060operate"
    " ﬁeld/field ſtreet/street preﬁx/prefix œdema/oedema encyclopædia/encyclopaedia Brontë/Bronte"
    " Dvořák/Dvorak façade/facade re‐elect/re-elect ﬂow/flow aﬄict/afflict mediæval/mediaeval",
    "fr": "œuvre/oeuvre sœur/soeur cœur/coeur œil/oeil vœu/voeu mœurs/moeurs nœud/noeud bœuf/boeuf chœur/choeur"
    " manœuvre/manoeuvre Œdipe/Oedipe L’ouvrier/l'ouvrier aujourd’hui/aujourd'hui qu’il/qu'il été/ete déjà/deja"
    " être/etre forêt/foret maïs/mais garçon/garcon français/francais où/ou Noël/Noel hôpital/hopital"
    " ré\u00advo\u00adlu\u00adtion/revolution e\u0301cole/école c\u0327a/ça ﬁn/fin ex‑æquo/ex-aequo Liège/Liege",
    "es": "años/anos revolución/revolucion José/Jose Andrés/Andres Nin\u00ad/Nin Durruti/Ｄｕｒｒｕｔｉ niño/nino"
    " mañana/manana España/Espana señor/senor cárcel/carcel prisión/prision vergüenza/verguenza pingüino/pinguino"
    " día/dia más/mas qué/que así/asi también/tambien n\u0303andú/ñandu corazón/corazon último/ultimo"
    " líder/lider ejército/ejercito a\u00ad\u00f1o/ano fusi\u00adlado/fusilado árbol/arbol huérfano/huerfano"
    " Cataluña/Cataluna ﬁnca/finca",
    "it": "perché/perche più/piu così/cosi libertà/liberta città/citta verità/verita l’anarchico/l'anarchico"
    " dell’uomo/dell'uomo un’idea/un'idea c’era/c'era poiché/poiche né/ne già/gia ciò/cio può/puo virtù/virtu"
    " gioventù/gioventu metà/meta lunedì/lunedi sarà/sara caffè/caffe tribù/tribu po’/po' vent’anni/vent'anni"
    " rivo\u00adluzione/rivoluzione ﬁne/fine ﬂotta/flotta perche\u0301/perché società/societa tè/te",
    "de": "Straße/Strasse weiß/weiss Spaß/Spass Großmann/Grossmann groß/gross STRAẞE/strasse Fuß/Fuss heiß/heiss"
    " Maß/Mass Preußen/Preussen dreißig/dreissig schließen/schliessen Größe/Grosse für/fur Führer/Fuhrer"
    " Mädchen/Madchen Räte/Rate Köln/Koln Müller/Muller Thälmann/Thalmann Königsberg/Konigsberg schön/schon"
    " Par\u00adtei/Partei geﬂogen/geflogen Auﬂage/Auflage u\u0308ber/über München/Munchen Zörgiebel/Zorgiebel"
    " ﬁnden/finden Gruß/Gruss",
    "ru": "йод/иод ещё/еще зелёный/зеленый ёлка/елка Йоффе/Иоффе Троцкий/Троцкии район/раион войска/воиска"
    " объём/объем полёт/полет счёт/счет Хрущёв/Хрущев Алёша/Алеша Ковалёв/Ковалев чёрный/черный мёртвый/мертвый"
    " тяжёлый/тяжелый партийный/партииныи рабочий/рабочии Николай/Николаи Сергей/Сергеи шёл/шел пришёл/пришел"
    " Андрей/Андреи трой\u00adка/тройка и\u0306од/йод е\u0308лка/ёлка ТРОЦКИЙ/троцкий ЕЩЁ/ещё герой/герои",
    "pl": "Łódź/Lodz Wałęsa/Walesa Dąbrowski/Dabrowski zażółć/zazolc gęślą/gesla jaźń/jazn świt/swit pięć/piec"
    " mężczyzna/mezczyzna Róża/Roza Dzierżyński/Dzierzynski Łukasz/Lukasz żona/zona źródło/zrodlo ćma/cma"
    " Poznań/Poznan wódka/wodka król/krol miłość/milosc słońce/slonce książka/ksiazka głód/glod Wisła/Wisla"
    " rewo\u00adlucja/rewolucja ﬁlm/film Đilas/Dilas Ørsted/Orsted Ǽlfric/Aelfric Čapek/Capek S\u0301wit/Świt",
}
"""Words with another spelling of each; both are searched for in a text that has the other."""


def _pairs() -> Iterator[tuple[str, str]]:
    for spellings in SPELLINGS.values():
        for pair in spellings.split():
            one, other = pair.split("/")
            yield one, other


PAIRS: Final = [(one, other) for pair in _pairs() for one, other in (pair, pair[::-1])]


@pytest.fixture(scope="module")
def texts() -> list[str]:
    return [f"Before, {written} — after." for written, _ in PAIRS]


@pytest.fixture(scope="module")
def stored(built_database: Path, tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> Iterator[Library]:
    path = tmp_path_factory.mktemp("pairs") / "serge.db"
    path.write_bytes(built_database.read_bytes())
    with Library.open(path) as library:
        library.writer.run(lambda c: replace_edition(c, "pairs", book(texts), "x", EditionFindings()))
        yield library


@pytest.fixture(scope="module")
def searchable(texts: list[str]) -> SearchableText:
    return SearchableText(texts)


def test_there_are_two_hundred_pairs_in_seven_languages() -> None:
    assert len(SPELLINGS) == 7
    assert len(PAIRS) >= 400
    assert all(one != other for one, other in PAIRS)


@pytest.mark.parametrize(("at", "written", "typed"), [(at, *pair) for at, pair in enumerate(PAIRS)])
def test_every_search_finds_every_spelling(
    at: int, written: str, typed: str, stored: Library, searchable: SearchableText, texts: list[str]
) -> None:
    answer = stored.search.forgiving(f"{typed} ", Within("pairs"), limit=1_000)
    assert answer.instead == ""
    hit = next(hit for hit in answer.hits if hit.place is not None and hit.place.passage == at)
    lit = [hit.text[start:end] for start, end in hit.matches]
    assert fold("".join(lit)) in {fold(written), "".join(parse_query(f"{typed} ").terms[0].words)}
    assert parse_query(typed).matches(texts[at])

    found = searchable.find(typed)
    assert found.how == "phrase"
    shown = [texts[at][one.start : one.end] for one in found.hits if one.passage == at]
    assert written in shown

    note = NoteRecord(new_annotation("highlight", anchor=Anchor("x", 1, 0, 1, 5, texts[at])), "Book")
    assert matches(note, [typed])
    in_body = NoteRecord(new_annotation("note", body=texts[at]), "Book")
    assert matches(in_body, [typed])
