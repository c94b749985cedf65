"""The study pack: that it holds, and that what does not hold is named with file, record and field."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import pytest

from db.text import fold
from import_scripts.pack import CONTENT, PackError, checked_pack, faults_of, stamp_of
from import_scripts.pack.guide import blocks_of, split_head

if TYPE_CHECKING:
    from pathlib import Path

    from db.pack import Pack

LONGEST_SHARED_RUN = 12
"""Words: a run as long as this shared with a source outside a marked quotation is a copy."""


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A copy of the content to break."""
    shutil.copytree(CONTENT, tmp_path / "content")
    return tmp_path / "content"


def test_the_pack_has_no_faults(pack: Pack) -> None:
    assert faults_of(pack) == []


def test_the_pack_is_as_large_as_it_says(pack: Pack) -> None:
    assert len(pack.figures) >= 300
    assert len(pack.quotations) >= 200
    assert len(pack.events) >= 150
    assert [chapter.number for chapter in pack.chapters] == list(range(1, 11))
    assert {event.kind for event in pack.events} == {"life", "history"}
    assert {quotation.kind for quotation in pack.quotations} == {
        "portrait",
        "said",
        "exchange",
        "aphorism",
        "narrative",
    }


def test_every_guide_is_a_chapter_to_read(pack: Pack) -> None:
    assert pack.guide is not None
    for chapter in pack.guide.chapters:
        words = sum(len(block.text.split()) for block in chapter.blocks)
        assert 600 <= words <= 1_000, chapter.title
        headings = [block.text for block in chapter.blocks if block.kind == "heading"]
        assert headings[:2] == [chapter.title, "What happens"]
        assert "Three questions to read with" in headings
        assert sum(span.target.startswith("figure:") for block in chapter.blocks for span in block.spans) >= 5


def test_every_record_says_what_it_rests_on(pack: Pack) -> None:
    cited = {pointer.record for pointer in pack.pointers}
    for quotation in pack.quotations:
        assert f"quote:{quotation.key}" in cited
    for event in pack.events:
        assert f"event:{event.key}" in cited
    for figure in pack.figures:
        assert f"figure:{figure.key}" in cited or figure.doubt, figure.key
        if figure.in_memoirs == "context":
            assert figure.doubt, figure.key


def test_one_line_does_not_tell_the_end(pack: Pack) -> None:
    endings = re.compile(
        r"\b(shot|executed|murdered|killed|suicide|died|hanged|deported to die|perished|assassinated)\b", re.IGNORECASE
    )
    telling = {figure.key for figure in pack.figures if endings.search(figure.one_line)}
    # These two did the shooting.
    assert telling - {"adler", "blumkin"} == set()


def words_of(text: str) -> list[str]:
    return re.findall(r"\w+", fold(text))


@pytest.mark.shared
def test_no_sentence_is_copied_from_a_source(pack: Pack, samples: Path) -> None:
    runs: set[tuple[str, ...]] = set()
    for source in (samples / "sources").glob("*.txt"):
        words = words_of(source.read_text("utf-8", errors="replace"))
        runs.update(tuple(words[i : i + LONGEST_SHARED_RUN]) for i in range(len(words) - LONGEST_SHARED_RUN + 1))
    ours: list[tuple[str, str]] = []
    for figure in pack.figures:
        ours += [(figure.key, text) for text in (figure.one_line, figure.life, figure.serge, figure.fate_text)]
    ours += [(event.key, event.text) for event in pack.events]
    ours += [(point.key, point.text) for point in pack.reception]
    ours += [(work.key, work.text) for work in pack.works]
    ours += [(term.key, text) for term in pack.terms for text in (term.one_line, term.text)]
    ours += [(page.key, page.text) for page in pack.pages]
    for chapter in pack.guide.chapters if pack.guide else []:
        for block in chapter.blocks:
            quoted = [(s.start, s.end) for s in block.spans if s.target.startswith("quote:")]
            text = block.text
            for start, end in reversed(quoted):
                text = f"{text[:start]} | {text[end:]}"
            ours += [(chapter.title, part) for part in text.split("|")]
    for key, text in ours:
        unquoted = re.sub(r"“[^”]*”|‘[^’]*’", " | ", text)
        for part in unquoted.split("|"):
            words = words_of(part)
            for i in range(len(words) - LONGEST_SHARED_RUN + 1):
                run = tuple(words[i : i + LONGEST_SHARED_RUN])
                assert run not in runs, f"{key}: {' '.join(run)}"


