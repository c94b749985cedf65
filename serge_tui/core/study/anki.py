"""Export cards to Anki: as its text import, which needs no library, or as an `.apkg` with the optional extra `anki`.

Both give a card the same GUID, made from its stable key: another import updates the text and keeps the schedule.
Sources: the Anki manual, *Importing text files*; genanki's `guid_for` (MIT) for the GUID.
"""

from __future__ import annotations

import csv
import hashlib
import html
import io
import re
import zipfile
from typing import TYPE_CHECKING, Final

from db.errors import SergeError
from serge_tui.core.study.cards.registry import CARD_TITLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from serge_tui.core.study.card import Card

DECK: Final = "Serge"
NOTE_TYPE: Final = "Serge"
FIELDS: Final = ("Front", "Back", "Passage", "Source", "Hints", "Key")
_MODEL_ID: Final = 1_608_392_319
_BASE91: Final = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&()*+,-./:;<=>?@[]^_`{|}~"
_CSS: Final = """.card { font-family: Georgia, serif; font-size: 20px; line-height: 1.4; text-align: left;
max-width: 34em; margin: 1em auto; color: #2b2622; background: #f6f1e7; }
.nightMode.card { color: #e8e0d2; background: #1d1a17; }
.context, .source { font-size: 15px; opacity: .7; }"""


def guid_of(key: str) -> str:
    """Return the GUID of a card's note: 64 bits of SHA-256 in base 91, equal to genanki's `guid_for("serge", key)`."""
    number = int.from_bytes(hashlib.sha256(f"serge__{key}".encode()).digest()[:8], "big")
    digits: list[str] = []
    while number:
        number, digit = divmod(number, len(_BASE91))
        digits.append(_BASE91[digit])
    return "".join(reversed(digits))


def fields_of(card: Card) -> tuple[str, ...]:
    """Return the fields of a note, as HTML: front, back, passage, source, hints, key."""
    front = [_html(card.question)]
    if card.context:
        front.append(f'<span class="context">{_html(card.context)}</span>')
    if card.stimulus:
        front.append(f"<blockquote>{_html(card.stimulus)}</blockquote>")
    if card.choices:
        front.append("<ul>" + "".join(f"<li>{_html(choice)}</li>" for choice in card.choices) + "</ul>")
    note = card.note if card.note != card.answer else ""
    return (
        "<br>".join(front),
        _html(card.answer),
        _html(note),
        _html(card.reference),
        _html(" · ".join(card.hints)),
        card.key,
    )


def tags_of(card: Card, own: Iterable[str] = ()) -> list[str]:
    """Return the tags of a card: kind, chapter, people, and the reader's `own`, which in Anki have no spaces."""
    tags = [f"serge::{card.kind}"]
    if card.chapter is not None:
        tags.append(f"serge::chapter-{card.chapter:02}")
    tags += [f"serge::{re.sub(r'[^a-z0-9-]', '-', figure)}" for figure in card.figures]
    return tags + ["_".join(tag.split()) for tag in own]


def text_export(
    cards: Iterable[Card],
    *,
    note_type: str = "Basic",
    deck: str = DECK,
    tags: Mapping[str, Sequence[str]] | None = None,
) -> str:
    """Return a file for Anki's *Import file*, with the columns GUID, note type, deck, tags, and the fields.

    The stock type *Basic* has another name in other languages of Anki: pass that name. The note type of the `.apkg`
    (`NOTE_TYPE`) gets every field, any other front and back. `tags` are the reader's tags by card.
    """
    out = io.StringIO()
    out.write("#separator:tab\n#html:true\n#guid column:1\n#notetype column:2\n#deck column:3\n#tags column:4\n")
    writer = csv.writer(out, delimiter="\t", quoting=csv.QUOTE_ALL, lineterminator="\n")
    for card in cards:
        values = fields_of(card)
        if note_type != NOTE_TYPE:
            front, back, passage, source, *_ = values
            values = (front, "<br><br>".join(part for part in (back, passage, source) if part))
        writer.writerow(
            [
                guid_of(card.key),
                note_type,
                f"{deck}::{CARD_TITLES[card.kind]}",
                " ".join(tags_of(card, (tags or {}).get(card.key, ()))),
                *values,
            ]
        )
    return out.getvalue()


def write_apkg(
    cards: Iterable[Card],
    path: Path,
    *,
    timestamp: float | None = None,
    deck: str = DECK,
    tags: Mapping[str, Sequence[str]] | None = None,
) -> int:
    """Write a package for Anki and return its number of notes; the same cards and timestamp give the same bytes.

    `tags` are the reader's tags by card.

    Raises SergeError when the extra is not installed or the file cannot be written.
    """
    try:
        import genanki
    except ImportError as error:
        raise SergeError(
            "An Anki package needs one more library: pip install 'serge-tui[anki]'. The text export needs none."
        ) from error
    model = genanki.Model(
        _MODEL_ID,
        NOTE_TYPE,
        fields=[{"name": name} for name in FIELDS],
        templates=[
            {
                "name": "Card",
                # Anki's filter `hint` is a link that shows the field when it is pressed.
                "qfmt": '{{Front}}{{#Hints}}<div class="source">{{hint:Hints}}</div>{{/Hints}}',
                "afmt": '{{Front}}<hr id="answer"><b>{{Back}}</b><blockquote>{{Passage}}</blockquote>'
                '<div class="source">{{Source}}</div>',
            }
        ],
        css=_CSS,
        sort_field_index=5,
    )
    decks: dict[str, genanki.Deck] = {}
    count = 0
    for card in cards:
        name = f"{deck}::{CARD_TITLES[card.kind]}"
        if name not in decks:
            decks[name] = genanki.Deck(_deck_id(name), name)
        decks[name].add_note(
            genanki.Note(
                model=model,
                fields=list(fields_of(card)),
                tags=tags_of(card, (tags or {}).get(card.key, ())),
                guid=guid_of(card.key),
            )
        )
        count += 1
    raw = io.BytesIO()
    genanki.Package(list(decks.values())).write_to_file(raw, timestamp=timestamp)
    try:
        _write_again(raw, path)
    except OSError as error:
        raise SergeError(f"The package cannot be written to {path}: {error.strerror}.") from error
    return count


def _write_again(package: io.BytesIO, path: Path) -> None:
    """Write a package again without times, so that the same cards give the same bytes."""
    with zipfile.ZipFile(package) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(zipfile.ZipInfo(name), source.read(name), zipfile.ZIP_DEFLATED)


def _deck_id(name: str) -> int:
    """Return an id for a deck: the same for the same name, in Anki's range of times in milliseconds."""
    return 1_000_000_000_000 + int.from_bytes(hashlib.sha256(name.encode()).digest()[:5], "big")


def _html(text: str) -> str:
    return html.escape(text, quote=False).replace("\n", "<br>")
