"""Phones in any writing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clients.writing import phones


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("8 (924) 123-45-67", "+79241234567"),
        ("+7 924 123 45 67", "+79241234567"),
        ("924 123 45 67", "+79241234567"),
        ("79241234567", "+79241234567"),
        ("+82 10-2345-6789", "+821023456789"),
        ("+353 85 012 3456", "+353850123456"),
        ("8 701 123 45 67", "+77011234567"),
        ("8 (423) 222-33-44", "+74232223344"),
        ("+7 (8914) 555-01-01", "+79145550101"),
        ("тел. 8 914 555-01-01", "+79145550101"),
        ("моб.: 8 914 555-01-01", "+79145550101"),
        ("\u202a+7 914\u00a0555-01-01\u202c", "+79145550101"),
        ("(+49) 30 123456", "+4930123456"),
        ("0000000000", None),
        ("1234567", None),
        ("нет", None),
        ("9999999999", None),
        ("", None),
    ],
)
def test_one_phone(text: str, expected: str) -> None:
    assert phones.normalise(text) == expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("8 (914) 701-22-51, 8 (423) 222-33-44", ["+79147012251", "+74232223344"]),
        ("+7 914 555-01-22 (муж), +7 914 555-01-23", ["+79145550123", "+79145550122"]),
        ("8 (423) 222-33-44; 8 914 701 22 51", ["+79147012251", "+74232223344"]),
        ("8 914 7О1 22 55", ["+79147012255"]),
        ("моб. 8 914 701 22 56", ["+79147012256"]),
        ("8.9241234567E9", ["+79241234567"]),
        ("8,9241234567E+10", ["+79241234567"]),
        ("89241234567.0", ["+79241234567"]),
        ("8 914 701 22 56 (мама) 8 914 701 22 57", ["+79147012256", "+79147012257"]),
        ("+7 914 555-07-01 ::: +7 914 555-07-02", ["+79145550701", "+79145550702"]),
        ("(+49) 30 123456", ["+4930123456"]),
        ("нет телефона", []),
    ],
)
def test_a_cell_of_phones(cell: str, expected: list[str]) -> None:
    assert phones.find_all(cell) == expected


def test_phones_are_shown_the_national_way() -> None:
    assert phones.national("+79147012233") == "+7 914 701-22-33"


@pytest.mark.parametrize(("phone", "mobile"), [("+79147012233", True), ("+74232223344", False), ("+821023456789", True)])
def test_sms_reach_mobiles(phone: str, mobile: bool) -> None:
    assert phones.is_mobile(phone) is mobile


@given(st.text(max_size=40))
def test_any_cell_gives_valid_phones_or_none(cell: str) -> None:
    for phone in phones.find_all(cell):
        assert phones.normalise(phone) == phone


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("8,9247E+10", []),
        ("9.24123E+09", []),
        ("89247012234 89147012233", ["+79247012234", "+79147012233"]),
        ("+8 924 701-22-34", ["+79247012234"]),
        ("924-701-22-34 12.05.2018", ["+79247012234"]),
    ],
)
def test_spoilt_and_glued_numbers(cell: str, expected: list[str]) -> None:
    assert phones.find_all(cell) == expected


@pytest.mark.parametrize(
    ("code", "number", "expected"),
    [
        ("4212", "30-40-57", "+74212304057"),
        ("(4212)", "30-40-57", "+74212304057"),
        ("8 (4212)", "30-40-57", "+74212304057"),
        ("914", "555-15-02", "+79145551502"),
        ("4212", "+7 914 555-01-01", "+79145550101"),
        ("", "30-40-57", None),
        ("4212", "нет", None),
    ],
)
def test_the_code_of_a_town_stands_beside(code: str, number: str, expected: str | None) -> None:
    found = phones.find_all(phones.with_area(code, number))
    assert found == ([expected] if expected else [])


@given(
    st.integers(9_000_000_000, 9_999_999_999),
    st.sampled_from(["+7", "8", "7", "+7 (8", "тел. 8", "моб: +7", "\u200e+7", "8-"]),
    st.sampled_from(["", " ", "-", "\u00a0"]),
)
def test_a_number_is_one_in_lists_forms_and_the_search(number: int, before: str, between: str) -> None:
    text = f"{number}"
    written = f"{before}{between}{text[:3]}{')' if '(' in before else ''}{between}{text[3:6]}-{text[6:8]}-{text[8:]}"
    phone = phones.normalise(f"+7{number}")
    assert phones.normalise(written) == phone
    assert phones.find_all(written) == ([phone] if phone else [])
    if phone:
        assert phones.search_digits(written) == phone[1:]


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("факс 8 4212 30-40-50", []), ("8 4212 30-40-50 (факс), 8 914 555-33-01", ["+79145553301"]),
        ("факс: 8 4212 30-40-50; моб. 8 914 555-33-01", ["+79145553301"]), ("Fax 8 4212 30-40-50", []),
        ("тел./факс 8 4212 30-40-50", ["+74212304050"]), ("т/ф 8 4212 30-40-50", ["+74212304050"]),
    ],
)  # fmt: skip
def test_a_fax_is_no_phone(cell: str, found: list[str]) -> None:
    assert phones.find_all(cell) == found
