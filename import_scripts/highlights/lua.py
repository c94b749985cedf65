"""Lua tables as data: `return { ["key"] = value, … }` and nothing that runs.

KOReader keeps its notes in such files. A table is a small grammar; reading it here bounds its depth and runs nothing.
"""

from __future__ import annotations

import re
from typing import Final, TypeAlias, Union

from db.errors import SergeError

LuaValue: TypeAlias = Union[str, int, float, bool, "LuaTable", None]
LuaTable: TypeAlias = dict[str | int | float, LuaValue]

MAX_DEPTH: Final = 60
_SPACE: Final = re.compile(r"(?:\s+|--\[(=*)\[.*?\]\1\]|--[^\n]*)*", re.DOTALL)
_NUMBER: Final = re.compile(r"-?(?:0[xX][0-9a-fA-F]+|\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?)")
_NAME: Final = re.compile(r"[A-Za-z_]\w*")
_LONG: Final = re.compile(r"\[(=*)\[\n?(.*?)\]\1\]", re.DOTALL)
_STRING: Final = {
    '"': re.compile(r'"([^"\\]*(?:\\.[^"\\]*)*)"', re.DOTALL),
    "'": re.compile(r"'([^'\\]*(?:\\.[^'\\]*)*)'", re.DOTALL),
}
_ESCAPE: Final = re.compile(r"\\(?:(\d{1,3})|x([0-9a-fA-F]{2})|u\{([0-9a-fA-F]{1,6})\}|z\s*|(\r?\n|.))", re.DOTALL)
_PLAIN: Final = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v"}
_WORDS: Final[dict[str, bool | None]] = {"true": True, "false": False, "nil": None}


class LuaError(SergeError):
    """A text that is no Lua table, or one that would have to be run."""


def parse_table(text: str) -> LuaTable:
    """Read a file that returns one table.

    Raises LuaError if it is anything else.
    """
    parser = _Parser(text)
    value = parser.file()
    if not isinstance(value, dict):
        raise LuaError("It returns no table.")
    return value


class _Parser:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    def file(self) -> LuaValue:
        self.space()
        if self.text.startswith("return", self.at):
            self.at += len("return")
        value = self.value(0)
        self.space()
        if self.at < len(self.text):
            raise self.error("something follows the table")
        return value

    def space(self) -> None:
        match = _SPACE.match(self.text, self.at)
        if match is not None:
            self.at = match.end()

    def value(self, depth: int) -> LuaValue:
        if depth > MAX_DEPTH:
            raise self.error("it is nested too deeply")
        self.space()
        char = self.text[self.at : self.at + 1]
        if char == "{":
            return self.table(depth)
        if char in _STRING:
            return self.string(char)
        if (long := _LONG.match(self.text, self.at)) is not None:
            self.at = long.end()
            return long[2]
        if (number := _NUMBER.match(self.text, self.at)) is not None:
            self.at = number.end()
            return _number(number[0])
        name = _NAME.match(self.text, self.at)
        if name is not None and name[0] in _WORDS:
            self.at = name.end()
            return _WORDS[name[0]]
        raise self.error("a value is missing or would have to be computed")

    def string(self, mark: str) -> str:
        match = _STRING[mark].match(self.text, self.at)
        if match is None:
            raise self.error("a string does not end")
        self.at = match.end()
        return _unescape(match[1]) if "\\" in match[1] else match[1]

    def table(self, depth: int) -> LuaTable:
        self.at += 1
        table: LuaTable = {}
        following = 1
        while True:
            self.space()
            char = self.text[self.at : self.at + 1]
            if char == "}":
                self.at += 1
                return table
            if char == "[" and _LONG.match(self.text, self.at) is None:
                self.at += 1
                key = self.value(depth + 1)
                self.expect("]")
                self.expect("=")
                value = self.value(depth + 1)
                if isinstance(key, (str, int, float)):
                    table[key] = value
            elif (name := _NAME.match(self.text, self.at)) is not None and name[0] not in _WORDS:
                self.at = name.end()
                self.expect("=")
                table[name[0]] = self.value(depth + 1)
            else:
                table[following] = self.value(depth + 1)
                following += 1
            self.space()
            if self.text[self.at : self.at + 1] in (",", ";"):
                self.at += 1
            elif self.text[self.at : self.at + 1] != "}":
                raise self.error("a comma or a closing brace is missing")

    def expect(self, char: str) -> None:
        self.space()
        if self.text[self.at : self.at + 1] != char:
            raise self.error(f"“{char}” is missing")
        self.at += 1

    def error(self, what: str) -> LuaError:
        line = self.text.count("\n", 0, self.at) + 1
        return LuaError(f"It is not a plain Lua table: {what} in line {line}.")


def _number(text: str) -> int | float:
    if text[:3].lower().startswith(("0x", "-0x")):
        return int(text, 16)
    try:
        return int(text)
    except ValueError:
        return float(text)


def _unescape(text: str) -> str:
    """Escapes of Lua 5.1 and 5.3; bytes by number are UTF-8."""
    raw = bytearray()
    at = 0
    for match in _ESCAPE.finditer(text):
        raw += text[at : match.start()].encode("utf-8", "replace")
        decimal, hexadecimal, code, plain = match.groups()
        if decimal is not None:
            raw.append(min(255, int(decimal)))
        elif hexadecimal is not None:
            raw.append(int(hexadecimal, 16))
        elif code is not None:
            raw += chr(min(int(code, 16), 0x10FFFF)).encode("utf-8", "replace")
        elif plain is not None:
            raw += _PLAIN.get(plain, plain).encode("utf-8", "replace")
        at = match.end()
    raw += text[at:].encode("utf-8", "replace")
    return raw.decode("utf-8", "replace")
