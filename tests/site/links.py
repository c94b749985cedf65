"""Every link, anchor and picture of built pages leads somewhere, and nothing is fetched from the network."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

from lxml import html

if TYPE_CHECKING:
    from pathlib import Path

_FETCHED: Final = ("src", "srcset", "poster")
_FROM_STYLES: Final = re.compile(r"(?:url\(|@import\s+)\s*['\"]?((?:https?:)?//[^'\")\s]+)")


def faults_of(site: Path) -> list[str]:
    """Return what is wrong with the links of a built site, a sentence each."""
    pages = {path: html.fromstring(path.read_bytes()) for path in sorted(site.rglob("*.html"))}
    anchors = {
        path: {str(element.get(name)) for element in page.iter() for name in ("id", "name") if element.get(name)}
        for path, page in pages.items()
    }
    faults = []
    for path, page in pages.items():
        name = path.relative_to(site).as_posix()
        for element in page.iter():
            for attribute, link in ((str(name), str(value)) for name, value in element.attrib.items()):
                is_fetched = attribute in _FETCHED or (attribute == "href" and element.tag == "link")
                if attribute != "href" and not is_fetched:
                    continue
                if is_fetched and element.get("rel") != "canonical" and urlsplit(link).netloc:
                    faults.append(f"{name} fetches {link}")
                elif (
                    not urlsplit(link).scheme
                    and not urlsplit(link).netloc
                    and (fault := _fault(site, path, link, anchors))
                ):
                    faults.append(f"{name}: {link} {fault}")
    for style in site.rglob("*.css"):
        faults += [f"{style.name} fetches {link}" for link in _FROM_STYLES.findall(style.read_text("utf-8"))]
    return faults


def _fault(site: Path, page: Path, link: str, anchors: dict[Path, set[str]]) -> str:
    parts = urlsplit(link)
    path = unquote(parts.path)
    target = page if not path else (site / path.lstrip("/") if path.startswith("/") else page.parent / path).resolve()
    if target.is_dir():
        target /= "index.html"
    if not target.is_file():
        return "leads nowhere"
    if parts.fragment and target in anchors and unquote(parts.fragment) not in anchors[target]:
        return "has no such anchor"
    return ""
