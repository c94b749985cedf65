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


def quotation_content(quotation: Quotation, *, speaker: bool = True, folded: bool = False) -> Content:
    """Return the words in quotation marks, then speaker and reference, then doubts.

    With `folded` a doubt is only a `?`: where it is told in full one key away.
    """
    parts = [quotation_words(quotation)]
    attribution, doubt = attribution_content(quotation, speaker=speaker), quotation.doubt
    if folded and doubt:
        attribution += Content.styled(" ?" if attribution else "?", "$warning")
    if attribution:
        parts.append(attribution)
    if doubt and not folded:
        parts.append(Content.styled(f"? {sanitise(doubt)}", "$warning"))
    return Content("\n").join(parts)


def quotation_words(quotation: Quotation) -> Content:
    """Return the words in quotation marks."""
    return Content.styled(quoted(quotation.text), "italic")


def attribution_content(quotation: Quotation, *, speaker: bool = True) -> Content:
    """Return speaker and reference, as far as they are known, and whether the words were left out in 1963."""
    known = " · ".join(part for part in (quotation.spoken_by if speaker else "", quotation.reference) if part)
    lines = [Content.styled(f"— {sanitise(known)}", "$muted")] if known else []
    if quotation.omitted_1963:
        lines.append(Content.styled("left out of the 1963 translation", "$muted"))
    return Content("\n").join(lines)


class QuotationView(Static):
    """A quotation on the screen."""

    DEFAULT_CSS = "QuotationView { height: auto; padding: 0 2; }"

    def show(self, quotation: Quotation | None) -> None:
        """Show a quotation, or nothing."""
        self.update(quotation_content(quotation) if quotation else "")
