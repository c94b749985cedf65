"""The command line as a person uses it: a process of its own, its output, its exit code."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest

from tests.program import run_serge

if TYPE_CHECKING:
    import subprocess
    from pathlib import Path

BOOK = """CHAPTER I

Trotsky spoke for an hour, and Zinoviev was silent.

CHAPTER II

It snowed. Somebody named Held laughed.
"""


def run(*arguments: str, database: Path | None = None, given: str | None = None) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "NO_COLOR": "1"}
    environment.pop("SERGE_DB", None)
    if database is not None:
        environment["SERGE_DB"] = str(database)
    return run_serge(*arguments, environment=environment, given=given or "")


def test_every_command_is_told_whole_in_the_width_of_a_terminal() -> None:
    lines = run("--help").stdout.splitlines()[1:]
    assert not [line for line in lines if len(line) > 80 or line.endswith("...")]


def test_the_version_and_the_help() -> None:
    assert run("--version").stdout.startswith("serge 0.")
    help_text = run("--help").stdout
    for command in ("import", "read", "who", "search", "export", "doctor"):
        assert command in help_text
        shown = run(command, "--help")
        assert shown.returncode == 0
        assert "Examples:" in shown.stdout or command == "export"


@pytest.mark.usefixtures("ends_hidden")
def test_who_finds_a_person_and_keeps_the_fate_sealed(database: Path) -> None:
    result = run("who", "Trotsky", database=database)
    assert result.returncode == 0
    assert "Leon Trotsky (1879–▒▒▒▒)" in result.stdout
    assert "Leon Trotsky (1879–1940)" in run("who", "--fates", "Trotsky", database=database).stdout


@pytest.mark.usefixtures("ends_hidden")
def test_who_says_how_a_name_is_said_and_with_fates_where_somebody_stood(database: Path) -> None:
    hidden = run("who", "Zinoviev", database=database).stdout
    assert "say: zee-NOV-yef" in hidden
    assert "belonged to" not in hidden
    assert "after a model, not a dictionary" in hidden
    whole = run("who", "--fates", "Zinoviev", database=database).stdout
    assert "United Opposition 1926–1927" in whole
    assert "(?)" not in whole
    unchecked = run("who", "--fates", "Blumkin", database=database).stdout
    assert "Left Opposition until 1929 (?)" in unchecked
    assert "(?) from general knowledge, not checked against a source." in unchecked


def test_who_says_what_of_a_term_was_not_checked(database: Path) -> None:
    assert "? From general knowledge, not checked" in run("who", "intelligentsia", database=database).stdout
    assert "general knowledge" not in run("who", "Profintern", database=database).stdout


def test_who_says_what_a_term_or_a_place_was(database: Path) -> None:
    result = run("who", "P.O.U.M.", "Смольный", "Martinet", database=database)
    assert result.returncode == 0
    assert "POUM (organisation, 1935–1980)" in result.stdout
    assert "Smolny (place)" in result.stdout
    assert "Marcel Martinet" in result.stdout
    given = json.loads(run("who", "--json", "Lubianka", "Trotsky", database=database).stdout)
    assert [entry["id"] for entry in given] == ["term:lubyanka", "trotsky"]
    exact = run("who", "Kronstadt", "Mensheviks", "opposition", database=database).stdout
    assert "Kronstadt (place)" in exact
    assert "opposition: Left Opposition (organisation" in exact


def test_who_reads_names_from_standard_input_and_writes_a_json_object_a_line(database: Path) -> None:
    result = run("who", "--json-lines", "-", database=database, given="Zinoviev\n\nQqxyz\n")
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert [set(line) for line in lines] == [{"query", "id", "name", "score", "alternatives"}] * 2
    assert [line["id"] for line in lines] == ["zinoviev", None]
    assert result.returncode == 1


def test_search_prints_hits_with_their_matches_and_json(database: Path) -> None:
    result = run("search", "Kronstadt", "--limit", "3", database=database)
    assert result.returncode == 0
    assert "»Kronstadt«" in result.stdout
    hits = json.loads(run("search", "Kronstadt", "--json", database=database).stdout)
    for hit in hits:
        assert all(hit["text"][start:end].casefold() == "kronstadt" for start, end in hit["matches"])


def test_search_finds_people_and_says_on_the_other_stream_what_it_looked_for_instead(database: Path) -> None:
    (hit,) = json.loads(run("search", "koba", "--json", database=database).stdout)
    assert (hit["kind"], hit["key"], hit["matches"]) == ("person", "stalin", [[0, 4]])
    meant = run("search", "kronstatd", "--json", "--limit", "2", database=database)
    assert len(json.loads(meant.stdout)) == 2
    assert meant.stderr == "Nothing says kronstatd; this is for kronstadt.\n"
    assert len(json.loads(run("search", "the", "--json", "--limit", "7", database=database).stdout)) == 7


def test_of_several_names_each_answer_says_what_was_asked(database: Path) -> None:
    result = run("who", "Koba", "-", "", "the Old Man", database=database, given="Sinowjew\n\n")
    heads = [line.partition(" (")[0] for line in result.stdout.splitlines() if not line.startswith(" ")]
    assert heads == ["Koba: Joseph Stalin", "Sinowjew: Grigory Zinoviev", "the Old Man: Leon Trotsky"]


@pytest.mark.parametrize("words", ['"', "a-b", "AND", "foo AND", "* OR (", "-", '"-"', "NEAR(", "col:x", "\x1b[31m"])
def test_search_is_safe_for_whatever_is_typed(database: Path, words: str) -> None:
    result = run("search", "--", words, database=database)
    assert result.returncode in (0, 1)
    assert "Traceback" not in result.stderr
    assert "\x1b" not in result.stdout


def test_a_book_is_imported_and_imported_again(database: Path, tmp_path: Path) -> None:
    book = tmp_path / "small book.txt"
    book.write_text(BOOK)
    first = run("import", str(book), database=database)
    assert first.returncode == 0, first.stderr
    assert "2 chapters" in first.stdout
    assert "replaced" not in first.stdout
    second = json.loads(run("import", "--json", str(book), database=database).stdout)
    assert second[0]["edition"]["replaced"] is True
    assert second[0]["mentions"] >= 2


def test_one_bad_file_among_good_ones_does_not_stop_the_good_ones(database: Path, tmp_path: Path) -> None:
    book = tmp_path / "book.txt"
    book.write_text(BOOK)
    result = run("import", str(tmp_path / "missing.epub"), str(book), database=database)
    assert result.returncode == 1
    assert "2 chapters" in result.stdout
    assert "missing.epub" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["import", "missing.epub"], "missing.epub"),
        (["search", "--edition", "nothing", "snow"], 'there is no edition "nothing"'),
        (["search", "--chapter", "2", "snow"], "--chapter is the number of a chapter in one edition"),
        (["search", "--figure", "Qqxyz", "snow"], '--figure "Qqxyz": nobody here is called that'),
        (["search", "--edition", "guide", "--chapter", "99", "snow"], "there is no chapter 99 in guide; it has"),
        (["search", "--", "-snow"], "there is no word to look for in -snow"),
        (["read", "forty"], '"forty" is not a chapter'),
        (["read", "²"], '"²" is not a chapter'),
        (["read", "99"], "there is no chapter 99"),
        (["read", "--page", "999"], "the Memoirs go from page 3 to page 447"),
        (["export", "notes", "-o", "no/such/folder/notes.md"], "cannot be written"),
        ([], "needs a terminal"),
    ],
)
def test_bad_input_gives_one_sentence_and_an_exit_code(database: Path, arguments: list[str], sentence: str) -> None:
    result = run(*arguments, database=database)
    assert result.returncode == 1
    assert sentence in result.stderr
    assert "Traceback" not in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1


def test_a_database_that_is_none_is_refused_and_left_alone(tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear comrade,\n")
    result = run("--db", str(letter), "who", "Trotsky")
    assert (result.returncode, letter.read_text()) == (1, "Dear comrade,\n")
    assert "is not a Serge database" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_place_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    result = run("--db", "/proc/serge/serge.db", "who", "Trotsky")
    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    assert "/proc" in result.stderr


def test_the_doctor_finds_nothing_wrong_with_a_new_database_and_names_what_is(database: Path) -> None:
    well = run("doctor", "--json", database=database)
    assert well.returncode == 0
    assert all(not finding["problems"] for finding in json.loads(well.stdout)["findings"])
    database.chmod(0o644)
    ill = run("doctor", database=database)
    assert ill.returncode == 1
    assert "can be read by others" in ill.stdout


def test_the_first_call_builds_the_database(tmp_path: Path) -> None:
    path = tmp_path / "new" / "serge.db"
    result = run("--db", str(path), "who", "Lenin")
    assert result.returncode == 0
    assert "Vladimir Lenin" in result.stdout
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    "command", ["import", "search", "who", "export cards", "export notes", "restore", "quiz", "sync"]
)
def test_examples_in_a_help_stand_on_lines_of_their_own(command: str) -> None:
    lines = run(*command.split(), "--help").stdout.splitlines()
    heading = next(n for n, line in enumerate(lines) if line.startswith("  Example"))
    assert lines[heading + 1].startswith(f"    serge {command}")


@pytest.mark.parametrize("command", ["who", "search", "locate"])
def test_looking_for_nothing_is_told_from_finding_nothing(command: str, tmp_path: Path) -> None:
    answer = run(command, " ", database=tmp_path / "serge.db")
    assert answer.returncode == 1
    example = "Zinoviev" if command == "who" else "Kronstadt"
    assert answer.stderr == f"serge: give a word to look for, such as `serge {command} {example}`.\n"


def test_notes_go_out_in_every_form_and_come_back(database: Path, tmp_path: Path) -> None:
    from db.annotations import new_annotation
    from db.library import Library

    with Library.open(database) as library:
        kept = library.annotations.save(
            new_annotation("note", target="figure:trotsky", body="see [[ch4]]", tags=["doubt"])
        ).result()
        library.annotations.save(new_annotation("note", body="=other")).result()
    for form, said in (("csv", "'=other"), ("html", "<p>=other</p>"), ("org", ":doubt:"), ("json", "urn:serge:")):
        assert said in run("export", "notes", "--format", form, database=database).stdout
    narrowed = run("export", "notes", "#doubt", "figure:trotsky", database=database).stdout
    assert "Leon Trotsky" in narrowed
    assert "=other" not in narrowed
    folder = tmp_path / "vault"
    result = run("export", "notes", "--by", "chapter", "-o", str(folder), database=database)
    assert (result.returncode, result.stderr) == (0, f"3 files written to {folder}.\n")
    written = {str(file.relative_to(folder)) for file in folder.rglob("*.md")}
    assert written == {"on-people-and-things.md", "04-danger-from-within.md", "people/Leon Trotsky.md"}
    file = folder / "on-people-and-things.md"
    assert "see [[04-danger-from-within]]" in file.read_text(encoding="utf-8")
    assert (folder.stat().st_mode & 0o077, file.stat().st_mode & 0o077) == (0, 0)
    template = tmp_path / "t.j2"
    template.write_text("{% for note in notes %}<{{ note.note }}>{% endfor %}")
    assert "<=other>" in run("export", "notes", "--template", str(template), database=database).stdout
    for name, begins in (("readwise", "Highlight,Title"), ("csl", "["), ("zotero", "<div"), ("bibtex", "")):
        assert run("export", "notes", "--template", name, database=database).stdout.startswith(begins)
    assert "ready ones are readwise" in run("export", "notes", "--template", "none", database=database).stderr
    assert "--by chapter" in run("export", "notes", "--by", "chapter", database=database).stderr
    notes = tmp_path / "notes.json"
    run("export", "notes", "--json", "-o", str(notes), database=database)
    other = tmp_path / "other.db"
    assert "2 new" in run("import", str(notes), database=other).stdout
    with Library.open(other) as library:
        assert library.annotations.by_key(kept.key) == kept


@pytest.mark.parametrize(
    ("command", "said"),
    [("corrections", "nothing is corrected yet"), ("export corrections", "nothing is corrected yet"),
     ("export notes", "there are no notes yet"), ("export notes --json", "there are no notes yet"),
     ("export candidates", "no review was imported"), ("export reviews", "no card has been answered")],
)  # fmt: skip
def test_where_there_is_nothing_one_sentence_says_so_beside_the_output(database: Path, command: str, said: str) -> None:
    result = run(*command.split(), database=database)
    assert result.returncode == 0
    assert len(result.stderr.splitlines()) == 1
    assert said in result.stderr
    assert said not in result.stdout


def test_a_copy_is_not_put_where_there_is_no_folder(database: Path, tmp_path: Path) -> None:
    result = run("backup", str(tmp_path / "stick" / "serge.db"), database=database)
    assert result.returncode == 1
    assert "is the stick plugged in?" in result.stderr
    assert not (tmp_path / "stick").exists()


def test_a_restore_has_a_word_for_everything_of_the_readers() -> None:
    from db.schema import READERS_OWN_TABLES
    from serge_tui.cli.backup import NOUNS

    assert set(READERS_OWN_TABLES) - set(NOUNS) == set()


def test_a_filter_that_leaves_no_note_says_so(database: Path) -> None:
    from db.annotations import new_annotation
    from db.library import Library

    with Library.open(database) as library:
        library.annotations.save(new_annotation("note", body="snow")).result()
    result = run("export", "notes", "#doubt", database=database)
    assert result.returncode == 0
    assert "none of your notes matches '#doubt'" in result.stderr
    assert "snow" not in result.stdout


def test_the_doctor_tells_two_editions_of_one_title_apart(database: Path, tmp_path: Path) -> None:
    book = tmp_path / "snow.txt"
    book.write_text(BOOK, "utf-8")
    for key in ("one", "two"):
        assert run("import", "--key", key, str(book), database=database).returncode == 0
    told = run("doctor", database=database).stdout
    assert "[one, snow.txt]" in told
    assert "[two, snow.txt]" in told


def test_corrections_go_out_as_a_patch_of_the_pack(database: Path) -> None:
    from db.library import Library

    with Library.open(database) as library:
        library.corrections.correct("figure:trotsky", {"one_line": "Mine."}).result()
    assert json.loads(run("export", "corrections", database=database).stdout)[0]["value"] == "Mine."
    patch = run("export", "corrections", "--format", "patch", database=database).stdout
    assert "+++ b/db/content/figures/trotsky.toml" in patch
    assert '+one_line = "Mine."' in patch
    assert json.loads(run("export", "candidates", database=database).stdout) == []


def test_highlights_of_another_reader_are_brought_in_once(database: Path, tmp_path: Path) -> None:
    clippings = tmp_path / "My Clippings.txt"
    clippings.write_text(
        "A small book (Somebody)\r\n"
        "- Your Highlight on page 3 | Location 30-31 | Added on Sunday, 3 May 2026 10:00:00\r\n"
        "\r\nZinoviev was silent\r\n==========\r\n",
        "utf-8",
    )
    first = json.loads(run("import", "--json", str(clippings), database=database).stdout)
    assert (first[0]["found"], first[0]["added"]) == (1, 1)
    again = json.loads(run("import", "--json", str(clippings), database=database).stdout)
    assert (again[0]["added"], again[0]["known"]) == (0, 1)
    exported = json.loads(run("export", "notes", "--json", database=database).stdout)
    assert [note["target"]["selector"][0]["exact"] for note in exported] == ["Zinoviev was silent"]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [(["--bogus"], "serge: No such option '--bogus'; `serge --help` shows how."),
     (["who"], "serge: Missing argument 'NAME…'; `serge who --help` shows how."),
     (["frob"], "serge: No such command 'frob'; `serge --help` shows how."),
     (["export", "notes", "--format", "odt"],
      ("serge: Invalid value for '--format': 'odt' is not one of 'markdown', 'json', 'csv', 'html', 'org';"
      " `serge export notes --help` shows how."))],
)  # fmt: skip
def test_a_slip_on_the_command_line_is_one_sentence(arguments: list[str], sentence: str) -> None:
    done = run(*arguments)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"{sentence}\n")


def test_the_doctor_has_a_line_for_each_edition(database: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / f"{name}.txt").write_text(f"{name.upper()}\n\n{BOOK}")
        assert run("import", str(tmp_path / f"{name}.txt"), database=database).returncode == 0
    told = [line for line in run("doctor", database=database).stdout.splitlines() if "stand there" in line]
    assert len(told) == 2
    assert all(line.startswith("          ") for line in told)


@pytest.mark.parametrize(
    ("name", "other"),
    [("Kornilov", "Chorny"), ("Putin", "Riutin"), ("Petrovsky", "Perovskaya"), ("Miller", "Hitler")],
)
def test_who_says_of_somebody_unknown_that_nobody_is_called_that(database: Path, name: str, other: str) -> None:
    result = run("who", name, database=database)
    assert result.returncode == 1
    assert "Nobody here is called that" in result.stdout
    assert other not in result.stdout


@pytest.mark.parametrize("name", ["Cheka", "NEP", "POUM"])
def test_who_tells_what_a_term_is_before_it_offers_anybody(database: Path, name: str) -> None:
    result = run("who", name, database=database)
    assert result.returncode == 0
    assert result.stdout.startswith(f"{name} (")
