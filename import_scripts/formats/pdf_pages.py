"""Read the text of a PDF with its positions on the page, in a process of its own, bounded in time and memory.

`python -m import_scripts.formats.pdf_pages FILE` writes one JSON object a line: the document, then each page. PDF is
the one format here that native code from elsewhere reads (PDFium); a hostile file can harm this process only.
"""

from __future__ import annotations

import ctypes
import json
import resource
import sys
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_PAGES: Final = 10_000
MOST_SECONDS: Final = 240
MOST_BYTES: Final = 1_000_000_000
MOST_PIECES_A_PAGE: Final = 20_000
MOST_OUTLINE: Final = 5_000
_ITALIC_FLAG: Final = 1 << 6
_BOLD_WEIGHT: Final = 600
_NAME_BYTES: Final = 128
_PASSWORD_ERROR: Final = 4
_TOLERANCE: Final = 2.0
_USUAL_CHARACTERS: Final = 1_024


def main() -> None:
    """Read the file named on the command line; on failure write an object that holds `error`."""
    _bound()
    try:
        import pypdfium2
    except ImportError:
        _write({"error": "missing"})
        return
    try:
        document = pypdfium2.PdfDocument(sys.argv[1])
    except pypdfium2.PdfiumError as error:
        _write({"error": "encrypted" if error.err_code == _PASSWORD_ERROR else "damaged"})
        return
    said = document.get_metadata_dict(skip_empty=True)
    count = len(document)
    _write(
        {
            "pages": count,
            "title": said.get("Title", ""),
            "author": said.get("Author", ""),
            "outline": list(_outline(document)),
        }
    )
    for number in range(min(count, MOST_PAGES)):
        try:
            page = document[number]
            text = page.get_textpage()
            width, height = page.get_size()
            pieces = list(_pieces(text))
        except pypdfium2.PdfiumError:
            _write({"failed": number})
            continue
        _write({"label": document.get_page_label(number) or "", "width": width, "height": height, "pieces": pieces})
        text.close()
        page.close()


def _bound() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS + 5))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":  # macOS accepts the call but does not enforce it
        resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, MOST_BYTES))


def _write(value: object) -> None:
    sys.stdout.write(json.dumps(value) + "\n")
    sys.stdout.flush()


def _outline(document: Any) -> Iterator[tuple[str, int, int]]:
    """Yield the bookmarks: title, depth from 1, page from 0."""
    for count, bookmark in enumerate(document.get_toc(max_depth=12)):
        if count >= MOST_OUTLINE:
            return
        target = bookmark.get_dest()
        page = target.get_index() if target is not None else None
        if page is not None:
            yield bookmark.get_title(), bookmark.level + 1, page


def _pieces(text: Any) -> Iterator[tuple[float, float, float, float, float, int, str]]:
    """Yield runs of one font on one line: left, bottom, right, top, height of type, look (1 italic, 2 bold), text."""
    from pypdfium2 import raw

    loose = raw.FS_RECTF()
    words = (ctypes.c_ushort * _USUAL_CHARACTERS)()
    for number in range(min(text.count_rects(), MOST_PIECES_A_PAGE)):
        left, bottom, right, top = text.get_rect(number)
        # One call instead of the two of `get_text_bounded`, each of which goes through the whole page.
        length = raw.FPDFText_GetBoundedText(text, left, top, right, bottom, words, _USUAL_CHARACTERS)
        content = (
            bytes(words)[: 2 * max(length, 0)].decode("utf-16-le", "ignore").removesuffix("\0")
            if length < _USUAL_CHARACTERS
            else text.get_text_bounded(left, bottom, right, top)
        )
        if not content.strip():
            continue
        size = top - bottom
        look = 0
        middle = (bottom + top) / 2
        places = (left + 1, left + (right - left) / 3, (left + right) / 2, right - 1)
        found = (raw.FPDFText_GetCharIndexAtPos(text, x, middle, _TOLERANCE, _TOLERANCE) for x in places)
        index = next((index for index in found if index >= 0), -1)
        if index >= 0:
            if raw.FPDFText_GetLooseCharBox(text, index, loose):
                size = loose.top - loose.bottom
            look = _look(text, index, raw)
        yield (
            round(left, 1), round(bottom, 1), round(right, 1), round(top, 1), round(size, 1), look, content,
        )  # fmt: skip


def _look(text: Any, index: int, raw: Any) -> int:
    name = ctypes.create_string_buffer(_NAME_BYTES)
    flags = ctypes.c_int()
    raw.FPDFText_GetFontInfo(text, index, name, _NAME_BYTES, flags)
    lowered = name.value.lower()
    italic = bool(flags.value & _ITALIC_FLAG) or b"ital" in lowered or b"obli" in lowered
    bold = b"bold" in lowered or raw.FPDFText_GetFontWeight(text, index) >= _BOLD_WEIGHT
    return int(italic) | int(bold) << 1


if __name__ == "__main__":
    main()
