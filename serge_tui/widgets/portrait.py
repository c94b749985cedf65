"""A quotation as it is shown everywhere: words, speaker, reference."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import Static

from db.text import sanitise

if TYPE_CHECKING:
    from db.models import Quotation


def quoted(text: str) -> str:
    """Return words in quotation marks, sanitised; an exchange has its own marks."""
    clean = sanitise(text)
    return clean if clean.startswith("“") else f"“{clean}”"


def quotation_content(quotation: Quotation, *, speaker: bool = True) -> Content:
    """Return the words in quotation marks, then speaker and reference, then doubts."""
    words = Content.styled(quoted(quotation.text), "italic")
    attribution = " · ".join(part for part in (quotation.spoken_by if speaker else "", quotation.reference) if part)
    parts = [words]
    if attribution:
        parts.append(Content.styled(f"— {sanitise(attribution)}", "$muted"))
    if quotation.omitted_1963:
        parts.append(Content.styled("left out of the 1963 translation", "$muted"))
    if quotation.doubt:
        parts.append(Content.styled(f"? {sanitise(quotation.doubt)}", "$warning"))
    return Content("\n").join(parts)


class QuotationView(Static):
    """A quotation on the screen."""

    DEFAULT_CSS = "QuotationView { height: auto; padding: 0 2; }"

    def show(self, quotation: Quotation | None) -> None:
        """Show a quotation, or nothing."""
        self.update(quotation_content(quotation) if quotation else "")
