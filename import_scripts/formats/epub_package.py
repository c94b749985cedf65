"""The package of an EPUB: which documents there are, in which order, and whether they may be read.

EPUB 3.3 (https://www.w3.org/TR/epub-33/) and OPF 2.0.1; broken packages are read as far as they make sense.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from db.errors import EncryptedFileError, SergeError
from db.text import sanitise_line
from import_scripts.formats.addresses import resolve
from import_scripts.input import limits
from import_scripts.input.archive import Archive, DamagedEntryError
from import_scripts.input.markup import local_name, parse_xml, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from import_scripts.input.markup import Element

_CONTAINER: Final = "META-INF/container.xml"
_ENCRYPTION: Final = "META-INF/encryption.xml"
_PROTECTED: Final = ("META-INF/rights.xml", "META-INF/sinf.xml", "META-INF/license.lcpl")
_FONT_ALGORITHMS: Final = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#rc")
_NO_TEXT_NAMES: Final = tuple(
    ".otf .ttf .woff .woff2 .ttc .mp4 .m4v .m4a .mp3 .ogg .oga .ogv .webm .mov .avi .wav .aac .flac .jpg .jpeg .png"
    " .gif .svg .webp .bmp .css .js .json".split()
)
"""Files that may be encrypted while the text can be read: fonts, films, sounds, pictures."""
_DOCUMENT_TYPES: Final = frozenset(
    {"application/xhtml+xml", "text/html", "application/x-dtbook+xml", "text/x-oeb1-document"}
)
_PICTURE_NAMES: Final = (".jpg", ".jpeg", ".png", ".gif", ".svg", ".webp")
_DOCUMENT_NAMES: Final = (".xhtml", ".html", ".htm", ".xml")


@dataclass(frozen=True, slots=True)
class Item:
    """A file of the book as the package lists it."""

    id: str
    name: str
    media_type: str
    properties: frozenset[str]


@dataclass(slots=True)
class Package:
    """What the package says of the book. Names are the archive's."""

    title: str = ""
    author: str = ""
    language: str = ""
    identifier: str = ""
    items: dict[str, Item] = field(default_factory=dict)
    spine: list[str] = field(default_factory=list)
    nav: str = ""
    ncx: str = ""
    report: list[str] = field(default_factory=list)

    @property
    def stylesheets(self) -> list[str]:
        """Names of the style sheets."""
        return [item.name for item in self.items.values() if item.media_type == "text/css"]


def read_package(archive: Archive) -> Package:
    """Find and read the package.

    Raises SergeError when the book is encrypted, or when the archive holds no document at all.
    """
    _refuse_encrypted(archive)
    package = Package(report=list(archive.refused))
    opf = _package_name(archive, package)
    if opf:
        try:
            parsed = parse_xml(archive.read(opf), opf)
        except DamagedEntryError as error:
            package.report.append(str(error))
        except SergeError as error:
            package.report.append(str(error))
        else:
            if parsed.remark:
                package.report.append(parsed.remark)
            _read_opf(archive, parsed.root, opf, package)
    if not package.spine:
        _guess_spine(archive, package)
    if not package.spine and any(name.lower().endswith(_PICTURE_NAMES) for name in archive.names):
        raise SergeError(f"{archive.path.name} contains only pictures and no text, so there is nothing to read in it.")
    if not package.spine:
        raise SergeError(f"{archive.path.name} is an archive, but contains no book: there is no text document in it.")
    return package


def _refuse_encrypted(archive: Archive) -> None:
    name = archive.path.name
    refusal = EncryptedFileError(
        f"{name} is encrypted (DRM), so its text cannot be read; import a copy without copy protection."
    )
    if (encryption := archive.find(_ENCRYPTION)) is not None:
        try:
            root = parse_xml(archive.read(encryption), _ENCRYPTION).root
        except SergeError:
            root = None
        for data in _elements(root, "encrypteddata"):
            algorithm = next((found.get("Algorithm", "") for found in _elements(data, "encryptionmethod")), "").lower()
            target = next((found.get("URI", "") for found in _elements(data, "cipherreference")), "").lower()
            if algorithm not in _FONT_ALGORITHMS and not target.endswith(_NO_TEXT_NAMES):
                raise refusal
    elif any(archive.find(mark) is not None for mark in _PROTECTED[1:]):
        raise refusal
    if archive.all_encrypted:
        raise refusal


def _package_name(archive: Archive, package: Package) -> str:
    if (container := archive.find(_CONTAINER)) is not None:
        try:
            root = parse_xml(archive.read(container), _CONTAINER).root
            for rootfile in _elements(root, "rootfile"):
                name = archive.find(posixpath.normpath(unquote(rootfile.get("full-path", ""))))
                if name is not None:
                    return name
        except SergeError:
            pass
    found = [name for name in archive.names if name.lower().endswith(".opf")]
    if found:
        package.report.append("The book does not say which package file to use; the first one found was read.")
        return min(found, key=lambda name: (name.count("/"), name))
    return ""


