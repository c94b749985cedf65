"""What a terminal sends, in any number of parts, comes out whole; a paste without an end gets one."""

from __future__ import annotations

from serge_tui.core.paste import BEGIN, END, MUCH, PasteMender


def taken(mender: PasteMender, *parts: str) -> str:
    return b"".join(mender.take(part.encode()) for part in parts).decode()


def test_keys_are_passed_on_at_once() -> None:
    mender = PasteMender()
    for key in ("a", "é", "\x1b", "\x1b[A", "\x1b[<35;10;5M", "\x1b[20", "1"):
        assert taken(mender, key) == key
        assert not mender.open


def test_a_paste_is_open_between_its_marks_however_they_are_cut() -> None:
    for cut in range(1, len(BEGIN)):
        mender = PasteMender()
        assert taken(mender, BEGIN[:cut], f"{BEGIN[cut:]}abc") == f"{BEGIN}abc"
        assert mender.open
        assert taken(mender, END[:cut]) == ""
        assert mender.open
        assert taken(mender, f"{END[cut:]}x") == f"{END}x"
        assert not mender.open


def test_a_whole_paste_in_one_read_is_not_open() -> None:
    mender = PasteMender()
    assert taken(mender, f"{BEGIN}abc{END}") == f"{BEGIN}abc{END}"
    assert not mender.open


def test_an_escape_in_a_paste_stays_in_it() -> None:
    mender = PasteMender()
    assert taken(mender, f"{BEGIN}a\x1b", "[31m", END) == f"{BEGIN}a\x1b[31m{END}"


def test_giving_up_ends_the_paste_and_drops_half_an_end() -> None:
    mender = PasteMender()
    assert taken(mender, f"{BEGIN}abc", END[:3]) == f"{BEGIN}abc"
    assert mender.give_up().decode() == END
    assert not mender.open
    assert taken(mender, "j", "k") == "jk"


def test_half_a_character_does_not_reach_past_the_end_of_a_paste() -> None:
    mender = PasteMender()
    assert mender.take(f"{BEGIN}caf".encode() + b"\xc3") == f"{BEGIN}caf".encode()
    assert mender.give_up().decode() == END
    assert taken(mender, "j") == "j"


def test_the_rest_of_a_slow_paste_is_a_paste_too() -> None:
    for rest in (f"the rest{END}", f"the rest\x1b[31m{END}j", "x" * MUCH):
        mender = PasteMender()
        taken(mender, f"{BEGIN}first")
        mender.give_up()
        assert taken(mender, rest) == BEGIN + rest


def test_an_end_that_comes_late_is_dropped() -> None:
    mender = PasteMender()
    taken(mender, f"{BEGIN}first")
    mender.give_up()
    assert taken(mender, f"{END}j") == "j"


def test_another_paste_after_one_cut_short_is_itself() -> None:
    mender = PasteMender()
    taken(mender, f"{BEGIN}first")
    mender.give_up()
    assert taken(mender, f"{BEGIN}second{END}") == f"{BEGIN}second{END}"


def test_bytes_that_are_no_text_become_replacement_characters() -> None:
    mender = PasteMender()
    assert mender.take(b"a\xffb").decode() == "a\N{REPLACEMENT CHARACTER}b"
    assert mender.take("é".encode()[:1]) == b""
    assert mender.take("é".encode()[1:]).decode() == "é"
