"""Money, figures and days: one writing of each, in the language that is spoken."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone, translation

from stores import writing

RUSSIAN_AND_ENGLISH = [
    (writing.money, [Decimal("1200.50")], "1 200,50 ₽", "1 200.50 ₽"),
    (writing.money, [Decimal("4812300.00")], "4 812 300 ₽", "4 812 300 ₽"),
    (writing.money, [-3000], "−3 000 ₽", "−3 000 ₽"),
    (writing.money, [0.1 + 0.2], "0,30 ₽", "0.30 ₽"),
    (writing.money, [Decimal("-0.001")], "0 ₽", "0 ₽"),
    (writing.money, [None], "—", "—"),
    (writing.roubles, [Decimal("1200.51")], "1 201 ₽", "1 201 ₽"),
    (writing.roubles, [""], "—", "—"),
    (writing.count, [1_234_567], "1 234 567", "1 234 567"),
    (writing.number, [Decimal("1234.25"), 2], "1 234,25", "1 234.25"),
    (writing.number, [-0.04], "0,0", "0.0"),
    (writing.shortest, [Decimal("17.50")], "17,5", "17.5"),
    (writing.shortest, [Decimal("20.00")], "20", "20"),
    (writing.percent, [Decimal("61.44")], "61,4 %", "61.4 %"),
    (writing.percent, [None], "—", "—"),
    (writing.points, [0.042], "4,2", "4.2"),
    (writing.signed_money, [12_000.4], "+12 000 ₽", "+12 000 ₽"),
    (writing.signed_money, [-0.4], "0 ₽", "0 ₽"),
    (writing.signed_percent, [-12], "−12 %", "−12 %"),
    (writing.typed, [Decimal("1200.50")], "1200,5", "1200,5"),
    (writing.day, [date(2019, 11, 23)], "23 ноября 2019", "23 November 2019"),
    (writing.short_day, [date(2019, 11, 3)], "03.11.2019", "03.11.2019"),
]


@pytest.mark.parametrize(
    ("write", "said", "russian", "english"), RUSSIAN_AND_ENGLISH, ids=lambda x: getattr(x, "__name__", str(x))
)
def test_each_language_has_its_comma_and_both_a_space_that_does_not_break(
    write: Callable[..., str], said: list[object], russian: str, english: str
) -> None:
    written = []
    for language in ("ru", "en"):
        with translation.override(language):
            written.append(write(*said))

    assert written == [russian.replace(" ", writing.NBSP), english.replace(" ", writing.NBSP)]


def test_a_sum_is_typed_as_it_is_printed_and_what_is_no_number_stays() -> None:
    assert [writing.typed(value, thousands=True) for value in (Decimal("71000.00"), Decimal("1200.50"), "abc", None)] == [
        "71\xa0000", "1\xa0200,50", "abc", None,
    ]  # fmt: skip


def test_a_day_of_this_year_has_no_year_and_a_sentence_breaks() -> None:
    this_year = date(timezone.localdate().year, 3, 8)

    assert writing.day(this_year) == "8\xa0марта"
    assert writing.day(None) == "—"
    assert writing.month(date(2019, 11, 3)) == "Ноябрь 2019"
    assert [writing.day_in_words(this_year, language) for language in ("ru", "en")] == ["8 марта", "8 March"]


@pytest.mark.parametrize(
    ("text", "sum_"),
    [
        ("115 900,00 руб.", "115900.00"),
        ("1.200,50", "1200.50"),
        ("1,200.50", "1200.50"),
        ("1,200", "1200.00"),
        ("1.200.000", "1200000.00"),
        ("0,125", "0.12"),
        ("12,5 ₽", "12.50"),
        ("1’200 р.", "1200.00"),
        ("0", "0.00"),
    ],
)
def test_a_sum_is_read_in_any_writing(text: str, sum_: str) -> None:
    assert str(writing.read_money(text)) == sum_


@pytest.mark.parametrize("text", ["", "нет", "-5", "10000000000", "NaN", "Infinity", "1e3x"])
def test_what_is_no_sum_is_refused(text: str) -> None:
    with pytest.raises(writing.NotMoneyError):
        writing.read_money(text)


@pytest.mark.parametrize(("text", "size"), [("17,5 мм", "17.5"), ("р-р 18.25", "18.25"), ("нет", "None")])
def test_a_size_is_read_where_there_is_one(text: str, size: str) -> None:
    assert str(writing.read_size(text)) == size


def test_a_change_of_nothing_is_a_dash() -> None:
    assert (writing.signed_percent(None), writing.short_day(None)) == ("—", "")
