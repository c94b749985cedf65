"""A graph of who is named with whom, read by what it is for."""

from __future__ import annotations

import csv
import io
import re

import lxml.etree
import pytest

from serge_tui.core.export.graph import Meeting, Person, graph_text, meetings
from tests.serge_tui.core.export.notes import NASTY

CHAPTERS = {1: ["a", "b"], 2: ["b", "a", "c"], 5: ["a", "c"], 9: ["d"]}
PEOPLE = [Person("a", "Ann"), Person("b", "Ben", 1880, 1937, ("bolshevik",)), Person("c", "Cy"), Person("d", "Di")]
SPACE = {"g": "http://graphml.graphdrawing.org/xmlns"}


def test_pairs_share_chapters_and_passages() -> None:
    found = meetings(CHAPTERS, [["a", "b"], ["b", "a", "a"], ["c"]])
    assert found == [
        Meeting("a", "b", (1, 2), 2), Meeting("a", "c", (2, 5)), Meeting("b", "c", (2,)),
    ]  # fmt: skip
    assert [one.second for one in meetings(CHAPTERS, least=2)] == ["b", "c"]


def test_graphml_has_nodes_edges_and_what_is_known() -> None:
    tree = lxml.etree.fromstring(graph_text(PEOPLE, meetings(CHAPTERS), "graphml").encode())
    assert [node.get("id") for node in tree.iterfind(".//g:node", SPACE)] == ["a", "b", "c"]
    assert len(tree.findall(".//g:edge", SPACE)) == 3
    ben = tree.find(".//g:node[@id='b']", SPACE)
    assert ben is not None
    assert {data.get("key"): data.text for data in ben} == {
        "name": "Ben", "born": "1880", "died": "1937", "movements": "bolshevik",
    }  # fmt: skip
    declared = {key.get("id") for key in tree.iterfind("g:key", SPACE)}
    assert {data.get("key") for data in tree.iterfind(".//g:data", SPACE)} <= declared


def test_csv_is_a_list_of_edges() -> None:
    rows = list(csv.DictReader(io.StringIO(graph_text(PEOPLE, meetings(CHAPTERS), "csv"))))
    assert rows[0] | {"Passages": ""} == {
        "Source": "a", "Target": "b", "Type": "Undirected", "Weight": "2", "Chapters": "1 2", "Passages": "",
        "SourceName": "Ann", "TargetName": "Ben",
    }  # fmt: skip


def test_dot_names_everybody_once() -> None:
    text = graph_text(PEOPLE, meetings(CHAPTERS), "dot")
    assert text.count(" -- ") == 3
    assert text.count("[label=") == 3
    assert '"a" -- "b" [weight=2, label="1 2", passages=0];' in text


@pytest.mark.parametrize("name", NASTY)
def test_no_name_becomes_markup(name: str) -> None:
    people = [Person("a", name), Person("b", name)]
    found = [Meeting("a", "b", (1,))]
    tree = lxml.etree.fromstring(graph_text(people, found, "graphml").encode())
    assert len(tree.findall(".//g:node", SPACE)) == 2
    lines = graph_text(people, found, "dot").splitlines()
    assert len(lines) == 6
    assert re.fullmatch(r'  "a" \[label="(?:[^"\\]|\\.)*"\];', lines[2])
    (row,) = csv.DictReader(io.StringIO(graph_text(people, found, "csv")))
    assert row["SourceName"].lstrip(" ")[:1] not in ("=", "+", "-", "@")
