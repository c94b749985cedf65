"""Tables of the sixth migration: what the log of answers amounts to by day, kept by triggers beside every insert.

Whoever writes into the log (an answer, an undo, another machine) need not know of it; it can be reckoned again from the
log at any time.
"""

from __future__ import annotations

from typing import Final

DAY_STUDIED: Final = (
    """create table day_studied (
        day text primary key, answers integer not null, known integer not null, milliseconds integer not null)
        strict""",
    """insert into day_studied select study_day, count(*), sum(rating > 1), sum(min(duration_ms, 60000)) from review r
        where kind = 'answer' and not exists (select 1 from review u where u.voids = r.id) group by study_day""",
    """create trigger review_counts after insert on review when new.kind = 'answer' begin
        insert into day_studied values (new.study_day, 1, new.rating > 1, min(new.duration_ms, 60000))
        on conflict (day) do update set answers = answers + 1, known = known + excluded.known,
        milliseconds = milliseconds + excluded.milliseconds; end""",
    """create trigger review_voided_counts_no_more after insert on review when new.voids is not null begin
        update day_studied set answers = answers - 1,
        known = known - (select rating > 1 from review where id = new.voids),
        milliseconds = milliseconds - (select min(duration_ms, 60000) from review where id = new.voids)
        where day = (select study_day from review where id = new.voids and kind = 'answer'); end""",
    "create index review_given on review (id) where given <> ''",
)
"""Statements of `m006_day_studied`, in order."""
