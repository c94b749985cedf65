"""Tables of the first migration: derived from the study pack and from imported files, and rebuilt from them."""

from __future__ import annotations

from typing import Final

DERIVED: Final = (
    "create table build (name text primary key, value text not null) strict",
    """create table source (
        key text primary key, author text not null, title text not null, publisher text not null, year text not null,
        kind text not null, trust text not null, note text not null, url text not null) strict""",
    """create table canonical_chapter (
        number integer primary key, title text not null, title_basis text not null,
        year_from text not null, year_to text not null,
        page_start integer, page_start_basis text not null, page_end integer, page_end_basis text not null,
        places text not null) strict""",
    """create table canonical_title (
        number integer not null references canonical_chapter, language text not null, title text not null,
        basis text not null, primary key (number, language)) strict""",
    """create table figure (
        key text primary key, name text not null, sort_name text not null, native_name text not null, sex text not null,
        one_line text not null, life text not null, serge text not null, doubt text not null,
        in_memoirs text not null, confidence text not null,
        born text not null, born_year integer, born_place text not null, born_doubt text not null,
        died text not null, died_year integer, died_place text not null, died_doubt text not null,
        fate text not null, fate_text text not null) strict""",
    """create table figure_role (
        figure text not null references figure, position integer not null, role text not null,
        primary key (figure, position)) strict""",
    """create table figure_nationality (
        figure text not null references figure, position integer not null, nationality text not null,
        primary key (figure, position)) strict""",
    """create table figure_movement (
        figure text not null references figure, position integer not null, movement text not null,
        primary key (figure, position)) strict""",
    """create table figure_chapter (
        figure text not null references figure, chapter integer not null references canonical_chapter,
        basis text not null, primary key (figure, chapter)) strict""",
    """create table alias (
        figure text not null references figure, position integer not null, text text not null, kind text not null,
        shared integer not null, primary key (figure, position)) strict""",
    """create table tie (
        figure text not null references figure, other text not null references figure, kind text not null,
        note text not null, primary key (figure, other, kind)) strict""",
    """create table quotation (
        key text primary key, text text not null, kind text not null,
        speaker text references figure, speaker_text text not null, topic text not null, to_text text not null,
        page text not null, page_first integer, page_1963 text not null,
        chapter integer references canonical_chapter, chapter_basis text not null, omitted_1963 integer not null,
        wording text not null, year text not null, portrait_of text references figure, portrait_order integer,
        doubt text not null) strict""",
    """create table quotation_figure (
        quotation text not null references quotation, figure text not null references figure, role text not null,
        position integer not null, primary key (quotation, figure, role)) strict""",
    "create index quotation_figure_by_figure on quotation_figure (figure)",
    """create table event (
        key text primary key, date text not null, sort_date text not null, year integer, kind text not null,
        place text not null, text text not null, chapter integer references canonical_chapter,
        doubt text not null) strict""",
    """create table event_figure (
        event text not null references event, figure text not null references figure, position integer not null,
        primary key (event, figure)) strict""",
    "create index event_figure_by_figure on event_figure (figure)",
    """create table matter (
        key text primary key, position integer not null, title text not null, by text not null, place text not null,
        pages text not null, note text not null) strict""",
    """create table publication (
        key text primary key, position integer not null, year text not null, title text not null,
        language text not null, publisher text not null, place text not null, translator text not null,
        editor text not null, pages text not null, isbn text not null, cut_or_restored text not null,
        doubt text not null) strict""",
    """create table work (
        key text primary key, position integer not null, title text not null, title_original text not null,
        language text not null, written text not null, published text not null, kind text not null,
        text text not null, doubt text not null) strict""",
    """create table reception_point (
        key text primary key, position integer not null, stance text not null, topic text not null,
        text text not null, by text not null) strict""",
    "create table rating (name text primary key, value text not null) strict",
    """create table citation (
        record text not null, field text not null, position integer not null,
        source text not null references source, locator text not null,
        primary key (record, field, position)) strict""",
    """create table edition (
        key text primary key, title text not null, author text not null, language text not null, format text not null,
        source_name text not null, identifier text not null, digest text not null, imported_at text not null,
        words integer not null, report text not null) strict""",
    """create table chapter (
        edition text not null references edition, ordinal integer not null, title text not null, level integer not null,
        canonical integer, first_passage integer not null, passages integer not null, words integer not null,
        characters integer not null, primary key (edition, ordinal)) strict""",
    """create table passage (
        id integer primary key, edition text not null references edition, ordinal integer not null,
        chapter integer not null, kind text not null, level integer not null, text text not null, spans text not null,
        unique (edition, ordinal)) strict""",
    """create virtual table passage_fts using fts5 (
        text, content = 'passage', content_rowid = 'id', tokenize = "unicode61 remove_diacritics 2")""",
    """create table note (
        edition text not null references edition, key text not null, position integer not null, label text not null,
        text text not null, primary key (edition, key)) strict""",
    """create table page_mark (
        edition text not null references edition, passage integer not null, offset integer not null,
        label text not null, primary key (edition, passage, offset)) strict""",
    """create table mention (
        edition text not null references edition, passage integer not null, start integer not null,
        end integer not null, figure text not null references figure, confidence real not null,
        primary key (edition, passage, start, figure)) strict, without rowid""",
    "create index mention_by_figure on mention (figure, edition, passage, start)",
    """create table quotation_place (
        quotation text not null references quotation, edition text not null references edition,
        passage integer not null, start integer not null, end_passage integer not null, end integer not null,
        score real not null, margin real not null, primary key (quotation, edition)) strict""",
)
"""Statements of `m001_derived`, in order."""

