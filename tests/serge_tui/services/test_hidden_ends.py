"""While ends are hidden nothing tells how somebody ended: pages, cards, questions and commands go by one rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from db.ends import names_a_death
from db.models import GUIDE_EDITION, CardState, Mention
from serge_tui.core.study.cards.registry import KINDS_OF_DEATH
from serge_tui.core.study.deck import ALL, Filter
from serge_tui.modes.figures.dossier import load_dossier
from serge_tui.modes.figures.page_content import figure_page
from serge_tui.modes.reader.card_content import card_facts
from serge_tui.modes.reader.widgets.figure_card import card_content
from serge_tui.modes.years.chronology import EventRow, Narrowing, last_year_of, rows_of
from serge_tui.modes.years.page_content import year_page
from serge_tui.modes.years.people import lifespans, living_in
from serge_tui.services.card_collection import card_collection
from serge_tui.services.confusions import finder_of
from serge_tui.services.decks import deck_cards
from serge_tui.services.hidden_ends import HiddenEnds, ask_for_end, hidden_ends, may_be_asked, untold_events
from serge_tui.services.quiz_rounds import make_questions, quiz_material
from serge_tui.services.study_settings import today
from tests.serge_tui.cli.test_cli import run

if TYPE_CHECKING:
    from pathlib import Path

    from db.library import Library
    from serge_tui.core.study.card import Card

SHOT = "bonnot-killed"


def cards_of(library: Library, deck: Filter = ALL, *, hidden: bool | None = True) -> list[Card]:
    return deck_cards(library, card_collection(library), deck, library.study.states(), today(library), hidden=hidden)


def hidden(library: Library) -> HiddenEnds:
    return hidden_ends(library, hidden=True)


def read_chapter(library: Library, number: int, edition: str = GUIDE_EDITION) -> None:
    chapter = library.texts.canonical(edition, number)
    assert chapter is not None
    library.reading.replace(edition, [(chapter.ordinal, None)]).result()


# --- the switch -------------------------------------------------------------------------------------------------------


def test_ends_are_shown_unless_the_reader_hides_them(library: Library) -> None:
    assert not hidden_ends(library).died
    by_itself = [card for card in card_collection(library).cards.values() if card.offered == "always"]
    assert len(cards_of(library, hidden=None)) == len(by_itself)
    library.settings.set("fates_sealed", True).result()
    ends = hidden_ends(library)
    assert ends.of("zinoviev")
    assert len(cards_of(library, hidden=None)) < len(by_itself)
    assert not hidden_ends(library, hidden=False).died


# --- what tells an end ------------------------------------------------------------------------------------------------


def test_who_died_before_the_book_begins_and_the_narrator_are_not_hidden(library: Library) -> None:
    ends = hidden(library)
    assert not ends.of("alexander-ii")
    assert not ends.of("serge")


def test_a_chapter_read_tells_the_ends_of_its_years(library: Library) -> None:
    before = hidden(library)
    assert SHOT in before.events
    assert before.of("bonnot")
    read_chapter(library, 1)
    after = hidden(library)
    assert SHOT not in after.events
    assert not after.of("bonnot")
    assert after.of("zinoviev"), "he dies in a later year"
    assert after.year == 1912


def test_a_passage_read_tells_the_end_it_speaks_of(library: Library) -> None:
    (mention,) = [
        mention
        for mention in library.passages.mentions_of("kropotkin", GUIDE_EDITION)
        if (found := library.passages.at(GUIDE_EDITION, mention.passage)) and "dies at Dmitrov" in found.text
    ]
    passage = library.passages.at(GUIDE_EDITION, mention.passage)
    chapter = library.texts.chapter_of(GUIDE_EDITION, mention.passage)
    assert passage is not None
    assert chapter is not None
    start = sum(
        len(known.text) for known in library.passages.between(GUIDE_EDITION, chapter.first_passage, mention.passage - 1)
    )
    library.reading.add(GUIDE_EDITION, chapter.ordinal, [(0, start)]).result()
    assert hidden(library).of("kropotkin")
    library.reading.add(GUIDE_EDITION, chapter.ordinal, [(start, start + len(passage.text))]).result()
    assert not hidden(library).of("kropotkin")


@pytest.mark.parametrize("kind", ["fate", "order", "alive"])
def test_a_card_answered_tells_what_it_asks(library: Library, kind: str) -> None:
    before = cards_of(library)
    card = next(card for card in card_collection(library).cards.values() if card.kind == kind and card not in before)
    assert card.key not in {known.key for known in cards_of(library)}
    library.study.record(card.key, 3, "2026-01-01", CardState(card.key)).result()
    after = hidden(library)
    assert not after.events.intersection(card.events)
    if kind != "order":
        assert not after.of(card.answer_figure or card.figures[0])


def test_an_end_asked_for_stays_shown_until_it_is_hidden_again(library: Library) -> None:
    ask_for_end(library, "zinoviev", shown=True).result()
    assert not hidden(library).of("zinoviev")
    assert hidden(library).of("kamenev")
    ask_for_end(library, "zinoviev", shown=False).result()
    assert hidden(library).of("zinoviev")


def test_a_sentence_on_the_same_screen_tells_of_those_it_names() -> None:
    text = "Lenin spoke that day. Kropotkin dies at Dmitrov; Gorky mourned him."
    ends = HiddenEnds(switched_on=True, died={"lenin": 1924, "kropotkin": 1921})
    at = text.index("Kropotkin")
    names = [Mention("guide", 0, 0, 5, "lenin", 1.0), Mention("guide", 0, at, at + 9, "kropotkin", 1.0)]
    told = ends.told_by(text, names)
    assert told == {"kropotkin"}
    assert ends.without(told).died == {"lenin": 1924}


@pytest.mark.parametrize(
    "words",
    [
        "He was shot in 1937.", "Il fut fusillé.", "Lo fucilarono.", "Murió en el exilio.", "Er wurde erschossen.",
        "Его расстреляли.", "after her suicide", "the funeral of Joffe",
    ],
)  # fmt: skip
def test_words_of_death_are_known_in_every_language_of_the_book(words: str) -> None:
    assert names_a_death(words)


@pytest.mark.parametrize("words", ["He spoke well.", "Il parlait bien.", "Говорил он мало.", "tall and pale"])
def test_ordinary_words_tell_nothing(words: str) -> None:
    assert not names_a_death(words)


def test_a_life_is_shown_up_to_the_year_reached(library: Library) -> None:
    figure = library.figures.by_key("zinoviev")
    assert figure is not None
    nothing_read, goes_on = hidden(library).life(figure)
    assert goes_on
    for number in range(1, 6):
        read_chapter(library, number)
    later, goes_on = hidden(library).life(figure)
    assert goes_on
    assert len(nothing_read) < len(later) < len(figure.life)
    assert "1936" not in later


# --- every screen, over the whole pack --------------------------------------------------------------------------------


def test_no_page_of_anybody_tells_what_it_hides(library: Library) -> None:
    ends = hidden(library)
    for key, year in ends.died.items():
        dossier = load_dossier(library, key, GUIDE_EDITION, all_mentions=True)
        assert dossier is not None
        figure = dossier.figure
        for part in figure_page(dossier, ends):
            words = part.text.plain
            if part.heading in ("Fate", "Events", "Cards"):
                continue
            assert not figure.fate_text or figure.fate_text not in words, key
            named = figure.name in words and figure.name != words.strip()
            assert not (named and names_a_death(words)), (key, words)
            assert year is None or f"–{year}" not in words, (key, words)


def test_no_card_over_the_page_tells_what_it_hides(library: Library) -> None:
    ends = hidden(library)
    for key, year in ends.died.items():
        figure = library.figures.by_key(key)
        mention = library.passages.first_mention(key, GUIDE_EDITION)
        if figure is None or mention is None:
            continue
        facts = card_facts(library, figure, mention, (100_000, 0), ends=ends, unfolded=False)
        shown = card_content(facts).plain
        assert "▒▒▒▒" in facts.years, key
        assert facts.words is None or facts.words.key not in ends.quotations
        assert year is None or f"–{year}" not in shown
        assert not figure.fate_text or figure.fate_text not in shown


def test_no_year_tells_what_it_hides(library: Library) -> None:
    ends, people = hidden(library), lifespans(library)
    for row in rows_of(library.chronicle.events(), Narrowing(), None, None, ends.events):
        page = year_page(row, living_in(row.year, people, None), ends=ends, everybody=True, chapters={})
        words = "\n".join(f"{part.text.plain}\n{part.unfolds or ''}" for part in page)
        if isinstance(row, EventRow):
            assert row.hidden == (row.event.key in ends.events)
            assert not row.hidden or row.event.text not in words
        named = words.partition(f"Born by {last_year_of(row)}")[0]
        died = {life.name for life in people if ends.of(life.key)}
        assert not [line for line in named.splitlines() if line.partition("  ")[0].strip() in died]


def test_no_card_asks_or_answers_what_is_hidden(library: Library) -> None:
    ends = hidden(library)
    for card in cards_of(library):
        figures = {*card.figures, card.answer_figure} & ends.died.keys()
        assert card.quotation not in ends.quotations
        assert ends.events.isdisjoint(card.events)
        if figures:
            words = "\n".join((card.question, card.stimulus, card.context, card.answer, card.note, *card.hints))
            assert not names_a_death(words), card.key
            assert card.kind not in KINDS_OF_DEATH


def test_cards_whose_answer_is_hidden_and_whose_question_is_an_execution_stay_away(library: Library) -> None:
    ends = hidden(library)
    telling = [
        card
        for card in card_collection(library).cards.values()
        if card.kind in ("who", "about", "portrait", "to") and ends.of(card.answer_figure) and names_a_death(card.shown)
    ]
    assert telling
    assert not {card.key for card in telling} & {card.key for card in cards_of(library)}
    assert {card.key for card in telling} <= {card.key for card in cards_of(library, hidden=False)}


def test_a_deck_of_deaths_is_a_wish(library: Library) -> None:
    fates = [card for card in card_collection(library).cards.values() if card.kind == "fate"]
    assert cards_of(library, Filter("Fates", kinds=frozenset({"fate"}))) == fates
    orders = Filter("Order", kinds=frozenset({"order"}))
    ends = hidden_ends(library, hidden=True)
    all_orders = [card for card in card_collection(library).cards.values() if card.kind == "order"]
    assert cards_of(library, orders) == [card for card in all_orders if may_be_asked(card, ends)]


# --- questions, sheets, commands --------------------------------------------------------------------------------------


@pytest.mark.usefixtures("ends_hidden")
@pytest.mark.parametrize("seed", range(6))
def test_no_question_of_dates_tells_a_death(library: Library, seed: int) -> None:
    telling = untold_events(library)
    asked = make_questions(library, finder_of(library), kind="first", seed=seed)
    assert asked
    assert not [question.keys for question in asked if telling & set(question.keys)]


def test_the_material_of_a_quiz_has_every_event_once_ends_are_shown(library: Library) -> None:
    finder = finder_of(library)
    assert SHOT not in {event.key for event in quiz_material(library, ALL, finder, hidden=True).events}
    assert SHOT in {event.key for event in quiz_material(library, ALL, finder).events}


@pytest.mark.usefixtures("ends_hidden")
def test_a_sheet_and_an_export_tell_deaths_only_when_told_to(database: Path) -> None:
    sheet = ("quiz", "--print", "60", "--kind", "first", "--seed", "1")
    assert run(*sheet, database=database).stdout != run(*sheet, "--fates", database=database).stdout
    kept = run("export", "cards", "--format", "json", database=database).stdout
    told = run("export", "cards", "--fates", "--format", "json", database=database).stdout
    assert "fate/zinoviev" not in kept
    assert "fate/zinoviev" in told
    assert "end/gramsci" not in kept
    assert "end/gramsci" in told
    assert not any(f'"kind": "{kind}"' in kept for kind in KINDS_OF_DEATH - {"fate", "end"})
    assert all(f'"kind": "{kind}"' in told for kind in KINDS_OF_DEATH - {"alive"})  # that one comes on wish


@pytest.mark.usefixtures("ends_hidden")
def test_commands_obey_the_same_switch(database: Path) -> None:
    assert "1936" not in run("who", "Zinoviev", database=database).stdout
    assert "1936" in run("who", "--fates", "Zinoviev", database=database).stdout
    assert "1881" in run("who", "Alexander II", database=database).stdout.splitlines()[0], "before 1906"
    found = run("search", "Novodevichy grave", database=database).stdout
    assert "speak over Joffe’s" not in found
    assert "▒▒▒▒" in found
    assert "speak over Joffe’s" in run("search", "--fates", "Novodevichy grave", database=database).stdout


def test_commands_show_ends_on_a_new_database(database: Path) -> None:
    assert "1936" in run("who", "Zinoviev", database=database).stdout
    assert "▒▒▒▒" not in run("figures", database=database).stdout


def test_a_figures_page_tells_nobody_elses_end(library: Library) -> None:
    dossier = load_dossier(library, "trotsky", "guide")
    assert dossier is not None
    shown = {
        hidden: "\n".join(
            f"{part.text.plain}\n{part.unfolds or ''}"
            for part in figure_page(dossier, hidden_ends(library, hidden=hidden))
        )
        for hidden in (True, False)
    }
    assert "speak over Joffe’s grave" in shown[False]
    assert "speak over Joffe’s grave" not in shown[True]
