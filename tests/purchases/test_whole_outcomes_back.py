"""Outcomes of purchases and services, mended by hand, come back and take the places of their former rows."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from imports import intake, outcomes
from imports.cells import escape
from imports.models import ListImport
from imports.passes import engine
from purchases.models import Piece
from stores.models import Store
from tests.conftest import DATA
from tests.lists import bring, verdicts
from workshop.models import ServiceRequest

Mend = Callable[[list[list[str]]], None]
PURCHASES = [
    "Чек;Телефон клиента;Дата;Артикул;Сумма;Магазин",
    "1;+7 914 555-01-01;01.02.2026;К-1;500;luxury",
    "2;+7 914 555-01-01;32.02.2026;К-2;600;luxury",
    "3;+7 914 555-01-02;03.02.2026;К-3;семьсот;luxury",
    "4;+7 914 555-01-02;04.02.2026;К-4;800;Дуэт?",
]
SERVICES = [
    "Квитанция;Телефон клиента;Дата приема;Услуга;Статус;Магазин",
    "7;+7 914 555-01-01;01.10.2026;чистка;Готов;luxury",
    "8;+7 914 555-01-01;01.10.2026;чистка;Согласование;luxury",
    "9;+7 914 555-01-01;01.10.2026;;Готов;luxury",
]


@pytest.fixture(params=[1, 1_000], ids=["by one", "by the thousand"])
def base(request: pytest.FixtureRequest, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("imports.passes.engine.CHUNK", request.param)
    bring("clients", DATA / "field-reports" / "clients-base.csv", source="LAB")
    Store.objects.create(code="luxury", name="Роскошь-Luxury")


def brought(kind: str, path: Path, rows: list[str]) -> ListImport:
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return ListImport.objects.get(pk=bring(kind, path)[0].list_import_id)


def again(found: ListImport, path: Path, mend: Mend) -> ListImport:
    """The outcomes as they go out, mended and brought in."""
    table = [list(row) for row in outcomes.table(found, str)]
    mend(table)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows([[escape(cell) for cell in row] for row in table])
    with path.open("rb") as file:
        return engine.apply(intake.read(intake.keep_file(found.spec, file, path.name, by=None)))


def test_purchases_come_back_mended(base: None, tmp_path: Path) -> None:
    found = brought("purchases", tmp_path / "list.csv", PURCHASES)
    assert found.counts == {"created": 1, "rejected": 2, "conflict": 1}

    def mend(table: list[list[str]]) -> None:
        table[2][5], table[3][7], table[4][8] = "02.02.2026", "700", "luxury"

    done = again(found, tmp_path / "mended.csv", mend)

    assert done.corrects == found
    assert verdicts(list(done.rows.order_by("number"))) == ["unchanged", "created", "created", "created"]
    assert sorted(Piece.objects.values_list("article", flat=True)) == ["К-1", "К-2", "К-3", "К-4"]
    assert verdicts(list(again(done, tmp_path / "twice.csv", lambda table: None).rows.order_by("number"))) == ["unchanged"] * 4


def test_a_purchase_that_was_brought_in_is_put_right(base: None, tmp_path: Path) -> None:
    found = brought("purchases", tmp_path / "list.csv", PURCHASES[:2])

    def mend(table: list[list[str]]) -> None:
        table[1][7] = "550"

    again(found, tmp_path / "mended.csv", mend)

    assert [str(price) for price in Piece.objects.values_list("price", flat=True)] == ["550.00"]


def test_services_come_back_mended(base: None, tmp_path: Path) -> None:
    found = brought("services", tmp_path / "list.csv", SERVICES)
    assert found.counts == {"created": 1, "conflict": 1, "rejected": 1}

    def mend(table: list[list[str]]) -> None:
        table[1][7], table[2][7], table[3][6] = "Выдан", "В работе", "пайка"

    done = again(found, tmp_path / "mended.csv", mend)

    assert verdicts(list(done.rows.order_by("number"))) == ["created"] * 3
    assert dict(ServiceRequest.objects.values_list("number", "status")) == {"7": "handed_out", "8": "in_work", "9": "ready"}
