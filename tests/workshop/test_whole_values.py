"""Statuses that nobody knows are explained once by a person; until then their rows wait, and none is handed out by default."""

from pathlib import Path

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from imports import values
from imports.models import ListImport, StagedRow, ValueMeaning
from stores.models import Employee, Role
from tests import factories
from tests.conftest import DATA
from tests.lists import answer, bring, verdicts
from workshop.listing.statuses import ASSUMED, status_of
from workshop.models import ServiceRequest, ServiceStatus

REPORTS = DATA / "field-reports"
STATUSES = REPORTS / "services-statuses.csv"
CREATED, UNCHANGED, CONFLICT = "created", "unchanged", "conflict"
HEADER = "Квитанция;Телефон клиента;Дата приема;Услуга;Статус"
SAID = {
    "Согласование": "in_work", "Не готов": "in_work", "Отправлен на завод": "in_work", "Отложен": "received", "": "handed_out",
}  # fmt: skip


@pytest.fixture(params=[1, 1_000], ids=["by one", "by the thousand"])
def base(request: pytest.FixtureRequest, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("imports.passes.engine.CHUNK", request.param)
    bring("clients", REPORTS / "clients-base.csv", source="LAB")


@pytest.fixture
def by(db: None) -> Employee:
    return factories.employee(Role.ADMIN)


def of(rows: list[StagedRow]) -> ListImport:
    return ListImport.objects.get(pk=rows[0].list_import_id)


def requests() -> dict[str, str]:
    return dict(ServiceRequest.objects.values_list("number", "status"))


def test_each_unknown_status_is_asked_once_and_remembered(base: None, by: Employee) -> None:
    rows = bring("services", STATUSES, source="LAB")
    waiting = {row.number: row.reason for row in rows if row.outcome == CONFLICT}
    assert sorted(waiting.values()) == sorted(f"status: {said}" if said else "status" for said in SAID)
    assert {one.said.text for one in values.questions(of(rows)) if one.is_open} == set(SAID)
    assert "Не готов" not in requests()

    done = answer(of(rows), by, status=SAID)

    assert done.counts == {CREATED: 16}
    numbers = {"Р-004": "in_work", "Р-006": "in_work", "Р-010": "in_work", "Р-011": "received", "Р-022": "handed_out"}
    assert {number: requests()[number] for number in numbers} == numbers
    assert verdicts(bring("services", STATUSES, source="LAB")) == [UNCHANGED] * 16


def test_an_answer_about_empty_cells_says_nothing_of_a_ticket_that_is_known(base: None, by: Employee, tmp_path: Path) -> None:
    path = tmp_path / "services.csv"
    path.write_text(f"{HEADER}\n7;+7 914 555-01-01;01.10.2026;чистка;Готов\n", encoding="utf-8")
    bring("services", path, source="LAB")
    ValueMeaning.objects.create(spec="services", source="LAB", column="status", key="", meaning="handed_out", by=by)
    path.write_text(f"{HEADER}\n" + "".join(f"{n};+7 914 555-01-01;01.10.2026;чистка;\n" for n in (7, 8)), encoding="utf-8")

    assert verdicts(bring("services", path, source="LAB")) == [UNCHANGED, CREATED]
    assert requests() == {"7": "ready", "8": "handed_out"}


def test_a_status_that_is_understood_wrongly_is_put_right(base: None, by: Employee) -> None:
    planned = of(bring("services", STATUSES, preview=True, source="LAB"))
    known = {one.said.text: one.understood for one in values.questions(planned) if one.said.meaning}
    assert known["В производстве"] == "в работе"

    answer(planned, by, status={"В производстве": "ready"})

    rows = bring("services", STATUSES, source="LAB")
    assert (requests()["Р-009"], requests()["Р-002"]) == ("ready", "in_work")
    assert verdicts(rows).count(CONFLICT) == 5


def test_a_list_without_states_is_asked_for_this_file_alone(base: None, by: Employee, tmp_path: Path) -> None:
    path, bare = tmp_path / "services.csv", HEADER.removesuffix(";Статус")
    path.write_text(
        f"{bare}\n7;+7 914 555-01-01;{timezone.localdate():%d.%m.%Y};чистка\n8;+7 914 555-01-01;02.10.2018;чистка\n", "utf-8"
    )
    ValueMeaning.objects.create(spec="services", source="LAB", column="status", key="", meaning="ready", by=by)

    rows = bring("services", path, source="LAB")
    assert [(row.outcome, row.reason) for row in rows] == [(CONFLICT, "status"), (CREATED, ASSUMED)]
    assert requests() == {"8": "handed_out"}
    asked = [(one.said.text, one.said.rows, one.of_file, one.is_open) for one in values.questions(of(rows)) if not one.is_order]
    assert asked == [("", 1, True, True)]

    answer(of(rows), by, status={"": "in_work"})

    assert requests() == {"7": "in_work", "8": "handed_out"}
    assert ValueMeaning.objects.get(meaning="in_work").list_import == of(rows)
    assert verdicts(bring("services", path, source="LAB")) == [UNCHANGED, UNCHANGED]


def test_a_line_whose_client_came_before_the_answer_is_attached_after_it(base: None, by: Employee, tmp_path: Path) -> None:
    path, clients = tmp_path / "services.csv", tmp_path / "clients.csv"
    path.write_text(f"{HEADER}\n9;+7 914 555-01-77;01.10.2026;чистка;Согласование\n", encoding="utf-8")
    rows = bring("services", path, source="LAB")
    assert verdicts(rows) == ["incomplete"]
    clients.write_text("Фамилия;Имя;Телефон\nДругая;Ольга;+7 914 555-01-77\n", encoding="utf-8")
    bring("clients", clients, source="LAB")
    assert requests() == {}

    answer(of(rows), by, status={"Согласование": "in_work"})

    assert requests() == {"9": "in_work"}
    assert of(rows).rows.get().reason == "attached"


def test_totals_and_empty_rows_are_no_rows_of_services_either(base: None, tmp_path: Path) -> None:
    path = tmp_path / "services.csv"
    rows = ["7;+7 914 555-01-01;01.10.2026;чистка;Готов", "Итого;;;;", ";;;;", " ;;Всего: 1;;", "ИТОГО ПО ЛИСТУ;;;1;"]
    path.write_text("\n".join([HEADER, *rows]), encoding="utf-8")

    assert verdicts(bring("services", path, source="LAB")) == [CREATED]


WORDS = st.text(alphabet="абвгдеёжзийклмнопрстуфхцчшщъыьэюя -/?1", min_size=1, max_size=14).filter(lambda text: "\n" not in text)


@hypothesis_settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(WORDS, min_size=1, max_size=8))
def test_no_status_by_default(base: None, tmp_path: Path, words: list[str]) -> None:
    ServiceRequest.objects.all().delete()
    path = tmp_path / "services.csv"
    rows = [f"{at};+7 914 555-01-01;01.10.2026;чистка;{word}" for at, word in enumerate(words, 1)]
    path.write_text("\n".join([HEADER, *rows]), encoding="utf-8")

    done = bring("services", path, source="LAB")

    meant = {str(at): status_of(word.strip()) for at, word in enumerate(words, 1)}
    assert requests() == {number: str(status) for number, status in meant.items() if status}
    assert verdicts(done) == [CREATED if status else CONFLICT for status in meant.values()]
    assert not any(status == ServiceStatus.HANDED_OUT and not status_of(words[int(n) - 1]) for n, status in requests().items())
