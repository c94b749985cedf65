"""Old defaults of settings, written down for readers who have used them when a default changes."""

from __future__ import annotations

from typing import Final

_USED: Final = (
    "(exists (select 1 from review) or exists (select 1 from stretch_read) or exists (select 1 from position)"
    " or exists (select 1 from annotation))"
)
KEEP_ENDS_HIDDEN: Final = (
    # Only where the reader never chose: who shows ends already is not offered to.
    f"""insert into setting select 'ends_offer', 'true'
        where {_USED} and not exists (select 1 from setting where name = 'fates_sealed')""",
    f"insert or ignore into setting select 'fates_sealed', 'true' where {_USED}",
)
"""Statements of `m013_ends_shown`: before it, ends were hidden unless the reader had changed that."""
KEEP_FIVE_NEW: Final = (
    # Only where the reader never chose: who has chosen is not asked.
    f"""insert into setting select 'cards.new_offer', 'true'
        where {_USED} and not exists (select 1 from setting where name = 'cards.new_per_day')""",
    f"insert or ignore into setting select 'cards.new_per_day', '5' where {_USED}",
)
"""Statements of `m022_ten_new_cards`: before it, five new cards came a day unless the reader had changed that."""
