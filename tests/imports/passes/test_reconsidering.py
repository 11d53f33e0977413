"""Rows that are decided once more after a person's answer."""

from datetime import date
from pathlib import Path

import pytest

from clients.models import Client
from imports import services, values
from imports.models import ListImport, StagedRow
from imports.passes import engine
from stores.models import Employee
from tests.factories import ClientFactory
from tests.lists import bring, verdicts

HEADER = "Фамилия;Имя;Дата рождения;Телефон;E-mail"
MARCH_4, APRIL_3 = date(1985, 3, 4), date(1985, 4, 3)


@pytest.fixture(params=[1, 1_000], ids=["by one", "by the thousand"], autouse=True)
def _chunks(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("imports.passes.engine.CHUNK", request.param)


def brought(tmp_path: Path, *rows: str) -> ListImport:
    path = tmp_path / "list.csv"
    path.write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
    return ListImport.objects.get(pk=bring("clients", path)[0].list_import_id)


def told(found: ListImport, order: str, by: Employee) -> list[StagedRow]:
    """The rows after somebody said what comes first."""
    asked = [one for one in values.questions(found) if one.is_order]
    services.answer_values(found, [(one, order) for one in asked], by=by)
    done = engine.advance(ListImport.objects.get(pk=found.pk))
    assert sum(done.counts.values()) == done.rows_total
    return list(done.rows.order_by("number"))


@pytest.mark.parametrize(("order", "born"), [("month", MARCH_4), ("day", APRIL_3)])
def test_birth_dates_are_read_anew_when_their_order_is_told(
    db: None, tmp_path: Path, admin: Employee, order: str, born: date
) -> None:
    rows = (f"Лунина;{name};03/04/1985;+7 914 555-01-1{n};v{n}@example.ru" for n, name in enumerate(("Вера", "Инга")))
    found = brought(tmp_path, *rows, "Котова;Инна;03/04/1985;;")
    assert found.counts == {"incomplete": 3}
    assert Client.objects.order_by("pk").values_list("as_written", flat=True)[0] == {"birth_date": "03/04/1985"}

    after = told(found, order, admin)

    assert verdicts(after) == ["created", "created", "incomplete"]
    assert set(Client.objects.values_list("birth_date", flat=True)) == {born}
    assert Client.objects.count() == 3
    assert verdicts(told(found, order, admin)) == ["created", "created", "incomplete"]


def test_a_person_who_was_known_by_birth_date_is_found_then(db: None, tmp_path: Path, admin: Employee) -> None:
    known = ClientFactory.create(last_name="Лунина", first_name="Вера", middle_name="", birth_date=APRIL_3)
    found = brought(tmp_path, "Лунина;Вера;03/04/1985;;")
    assert Client.objects.count() == 2

    after = told(found, "day", admin)

    assert [(row.outcome, row.subject) for row in after] == [("unchanged", known.pk)]
    assert Client.objects.get() == known


def test_a_card_that_is_in_use_is_filled(db: None, tmp_path: Path, admin: Employee) -> None:
    found = brought(tmp_path, "Лунина;Вера;03/04/1985;+7 914 555-01-10;v@example.ru", "Котова;Инна;03/04/1985;+7 914 555-01-11;")
    used = Client.objects.get(last_name="Лунина")
    used.note = "любит сапфиры"
    used.save()

    after = told(found, "day", admin)

    used.refresh_from_db()
    assert (used.birth_date, used.note, used.state) == (APRIL_3, "любит сапфиры", "complete")
    assert [(row.outcome, row.reason) for row in after] == [("created", ""), ("incomplete", "missing: email")]
