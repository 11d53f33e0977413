"""Headers of purchases' and services' lists: what each column is taken for."""

import pytest

from imports.recognising import recognise
from purchases.listing.spec import PURCHASES
from workshop.listing.spec import SERVICES


@pytest.mark.parametrize(
    ("header", "column"),
    [
        ("Cancelled", "voided"), ("Canceled", "voided"), ("Is cancelled", "voided"), ("Отменён", "voided"), ("Отменен", "voided"), ("Отмена", "voided"),
        ("Отменено клиентом", "voided"), ("Причина отмены", "voided"), ("Сторно", "voided"), ("Удалён", "voided"), ("Пометка удаления", "voided"),
        ("Deleted", "voided"), ("Чек аннулирован", "voided"), ("Voided", "voided"), ("Cancelled at", "returned_on"), ("Дата отмены", "returned_on"),
        ("Status", "state"), ("Order Status", "state"), ("Payment status", "state"), ("Статус", "state"), ("Статус заказа", "state"),
        ("Статус чека", "state"), ("Состояние", "state"), ("Проведен", "state"), ("Financial Status", "returned"), ("Fulfillment Status", ""),
        ("Статус клиента", ""), ("Статус доставки", ""), ("Валюта", "currency"), ("Currency", "currency"), ("Телефон продавца", ""),
        ("Телефон магазина", ""), ("ФИО кассира", ""), ("ФИО покупателя", "full_name"), ("Телефон покупателя", "phone"), ("Факс", ""), ("Discount Code", ""), ("Вид скидки", ""), ("Код скидки", ""), ("Скидка, руб.", "discount"),
        ("Дата рождения ребёнка", ""), ("Дата рождения покупателя", "birth_date"),
    ],
)  # fmt: skip
def test_what_a_header_of_purchases_says(header: str, column: str) -> None:
    assert recognise([header], PURCHASES) == ({column: 0} if column else {})


@pytest.mark.parametrize(
    ("header", "column"), [("Телефон мастера", ""), ("ФИО мастера", ""), ("Статус ремонта", "status"), ("Валюта", "currency")]
)
def test_what_a_header_of_services_says(header: str, column: str) -> None:
    assert recognise([header], SERVICES) == ({column: 0} if column else {})
