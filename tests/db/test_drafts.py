"""A text being written survives the death of its process, and no window takes another's."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import db.drafts
from db.build import migrate
from db.library import Library
from db.models.draft import Draft
from db.processes import is_running, this_process
from serge_tui.services.draft_journal import OpenDraft, discard, sentence_of
from serge_tui.services.external_editor import edit_outside

CHECKOUT = Path(__file__).resolve().parent.parent.parent
TYPE = """
import sys, time
from pathlib import Path
from db.library import Library
from serge_tui.services.draft_journal import OpenDraft
with Library.open(Path(sys.argv[1])) as library:
    draft = OpenDraft(library, "note", "p. 122", {"body": "", "tags": ""})
    text = ""
    for number in range(100_000):
        text += f"{number} "
        if (written := draft.update({"body": text, "tags": "snow"})) is not None:
            written.result()
            print(number, flush=True)
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "serge.db"
    migrate(path)
    return path


def typist(path: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen([sys.executable, "-c", TYPE, str(path)], stdout=subprocess.PIPE, text=True, cwd=CHECKOUT)
    assert process.stdout is not None
    assert process.stdout.readline().strip() == "0"
    return process


def test_a_draft_is_offered_after_its_process_was_killed_and_not_before(path: Path) -> None:
    process = typist(path)
    try:
        with Library.open(path) as library:
            assert library.drafts.abandoned() == []  # its window is open: this one neither offers nor takes it
            key = library.reader().execute("select key from draft").fetchone()[0]
            assert library.drafts.claim(key).result() is False
    finally:
        process.kill()
        assert process.stdout is not None
        last = [line.strip() for line in process.stdout.read().splitlines(keepends=True) if line.endswith("\n")]
        process.wait()
        process.stdout.close()
    with Library.open(path) as library:
        (draft,) = library.drafts.abandoned()
        assert sentence_of(draft) == "A note you were writing on p. 122"
        typed = draft.fields["body"].split()
        assert typed == [str(number) for number in range(len(typed))]
        assert len(typed) >= (int(last[-1]) if last else 0) + 1
        assert draft.fields["tags"] == "snow"
        assert library.drafts.claim(draft.key).result() is True
        assert library.drafts.abandoned() == []
        assert library.drafts.claim(draft.key).result() is False


def test_a_draft_is_stored_only_when_it_changes_and_is_gone_when_closed(path: Path) -> None:
    with Library.open(path) as library:
        draft = OpenDraft(library, "journal", "", {"body": ""})
        assert draft.update({"body": ""}) is None
        assert draft.close() is None
        draft = OpenDraft(library, "journal", "", {"body": ""})
        first = draft.update({"body": "Begun."})
        assert first is not None
        first.result()
        assert draft.update({"body": "Begun."}) is None
        gone = draft.close()
        assert gone is not None
        gone.result()
        assert draft.update({"body": "A timer that fires once more."}) is None
        assert library.reader().execute("select count(*) from draft").fetchone()[0] == 0


def test_a_resumed_draft_keeps_its_row(path: Path) -> None:
    with Library.open(path) as library:
        left = Draft("k", "card", "Kronstadt", {"question": "Who?", "answer": ""})
        library.drafts.keep(left).result()
        draft = OpenDraft(library, "card", "Kronstadt", left.fields, resumed=left)
        written = draft.update({"question": "Who?", "answer": "He."})
        assert written is not None
        written.result()
        assert library.reader().execute("select count(*), max(key) from draft").fetchone()[:] == (1, "k")
        gone = draft.close()
        assert gone is not None
        gone.result()
        assert library.reader().execute("select count(*) from draft").fetchone()[0] == 0


def test_a_draft_of_another_machine_is_abandoned_only_after_a_while(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Library.open(path) as library:
        monkeypatch.setattr(db.drafts, "this_process", lambda: "elsewhere\t1\t1")
        library.drafts.keep(Draft("k", "note", "", {"body": "x"})).result()
        assert library.drafts.abandoned() == []
        monkeypatch.setattr(db.drafts, "utc_now", lambda: "2999-01-01T00:00:00.000000+00:00")
        assert [draft.key for draft in library.drafts.abandoned()] == ["k"]


def test_a_process_number_used_again_is_another_process() -> None:
    host, number, started = this_process().split("\t")
    assert is_running(this_process()) is True
    if started:
        assert is_running(f"{host}\t{number}\t{int(started) - 1}") is False
    assert is_running(f"{host}\t{2**30}\t1") is False
    assert is_running(f"{host}\tx\t") is False
    assert is_running("elsewhere\t1\t1") is None


EDIT = """
import os, sys
from pathlib import Path
from db.library import Library
from serge_tui.services.draft_journal import OpenDraft
from serge_tui.services.external_editor import edit_outside
path = Path(sys.argv[1])
with Library.open(path) as library:
    draft = OpenDraft(library, "note", "p. 9", {"body": "before"})
    def opened(file):
        draft.update({"body": "before"}, file=file.name).result()
    edit_outside("before", path.parent, opened)
"""


def test_what_the_external_editor_saved_is_found_after_a_kill(path: Path, tmp_path: Path) -> None:
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\nprintf "saved in the editor" > "$1"\necho ready\nexec sleep 60\n')
    editor.chmod(0o755)
    process = subprocess.Popen(
        [sys.executable, "-c", EDIT, str(path)], stdout=subprocess.PIPE, text=True, cwd=CHECKOUT,
        env={**os.environ, "VISUAL": str(editor)}, start_new_session=True,
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stdout.readline().strip() == "ready"
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    process.stdout.close()
    with Library.open(path) as library:
        (draft,) = library.drafts.abandoned()
        assert draft.fields["body"] == "saved in the editor"
        file = path.parent / draft.file
        assert file.stat().st_mode & 0o077 == 0
        discard(library, draft).result()
        assert not file.exists()
        assert library.drafts.abandoned() == []


@pytest.mark.parametrize("name", ["../mine.txt", "/etc/hostname", "mine.txt", "serge-/../mine.txt", "serge.db"])
def test_a_draft_reads_and_removes_no_file_but_its_editors(path: Path, name: str) -> None:
    (path.parent / "mine.txt").write_text("mine")
    with Library.open(path) as library:
        draft = Draft("k", "note", "", {"body": "typed"}, file=name)
        library.drafts.keep(draft).result()
        library.writer.run(lambda connection: connection.execute("update draft set process = ''"))
        library.writer.run(lambda connection: connection.execute("update draft set changed_at = ''"))
        (found,) = library.drafts.abandoned()
        assert found.fields == {"body": "typed"}
        discard(library, found).result()
        assert (path.parent / "mine.txt").exists()
        assert path.exists()


def test_an_editor_that_ends_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VISUAL", "true")
    opened: list[Path] = []
    assert edit_outside("words", tmp_path, opened.append) == "words"
    assert [file.exists() for file in opened] == [False]
