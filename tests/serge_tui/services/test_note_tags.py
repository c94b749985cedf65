"""Tags in a line and in the text of a note."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from serge_tui.services.note_tags import tags_after_edit, tags_in, tags_of


@pytest.mark.parametrize(
    ("body", "tags"),
    [
        ("Is this so? #doubt", ("doubt",)),
        ("#later and #doubt, then #later again", ("later", "doubt")),
        ("(#to-check) #Оппозиция.", ("to-check", "Оппозиция")),
        ("# A heading\n## Another", ()),
        ("See #3, page#part, https://example.org/#part and &#8217;", ()),
        ("Code: `#include` and\n```\n#define\n``` but #this", ("this",)),
        ("An ending #hyphen- is cut", ("hyphen",)),
        ("", ()),
    ],
)
def test_a_hash_before_a_word_of_the_text_is_a_tag(body: str, tags: tuple[str, ...]) -> None:
    assert tags_in(body) == tags


def test_a_tag_that_leaves_the_text_leaves_the_note_and_others_stay() -> None:
    assert tags_after_edit(("doubt", "own"), "so? #doubt", "so!") == ("own",)
    assert tags_after_edit(("own",), "", "so? #doubt #own") == ("own", "doubt")


@given(st.lists(st.from_regex(r"[a-zé][\w-]{0,5}[a-z]", fullmatch=True)))
def test_tags_written_in_a_text_are_found_in_order(tags: list[str]) -> None:
    assert tags_in(" ".join(f"#{tag}," for tag in tags)) == tuple(dict.fromkeys(tags))
    assert tags_of(", ".join(tags)) == tuple(dict.fromkeys(tags))
