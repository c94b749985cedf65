"""Every sentence a person can read was read by somebody, and says nothing that the project says otherwise."""

from __future__ import annotations

import re
from typing import Final

import pytest

from tests.sentences import accepted, sentences

OTHER_WORDS: Final = {
    r"\bwhat shall be\b": "choose",
    r"\bhow you want to be\b": "settings",
    r"\bsitting\b": "session",
    r"\bwaits? for your word\b": "to review",
    r"\bwhat was typed found\b": "search result",
    r"\bthe way one came\b": "back",
    r"\bkept at once\b": "saved",
    r"\b(Ctrl\+S|Enter) keeps\b": "save",
    r"\bEsc (leaves|ends)\b(?! (practice|it))": "cancel, close",
    r"\bhang on their words\b": "placed in the text",
    r"\b(?<!there )is no (key|date|page|day|chapter)\b": "is not a",
    r"\bfates\b": "how lives end",
    r"\bsealed?\b": "hidden",
    r"\b(is|are|was) lit\b": "highlighted",
    r"\bgo to the \w+( \w+)? before\b": "previous",
    r"\bto the \w+ before\b": "previous",
}
"""What DESIGN's table and reading aloud found hard to understand, and the word to use."""


def test_every_sentence_was_read() -> None:
    new = sorted(set(sentences()) - set(accepted()))
    assert not new, "read these aloud, then run `python -m tests.sentences --accept`:\n" + "\n".join(new)


def test_no_sentence_is_kept_that_is_nowhere_said() -> None:
    gone = sorted(set(accepted()) - set(sentences()))
    assert not gone, "run `python -m tests.sentences --accept`; these are gone:\n" + "\n".join(gone)


@pytest.mark.parametrize("pattern", OTHER_WORDS)
def test_words_that_were_hard_to_understand_are_gone(pattern: str) -> None:
    found = [one for one in sentences() if re.search(pattern, one, re.IGNORECASE)]
    assert not found, f"rather: {OTHER_WORDS[pattern]}\n" + "\n".join(found)
