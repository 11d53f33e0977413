"""Kinds of dirt in clients' lists: each cell becomes what it must, and nothing becomes what it is not."""

from datetime import date
from pathlib import Path

import pytest

from clients.models import Client, ContactBeside
from imports.models import StagedRow
from tests.lists import bring, verdicts

HEADER = "ФИО;Телефон;Дата рождения;E-mail"


def listed(tmp_path: Path, *rows: str, header: str = HEADER) -> list[StagedRow]:
    path = tmp_path / "list.csv"
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    planned = bring("clients", path, preview=True)
    done = bring("clients", path)
    assert [(row.outcome, row.reason) for row in planned] == [(row.outcome, row.reason) for row in done]
    return done


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("де ла Крус Мария", ("Де ла Крус", "Мария", "")),
        ("Котова Анна Instagram", ("Котова", "Анна", "")),
        ("Котова Анна Ватсап", ("Котова", "Анна", "")),
        ("Ольга WhatsApp", ("", "Ольга", "")),
        ("VIP Котова Анна", ("Котова", "Анна", "")),
    ],
)
def test_what_stands_beside_a_name_is_none(db: None, tmp_path: Path, said: str, name: tuple[str, str, str]) -> None:
    listed(tmp_path, f"{said};89145553101;01.02.1980;a@example.ru")

    assert Client.objects.get().name == name


@pytest.mark.parametrize("said", ["Без имени", "Котова не помню", "Another Customer", "Имя", "#N/A", "#ССЫЛКА!", "Телефон"])
def test_what_is_nobodys_name_makes_no_card(db: None, tmp_path: Path, said: str) -> None:
    assert verdicts(listed(tmp_path, f"{said};89145553101;01.02.1980;a@example.ru")) == ["rejected"]

    assert not Client.objects.exists()


@pytest.mark.parametrize(
    ("header", "row", "born", "written"),
    [
        ("First Name,Last Name,Birth Year,Birth Month,Birth Day", "Анна,Котова,1985,7,3", date(1985, 7, 3), {}),
        ("Имя,Фамилия,Год рождения,Месяц рождения,Число рождения", "Анна,Котова,1985,июль,3", date(1985, 7, 3), {}),
        ("Имя,Фамилия,Год рождения", "Анна,Котова,1985", None, {"birth_date": "1985"}),
        ("Имя,Фамилия,Год рождения", "Анна,Котова,03.07.1985", date(1985, 7, 3), {}),
        ("Имя,Фамилия,Birth Month,Birth Day", "Анна,Котова,7,3", None, {"birth_date": "3.7"}),
    ],
)
def test_a_birth_date_in_parts(
    db: None, tmp_path: Path, header: str, row: str, born: date | None, written: dict[str, str]
) -> None:
    listed(tmp_path, row, header=header)

    card = Client.objects.get()
    assert (card.birth_date, card.as_written) == (born, written)


def test_as_many_phones_as_there_are_columns(db: None, tmp_path: Path) -> None:
    kinds = ["Рабочий телефон", "Телефон раб. 2", "Домашний телефон", "Телефон дом. 2", "Мобильный телефон", "Другой телефон"]
    listed(tmp_path, "Котова;Анна;84212304001;;84212304002;;89145553101;89145553102", header=f"Фамилия;Имя;{';'.join(kinds)}")

    card = Client.objects.get()
    beside = set(ContactBeside.objects.filter(client=card).values_list("value", flat=True))
    assert (str(card.phone), beside) == ("+79145553101", {"+79145553102", "+74212304001", "+74212304002"})


def test_a_number_on_two_lines_is_one(db: None, tmp_path: Path) -> None:
    listed(tmp_path, 'Котова Анна;"8914\n5553101";;')

    assert str(Client.objects.get().phone) == "+79145553101"


def test_a_code_that_lost_its_digits_is_none(db: None, tmp_path: Path) -> None:
    rows = [f"2,00123E+12;Котова {name};8914555310{at};0{at}.02.1980" for at, name in enumerate(["Анна", "Вера"], 1)]
    listed(tmp_path, *rows, header="Код;ФИО;Телефон;Дата рождения")

    assert [card.keys.count() for card in Client.objects.all()] == [0, 0]
    assert Client.objects.count() == 2


def test_consents_to_letters_are_no_addresses(db: None, tmp_path: Path) -> None:
    rows = listed(tmp_path, "Котова;Анна;89145553101;да;V", header="Фамилия;Имя;Телефон;СМС-рассылка;Email-рассылка")

    card = Client.objects.get()
    assert (verdicts(rows), card.as_written, str(card.phone)) == (["incomplete"], {}, "+79145553101")


def test_a_patronymic_beside_a_first_name_or_a_whole_one(db: None, tmp_path: Path) -> None:
    listed(tmp_path, "Котова;Анна Петровна;;89145553101", header="Фамилия;Имя;Отчество;Телефон")
    listed(tmp_path, "Лисова, Вера;Ильинична;89145553102", header="Фамилия, имя;Отч.;Телефон")

    names = list(Client.objects.order_by("pk").values_list("last_name", "first_name", "middle_name"))
    assert names == [("Котова", "Анна", "Петровна"), ("Лисова", "Вера", "Ильинична")]


def test_an_address_that_was_typed_to_type_something_is_none(db: None, tmp_path: Path) -> None:
    listed(tmp_path, "Котова Анна;89145553101;01.02.1980;noemail@noemail.com")

    assert Client.objects.get().email is None
