"""Lists in which sales and returns are mixed, in any order and any writing."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from imports.models import Outcome
from purchases.models import Piece
from stores.models import Store
from tests.factories import ClientFactory
from tests.lists import bring, verdicts

PHONE = "+79147012233"
FIRST = date(2026, 3, 1)
HEADER = "Чек;Дата;Телефон;Артикул;Кол-во;Сумма;Вид операции;Возврат;Комментарий;Статус;Отменён;Магазин"


class Dirt(NamedTuple):
    """A generated row: its cells, whether it says "back", and whether it may never be a sale: void, unclear, in other money."""

    cells: str
    back: bool
    no_sale: bool


SALES = ("{n};{s};;;", "1;{s};Приход;нет;", "{n};{s} руб.;Продажа;-;подарок", "{n};{s},-;;0;без возврата", "1,000;{s};Чек;;")
BACKS = (
    "{n};-{s};;;", "-{n};{s};;;", "{n};{s}−;;;", "{n};({s});;;", "{n};{s};Возврат прихода;;", "{n};{s};;да;", "{n};{s};;+;",
    "{n};{s};;;возврат от покупателя", "{n};– {s} ₽;Приход;;", "{n};{s};refund;;", "{n};{s};;29.03.2026;", "{n};{s};;43900 руб;",
)  # fmt: skip
# What stands in the columns of states and of cancellation; of the sum, money that is not the chain's.
STANDS = (";", "Оплачен;", "Завершён;нет", "completed;0")
NO_SALES = (
    "Отменён;", "cancelled;", ";да", ";05.03.2026", ";клиент передумал", "Не оплачен;", "Черновик;", "pending;", "Возвращён частично;", "Удалён;",
)  # fmt: skip
UNKNOWN = ("0;{s};;;", "0,5;{s};;;", "{n};01.12.2018;;;", "{n};9145550102;;;", "{n};{s};Обмен;;", "{n};;;;")


@st.composite
def rows(draw: st.DrawFn) -> Dirt:
    kind = draw(st.sampled_from([SALES, SALES, BACKS, UNKNOWN]))
    rest = draw(st.sampled_from(kind)).format(n=draw(st.integers(1, 3)), s=draw(st.sampled_from(["500", "600", "1 500"])))
    day = FIRST + timedelta(days=draw(st.integers(0, 20)))
    article = draw(st.sampled_from(["К-1", "к-1", "K-1", "Е-2", ""]))
    receipt = draw(st.sampled_from(["", "17", "0017", "№ 17", "18"]))
    phone = draw(st.sampled_from([PHONE, PHONE, ""]))
    states = draw(st.sampled_from([STANDS, STANDS, STANDS, NO_SALES]))
    other = draw(st.sampled_from([False, False, False, True]))
    if other:
        rest = rest.replace(";", ";$", 1)
    line = f"{receipt};{day:%d.%m.%Y};{phone};{article};{rest};{draw(st.sampled_from(states))};luxury"
    return Dirt(line, kind is BACKS, other or states is NO_SALES)


@pytest.fixture
def chain(db: None) -> None:
    Store.objects.get_or_create(code="luxury", defaults={"name": "Роскошь-Luxury"})
    ClientFactory.create(phone=PHONE)


@pytest.mark.usefixtures("chain")
@given(st.lists(rows(), min_size=1, max_size=12))
@settings(max_examples=8, deadline=None)
def test_each_row_is_counted_and_none_that_says_back_is_kept(dirt: list[Dirt]) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "list.csv"
        path.write_text("\n".join([HEADER, *(row.cells for row in dirt)]) + "\n", encoding="utf-8")
        whole, by_one, by_seven = (_brought(path, dirt, chunk) for chunk in (1_000, 1, 7))

    assert whole == by_one == by_seven


def _brought(path: Path, dirt: list[Dirt], chunk: int) -> object:
    """What the rows become and what the base has then; the base is left as it was."""
    with pytest.MonkeyPatch.context() as patch, transaction.atomic():
        patch.setattr("imports.passes.engine.CHUNK", chunk)
        planned = bring("purchases", path, preview=True)
        done = bring("purchases", path)
        assert len(done) == len(dirt)
        assert verdicts(planned) == verdicts(done)
        for row, said in zip(done, dirt, strict=True):
            assert not said.no_sale or row.outcome in (Outcome.CONFLICT, Outcome.REJECTED, Outcome.UNCHANGED), said.cells
            if said.back and row.outcome == Outcome.CREATED:
                made = row.changes.get("_all", [[], [row.target]])[1]
                assert not Piece.objects.kept().filter(pk__in=made).exists()
        before = _base()
        again = bring("purchases", path)
        assert {row.outcome for row in again} <= {Outcome.UNCHANGED, Outcome.CONFLICT, Outcome.REJECTED}
        assert _base() == before
        transaction.set_rollback(True)
    return verdicts(done), before


def _base() -> list[tuple[str, date, Decimal, date | None]]:
    facts = Piece.objects.values_list("article", "purchase__sold_on", "price", "returned_on")
    return sorted(facts, key=str)
