"""Facets and filters as values."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from hypothesis import given
from hypothesis import strategies as st

from db.vocabulary import FATES, MOVEMENTS, NATIONALITIES
from serge_tui.core.name_finder.match import Match
from serge_tui.modes.figures.catalogue import load_catalogue
from serge_tui.modes.figures.facets import facet_views, spoken
from serge_tui.modes.figures.filters import FACETS, Facet, FigureFilter, join_words, split_words
from serge_tui.modes.figures.rows import figure_rows
from serge_tui.modes.figures.saved_filters import FIRST_SAVED
from serge_tui.services.hidden_ends import ALL_SHOWN, HiddenEnds
from serge_tui.services.saved_filters import SavedFilter, read_filters, with_filter

if TYPE_CHECKING:
    from db.library import Library

CHOSEN = st.builds(
    FigureFilter,
    movement=st.sampled_from(["", *sorted(MOVEMENTS)]),
    nationality=st.sampled_from(["", *sorted(NATIONALITIES)]),
    ended=st.sampled_from(["", *FATES]),
    chapter=st.sampled_from(["", *map(str, range(1, 11))]),
    met=st.sampled_from(["", "yes", "no"]),
    portrait=st.sampled_from(["", "yes", "no"]),
    noted=st.sampled_from(["", "yes", "no"]),
    sort=st.sampled_from(["name", "mentions", "birth", "death", "appearance"]),
)


@given(st.text(alphabet="abc é'-", max_size=12), CHOSEN)
def test_a_filter_written_as_words_is_the_same_when_read(typed: str, chosen: FigureFilter) -> None:
    query = " ".join(typed.split())
    assert split_words(join_words(query, chosen)) == (query, chosen)


@given(st.text())
def test_any_words_are_read(text: str) -> None:
    query, chosen = split_words(text)
    assert all(word in text for word in query.split())
    assert spoken(join_words(query, chosen)) is not None


def test_the_facets_are_the_fields_of_a_filter() -> None:
    assert set(get_args(Facet)) == set(FACETS)
    assert all(FigureFilter().value(facet) == "" for facet in FACETS)


def test_a_count_is_what_choosing_the_value_leaves(library: Library) -> None:
    catalogue = load_catalogue(library)
    chosen = FigureFilter(nationality="Russian")
    for facet in FACETS:
        for value, count in catalogue.counts(chosen, facet):
            left = catalogue.narrowed(catalogue.names, chosen.with_word(facet, value))
            assert len(left) == count, (facet, value)


def test_counts_are_of_those_who_were_found(library: Library) -> None:
    catalogue = load_catalogue(library)
    among = ["radek", "gorky", "trotsky"]
    views = facet_views(catalogue, FigureFilter(), {}, hide_ends=True, among=among)
    counts = {value.value: value.count for view in views if view.name == "portrait" for value in view.values}
    assert sum(count or 0 for count in counts.values()) == len(among)
    assert list(counts) == sorted(counts, reverse=True), "yes before no"


def test_every_value_is_shown_in_words(library: Library) -> None:
    views = facet_views(load_catalogue(library), FigureFilter(), {}, hide_ends=False)
    titles = {view.name: [value.title for value in view.values] for view in views}
    assert "1 World Without Possible Escape" in titles["chapter"]
    assert "POUM" in titles["movement"]
    assert "Left Opposition" in titles["movement"]
    assert "not met yet" in titles["met"]
    assert spoken("portrait:yes chapter:4") == "chapter 4 · with portrait"


def test_accents_do_not_count_in_the_order_of_names(library: Library) -> None:
    order = load_catalogue(library).order("name")
    assert order.index("benjamin") - 1 == order.index("benedite")


def test_sealed_facets_have_no_values_and_nothing_is_narrowed_by_them(library: Library) -> None:
    catalogue = load_catalogue(library)
    views = {view.name: view for view in facet_views(catalogue, FigureFilter(), {}, hide_ends=True)}
    assert views["ended"].hidden
    assert views["ended"].values == ()
    assert "death" not in {value.value for value in views["sort"].values}
    assert FigureFilter(ended="shot", sort="death").without_ends() == FigureFilter(sort="birth")


def test_filters_under_keys(library: Library) -> None:
    kept = with_filter([], "7", "movement:poum")
    kept = with_filter(kept, "7", "chapter:3")
    assert kept == ["7 chapter:3"]
    assert read_filters(kept, FIRST_SAVED)["7"] == SavedFilter("chapter:3")
    kept = with_filter(kept, "7", "chapter:3", "the third\x1b[31m")
    assert read_filters(kept, FIRST_SAVED)["7"] == SavedFilter("chapter:3", "the third\ufffd[31m")
    assert "7" not in read_filters(with_filter(kept, "7", ""), FIRST_SAVED)
    assert "1" in read_filters([], FIRST_SAVED)
    assert "1" not in read_filters(["1 "], FIRST_SAVED)


def test_what_is_told_of_somebody_is_not_shown_while_fates_are_sealed(library: Library) -> None:
    catalogue = load_catalogue(library)
    match = Match("zinoviev", "Grigory Zinoviev", 60, "was shot when it ended", (4, 5, 6, 7), "description")
    (row,) = figure_rows(catalogue, FigureFilter(), [match], ends=HiddenEnds(died={"zinoviev": 1936}))
    assert "shot" not in row.alias
    assert row.lit == ()
    (row,) = figure_rows(catalogue, FigureFilter(), [match], ends=ALL_SHOWN)
    assert "shot" in row.alias
