"""Bounds on what an importer will read: no file, however made, costs unbounded time or memory.

The figures are far above any real book (the longest novels have two million words, some 12 MB of text) and low enough
that the worst file is refused or cut in seconds.
"""

from __future__ import annotations

from typing import Final

from db.errors import SergeError

MEGABYTE: Final = 1_000_000

MAX_FILE_BYTES: Final = 1_000 * MEGABYTE
"""Largest file on disk that is opened at all; a scanned PDF or an EPUB full of plates can be some hundred megabytes."""

MAX_TEXT_FILE_BYTES: Final = 64 * MEGABYTE
"""Largest file that is text through and through: plain text, HTML, Markdown, FB2."""

MAX_ENTRIES: Final = 20_000
"""Most files in one archive."""

MAX_ENTRY_BYTES: Final = 32 * MEGABYTE
"""Largest single file taken out of an archive, unpacked."""

MAX_ARCHIVE_BYTES: Final = 64 * MEGABYTE
"""Most that is unpacked from one archive, all files together."""

MAX_UNPACKED: Final = 256 * MEGABYTE
"""Most bytes of a collection of Anki, unpacked."""

MAX_RATIO: Final = 200
"""Most that one byte of an archive may unpack to; text rarely passes 10, and deflate cannot pass 1,032."""

RATIO_FREE_BYTES: Final = 1 * MEGABYTE
"""Below this size, unpacked, the ratio does not matter."""

MAX_DOCUMENTS: Final = 10_000
"""Most documents in the reading order of one book."""

MAX_CONTENTS_ENTRIES: Final = 10_000
"""Most lines of a table of contents."""

MAX_CONTENTS_DEPTH: Final = 12
"""Deepest nesting of a table of contents that is followed."""

MAX_PICTURES: Final = 300
"""Most pictures kept of one book."""

MAX_PICTURE_BYTES: Final = 6 * MEGABYTE
"""Largest picture that is kept."""

MAX_PICTURES_BYTES: Final = 24 * MEGABYTE
"""Most that the pictures of one book take together; each copy of the database holds them too."""

MAX_DEPTH: Final = 200
"""Deepest nesting of elements that is followed; what lies deeper is read as text of its ancestor."""

MAX_BLOCKS: Final = 500_000
"""Most passages in one book."""

MAX_BLOCK_CHARACTERS: Final = 50_000
"""Longest passage; a longer one (a text without line ends) is divided at a space."""

MAX_SPANS: Final = 2_000
"""Most spans kept in one passage."""

MAX_NOTE_CHARACTERS: Final = 50_000
"""Longest footnote kept whole."""

MAX_LABEL_CHARACTERS: Final = 20
"""Longest page label or note label."""

MAX_TITLE_CHARACTERS: Final = 300
"""Longest title of a book or a chapter."""

MAX_ADDRESS_CHARACTERS: Final = 500
"""Longest address kept on a link that leads out of the book."""

MAX_REPORT_LINES: Final = 40
"""Most sentences in a report; the rest are counted."""


class TooLargeError(SergeError):
    """The whole file goes beyond a bound; nothing of it is read."""
