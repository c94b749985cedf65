"""Parts of the documentation that are made from the program: keys, settings, commands, tables, a page of the pack."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from dataclasses import fields
from typing import TYPE_CHECKING, Final

from sqlite_utils import Database

from db.schema import READERS_OWN_TABLES
from db.schema.migrations import migrations
from serge_tui.commands.app import EVERYWHERE
from serge_tui.commands.command import key_label
from serge_tui.commands.registry import commands_by_place
from serge_tui.services.setting_rows import ROWS, SECTIONS, words_of
from serge_tui.services.study_settings import StudySettings
from tests.site.command_tree import commands, help_of, options, usage
from tests.study_pack import study_pack

if TYPE_CHECKING:
    from serge_tui.commands.command import Command
    from serge_tui.services.setting_rows import SettingRow

_MOST_LISTED: Final = 7
"""Values of a setting that are all named; of more, the first and the last."""
_INNER: Final = re.compile(r"^_?sqlite_|_(fts|words)(_\w+)?$")
"""Tables of SQLite, of sqlite-utils and of the indexes for searching."""


def cell(text: str) -> str:
    """Return text for a cell of a table, where a bar divides cells, and brackets and signs are only themselves."""
    return re.sub(r"([\\|*_\[\]<>`])", r"\\\1", " ".join(text.split()))


def code(text: str) -> str:
    """Return text as code in a cell of a table."""
    if "`" in text:
        return f"`` {text} ``"
    return f"`{text}`" if "|" not in text else "<code>" + text.replace("|", "&#124;") + "</code>"


def table(heads: list[str], rows: list[list[str]]) -> str:
    """Return a Markdown table."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def keys() -> str:
    """Return every command with its keys, place by place."""
    parts = ["### Everywhere", _commands_table(list(EVERYWHERE))]
    for place, known in commands_by_place().items():
        own = [command for command in known if command not in EVERYWHERE]
        parts += [f"### {place[:1].upper()}{place[1:]}", _commands_table(own)]
    return "\n\n".join(parts)


def _commands_table(known: list[Command]) -> str:
    rows = [
        [
            " ".join(code(key_label(key)) for key in command.alternatives()),
            cell(f"{command.title}. {command.help}" if command.help else command.title),
            code(command.id),
        ]
        for command in known
    ]
    return table(["key", "what it does", "command"], rows)


def settings() -> str:
    """Return every setting with its values, section by section."""
    parts = []
    for section in SECTIONS:
        rows = [_setting(row) for row in ROWS if row.section == section]
        if rows:
            parts += [f"### {section}", table(["setting", "values", "default"], rows)]
    return "\n\n".join(parts)


def _setting(row: SettingRow) -> list[str]:
    study = {f"cards.{field.name}": getattr(StudySettings(), field.name) for field in fields(StudySettings)}
    study["quiz.brings_forward"] = StudySettings().quiz_brings_forward
    default = row.default if row.default is not None else study.get(row.name)
    values = [_value(value, words) for value, words in zip(row.values, row.words, strict=True)]
    shown = words_of(row, default) if row.values and default is not None else (default if row.act == "theme" else "")
    return [f"**{cell(row.title)}** {code(row.name)}<br>{cell(row.help)}", _listed(values), cell(str(shown))]


def _listed(values: list[str]) -> str:
    return ", ".join(values) if len(values) <= _MOST_LISTED else f"{values[0]} to {values[-1]}"


def _value(value: object, words: str) -> str:
    """Return a value as `serge config set` takes it, and its words where they say more."""
    written = {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)
    is_plain = written.casefold() == words.casefold() or not isinstance(value, bool | str)
    return code(written) if is_plain else f"{code(written)} {cell(words)}"


def command_line() -> str:
    """Return every command of `serge` with its help."""
    parts = []
    for context, command in commands():
        told = help_of(command.help or "")
        parts += [f"### {context.command_path}", f"```\n{usage(context, command)}\n```", *map(_prose, told.prose)]
        if rows := options(context, command):
            parts.append(table(["option", "what it does"], [[code(names), cell(words)] for names, words in rows]))
        parts += [
            f"{heading}:\n\n```\n{chr(10).join(lines)}\n```"
            for heading, lines in [*told.blocks, *help_of(command.epilog or "").blocks]
        ]
    return "\n\n".join(parts)


def _prose(text: str) -> str:
    """Return a paragraph of help as Markdown: what stands in backquotes is code already."""
    parts = re.split(r"(`[^`]*`)", text)
    return "".join(part if part.startswith("`") else re.sub(r"([*_\[\]<>])", r"\\\1", part) for part in parts)


def tables() -> str:
    """Return the tables of the database with their columns."""
    with closing(sqlite3.connect(":memory:")) as connection:
        database = Database(connection)
        migrations.apply(database)
        columns = {
            name: [column.name for column in database[name].columns]
            for name in sorted(database.table_names())
            if not _INNER.search(name)
        }
    own = [name for name in columns if name in READERS_OWN_TABLES]
    rest = [name for name in columns if name not in READERS_OWN_TABLES]
    return "\n\n".join(
        f"{heading}\n\n" + table(["table", "columns"], [[code(n), ", ".join(map(code, columns[n]))] for n in chosen])
        for heading, chosen in (
            ("**The reader’s own**: no import, upgrade or repair may lose a row of these.", own),
            ("**Derived** from the study pack and from imported files, and made anew from them.", rest),
        )
    )


def getting_the_book() -> str:
    """Return the page of the study pack that tells where a copy can be had."""
    page = next(one for one in study_pack().pages if one.key == "getting-the-book")
    return f"# {page.title}\n\n{page.text}\n"
