"""Packages, encryption lists and tables of contents that are broken or lie."""

from __future__ import annotations

from typing import Final

from tests.import_scripts.corpus.cases import GOOD, TEXT, Case, archive, epub
from tests.import_scripts.making import CONTAINER, nav, opf, xhtml

ENCRYPTION: Final = (
    '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container" xmlns:enc="http://www.w3.org/2001/04/xmlenc#">'
    '<enc:EncryptedData><enc:EncryptionMethod Algorithm="{algorithm}"/><enc:CipherData>'
    '<enc:CipherReference URI="{target}"/></enc:CipherData></enc:EncryptedData></encryption>'
)
ENTRY: Final = '<li><a href="one.xhtml">One</a></li>'
DEEP_NCX: Final = (
    "<ncx><navMap>"
    + "<navPoint><navLabel><text>x</text></navLabel><content src='one.xhtml'/>" * 190
    + "</navPoint>" * 190
    + "</navMap></ncx>"
)

PACKAGES: Final = [
    Case("no-container", epub(GOOD, container=None), told="does not say which", text=TEXT),
    Case(
        "container-astray", epub(GOOD, container=CONTAINER.replace("content", "other")), told="does not say", text=TEXT
    ),
    Case(
        "container-of-nonsense",
        epub(GOOD, container="\x00\x01nonsense<<<"),
        told="does not say which",
        text=TEXT,
    ),
    Case(
        "no-package",
        archive({"b.xhtml": xhtml("<p>b</p>"), "a.xhtml": xhtml(GOOD)}),
        told="order of their names",
        text=TEXT,
    ),
    Case("broken-package", epub(GOOD, package=opf(["one.xhtml"])[:-30]), told="not well-formed", text=TEXT),
    Case("package-of-nonsense", epub(GOOD, package="\x00nonsense"), told="content.opf", text=TEXT),
    Case("empty-package", epub(GOOD, package=""), text=TEXT),
    Case("no-spine", epub(GOOD, package=opf(["one.xhtml"], spine=[])), told="no reading order", text=TEXT),
    Case(
        "spine-astray", epub(GOOD, package=opf(["one.xhtml"], spine=["no", "one.xhtml"])), told="missing.*no", text=TEXT
    ),
    Case("listed-but-missing", epub(GOOD, package=opf(["two.xhtml", "one.xhtml"])), told="missing", text=TEXT),
    Case("manifest-climbs-out", epub(GOOD, package=opf(["../../../etc/passwd.xhtml", "one.xhtml"])), text=TEXT),
    Case("spine-repeats", epub(GOOD, package=opf(["one.xhtml"], spine=["one.xhtml"] * 5000)), text=TEXT),
    Case(
        "only-pictures",
        archive({"META-INF/container.xml": CONTAINER, "a.png": b"x"}),
        refused="only pictures and no text",
    ),
    Case(
        "contents-astray",
        epub(GOOD, others={"nav.xhtml": nav('<li><a href="no.xhtml#x">No</a></li>')}),
        told="nowhere",
        text=TEXT,
    ),
    Case("contents-of-nonsense", epub(GOOD, others={"nav.xhtml": "\x00<<<>>>&&&"}), text=TEXT),
    Case(
        "contents-of-itself",
        epub(GOOD, others={"nav.xhtml": nav('<li><a href="nav.xhtml">Loop</a></li>' + ENTRY)}),
        text=TEXT,
    ),
    Case(
        "contents-repeat",
        epub(GOOD, others={"nav.xhtml": nav(ENTRY * 50_000)}, stored=True),
        told="longer than",
        text=TEXT,
    ),
    Case(
        "contents-deep",
        epub(GOOD, others={"nav.xhtml": nav("<li><a href='one.xhtml'>a</a><ol>" * 120)}, stored=True),
        text=TEXT,
    ),
    Case("ncx-deep", epub(GOOD, others={"toc.ncx": DEEP_NCX}), text=TEXT),
    Case(
        "ncx-without-sources",
        epub(GOOD, others={"toc.ncx": "<ncx><navMap><navPoint><content src=''/></navPoint></navMap></ncx>"}),
        text=TEXT,
    ),
    Case(
        "drm",
        epub(
            GOOD,
            others={"META-INF/encryption.xml": ENCRYPTION.format(algorithm="x#aes128-cbc", target="OEBPS/one.xhtml")},
        ),
        refused=r"is encrypted \(DRM\).*without copy protection",
    ),
    Case(
        "obfuscated-font",
        epub(
            GOOD,
            others={
                "META-INF/encryption.xml": ENCRYPTION.format(
                    algorithm="http://www.idpf.org/2008/embedding", target="a.otf"
                )
            },
        ),
        text=TEXT,
    ),
    Case("licence-without-encryption-list", epub(GOOD, others={"META-INF/license.lcpl": "{}"}), refused="is encrypted"),
    Case("encryption-list-of-nonsense", epub(GOOD, others={"META-INF/encryption.xml": "<<<"}), text=TEXT),
]
