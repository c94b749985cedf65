"""Small PDFs made on the spot: lines of type set at given places, in the standard fonts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

FONTS: Final = ("Times-Roman", "Times-Italic", "Times-Bold")
WIDTH, HEIGHT = 420, 595


@dataclass(frozen=True, slots=True)
class Set:
    """Words set at a place (points from the lower left corner), in one of `FONTS`, by number."""

    x: float
    y: float
    text: str
    size: float = 10
    font: int = 0


def column(lines: Sequence[str], x: float = 50, top: float = 500, leading: float = 12, size: float = 10) -> list[Set]:
    """Set lines under each other; a line that begins with spaces is set in by so many points times five."""
    return [
        Set(x + 5 * (len(line) - len(line.lstrip())), top - leading * number, line.strip(), size)
        for number, line in enumerate(lines)
    ]


def make_pdf(
    path: Path,
    pages: Sequence[Sequence[Set]],
    *,
    labels: str = "",
    outline: Sequence[tuple[str, int]] = (),
    title: str = "",
    trailer: str = "",
) -> Path:
    """Write a PDF; `labels` is the array of page labels, `outline` gives title and page (from 0) of each bookmark."""
    objects: list[bytes] = []

    def add(content: str | bytes) -> int:
        objects.append(content.encode("cp1252") if isinstance(content, str) else content)
        return len(objects)

    count = len(pages)
    first_page = 3 + len(FONTS)
    add("")  # the catalogue, filled in below
    kids = " ".join(f"{first_page + 2 * number} 0 R" for number in range(count))
    add(f"<< /Type /Pages /Count {count} /Kids [{kids}] >>")
    for font in FONTS:
        add(f"<< /Type /Font /Subtype /Type1 /BaseFont /{font} /Encoding /WinAnsiEncoding >>")
    fonts = " ".join(f"/F{number} {3 + number} 0 R" for number in range(len(FONTS)))
    for page in pages:
        add(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Resources << /Font << {fonts} >> >> "
            f"/Contents {len(objects) + 2} 0 R >>"
        )
        drawn = "".join(
            f"BT /F{piece.font} {piece.size} Tf {piece.x} {piece.y} Td ({_escaped(piece.text)}) Tj ET\n"
            for piece in page
        ).encode("cp1252")
        add(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn))
    extra = ""
    if outline:
        root = len(objects) + 1
        add(f"<< /Type /Outlines /Count {len(outline)} /First {root + 1} 0 R /Last {root + len(outline)} 0 R >>")
        for number, (name, page_number) in enumerate(outline):
            following = f"/Next {root + number + 2} 0 R" if number < len(outline) - 1 else ""
            destination = f"[{first_page + 2 * page_number} 0 R /Fit]"
            add(f"<< /Title ({_escaped(name)}) /Parent {root} 0 R /Dest {destination} {following} >>")
        extra += f"/Outlines {root} 0 R "
    if labels:
        extra += f"/PageLabels << /Nums {labels} >> "
    objects[0] = f"<< /Type /Catalog /Pages 2 0 R {extra}>>".encode()
    information = add(f"<< /Title ({_escaped(title)}) >>")
    whole = bytearray(b"%PDF-1.4\n")
    offsets: list[int] = []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(whole))
        whole += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = len(whole)
    whole += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    whole += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    last = f"trailer << /Size {len(objects) + 1} /Root 1 0 R /Info {information} 0 R {trailer}>>"
    whole += f"{last}\nstartxref\n{table}\n%%EOF\n".encode()
    path.write_bytes(bytes(whole))
    return path


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
