"""Table of the eighth migration: what has been read of each edition. The reader's own.

A stretch keeps its first and last words, like a position: they are looked for when the edition is replaced.
"""

from __future__ import annotations

from typing import Final

STRETCH_READ: Final = (
    """create table stretch_read (
        edition text not null, passage integer not null, start integer not null,
        end_passage integer not null, end integer not null, characters integer not null,
        exact text not null, ending text not null, primary key (edition, passage, start)) strict, without rowid""",
    # Before, everything up to the present place counted as read.
    """insert into stretch_read
        select c.edition, c.first_passage, 0, c.first_passage + c.passages - 1, length(b.text), c.characters,
            substr(a.text, 1, 80), substr(b.text, -80)
        from position p join chapter c on c.edition = p.edition and c.first_passage + c.passages <= p.passage
        join passage a on a.edition = c.edition and a.ordinal = c.first_passage
        join passage b on b.edition = c.edition and b.ordinal = c.first_passage + c.passages - 1
        where c.characters > 0""",
    """insert into stretch_read
        select c.edition, c.first_passage, 0, b.ordinal, length(b.text),
            (select sum(length(t.text)) from passage t
                where t.edition = c.edition and t.ordinal between c.first_passage and b.ordinal),
            substr(a.text, 1, 80), substr(b.text, -80)
        from position p join chapter c on c.edition = p.edition
            and p.passage > c.first_passage and p.passage < c.first_passage + c.passages
        join passage a on a.edition = c.edition and a.ordinal = c.first_passage
        join passage b on b.edition = c.edition and b.ordinal = p.passage - 1""",
)
"""Statements of `m008_stretch_read`, in order."""
