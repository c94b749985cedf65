"""Tables of the sixth and seventh migration: sums of the review log by day, kept up to date by triggers.

Code that writes to the log (an answer, an undo, a sync) need not know of them; they can be computed again from the log
at any time.
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

_RECALLS_OF = """update day_studied set asked = asked {sign} 1, recalled = recalled {sign}
            (select r.known from recall r where r.card = {card} and r.day = day_studied.day)
        where day >= {day} and day in (select r.day from recall r where r.card = {card});"""
_VOIDED_DAY = "(select study_day from review where id = new.voids)"

DAY_RECALLED: Final = (
    "drop trigger review_counts",
    "drop trigger review_voided_counts_no_more",
    "alter table day_studied add column asked integer not null default 0",
    "alter table day_studied add column recalled integer not null default 0",
    # True retention counts the first valid answer on each day a card was asked, except its very first day.
    """create view recall as select card, day, known from (
            select card, study_day as day, rating > 1 as known, min(id) from review r
            where kind = 'answer' and not exists (select 1 from review u where u.voids = r.id)
            group by card, study_day) asked
        where exists (select 1 from review e where e.card = asked.card and e.kind = 'answer'
            and e.study_day < asked.day and not exists (select 1 from review u where u.voids = e.id))""",
    """update day_studied set asked = s.asked, recalled = s.recalled from
        (select day, count(*) as asked, sum(known) as recalled from recall group by day) s
        where s.day = day_studied.day""",
    # An answer changes the recalls of its card on its own day and, if it arrives late from elsewhere, on later days:
    # these are subtracted before it and added again after it.
    f"""create trigger review_recalls_off before insert on review when new.kind = 'answer' begin
        {_RECALLS_OF.format(sign="-", card="new.card", day="new.study_day")} end""",
    f"""create trigger review_counts after insert on review when new.kind = 'answer' begin
        insert into day_studied (day, answers, known, milliseconds)
            values (new.study_day, 1, new.rating > 1, min(new.duration_ms, 60000))
            on conflict (day) do update set answers = answers + 1, known = known + excluded.known,
            milliseconds = milliseconds + excluded.milliseconds;
        {_RECALLS_OF.format(sign="+", card="new.card", day="new.study_day")} end""",
    f"""create trigger review_voided_recalls_off before insert on review when new.voids is not null begin
        {_RECALLS_OF.format(sign="-", card="new.card", day=_VOIDED_DAY)} end""",
    f"""create trigger review_voided_counts_no_more after insert on review when new.voids is not null begin
        update day_studied set answers = answers - 1,
            known = known - (select rating > 1 from review where id = new.voids),
            milliseconds = milliseconds - (select min(duration_ms, 60000) from review where id = new.voids)
            where day = (select study_day from review where id = new.voids and kind = 'answer');
        {_RECALLS_OF.format(sign="+", card="new.card", day=_VOIDED_DAY)} end""",
)
"""Statements of `m007_day_recalled`, in order."""
