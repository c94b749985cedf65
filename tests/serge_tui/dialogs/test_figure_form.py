"""The form: what is stored, and what is taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from serge_tui.dialogs.figure_form.fields import changes, form_fields

if TYPE_CHECKING:
    from db.library import Library


def test_nothing_is_stored_when_nothing_was_changed(library: Library) -> None:
    for name in library.figures.names():
        fields = form_fields(library.figures.by_key(name.key), {}, hide_ends=False)
        assert changes(fields, {field.name: field.value for field in fields}, {}) == ({}, []), name.key


def test_what_was_typed_becomes_fields_and_an_emptied_one_is_taken_back(library: Library) -> None:
    fields = form_fields(library.figures.by_key("radek"), {}, hide_ends=False)
    typed = {field.name: field.value for field in fields}
    stored, back = changes(fields, typed | {"born": "1886", "also": "Radeck; the pirate = nickname"}, {})
    assert stored == {"born": "1886", "alias:Radeck": "spelling", "alias:the pirate": "nickname"}
    assert back == []
    library.corrections.correct("figure:radek", stored).result()
    ours = library.corrections.of("figure:radek")
    fields = form_fields(library.figures.by_key("radek"), ours, hide_ends=False)
    typed = {field.name: field.value for field in fields}
    assert typed["also"] == "Radeck; the pirate = nickname"
    assert changes(fields, typed, ours) == ({}, [])
    stored, back = changes(fields, typed | {"born": "", "also": "Radeck"}, ours)
    assert stored == {}
    assert sorted(back) == ["alias:the pirate", "born"]


def test_sealed_fields_are_left_out(library: Library) -> None:
    names = {field.name for field in form_fields(library.figures.by_key("radek"), {}, hide_ends=True)}
    assert not names & {"life", "died", "died_place", "fate", "fate_text"}
