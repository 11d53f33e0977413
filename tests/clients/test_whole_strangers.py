"""Address books and programs for clients, as they give themselves out: which column is what."""

from datetime import date
from pathlib import Path

import pytest

from clients.models import Client
from tests.lists import bring

PHONE = "+79145559101"
# What a program gives out: header, row; and whether the birth date is told.
FILES = {
    "a till in the cloud": (
        "Customer ID,Customer name,Email,Phone,Customer code,Points balance,Note,First visit,Total spent",
        f"1,Котова Вера,v@example.ru,{PHONE},C-17,12.50,,2024-05-01,1500",
        None,
    ),
    "a shop on the web": (
        "Customer ID,First Name,Last Name,Email,Accepts Email Marketing,Default Address Phone,Phone,Accepts SMS Marketing",
        f"'207,Вера,Котова,v@example.ru,yes,,'{PHONE},no",
        None,
    ),
    "another till": (
        "Reference ID,First Name,Last Name,Email Address,Phone Number,Birthday,Memo,Email Subscription Status",
        f",Вера,Котова,v@example.ru,'{PHONE},1985-07-03,,unknown",
        date(1985, 7, 3),
    ),
    "a mail program": (
        "First Name,Last Name,Display Name,Primary Email,Work Phone,Fax Number,Pager Number,Mobile Number,Birth Year,Birth Month",
        f"Вера,Котова,Вера Котова,v@example.ru,+74212304060,+74212304061,,{PHONE},1985,7",
        None,
    ),
    "a till with two phones": (
        "id,customer_code,first_name,last_name,date_of_birth,phone,mobile,fax,email,do_not_email,balance",
        f"0a1,Vera-AB12,Вера,Котова,1985-07-03,,{PHONE},,v@example.ru,0,0",
        date(1985, 7, 3),
    ),
    "a shop's buyers": (
        "customer_id,customer_email,billing_first_name,billing_last_name,billing_phone,orders,total_spend",
        f"5,v@example.ru,Вера,Котова,{PHONE},3,1500",
        None,
    ),
    "an address book in Russian": (
        "Имя,Отчество,Фамилия,Рабочий факс,Рабочий телефон,Телефон переносной,Адрес эл. почты,Краткое имя эл. почты,День рождения",
        f"Вера,,Котова,+74212304071,+74212304070,{PHONE},v@example.ru,Вера (old@example.ru),03.07.1985",
        date(1985, 7, 3),
    ),
    "goods and buyers": (
        "Наименование,Код,Телефон,Факс,E-mail,Фамилия,Имя,Дата рождения,Номер дисконтной карты,Баллы",
        f'Котова Вера,00017,"=""{PHONE}""",,v@example.ru,Котова,Вера,03.07.1985,2000000000017,100',
        date(1985, 7, 3),
    ),
}


@pytest.mark.parametrize("name", FILES)
def test_each_column_is_what_it_holds(db: None, tmp_path: Path, name: str) -> None:
    header, row, born = FILES[name]
    path = tmp_path / "export.csv"
    path.write_text(f"{header}\n{row}\n", encoding="utf-8")

    bring("clients", path)

    card = Client.objects.get()
    assert (card.last_name, card.first_name, card.phone, card.email) == ("Котова", "Вера", PHONE, "v@example.ru")
    assert card.birth_date == born
    assert not card.contacts_beside.filter(value__contains="@").exists()


GROUPED = """Клиенты на 01.02.2026;;;
ФИО;Телефон;Дата рождения;E-mail
Магазин Роскошь-Дуэт;;;
Котова Вера;{phone};03.07.1985;v@example.ru
;;;
Страница 1 из 1;;;
Всего клиентов: 1;;;
"""
FIRMS = """Наименование;Код;Телефон;E-mail;Полное наименование;Дата рождения
Котова Вера;00012;{phone};v@example.ru;;03.07.1985
ООО "Ромашка";00013;8 (4212) 30-40-50;;Общество с ограниченной ответственностью "Ромашка";
"""
EXCHANGED = """ФИО;Телефон;Дата рождения;E-mail
{phone};Котова Вера;03.07.1985;v@example.ru
"""
DAYS_EXCHANGED = """Фамилия;Имя;Дата рождения;Телефон;E-mail
Котова;Вера;{phone};03.07.1985;v@example.ru
"""
IN_ONE_CELL = """№;Клиент;E-mail
1;1. Котова Вера 03.07.1985, т. {phone};v@example.ru
"""


@pytest.mark.parametrize(
    ("text", "rows"), [(GROUPED, 1), (FIRMS, 2), (EXCHANGED, 1), (DAYS_EXCHANGED, 1), (IN_ONE_CELL, 1)],
    ids=["under their store", "firms among people", "names and phones exchanged", "days and phones exchanged", "all in one cell"],
)  # fmt: skip
def test_a_card_is_made_of_what_stands_in_the_wrong_place(db: None, tmp_path: Path, text: str, rows: int) -> None:
    path = tmp_path / "export.csv"
    path.write_text(text.format(phone=PHONE), encoding="utf-8")

    outcomes = [row.outcome for row in bring("clients", path)]

    card = Client.objects.get()
    assert outcomes == ["created", "rejected"][:rows]
    assert (card.last_name, card.first_name, card.phone, card.email) == ("Котова", "Вера", PHONE, "v@example.ru")
    assert card.birth_date == date(1985, 7, 3)
    assert str(card.home_store or "") == ("Роскошь-Дуэт" if text == GROUPED else "")
