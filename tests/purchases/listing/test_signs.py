"""Signs of return in any writing, and what is none."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from purchases.listing import signs, sums
from purchases.listing.signs import NO, UNCLEAR, YES
from stores.texts import writing

TODAY = date(2026, 11, 28)
SUMS = st.sampled_from(["500", "1 500", "1500,50", "115.900,00", "12,500.00", "0,50"])
MINUSES = st.sampled_from(signs.MINUS)
CURRENCIES = st.sampled_from(["", " ₽", "₽", " руб.", " руб", " р."])


@given(
    SUMS,
    MINUSES,
    CURRENCIES,
    st.sampled_from(["{m}{s}{c}", "{m} {s}{c}", "{s}{m}", "{s}{c} {m}", "({s}){c}", "({s}{c})", "({m}{s})"]),
)
def test_any_minus_sends_back_and_the_sum_stays(figure: str, minus: str, currency: str, shape: str) -> None:
    found = signs.parted(shape.format(m=minus, s=figure, c=currency))

    assert found.back
    assert writing.read_money(found.figure) == writing.read_money(figure)


@given(SUMS, CURRENCIES)
def test_a_sum_without_a_sign_stays(figure: str, currency: str) -> None:
    found = signs.parted(figure + currency)

    assert not found.back
    assert writing.read_money(found.figure) == writing.read_money(figure)


@given(st.sampled_from(["1500", "1 500", "500"]), MINUSES, st.sampled_from([",", ".", ", "]), st.integers(1, 2))
def test_a_dash_for_kopecks_is_no_sign(figure: str, dash: str, sign: str, times: int) -> None:
    found = signs.parted(f"{figure}{sign}{dash * times}")

    assert not found.back
    assert writing.read_money(found.figure) == writing.read_money(figure)


@pytest.mark.parametrize(
    ("text", "back"),
    [
        ("Возврат прихода", True), ("ВОЗВРАТ ОТ ПОКУПАТЕЛЯ", True), ("Кольцо (возврат)", True), ("Возвращено", True), ("Сторно", True),
        ("return", True), ("Refunded", True), ("Клиент вернул кольцо", True), ("Аннулирован", True), ("Возврат", True),
        ("не возврат", False), ("Без права возврата", False), ("возврат невозможен", False), ("Возврат: нет", False), ("no return", False),
        ("not refunded", False), ("клиент вернулся", False), ("возвращается в декабре", False), ("Returnable", False), ("Приход", False), ("обещала вернуться", False), ("в возврате отказано", False),
    ],
)  # fmt: skip
def test_words_call_a_row_a_return_or_deny_it(text: str, back: bool) -> None:
    assert signs.says_back(text) is back


@pytest.mark.parametrize(
    ("text", "known"),
    [("Приход", "sale"), ("Продажа", "sale"), ("Чек ККМ", "sale"), ("SALE", "sale"), ("Возврат прихода", "back"), ("Возврат расхода", "back"),
     ("Расход", ""), ("Обмен", ""), ("не продажа", ""), ("Коррекция", ""), ("Приход денег", ""), ("-", ""), ("+", "")],
)  # fmt: skip
def test_an_operation_is_known_or_asked(text: str, known: str) -> None:
    assert signs.operation(text) == known


@pytest.mark.parametrize(
    ("text", "said", "day"),
    [
        ("", NO, None), ("-", NO, None), ("нет", NO, None), ("0", NO, None), ("0,00 руб.", NO, None), ("не возвращено", NO, None),
        ("да", YES, None), ("+", YES, None), ("1", YES, None), ("x", YES, None), ("х", YES, None), ("Возврат", YES, None), ("TRUE", YES, None),
        ("08.10.26", YES, date(2026, 10, 8)), ("2026-10-08", YES, date(2026, 10, 8)), ("возврат 8.10.2026", YES, date(2026, 10, 8)),
        ("возвращено 9 октября 2026", YES, date(2026, 10, 9)), ("43900 руб", UNCLEAR, None), ("43900", UNCLEAR, None), ("частично", UNCLEAR, None),
        ("частичный возврат", UNCLEAR, None), ("30.02.2026", UNCLEAR, None), ("2", UNCLEAR, None), ("обмен", UNCLEAR, None),
    ],
)  # fmt: skip
def test_a_column_of_returns(text: str, said: str, day: date | None) -> None:
    assert signs.returned(text, TODAY) == (said, day)


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("Completed", "sale"), ("wc-completed", "sale"), ("Оплачен", "sale"), ("Завершён", "sale"), ("Пробит", "sale"), ("Да", "sale"),
        ("paid", "sale"), ("Cancelled", "void"), ("wc-cancelled", "void"), ("Отменён", "void"), ("Аннулирован", "void"), ("voided", "void"),
        ("Удалён", "void"), ("Возврат", "back"), ("refunded", "back"), ("Partially refunded", ""), ("Частичный возврат", ""), ("Не оплачен", ""),
        ("Unpaid", ""), ("Черновик", ""), ("failed", ""), ("pending payment", ""), ("Not cancelled", ""), ("Не отменён", ""), ("Нет", ""), ("", ""),
        ("К оплате", ""), ("Ожидает оплаты", ""), ("Частично оплачен", ""), ("draft", ""),
    ],
)  # fmt: skip
def test_the_state_of_a_receipt_is_no_default(text: str, meaning: str) -> None:
    assert signs.state(text) == meaning


@given(st.text(alphabet="абвгдежзиклмнопрст ", max_size=12))
def test_no_word_of_chance_is_a_state(text: str) -> None:
    assert not signs.state(text) or any(stem in text for stem in ("оплат", "отмен", "чек", "сторно", "да", "д", "возв"))


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("sell", "sale"), ("payback", "back"), ("sell_return", "back"), ("charge back", "back"), ("возвр.", "back"), ("Возв. от покуп.", "back"),
        ("Обратная реализация", ""), ("Корректировка продажи", ""), ("Обмен (продажа)", ""), ("Частичная оплата", ""), ("unpaid", ""),
    ],
)  # fmt: skip
def test_operations_of_tills(text: str, meaning: str) -> None:
    assert signs.operation(text) == meaning


@pytest.mark.parametrize("figure", ["$12.00", "12.00 $", "€ 12.00", "US$ 12.00", "12.00 USD"])
@pytest.mark.parametrize("shape", ["-{}", "({})", "{}-", "- {}"])
def test_a_minus_is_one_beside_the_sign_of_any_money(figure: str, shape: str) -> None:
    found = signs.parted(shape.format(figure))

    assert found.back
    assert sums.money(found.figure) == 12
