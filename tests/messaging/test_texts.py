"""Texts of messages: their fields, what of them can travel, and in how many segments."""

import json

import pytest
from django.core.exceptions import ValidationError

from messaging import texts
from messaging.texts import Length
from tests.conftest import DATA


@pytest.mark.parametrize("text", ["", "Ура, {name}! {ticket}: {sum}", "{name}{name}"])
def test_known_fields_may_be_asked_for(text: str) -> None:
    texts.validate_placeholders(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [("{surname}", "{surname}"), ("{}", "{}"), ("{name", "скобки"), ("name}", "скобки"), ("{{name}}", "скобки"), ("{na{me}", "{me}")],
)  # fmt: skip
def test_other_fields_and_lone_braces_are_refused(text: str, words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        texts.validate_placeholders(text)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Ура", "Ура"), ("  два \t пробела ", "два пробела"), ("a\u200bb\x00c", "abc"), ("e\u0301", "é"), ("a\r\nb\rc", "a\nb\nc"),
        ("1\xa0200", "1 200"), ("👨\u200d👩", "👨👩"), ("\ud800!", "!"),
    ],
)  # fmt: skip
def test_what_cannot_be_printed_is_left_out(text: str, plain: str) -> None:
    assert texts.clean(text) == plain


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("{name}, ждём!", "Елена, ждём!"), ("{store}, ждём!", "Ждём!"), ("{unknown} {name}", "{unknown} Елена"),
        ("Ура\n{store}, {name}", "Ура\nЕлена"), ("{odd}", "{name}"),
    ],
)  # fmt: skip
def test_a_field_is_filled_once_and_an_empty_one_takes_its_comma_with_it(text: str, filled: str) -> None:
    assert texts.fill(text, {"name": "Елена", "store": "", "odd": "{name}"}) == filled


def test_a_code_is_hidden_and_other_numbers_are_not() -> None:
    assert texts.masked("123456 — код, 12345, 1234567") == "•••••• — код, 12345, ••••••7"


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("", Length("GSM-7", 0, 1, 160)), ("a" * 160, Length("GSM-7", 160, 1, 0)), ("a" * 161, Length("GSM-7", 161, 2, 145)),
        ("я" * 70, Length("UCS-2", 70, 1, 0)), ("я" * 71, Length("UCS-2", 71, 2, 63)),
        ("я" * 134, Length("UCS-2", 134, 2, 0)), ("🎂" * 35, Length("UCS-2", 70, 1, 0)),
    ],
)  # fmt: skip
def test_segments_are_counted_as_the_operator_bills_them(text: str, length: Length) -> None:
    assert texts.length(text) == length


def test_an_emoji_is_never_split_between_two_parts() -> None:
    # The 67th unit of a part would be the first half of the emoji.
    assert texts.length("я" * 66 + "🎂" + "я" * 66) == ("UCS-2", 134, 3, 66)


def test_a_text_that_would_be_cut_is_told_of() -> None:
    assert (texts.too_long("я" * 402), "6" in texts.too_long("я" * 403)) == ("", True)


def test_the_worst_text_takes_the_most_segments_not_the_most_letters() -> None:
    values = [{"name": "a" * 100}, {"name": "я" * 71}, {"name": "Ян"}]

    assert texts.worst("{name}", values) == "я" * 71
    assert texts.worst("{name}", []) == "{name}"


@pytest.mark.parametrize(("text", "has"), [("Ура 🎂", True), ("❤️", True), ("Ура № 1 — «да»", False)])
def test_emoji_are_seen(text: str, has: bool) -> None:
    assert texts.has_emoji(text) == has


LINKS = json.loads((DATA / "attacks" / "links.json").read_text())


@pytest.mark.parametrize("text", LINKS["foreign"])
def test_a_link_that_leads_elsewhere_is_found(text: str) -> None:
    assert texts.foreign_links(text, ["carat.ru"]) != []


@pytest.mark.parametrize("text", LINKS["own"])
def test_the_chains_own_pages_days_and_sums_are_no_links_elsewhere(text: str) -> None:
    assert texts.foreign_links(text, ["carat.ru"]) == []
