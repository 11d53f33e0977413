import csv
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clients.models import Client
from imports import intake, outcomes
from imports.cells import escape
from imports.models import ImportState, ListImport
from imports.passes import engine
from tests.conftest import DATA

HEADER = "ФИО;Дата рождения;Телефон;E-mail\n"


def keep(text: str, name: str = "list.csv") -> ListImport:
    kept = intake.keep_file("clients", BytesIO(text.encode()), name, by=None)
    return intake.read(kept)


def people(count: int) -> str:
    return HEADER + "".join(f"Иванова Елена;01.02.19{n % 60 + 40};8914{n + 7_000_000};e{n}@example.ru\n" for n in range(count))


def test_an_interrupted_list_goes_on_where_it_stopped(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "CHUNK", 10)
    kept = keep(people(45))

    def stop(done: int, total: int) -> None:
        if done == 20:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        engine.apply(kept, progress=stop)
    cut = ListImport.objects.get()
    assert (cut.state, cut.rows_done, Client.objects.count()) == (ImportState.APPLYING, 20, 20)

    engine.apply(cut)

    assert (Client.objects.count(), cut.counts, cut.rows.count()) == (45, {"created": 45}, 45)


def test_two_workers_with_one_list_apply_it_once(db: None) -> None:
    kept = keep(people(5))
    engine.apply(kept)
    stale = ListImport.objects.get()
    stale.state, stale.rows_done = ImportState.APPLYING, 0

    engine.apply(stale)

    assert Client.objects.count() == 5
    assert ListImport.objects.get().counts == {"created": 5}


def test_outcomes_are_written_for_every_row(db: None) -> None:
    kept = keep(people(2) + "Итого;;;\n")
    engine.apply(kept)
    out = StringIO()

    outcomes.write_outcomes(kept, out)

    rows = list(csv.DictReader(StringIO(out.getvalue()), delimiter=";"))
    assert [(row["row"], row["outcome"], row["reason"], bool(row["client"])) for row in rows] == [
        ("1", "created", "", True),
        ("2", "created", "", True),
        ("3", "rejected", "name", False),
    ]


def test_cells_that_look_like_formulas_are_escaped() -> None:
    assert [escape(cell) for cell in ("=1+1", "+7914", "-", "@x", "Иванов")] == [
        "'=1+1",
        "'+7914",
        "'-",
        "'@x",
        "Иванов",
    ]


def test_the_command_writes_outcomes_and_a_dry_run_nothing(db: None, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"

    call_command(
        "import_list", "clients", DATA / "legacy-list/clients.csv", "--dry-run", "--outcomes", str(out), stdout=StringIO()
    )

    assert len(out.read_text().splitlines()) == 33
    assert (Client.objects.count(), ListImport.objects.count()) == (0, 0)


CELLS = st.lists(st.text(alphabet=st.characters(codec="utf-8", exclude_characters='"\r\0;'), max_size=15), max_size=6)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(CELLS, max_size=12))
def test_no_row_of_any_dirt_vanishes(db: None, rows: list[list[str]]) -> None:
    buffer = StringIO()
    csv.writer(buffer, delimiter=";", quoting=csv.QUOTE_ALL).writerows([row or [""] for row in rows])
    kept = keep(HEADER + buffer.getvalue() + '"Иванов Иван";;;\r\n')

    done = engine.apply(kept)

    assert done.rows_total == len(rows) + 1
    assert sum(done.counts.values()) == done.rows.count() == len(rows) + 1


def test_a_preview_that_was_overtaken_stops(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "CHUNK", 2)
    kept = keep(people(6))

    def overtake(done: int, total: int) -> None:
        ListImport.objects.update(state=ImportState.APPLYING, rows_done=0)

    with pytest.raises(engine.NotReadyError):
        engine.preview(kept, progress=overtake)
    found = ListImport.objects.get()
    assert (found.state, found.rows_done) == (ImportState.APPLYING, 0)


def test_a_row_that_the_base_refuses_loses_no_other(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db import DataError

    from clients.listing.filling import CardWriter

    write = CardWriter.write

    def refuse(self: CardWriter) -> object:
        if any(person.code == "666" for _card, person, *_rest in self.created):
            raise DataError("too long")
        return write(self)

    monkeypatch.setattr(CardWriter, "write", refuse)
    rows = "".join(
        f"{code};Иванова Елена;01.02.{1950 + code % 50};8914700{code:04d};e{code}@example.ru\n" for code in (1, 666, 3)
    )
    kept = keep("Код;" + HEADER + rows)

    done = engine.apply(kept)

    assert done.counts == {"created": 2, "rejected": 1}
    assert list(done.rows.values_list("outcome", flat=True)) == ["created", "rejected", "created"]
