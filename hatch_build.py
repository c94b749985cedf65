"""The description for the package index, made from README.md when the wheel or the source archive is built.

The index shows no file of the archive: a link or a picture there needs a whole address. Where the project has a public
home, `pyproject.toml` says how addresses are made (`tool.hatch.metadata.hooks.custom`); as long as it has none,
pictures are left out and links to files become plain words, so that nothing on that page is broken.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Final

from hatchling.metadata.plugin.interface import MetadataHookInterface

_LINK: Final = re.compile(r"(!?)\[([^\[\]]*)\]\((?![a-z]+:|#)([^()\s]+)\)")
_EMPTY_TABLE: Final = re.compile(r"^\|[| ]*\|\n\|[-| ]+\|\n(?:\|[| ]*\|\n)+\n?", re.MULTILINE)


def for_the_index(readme: str, file: str = "", picture: str = "") -> str:
    """Return a README with whole addresses.

    Args:
        readme: The text, in Markdown.
        file: The address of a file, with `{path}` in it; empty if there is none.
        picture: The address of a picture as the browser is to load it; empty if there is none.
    """

    def whole(found: re.Match[str]) -> str:
        sign, words, path = found.groups()
        address = picture if sign else file
        if address:
            return f"{sign}[{words}]({address.replace('{path}', path)})"
        return "" if sign else words

    text = _EMPTY_TABLE.sub("", _LINK.sub(whole, readme))
    return re.sub(r"\n{3,}", "\n\n", text)


class IndexMetadata(MetadataHookInterface):
    """Sets the description, and the project's addresses where there are any."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Fill in what `pyproject.toml` calls dynamic."""
        file, picture = str(self.config.get("file", "")), str(self.config.get("picture", ""))
        text = (Path(self.root) / "README.md").read_text("utf-8")
        metadata["readme"] = {"content-type": "text/markdown", "text": for_the_index(text, file, picture)}
        metadata["urls"] = {
            name: address
            for name, address in (
                ("Source", str(self.config.get("source", ""))),
                ("Documentation", file.replace("{path}", "docs/index.md")),
                ("Changelog", file.replace("{path}", "CHANGELOG.md")),
            )
            if address
        }