PACK_VALUE: Final = (
    """create table pack_value (
        record text not null, field text not null, value text not null, primary key (record, field)) strict""",
)
"""Statements of `m003_pack_value`: values are JSON."""

TERMS: Final = (
    """create table term (
        key text primary key, kind text not null, name text not null, native_name text not null,
        one_line text not null, text text not null, date_from text not null, date_to text not null,
        doubt text not null) strict""",
    """create table term_alias (
        term text not null references term, position integer not null, text text not null, language text not null,
        shared integer not null, primary key (term, position)) strict""",
    """create table term_chapter (
        term text not null references term, chapter integer not null references canonical_chapter,
        basis text not null, primary key (term, chapter)) strict""",
    """create table membership (
        position integer primary key, figure text not null references figure, term text not null references term,
        date_from text not null, date_to text not null, role text not null, doubt text not null) strict""",
    "create index membership_by_figure on membership (figure)",
    "create index membership_by_term on membership (term)",
    """create table pronunciation (
        figure text primary key references figure, say text not null, stressed text not null) strict""",
    """create table content_page (
        key text primary key, position integer not null, title text not null, text text not null) strict""",
    """create table term_mention (
        edition text not null references edition, passage integer not null, start integer not null,
        end integer not null, term text not null references term,
        primary key (edition, passage, start)) strict, without rowid""",
    "create index term_mention_by_term on term_mention (term, edition, passage, start)",
    "alter table quotation add column work text not null default ''",
    "alter table quotation add column own_translation integer not null default 0",
)
"""Statements of `m010_terms`: what the book takes for granted, and which of Serge's works a quotation is from."""

UNDECIDED: Final = (
    """create table link_question (
        edition text not null references edition, passage integer not null, start integer not null,
        end integer not null, surface text not null, figure text not null, confidence real not null,
        reason text not null, primary key (edition, passage, start, figure)) strict, without rowid""",
    "create index link_question_by_surface on link_question (surface, edition)",
    """create table name_suggestion (
        edition text not null references edition, surface text not null, name text not null,
        occurrences integer not null, passage integer not null, start integer not null, end integer not null,
        primary key (edition, surface)) strict, without rowid""",
    """create table candidate (
        key text not null, source text not null, position integer not null, text text not null, pages text not null,
        speaker text not null, about text not null, context text not null, quotation text not null,
        language text not null, imported_at text not null, primary key (source, key)) strict""",
    "create index candidate_by_key on candidate (key)",
)
"""Statements of `m004_undecided`: names and quotations found by imports, for the reader to decide on."""
