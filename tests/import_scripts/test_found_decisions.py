"""Decisions on the reader's own copy, exported and imported again; hostile files store nothing."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

import pytest

from db.errors import SergeError
from import_scripts.found_decisions import holds_decisions, import_decisions
from tests.serge_tui.portraits import drawn_people

if TYPE_CHECKING:
    from pathlib import Path

    from db.library import Library
    from db.models.found_text import FoundDecision


def decided(library: Library) -> list[FoundDecision]:
    drawn_people(library)
    first, second, third, _ = library.found.of_edition("drawn")
    library.found.decide(first, "kept", text="a pale face and keen eyes").result()
    library.found.decide(second, "kept", person=("", "Old Orlov")).result()
    library.found.decide(third, "rejected").result()
    return library.found.decisions()


def written(tmp_path: Path, entries: list[dict[str, Any]]) -> Path:
    path = tmp_path / "found.json"
    path.write_text(json.dumps({"about": "…", "serge_found": entries}), "utf-8")
    return path


def test_decisions_come_back_whole_and_only_later_ones_replace(library: Library, tmp_path: Path) -> None:
    decisions = decided(library)
    path = written(tmp_path, [asdict(one) for one in decisions])
    assert holds_decisions(path)
    for one in decisions:
        library.found.restore(one.key, None).result()
    done = import_decisions(library, path)
    assert (done.new, done.changed, done.known, done.report) == (3, 0, 0, ())
    assert library.found.decisions() == decisions
    assert import_decisions(library, path).known == 3
    later = replace(decisions[0], state="skipped", decided_at="2099-01-01T00:00:00+00:00")
    earlier = replace(decisions[1], state="skipped", decided_at="2001-01-01T00:00:00+00:00")
    done = import_decisions(library, written(tmp_path, [asdict(later), asdict(earlier)]))
    assert (done.new, done.changed, done.known) == (0, 1, 1)
    states = {one.key: one.state for one in library.found.decisions()}
    assert (states[later.key], states[earlier.key]) == ("skipped", decisions[1].state)


def test_what_is_no_decision_is_left_out_and_said(library: Library, tmp_path: Path) -> None:
    good = asdict(decided(library)[0])
    bad: list[Any] = [
        good | {"key": "../x"}, good | {"state": "eaten"}, good | {"decided_at": "yesterday"}, good | {"more": 1}, "no",
        {name: value for name, value in good.items() if name != "text"},
    ]  # fmt: skip
    hostile = good | {"key": "f0123456789abcdef", "name": "Ivan\x1b[31m\nMarkov", "text": "grey\x07 eyes"}
    done = import_decisions(library, written(tmp_path, [*bad, hostile]))
    assert (done.new, len(done.report)) == (1, len(bad))
    stored = library.found.decision("f0123456789abcdef")
    assert stored is not None
    assert not set("\x1b\x07\n") & set(stored.name + stored.text)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"serge_found": 3}', '{"serge_found": [', "[" * 100_000])
def test_a_file_that_is_no_export_is_told_in_one_sentence(library: Library, tmp_path: Path, text: str) -> None:
    path = tmp_path / "found.json"
    path.write_text(text, "utf-8")
    with pytest.raises(SergeError) as told:
        import_decisions(library, path)
    assert "\n" not in str(told.value)
    assert library.found.decisions() == []
