"""Money, figures and days: one writing of each, in the language that is spoken."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone, translation
from hypothesis import assume, given
from hypothesis import strategies as st

from stores import rules
from stores.texts import writing

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
    ("text", "expected"),
    [
        ("1500.00.", "1500"), ("12.500.00", "12500"), ("12,500,00", "12500"), ("115 900.00", "115900"), ("115.900,00", "115900"),
        ("115,900.00", "115900"), ("1 500.5", "1500.50"), ("1500,5", "1500.50"), ("15.000", "15000"), ("1.500.00р.", "1500"),
        ("1500,-", "1500"), ("500.–", "500"), ("1’500", "1500"), ("1\xa0500\u202f000 ₽", "1500000"), ("12 руб. 50 коп.", "12.50"),
        ("115900.00000000001", "115900"), ("RUB 500", "500"), ("0", "0"), ("100000000", "100000000"),
        ("15 тыс.", "15000"), ("1,5 тыс. руб.", "1500"), ("15 т.р.", "15000"), ("1,5E+05", "150000"), ("1500-00", "1500"),
        ("1 500-50", "1500.50"), ("1500 р. 00 к.", "1500"), ("=1500", "1500"), ("1500,00 (со скидкой)", "1500"),
    ],
)  # fmt: skip
def test_sums_are_read(text: str, expected: str) -> None:
    assert writing.read_money(text) == Decimal(expected)


@pytest.mark.parametrize(
    "text",
    ["", "01.12.2018", "2018-12-01", "9145550102", "8 914 555 01 02", "8 (914) 555-01-02", "8 914 55", "1.5.0", "15,0000", "12 50", "1.50.000",
     "0012", "К-2101", "10%", "$500", "-5", "100000000,01", "1e5", "NaN", "1500.000", "15 кг", "от 1500", "1500-5", "12-05", "1.500 тыс", "1500 (2000)"],
)  # fmt: skip
def test_dates_phones_and_codes_are_no_sums(text: str) -> None:
    with pytest.raises(writing.NotMoneyError):
        writing.read_money(text)


@given(
    st.decimals(min_value=0, max_value=rules.Rules().price_bound, places=2),
    st.sampled_from([" ", ".", ",", "'", ""]),
    st.sampled_from(".,"),
)
def test_any_writing_of_a_sum_is_the_sum(value: Decimal, group: str, point: str) -> None:
    assume(group != point)
    whole, _point, kopecks = f"{value:,.2f}".partition(".")

    assert writing.read_money(f"{whole.replace(',', group)}{point}{kopecks}") == value


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("17,5", "17.5"), ("17 1/2", "17.5"), ("17½", "17.5"), ("17 ¼", "17.25"), ("№17.5", "17.5"), ("17.5 мм", "17.5"), ("р. 18", "18"),
        ("EU 54", "17.25"), ("54", "17.25"), ("56 eu", "17.75"), ("US 7", "17.25"), ("US 8", "18.25"), ("us 7 1/2", "17.75"),
        ("55 (EU)", "17.5"), ("17,5 (EU 55)", "17.5"), ("16,5 мм (52)", "16.5"), ("d=17", "17"), ("17,5 размер", "17.5"), ("17.5р", "17.5"),
    ],
)  # fmt: skip
def test_sizes_in_four_writings(text: str, size: str) -> None:
    assert writing.read_size(text) == Decimal(size)


@pytest.mark.parametrize(
    "text",
    ["", "175", "1715", "16-16,5", "R", "7", "45 см", "17/18", "размер", "EU 17", "US 54", "9.5", "31", "17 (60)", "17,5/18"],
)
def test_what_is_no_size_is_none(text: str) -> None:
    assert writing.read_size(text) is None


@given(st.integers(40, 120))
def test_every_size_in_quarters_is_read_as_it_is_written(quarters: int) -> None:
    size = Decimal(quarters) / 4

    assert writing.read_size(writing.typed(size)) == size


def test_a_change_of_nothing_is_a_dash() -> None:
    assert (writing.signed_percent(None), writing.short_day(None)) == ("—", "")


@pytest.mark.parametrize(
    ("sum_", "russian", "english"),
    [(500, "500 ₽", "500 ₽"), (40_000, "40 тыс. ₽", "40 thousand ₽"), (1_500_000, "1,5 млн ₽", "1.5 million ₽")],
)
def test_a_round_sum_is_short(sum_: int, russian: str, english: str) -> None:
    for language, words in (("ru", russian), ("en", english)):
        with translation.override(language):
            assert writing.short_money(sum_).replace("\xa0", " ") == words
