"""Stable views for whoever reads the file with SQL: `docs/data.md` describes them and has queries to begin with.

Their names and columns are a format: a column may be added at the end, none is renamed or taken away. The program
itself does not use them, so that tables can change beneath them: whoever changes a table that one reads drops the view
and makes it anew in the same migration.
"""

from __future__ import annotations

from typing import Final


def _list(values: str, order: str = "position") -> str:
    """Return a subquery that joins values in order, with semicolons between them."""
    return f"coalesce((select group_concat(value, '; ') from (select {values} order by {order})), '')"


VIEWS: Final = {
    "v_people": f"""create view v_people as select
        f.key as key, f.name as name, f.native_name as native_name, f.one_line as one_line,
        f.born as born, f.born_year as born_year, f.born_place as born_place,
        f.died as died, f.died_year as died_year, f.died_place as died_place, f.fate as fate,
        {_list("nationality as value, position from figure_nationality where figure = f.key")} as nationalities,
        {_list("movement as value, position from figure_movement where figure = f.key")} as movements,
        {_list("role as value, position from figure_role where figure = f.key")} as roles,
        {_list("chapter as value from figure_chapter where figure = f.key", "chapter")} as chapters,
        {_list("text as value, position from alias where figure = f.key")} as also_called,
        (select count(*) from mention m where m.figure = f.key and m.edition <> 'guide') as mentions,
        (select count(*) from quotation q where q.portrait_of = f.key) as portraits,
        (select count(*) from quotation q where q.speaker = f.key) as sayings,
        (select count(*) from annotation a where a.target = 'figure:' || f.key and a.deleted_at = '') as notes
        from figure f""",
    "v_quotations": f"""create view v_quotations as select
        q.key as key, q.text as text, q.kind as kind, q.speaker as speaker,
        coalesce((select name from figure where key = q.speaker), q.speaker_text) as speaker_name,
        {
        _list(
            "f.name as value, r.position from quotation_figure r join figure f on f.key = r.figure"
            " where r.quotation = q.key and r.role = 'about'"
        )
    } as about,
        {
        _list(
            "f.name as value, r.position from quotation_figure r join figure f on f.key = r.figure"
            " where r.quotation = q.key and r.role = 'to'"
        )
    } as said_to,
        q.portrait_of as portrait_of, q.topic as topic, q.year as year, q.chapter as chapter, q.page as page,
        q.page_first as first_page, coalesce((select title from work where key = q.work), '') as work,
        q.own_translation as own_translation, q.doubt as doubt
        from quotation q""",
    "v_notes": f"""create view v_notes as select
        a.key as key, a.kind as kind, a.target as about,
        coalesce((select name from figure where 'figure:' || key = a.target), '') as about_name,
        a.edition as edition, coalesce(e.title, '') as text_title,
        coalesce(c.title, '') as chapter_title, c.canonical as chapter,
        coalesce((select p.label from page_mark p where p.edition = a.edition
            and (p.passage, p.offset) <= (a.passage, a.start)
            order by p.passage desc, p.offset desc limit 1), '') as page,
        a.colour as colour, a.exact as words, a.body as note,
        {_list("tag as value from annotation_tag where annotation = a.key", "tag")} as tags,
        a.state as state, a.created_at as created_at, a.modified_at as modified_at
        from annotation a left join edition e on e.key = a.edition
        left join chapter c on c.edition = a.edition
            and a.passage >= c.first_passage and a.passage < c.first_passage + c.passages
        where a.deleted_at = ''""",
    "v_reviews": """create view v_reviews as select
        r.id as id, r.card as card, substr(r.card, 1, instr(r.card, '/') - 1) as card_kind,
        substr(r.card, instr(r.card, '/') + 1) as subject,
        (select q.key from quotation q where q.key = rtrim(
            substr(r.card || '/', instr(r.card, '/') + 1, instr(substr(r.card || '/', instr(r.card, '/') + 1), '/')),
            '/')) as quotation,
        r.rating as rating,
        case r.rating when 1 then 'Again' when 2 then 'Hard' when 3 then 'Good' when 4 then 'Easy' end as grade,
        r.rating > 1 as known, r.reviewed_at as reviewed_at, r.study_day as study_day,
        r.duration_ms / 1000.0 as seconds, r.given as given
        from review r
        where r.kind = 'answer' and not exists (select 1 from review u where u.voids = r.id)""",
}
"""The statement of each view, by its name; `m018_views` makes them."""