@pytest.mark.shared
def test_quotations_said_to_come_from_a_sample_stand_there(pack: Pack, samples: Path) -> None:
    files = {
        "hampton": "review-memoirs-pen-portraits.txt",
        "readers-reviews": "book-page-with-readers-reviews.txt",
        "blog-1951-club": "blog-review-1951-club.txt",
    }
    texts = {key: words_of((samples / "sources" / name).read_text("utf-8")) for key, name in files.items()}
    joined = {key: " ".join(words) for key, words in texts.items()}
    sources: dict[str, list[str]] = {}
    for pointer in pack.pointers:
        sources.setdefault(pointer.record, []).append(pointer.source)
    checked = 0
    for quotation in pack.quotations:
        own = [key for key in sources.get(f"quote:{quotation.key}", []) if key in joined]
        if own and sources[f"quote:{quotation.key}"][0] in joined:
            pieces = [" ".join(words_of(piece)) for piece in re.split(r"\[…\]|…|\.\.\.|\[[^\]]*\]", quotation.text)]
            assert any(all(piece in joined[key] for piece in pieces if len(piece.split()) > 1) for key in own), (
                quotation.key
            )
            checked += 1
    assert checked >= 100


@pytest.mark.parametrize(
    ("file", "before", "after", "fault"),
    [
        ("figures/trotsky.toml", 'sex = "m"', 'sex = "x"', 'figures/trotsky.toml › sex: "x" is not one of: f, m'),
        ("figures/trotsky.toml", 'date = "1879-11-07"', 'date = "1879-13-07"', "figures/trotsky.toml › born.date: "),
        ("figures/trotsky.toml", 'date = "1940-08-21"', 'date = "1840"', "died.date: death (1840) comes before birth"),
        ("figures/trotsky.toml", "roles = [", "rolls = [", "unknown field"),
        ("figures/trotsky.toml", 'name = "', "name = ", "figures/trotsky.toml: cannot be read"),
        ("events.toml", 'people = ["', 'people = ["nobody-here", "', 'people: there is no figure "nobody-here"'),
        (
            "terms/soviet-state.toml",
            'kind = "organisation"',
            'kind = "club"',
            'terms › cheka › kind: "club" is not one of',
        ),
        ("terms/soviet-state.toml", 'end = "1922-02"', 'end = "1902"', "end: the end (1902) comes before the start"),
        (
            "terms/soviet-state.toml",
            "aliases]\nen = [",
            "aliases]\nxx = [",
            'aliases: "xx" is not one of: en, fr, es, it',
        ),
        (
            "terms/soviet-state.toml",
            'en = ["',
            'en = ["Trotsky", "',
            '"Trotsky" is figure:trotsky too: list it in "shared"',
        ),
        ("terms/soviet-state.toml", 'en = ["', 'en = ["POUM", "', '"POUM" is term:poum too: list it in "shared"'),
        (
            "terms/soviet-state.toml",
            'text = """The',
            'text = """Short. """\ndoubt = """The',
            "text: is 1 words; 40 to 100",
        ),
        (
            "terms/soviet-state.toml",
            "sources = [",
            "sources = []\nchapters_likely = [] # [",
            "says nowhere what it rests on",
        ),
        (
            "memberships.toml",
            'doubt = "From general knowledge, not checked against a source."\n',
            "",
            'put "From general knowledge, not checked against a source." in its doubt',
        ),
        (
            "memberships.toml",
            "\nsources = [",
            '\ndoubt = "From general knowledge, not checked against a source."\nsources = [',
            "says that no source was opened, and the record names one",
        ),
        (
            "terms/internationals.toml",
            'sources = ["',
            'sources = ["hampton", "',
            '"hampton" is named without the place',
        ),
        (
            "memberships.toml",
            'term = "left-opposition"',
            'term = "petrograd"',
            '"Petrograd" is a place, not an organisation',
        ),
        ("memberships.toml", 'start = "1923"', 'start = "1903"', "start: 1903 lies outside the years in which"),
        (
            "memberships.toml",
            'figure = "trotsky"',
            'figure = "nobody-here"',
            'figure: there is no figure "nobody-here"',
        ),
        ("pronunciation.toml", 'say = "zee-NOV-yef"', 'say = "ZEE-NOV-yef"', "must have one syllable in capitals"),
        (
            "pages/getting-the-book.md",
            "https://traficantes.net",
            "term:nothing",
            'the link "term:nothing" leads nowhere',
        ),
        ("quotations/elsewhere.toml", 'work = "', 'page = "12"\nwork = "', "page and chapter are those of the Memoirs"),
        ("quotations/elsewhere.toml", 'work = "', 'work = "not-', 'work: there is no work "not-'),
        ("sources.toml", 'url = "', 'url = "https://docslib.org/', '"docslib" is a web copy or a file-sharing site'),
        (
            "quotations/elsewhere.toml",
            'sources = ["',
            'sources = ["docslib-org", "',
            '"docslib" is a web copy: cite the edition',
        ),
    ],
)
def test_a_fault_is_named_with_file_and_field(content: Path, file: str, before: str, after: str, fault: str) -> None:
    path = content / file
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), "utf-8")
    with pytest.raises(PackError) as raised:
        checked_pack(content)
    assert fault in str(raised.value)


