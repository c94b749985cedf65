"""Unpack Zstandard data (RFC 8878), as newer versions of Anki pack. The sizes it claims are not believed."""

from __future__ import annotations

from db.errors import SergeError
from import_scripts.input import limits

_MAX_WINDOW = 1 << 27
"""Bytes of memory that a frame may ask for: those of the strongest ordinary compression level."""


def unpacked(data: bytes, name: str) -> bytes:
    """Return the data unpacked. Raises SergeError when it is damaged or too large; `name` is the file's, for that."""
    from zstandard import ZstdDecompressor, ZstdError  # only who imports such a package waits for it

    try:
        with ZstdDecompressor(max_window_size=_MAX_WINDOW).stream_reader(data) as reader:
            content = reader.read(limits.MAX_UNPACKED + 1)
    except ZstdError as error:
        raise SergeError(f"{name} cannot be unpacked: it looks cut off or damaged; export it again.") from error
    if len(content) > limits.MAX_UNPACKED:
        raise SergeError(f"{name} is too large when unpacked; export the deck Serge alone and import that.")
    return content
