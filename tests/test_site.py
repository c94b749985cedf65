"""The documentation site: its pages, what is made from the program, its links, and the manual page."""

from __future__ import annotations

import shutil
import subprocess
import tomllib
from typing import TYPE_CHECKING

import pytest

from serge_tui.cli.group import _LAZY
from serge_tui.commands.registry import commands_by_id
from serge_tui.services.setting_rows import ROWS
from tests.site.command_tree import help_of
from tests.site.links import faults_of
from tests.site.manual import STORED, escaped, manual, text
from tests.site.pages import LINK, ROOT, outside_code, relinked, sources, stage
from tests.site.reference import cell, code

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def staged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All pages of the site, before they are built."""
    folder = tmp_path_factory.mktemp("site")
    stage(folder)
    return folder


def test_every_page_is_in_the_navigation_and_nothing_else() -> None:
    with (ROOT / "zensical.toml").open("rb") as file:
        entries = tomllib.load(file)["project"]["nav"]

    def pages(entry: dict[str, object] | list[dict[str, object]] | str) -> list[str]:
        if isinstance(entry, str):
            return [entry]
        inside = entry if isinstance(entry, list) else list(entry.values())
        return [page for one in inside for page in pages(one)]  # type: ignore[arg-type]  # as TOML gives it

    assert sorted(pages(entries)) == sorted(sources().values())


def test_links_of_every_page_lead_to_a_page_or_a_file(staged: Path) -> None:
    missing = []
    for page in staged.rglob("*.md"):
        prose: list[str] = []
        outside_code(page.read_text("utf-8"), lambda part, prose=prose: prose.append(part) or "")  # type: ignore[misc]
        for _, _, target in LINK.findall("\n".join(prose)):
            path = target.partition("#")[0]
            if path and "://" not in path and not (page.parent / path).is_file():
                missing.append((page.name, target))
    assert missing == []


def test_what_is_made_from_the_program_is_whole(staged: Path) -> None:
    keys, settings = ((staged / f"{name}.md").read_text("utf-8") for name in ("keys", "settings"))
    commands, data = ((staged / f"{name}.md").read_text("utf-8") for name in ("commands", "data"))
    assert [name for name in commands_by_id() if f"`{name}`" not in keys] == []
    assert [row.name for row in ROWS if f"`{row.name}`" not in settings] == []
    assert "| 66 characters |" in settings
    assert [name for name in _LAZY if f"\n### serge {name}\n" not in commands] == []
    assert "\n### serge export vault\n" in commands
    assert "`annotation`" in data.partition("**Derived**")[0]
    assert "`figure`" in data.partition("**Derived**")[2]
    assert (staged / "getting-the-book.md").read_text("utf-8").startswith("# Getting the book\n")
    assert not [page.name for page in staged.rglob("*.md") if "<!-- made from" in page.read_text("utf-8")]


def test_links_follow_their_page_and_code_stays() -> None:
    pages = {"docs/howto/a.md": "howto/a.md", "docs/keys.md": "keys.md", "CHANGELOG.md": "changelog.md"}
    told = relinked(
        "[k](../keys.md#x) [c](../../CHANGELOG.md) [r](../../README.md) [h](https://a.b/c) [s](../schemas/who.json)\n"
        "`[k](../../README.md)`\n```\n[k](../keys.md)\n```\n",
        "docs/howto/a.md",
        pages,
    )
    assert told.splitlines()[:2] == [
        "[k](../keys.md#x) [c](../changelog.md) r [h](https://a.b/c) [s](../schemas/who.json)",
        "`[k](../../README.md)`",
    ]
    assert "[k](../keys.md)\n```" in told
    assert relinked("[k](docs/keys.md)", "CHANGELOG.md", pages) == "[k](keys.md)"


def test_dead_links_and_what_is_fetched_are_found(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(
        '<h1 id="top">A</h1><a href="b.html#here">b</a><a href="b.html#gone">b</a><a href="c.html">c</a>'
        '<a href="#top">t</a><a href="https://elsewhere.org">e</a><img src="no.svg">'
        '<script src="//cdn.org/x.js"></script>',
        "utf-8",
    )
    (tmp_path / "b.html").write_text('<h2 id="here">B</h2><a href="mailto:a@b.c">m</a><a href="/a.html">a</a>', "utf-8")
    (tmp_path / "s.css").write_text("@import 'https://fonts.org/f.css'; b { background: url(data:x) }", "utf-8")
    assert faults_of(tmp_path) == [
        "a.html: b.html#gone has no such anchor",
        "a.html: c.html leads nowhere",
        "a.html: no.svg leads nowhere",
        "a.html fetches //cdn.org/x.js",
        "s.css fetches https://fonts.org/f.css",
    ]


def test_help_is_read_as_click_writes_it() -> None:
    told = help_of("One\n    line.\n\n    \b\n    Examples:\n      serge a\n        b\n\b\nMore:\n  serge c")
    assert told.prose == ["One line."]
    assert told.blocks == [("Examples", ["serge a", "  b"]), ("More", ["serge c"])]


def test_signs_of_markdown_in_a_cell_are_only_signs() -> None:
    assert cell("a|b *c* [d] <e>") == r"a\|b \*c\* \[d\] \<e\>"
    assert code("`") == "`` ` ``"
    assert code("a|b") == "<code>a&#124;b</code>"


def test_the_manual_is_as_the_command_line_is_now() -> None:
    assert STORED.read_text("utf-8") == manual(), "the command line changed: make manual"


def test_the_manual_is_sound_roff() -> None:
    assert escaped("--db it's") == r"\-\-db it\(aqs"
    assert text(".profile and `x`") == r"\&.profile and \fBx\fR"
    tools = {"mandoc": ["-Tlint", "-Wwarning"], "groff": ["-man", "-ww", "-z", "-Tutf8"]}
    if not (known := {name: options for name, options in tools.items() if shutil.which(name)}):
        pytest.skip("neither mandoc nor groff is here")
    for name, options in known.items():
        done = subprocess.run([name, *options, STORED], check=False, capture_output=True, text=True)
        assert done.stdout + done.stderr == ""
