"""Annotations of every kind, with whatever text may be in them."""

from __future__ import annotations

from datetime import UTC

from hypothesis import strategies as st

from db.models import Anchor, Annotation
from db.text import sanitise, sanitise_in_place, sanitise_line

NASTY = (
    "=1+1",
    "@SUM(A1)",
    "-2+3",
    "+x",
    "# heading",
    "* star",
    "1. one",
    "- item",
    "<script>alert(1)</script>",
    "| a | b |",
    "#+end_quote",
    "#+end_src",
    "*** heading",
    ":END:",
    "[[x]]",
    "[a](http://b)",
    "![a](http://b)",
    "*bold* _it_ `c`",
    "a\n---\nb",
    "a\n===",
    "> quote",
    "    code",
    "```\nfence",
    "&amp; &lt;",
    "{{ 7*7 }}",
    "{% raw %}",
    "\\",
    "x\ny",
    "Кронштадт",
    "a\N{RIGHT-TO-LEFT OVERRIDE}b",
    "\x1b[31m",
    '"quoted", commas',
    "'",
    "==lit== $x$ ^id ~~gone~~",
)
words = st.one_of(st.sampled_from(NASTY), st.text(max_size=60))
keys = st.text("0123456789abcdef", min_size=16, max_size=16)
times = st.datetimes(timezones=st.just(UTC)).map(lambda t: t.isoformat(timespec="microseconds"))
tags = st.lists(words.map(sanitise_line).filter(bool), max_size=4, unique=True).map(lambda found: tuple(sorted(found)))


@st.composite
def anchors(draw: st.DrawFn) -> Anchor:
    passage, start = draw(st.integers(0, 500)), draw(st.integers(0, 500))
    more, length = draw(st.integers(0, 2)), draw(st.integers(0, 200))
    exact, prefix, suffix = (sanitise_in_place(draw(words)) for _ in range(3))
    edition = draw(st.sampled_from(["my-copy", "another"]))
    return Anchor(edition, passage, start, passage + more, start + length, exact, prefix, suffix)


@st.composite
def any_annotations(draw: st.DrawFn) -> Annotation:
    anchor = draw(st.none() | anchors())
    target = "" if anchor else draw(st.sampled_from(["", "figure:trotsky", "quote:x", "chapter:4", "card:who/x"]))
    return Annotation(
        draw(keys),
        draw(st.sampled_from(["highlight", "note", "bookmark"])),
        target,
        anchor,
        draw(st.sampled_from(["", "amber", "violet"])),
        sanitise(draw(words)),
        draw(st.sampled_from(["anchored", "drifted", "orphan"])) if anchor else "anchored",
        draw(times),
        draw(times),
        tags=draw(tags),
    )


many = st.lists(any_annotations(), max_size=8, unique_by=lambda annotation: annotation.key)