def _read_opf(archive: Archive, root: Element, opf: str, package: Package) -> None:
    metadata = next(_elements(root, "metadata"), root)
    package.title = _first(metadata, "title")
    package.author = _authors(metadata)
    package.language = _first(metadata, "language")
    package.identifier = _identifier(root, metadata)
    missing = 0
    for element in _elements(next(_elements(root, "manifest"), root), "item"):
        name = archive.find(resolve(opf, element.get("href", "")).partition("#")[0])
        if name is None:
            missing += 1
            continue
        properties = frozenset(element.get("properties", "").split())
        item = Item(element.get("id", ""), name, element.get("media-type", "").lower(), properties)
        package.items.setdefault(item.id, item)
        if "nav" in properties and not package.nav:
            package.nav = name
        if item.media_type == "application/x-dtbncx+xml" and not package.ncx:
            package.ncx = name
    spine = next(_elements(root, "spine"), None)
    if spine is not None:
        if (ncx := package.items.get(spine.get("toc", ""))) is not None:
            package.ncx = ncx.name
        _read_spine(spine, package)
    if missing and missing == len(package.items) + missing:
        package.report.append("None of the files the package lists is in the book.")


def _read_spine(spine: Element, package: Package) -> None:
    lost: list[str] = []
    for reference in _elements(spine, "itemref"):
        idref = reference.get("idref", "")
        item = package.items.get(idref)
        if item is None:
            lost.append(sanitise_line(idref)[: limits.MAX_LABEL_CHARACTERS] or "(without a name)")
        elif item.name not in package.spine and _is_document(item):
            package.spine.append(item.name)
    if len(package.spine) > limits.MAX_DOCUMENTS:
        package.report.append(
            f"The book lists {len(package.spine):,} documents; the first {limits.MAX_DOCUMENTS:,} were read."
        )
        del package.spine[limits.MAX_DOCUMENTS :]
    if lost:
        shown = ", ".join(lost[:3]) + (" …" if len(lost) > 3 else "")
        count = (
            f"{len(lost):,} documents of the reading order are"
            if len(lost) > 1
            else "One document of the reading order is"
        )
        package.report.append(f"{count} missing from the book: {shown}.")


def _is_document(item: Item) -> bool:
    return item.media_type in _DOCUMENT_TYPES or item.name.lower().endswith(_DOCUMENT_NAMES)


def _guess_spine(archive: Archive, package: Package) -> None:
    names = [
        name for name in archive.names if name.lower().endswith((".xhtml", ".html", ".htm")) and name != package.nav
    ]
    package.spine = sorted(names, key=_natural)[: limits.MAX_DOCUMENTS]
    if package.spine:
        package.report.append("The book has no reading order; its documents were read in the order of their names.")


def _natural(name: str) -> list[tuple[int, str]]:
    """Order names as people do: `chapter-2` before `chapter-10`."""
    parts: list[tuple[int, str]] = []
    digits = ""
    for char in f"{name}\0":
        if char.isascii() and char.isdigit() and len(digits) < 12:
            digits += char
            continue
        if digits:
            parts.append((int(digits), ""))
            digits = ""
        parts.append((-1, char))
    return parts


def _elements(root: Element | None, name: str) -> Iterator[Element]:
    if root is None:
        return
    for element in root.iter():
        if local_name(element.tag) == name:
            yield element


def _first(metadata: Element, name: str) -> str:
    for element in _elements(metadata, name):
        if text := sanitise_line(text_of(element)):
            return text[: limits.MAX_TITLE_CHARACTERS]
    return ""


def _authors(metadata: Element) -> str:
    """Names of those who wrote it: creators, those with another role than author left out where there is an author."""
    roles: dict[str, set[str]] = {}
    for meta in _elements(metadata, "meta"):
        if meta.get("property") == "role":
            roles.setdefault(meta.get("refines", "").removeprefix("#"), set()).add(text_of(meta))
    creators: list[tuple[str, set[str]]] = []
    for element in _elements(metadata, "creator"):
        given = next((str(value) for key, value in element.attrib.items() if str(key).endswith("role")), "")
        name = sanitise_line(text_of(element))[: limits.MAX_TITLE_CHARACTERS]
        if name:
            creators.append((name, roles.get(element.get("id", ""), set()) | ({given} if given else set())))
    authors = [name for name, held in creators if "aut" in held] or [name for name, held in creators if not held]
    return ", ".join(dict.fromkeys((authors or [name for name, _ in creators])[:6]))


def _identifier(root: Element, metadata: Element) -> str:
    wanted = root.get("unique-identifier", "")
    found = list(_elements(metadata, "identifier"))
    chosen = next((element for element in found if element.get("id") == wanted), found[0] if found else None)
    return "" if chosen is None else sanitise_line(text_of(chosen))[: limits.MAX_TITLE_CHARACTERS]
