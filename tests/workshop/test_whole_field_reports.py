"""Lists of services as people really send them."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from tests.conftest import DATA
from tests.lists import bring, verdicts
from workshop.models import ServiceRequest, ServiceStatus

REPORTS = DATA / "field-reports"
CREATED, UNCHANGED, CONFLICT = "created", "unchanged", "conflict"
Size = tuple[str | None, str | None]


@pytest.fixture(params=[1, 1_000], ids=["by one", "by the thousand"])
def base(request: pytest.FixtureRequest, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("imports.passes.engine.CHUNK", request.param)
    bring("clients", REPORTS / "clients-base.csv", source="LAB")


def outcomes(path: Path) -> list[str]:
    """What each row becomes: previewed, applied, and after that unchanged for ever."""
    planned = bring("services", path, preview=True, source="LAB")
    done = bring("services", path, source="LAB")
    again = bring("services", path, source="LAB")
    assert [(row.outcome, row.reason) for row in planned] == [(row.outcome, row.reason) for row in done]
    assert verdicts(again) == [row.outcome if row.outcome == CONFLICT else UNCHANGED for row in done]
    return verdicts(done)


def test_states_are_what_their_words_say(base: None) -> None:
    done = outcomes(REPORTS / "services-statuses.csv")

    found = dict(ServiceRequest.objects.values_list("number", "status"))
    known = {
        "received": ["Р-001", "Р-008", "Р-020"], "in_work": ["Р-002", "Р-009", "Р-012", "Р-016", "Р-019"], "ready": ["Р-017"],
        "handed_out": ["Р-018"], "cancelled": ["Р-021"],
    }  # fmt: skip
    assert found == {number: status for status, numbers in known.items() for number in numbers}
    assert done.count(CONFLICT) == 5


def test_sizes_are_millimetres_and_what_is_none_stays_in_words(base: None) -> None:
    assert outcomes(REPORTS / "services-sizes.csv") == [CREATED] * 12

    found = {request.number: request for request in ServiceRequest.objects.all()}
    expected: dict[str, Size] = {
        "S-001": ("17.5", "18"), "S-002": ("17.5", "18.5"), "S-003": ("17.5", "18.5"), "S-004": ("17.25", "17.75"),
        "S-005": ("17.25", "17.75"), "S-006": ("17.25", "18.25"), "S-007": (None, None), "S-008": (None, "17"),
        "S-009": ("17.5", "18"), "S-010": (None, "18"), "S-011": (None, None), "S-012": ("17.5", "18"),
    }  # fmt: skip
    sizes = {number: tuple(size and Decimal(size) for size in said) for number, said in expected.items()}
    assert {number: (request.size_from, request.size_to) for number, request in found.items()} == sizes
    assert [found[number].description for number in ("S-007", "S-008", "S-012")] == [
        "размер был: 175; нужный размер: 180", "размер был: 16-16,5", "",
    ]  # fmt: skip


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    def write(*rows: str) -> Path:
        path = tmp_path / "services.csv"
        header = "Квитанция;Телефон клиента;Дата приема;Услуга;Статус"
        path.write_text("\n".join([header, *rows]), encoding="utf-8")
        return path

    return write


def test_a_ticket_in_another_writing_is_the_same(base: None, write: Callable[..., Path]) -> None:
    bring("services", write("000107;+7 914 555-01-01;01.10.2026;чистка;Принят"), source="LAB")

    rows = bring("services", write("№ 107;+7 914 555-01-01;01.10.2026;чистка;Готов"), source="LAB")

    assert verdicts(rows) == ["updated"]
    assert ServiceRequest.objects.get().status == ServiceStatus.READY


def test_a_known_ticket_without_a_state_keeps_its_own(base: None, write: Callable[..., Path]) -> None:
    bring("services", write("7;+7 914 555-01-01;01.10.2026;чистка;Готов"), source="LAB")

    rows = bring(
        "services", write("7;+7 914 555-01-01;01.10.2026;чистка;", "8;+7 914 555-01-01;01.10.2026;чистка;"), source="LAB"
    )

    assert [(row.outcome, row.reason) for row in rows] == [(UNCHANGED, ""), (CONFLICT, "status")]
