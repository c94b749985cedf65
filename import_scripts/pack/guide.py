"""A chapter guide: a TOML head between +++ lines, then Markdown, read into neutral blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from db.book import Block, Span

if TYPE_CHECKING:
    from markdown_it.token import Token

    from db.book import PassageKind, SpanStyle

FENCE: Final = "+++"
_STYLES: Final[dict[str, SpanStyle]] = {"em": "em", "strong": "strong", "link": "link"}


def split_head(text: str) -> tuple[str, str]:
    """Split a guide file into its TOML head and its Markdown body.

    Raises ValueError when the head is not fenced.
    """
    lines = text.replace("\r\n", "\n").split("\n")
    if lines[0].strip() != FENCE or FENCE not in (line.strip() for line in lines[1:]):
        raise ValueError("the file must begin with a TOML head between two lines of +++")
    end = next(number for number, line in enumerate(lines[1:], 1) if line.strip() == FENCE)
    return "\n".join(lines[1:end]), "\n".join(lines[end + 1 :])


def blocks_of(markdown: str) -> list[Block]:
    """Read the Markdown of a guide.

    Raises ValueError, with the sentence to show, for anything but headings, paragraphs, lists, quotations, emphasis and
    links: raw HTML, code, pictures and tables have no place in a guide.
    """
    from markdown_it import MarkdownIt

    tokens = MarkdownIt("commonmark", {"html": False}).parse(markdown)
    blocks: list[Block] = []
    lists: list[int | None] = []
    quotes = 0
    level = 0
    for token in tokens:
        match token.type:
            case "heading_open":
                level = int(token.tag[1])
            case "heading_close":
                level = 0
            case "bullet_list_open":
                lists.append(None)
            case "ordered_list_open":
                lists.append(int(token.attrs.get("start", 1)) - 1)
            case "bullet_list_close" | "ordered_list_close":
                lists.pop()
            case "list_item_open":
                if (number := lists[-1]) is not None:
                    lists[-1] = number + 1
            case "blockquote_open":
                quotes += 1
            case "blockquote_close":
                quotes -= 1
            case "inline":
                kind: PassageKind = "heading" if level else "quote" if quotes else "list" if lists else "paragraph"
                marker = "" if not lists else "• " if lists[-1] is None else f"{lists[-1]}. "
                blocks.append(_block(token, kind, level, marker))
            case "hr":
                blocks.append(Block("", "break"))
            case "paragraph_open" | "paragraph_close" | "list_item_close":
                pass
            case other:
                raise ValueError(f"a guide cannot hold {other.replace('_', ' ')}")
    return blocks


def _block(token: Token, kind: PassageKind, level: int, marker: str) -> Block:
    pieces = [marker]
    length = len(marker)
    spans: list[Span] = []
    open_spans: list[tuple[int, str]] = []
    for child in token.children or []:
        name = child.type.removesuffix("_open").removesuffix("_close")
        if child.type in ("text", "softbreak", "hardbreak"):
            piece = " " if child.type != "text" else child.content
            pieces.append(piece)
            length += len(piece)
        elif child.nesting == 1 and name in _STYLES:
            open_spans.append((length, str(child.attrs.get("href", ""))))
        elif child.nesting == -1 and name in _STYLES:
            start, target = open_spans.pop()
            spans.append(Span(start, length, _STYLES[name], target))
        else:
            raise ValueError(f"a guide cannot hold {child.type.replace('_', ' ')}")
    return Block("".join(pieces), kind, sorted(spans, key=lambda span: (span.start, -span.end)), level=level)
