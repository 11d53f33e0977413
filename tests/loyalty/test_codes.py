"""Codes of coupons and certificates, as people and scanners write them."""

import pytest

from loyalty import codes

SEAL = b"seal"


def test_a_code_is_made_of_letters_that_nobody_takes_for_others() -> None:
    made = {codes.make(codes.RIGHT) for _time in range(200)}

    assert {len(code) for code in made} == {8}
    assert set("".join(made)) & set("01OIL") == set()
    assert len(made) == 200


def test_it_is_printed_in_fours() -> None:
    assert (codes.shown("ABCD2345"), codes.shown("ABCD2345WXYZ")) == ("ABCD-2345", "ABCD-2345-WXYZ")


@pytest.mark.parametrize("text", ["ABCD2345", "abcd-2345", " ABCD 2345 ", "АВCD—2345", "ФИСВ2345", "фисв2345"])
def test_it_is_read_however_it_is_written(text: str) -> None:
    assert "ABCD2345" in codes.readings(text)


@pytest.mark.parametrize("text", ["", "R5387-6925", "6430001234567890", "ABCD23", "кольцо", "ABCD0345"])
def test_what_is_no_code_is_read_as_none(text: str) -> None:
    assert codes.readings(text) == []


def test_a_friends_code_is_its_cards_alone_and_the_same_every_time() -> None:
    told = {client: codes.of_friend(client, SEAL) for client in [*range(1, 2_000), 28_000_000]}

    assert len(set(told.values())) == len(told)
    assert {codes.friend_of(codes.shown(code).lower(), SEAL) for code in told.values()} == told.keys()


def test_a_slip_of_the_finger_is_hardly_ever_somebodys_code() -> None:
    code = codes.of_friend(1_204, SEAL)
    slips = {code[:at] + letter + code[at + 1 :] for at in range(len(code)) for letter in codes.ALPHABET} - {code}

    assert sum(codes.friend_of(slip, SEAL) is not None for slip in slips) <= 3  # of 210, by what two letters can seal
    assert [codes.friend_of(text, SEAL) for text in ("", "иванова", "89147012233", code[:-1])] == [None] * 4