def test_a_missing_file_is_a_fault_of_its_own(content: Path) -> None:
    (content / "sources.toml").unlink()
    with pytest.raises(PackError, match=r"sources\.toml: the file is missing"):
        checked_pack(content)


def test_no_page_of_an_archive_gives_more_than_its_share(content: Path) -> None:
    record = """
[line-{0}]
text = "A line."
kind = "aphorism"
speaker = "serge"
topic = "a line"
sources = ["marxists-archive: archive/one-page.htm"]
"""
    with (content / "quotations" / "elsewhere.toml").open("a", encoding="utf-8") as file:
        file.writelines(record.format(number) for number in range(26))
    with pytest.raises(PackError, match=r"archive/one-page\.htm: 26 quotations, more than 25"):
        checked_pack(content)


def test_terms_are_many_and_their_texts_are_our_own_length(pack: Pack) -> None:
    assert len(pack.terms) >= 120
    assert {term.kind for term in pack.terms} == {"term", "organisation", "place"}
    assert len(pack.memberships) >= 150
    assert len(pack.pronunciations) >= 100
    assert [page.key for page in pack.pages] == ["getting-the-book", "russian-names"]


def test_quotations_of_other_works_and_in_our_own_words_say_so(pack: Pack) -> None:
    titles = {work.key for work in pack.works}
    elsewhere = [quotation for quotation in pack.quotations if quotation.work]
    assert elsewhere
    assert {quotation.work for quotation in elsewhere} <= titles
    assert all(q.own_translation for q in pack.quotations if q.wording.startswith("our own"))


def test_the_stamp_changes_with_the_files(content: Path) -> None:
    before = stamp_of(content)
    assert stamp_of(content) == before
    (content / "events.toml").write_text("", "utf-8")
    assert stamp_of(content) != before


def test_a_guide_is_read_into_blocks_with_links() -> None:
    head, body = split_head(
        "+++\nnumber = 1\n+++\n## What happens\n\nHe met *the* [Old Man](figure:trotsky).\n\n1. Why?\n2. Where?\n"
    )
    assert head == "number = 1"
    heading, paragraph, first, second = blocks_of(body)
    assert (heading.kind, heading.level, heading.text) == ("heading", 2, "What happens")
    assert paragraph.text == "He met the Old Man."
    assert [(s.style, s.target, paragraph.text[s.start : s.end]) for s in paragraph.spans] == [
        ("em", "", "the"),
        ("link", "figure:trotsky", "Old Man"),
    ]
    assert (first.kind, first.text, second.text) == ("list", "1. Why?", "2. Where?")


@pytest.mark.parametrize("body", ["<b>bold</b>", "```\ncode\n```", "![a](b.png)", "`code`"])
def test_what_a_guide_cannot_hold_is_refused_or_plain_text(body: str) -> None:
    if body.startswith("<"):
        assert blocks_of(body)[0].text == body
    else:
        with pytest.raises(ValueError, match="a guide cannot hold"):
            blocks_of(body)
