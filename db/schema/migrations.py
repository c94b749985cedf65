"""The migrations, in order. A released migration is never edited: the next one corrects it."""

from __future__ import annotations

from sqlite_utils import Database, Migrations

from db.schema import MIGRATION_SET
from db.schema.card_tags import CARD_TAG
from db.schema.defaults import KEEP_ENDS_HIDDEN, KEEP_FIVE_NEW
from db.schema.derived import DERIVED, PACK_VALUE, TERMS, UNDECIDED
from db.schema.drafts import DRAFT
from db.schema.folded import FOLDED, UNUSED
from db.schema.found import FOUND
from db.schema.identity import identify_answers, recover_answers
from db.schema.importer import IMPORTER
from db.schema.memory_model import MEMORY_MODEL
from db.schema.pictures import PICTURES
from db.schema.readers_own import CANDIDATE_DECISION, READERS_OWN
from db.schema.reading import STRETCH_READ
from db.schema.removed import REMOVED
from db.schema.strokes import STROKES
from db.schema.study import DAY_RECALLED, DAY_STUDIED
from db.schema.sync import SYNC
from db.schema.views import VIEWS

migrations = Migrations(MIGRATION_SET)


@migrations()
def m001_derived(db: Database) -> None:
    """Create the derived tables, which any import may rebuild."""
    for statement in DERIVED:
        db.execute(statement)


@migrations()
def m002_readers_own(db: Database) -> None:
    """Create the reader's own tables, which are never rebuilt."""
    for statement in READERS_OWN:
        db.execute(statement)


@migrations()
def m003_pack_value(db: Database) -> None:
    """Keep the pack's values that the reader has corrected."""
    for statement in PACK_VALUE:
        db.execute(statement)


@migrations()
def m004_undecided(db: Database) -> None:
    """Keep uncertain names, unknown names, and quotations found in reviews, with the reader's decisions."""
    for statement in UNDECIDED + CANDIDATE_DECISION:
        db.execute(statement)


@migrations()
def m005_sync(db: Database) -> None:
    """Keep the operations of synced devices."""
    for statement in SYNC:
        db.execute(statement)


@migrations()
def m006_day_studied(db: Database) -> None:
    """Keep the sums of each day studied, and index typed answers."""
    for statement in DAY_STUDIED:
        db.execute(statement)


@migrations()
def m007_day_recalled(db: Database) -> None:
    """Keep the counts for true retention of each day."""
    for statement in DAY_RECALLED:
        db.execute(statement)


@migrations()
def m008_stretch_read(db: Database) -> None:
    """Keep what has been read of each edition, not only the reader's place."""
    for statement in STRETCH_READ:
        db.execute(statement)


@migrations()
def m009_strokes(db: Database) -> None:
    """Keep how Serge draws somebody, in our words, and what each chapter of a figure rests on."""
    for statement in STROKES:
        db.execute(statement)


@migrations()
def m010_terms(db: Database) -> None:
    """Keep terms and places, who belonged to what, how names are said, and the work a quotation is from."""
    for statement in TERMS:
        db.execute(statement)


@migrations()
def m011_review_identity(db: Database) -> None:
    """Give every answer an identity, and recover answers of other machines that were dropped for want of one."""
    identify_answers(db.conn)
    recover_answers(db.conn)


@migrations()
def m012_draft(db: Database) -> None:
    """Keep texts while they are being written."""
    for statement in DRAFT:
        db.execute(statement)


@migrations()
def m013_ends_shown(db: Database) -> None:
    """Keep ends hidden for whoever has read or answered anything: only new databases show them from the start."""
    for statement in KEEP_ENDS_HIDDEN:
        db.execute(statement)


@migrations()
def m014_removed_text(db: Database) -> None:
    """Keep texts that were removed from the library until they are deleted."""
    for statement in REMOVED:
        db.execute(statement)


@migrations()
def m015_importer(db: Database) -> None:
    """Keep which importer read a text, and the title and chapters that its file has."""
    for statement in IMPORTER:
        db.execute(statement)


@migrations()
def m016_found(db: Database) -> None:
    """Keep what is found in imported texts, and the reader's decisions on it."""
    for statement in FOUND:
        db.execute(statement)


@migrations()
def m017_folded_search(db: Database) -> None:
    """Search the folded text of passages. A file with passages is indexed anew beside the running app."""
    for statement in FOLDED:
        db.execute(statement)
    if not db.execute("select 1 from passage limit 1").fetchone():
        db.execute(UNUSED)


@migrations()
def m018_views(db: Database) -> None:
    """Give readers who know SQL stable views of people, quotations, notes and answers."""
    for statement in VIEWS.values():
        db.execute(statement)


@migrations()
def m019_pictures(db: Database) -> None:
    """Keep the pictures of imported texts."""
    for statement in PICTURES:
        db.execute(statement)


@migrations()
def m020_card_tag(db: Database) -> None:
    """Keep the reader's tags on cards, and find what was forgotten at once."""
    for statement in CARD_TAG:
        db.execute(statement)


@migrations()
def m021_memory_model(db: Database) -> None:
    """Keep the parameters of the model of memory that were fitted to the reader's answers."""
    for statement in MEMORY_MODEL:
        db.execute(statement)


@migrations()
def m022_ten_new_cards(db: Database) -> None:
    """Keep five new cards a day for whoever has used the program: only new databases get ten from the start."""
    for statement in KEEP_FIVE_NEW:
        db.execute(statement)
