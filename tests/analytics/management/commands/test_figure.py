"""A figure by its command: JSON alone on stdout, or a row for each value in a file."""

import json
from datetime import date
from io import StringIO
from pathlib import Path

import pandas as pd
import pytest
from django.core.management import CommandError, call_command

from analytics import frames
from analytics.figures.periods import Period
from analytics.figures.registry import FIGURES
from campaigns import touching
from campaigns.touching import Chosen
from clients.models import Client
from stores.models import Store
from tests.analytics.conftest import Histories
from tests.conftest import Sell


@pytest.mark.parametrize("name", FIGURES)
def test_every_figure_goes_into_a_file_whole(name: str, histories: Histories, tmp_path: Path) -> None:
    histories(12)
    called = Client.objects.order_by("pk").first()
    assert called
    touching.write("return", [Chosen(called.pk, "1", date(2026, 3, 10), None, "call")], phase="1", holdout=0, is_made=True)
    csv, parquet, out = tmp_path / "figure.csv", tmp_path / "figure.parquet", StringIO()
    call_command("figure", name, "2026-03-01", "2026-03-31", stdout=out)

    call_command("figure", name, "2026-03-01", "2026-03-31", csv=csv, parquet=parquet, stderr=StringIO())

    leaves = [value for part in json.loads(out.getvalue()).values() for _path, value in frames.leaves_of(part)]
    from_parquet, from_csv = pd.read_parquet(parquet), pd.read_csv(csv)
    assert len(from_parquet) == len(from_csv) == len(leaves)
    numbers = [float(value) for value in leaves if value is not None and not isinstance(value, str)]
    assert list(from_parquet.value.dropna()) == numbers
    assert list(from_csv.value.dropna()) == pytest.approx(numbers)
    assert set(from_parquet.figure) == {name}


def test_a_value_is_found_by_its_part_row_and_name(card: Client, sell: Sell, store: Store, tmp_path: Path) -> None:
    file = tmp_path / "months.parquet"
    sell(card, date(2026, 3, 3), 10_000)

    call_command("figure", "months", "2026-03-01", "2026-03-31", store=store.code, parquet=file, stderr=StringIO())

    months = pd.read_parquet(file)
    last = months[(months.part == "months") & (months.row == months.row.max())].set_index("name")
    assert (last.text["month"], last.value["newcomer.items"]) == ("2026-03-01", 1)
    assert (set(months.store), months["first"][0]) == ({store.code}, pd.Timestamp(2026, 3, 1))


def test_a_file_that_cannot_be_written_is_told_of_in_words(db: None, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="nowhere"):
        call_command("figure", "months", csv=tmp_path / "nowhere" / "months.csv", stderr=StringIO())


def test_a_standing_figure_is_as_of_the_one_day_that_is_said(card: Client, sell: Sell) -> None:
    sell(card, date(2026, 3, 3), 10_000)
    told = []
    for day in ("2026-03-02", "2026-03-03"):
        out = StringIO()
        call_command("figure", "worth", day, stdout=out)
        told.append(json.loads(out.getvalue()))

    assert told == [FIGURES["worth"].compute(None, Period(day, day)) for day in (date(2026, 3, 2), date(2026, 3, 3))]
    assert told[0] != told[1]


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_one_file_alone_is_written_and_its_rows_are_told(db: None, tmp_path: Path, kind: str) -> None:
    err = StringIO()

    call_command("figure", "desk", "2026-03-01", "2026-03-31", stderr=err, **{kind: tmp_path / "desk"})

    read = pd.read_csv(tmp_path / "desk") if kind == "csv" else pd.read_parquet(tmp_path / "desk")
    assert (err.getvalue(), [path.name for path in tmp_path.iterdir() if path.is_file()]) == (f"{len(read)} rows\n", ["desk"])
