"""Certificates of another system come in by their numbers, pay here, go out and come again; what came can be taken back."""

from decimal import Decimal
from pathlib import Path

import pytest
from django.utils import timezone
from django.utils.translation import override

from imports import exports, services
from imports.models import ListImport
from imports.passes import engine
from loyalty import nightly
from loyalty.certificates import acts, board
from loyalty.models import Certificate, CertificateMove
from stores.chain_day import day_of
from stores.models import Store
from tests import lists
from tests.factories import ClientFactory, phone_of

HEAD = "Номер сертификата;Дата продажи;Магазин;Номинал;Остаток;Действует до;Телефон\n"


def bring(tmp_path: Path, *rows: str, preview: bool = False) -> list[tuple[str, str]]:
    path = tmp_path / "certificates.csv"
    path.write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
    return [(row.outcome, row.reason) for row in lists.bring("certificates", path, preview=preview)]


def stands() -> list[tuple[str, Decimal, Decimal, object]]:
    return sorted((one.number or str(one), one.amount, one.left, one.until_on) for one in Certificate.objects.all())


def test_each_row_becomes_something(store: Store, tmp_path: Path) -> None:
    buyer = ClientFactory.create()
    rows = [
        f"0004512;25.12.2025;;5 000;3 200,50;31.12.2099;{phone_of(buyer)}", "77-01;;;1000;;31.12.2099;", "0004512;;;5000;3200,50;31.12.2099;",
        "0004512;;;5000;100;31.12.2099;", "ABCD-EFGH-JKMN;;;700;0;01.02.2099;", "нет;;;5;5;31.12.2099;", "0005;;;много;;31.12.2099;",
        "0006;;;100;200;31.12.2099;", "0007;;;100;;когда-нибудь;", "0008;01.01.2099;;100;;31.12.2099;",
    ]  # fmt: skip

    assert bring(tmp_path, *rows, preview=True) == bring(tmp_path, *rows) == [
        ("created", ""), ("created", ""), ("unchanged", ""), ("conflict", "another balance"), ("created", ""), ("rejected", "number"),
        ("rejected", "amount"), ("rejected", "left"), ("rejected", "until"), ("rejected", "sold_on"),
    ]  # fmt: skip
    first = acts.find("0004512")
    assert (first.left, first.client, first.get_paid_by_display()) == (Decimal("3200.50"), buyer, "в прежней системе")
    assert [acts.find(code).amount for code in ("7701", "№ 77-01", "abcdefghjkmn")] == [1_000, 1_000, 700]
    assert list(CertificateMove.objects.filter(certificate=first).values_list("sum", flat=True)) == [5_000, Decimal("-1799.50")]
    assert list(nightly.differences()) == []


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("language", ["ru", "en"])
def test_there_and_back(store: Store, tmp_path: Path, kind: str, language: str) -> None:
    bring(
        tmp_path, "0004512;25.12.2025;;5 000;3 200,50;31.12.2099;", "ABCD-EFGH-JKMN;;;700;0;01.02.2099;", "0009;;;10;;01.02.2099;"
    )
    acts.cancel(acts.find("0009"), on=day_of(timezone.now()), by=None)
    there, out = stands(), tmp_path / f"out.{kind}"
    with override(language):
        rows = list(board.CertificateResource().lines(board.certificates_of([store])))
        out.write_bytes(exports.written("certificates", rows, kind))
    assert lists.verdicts(lists.bring("certificates", out)) == ["unchanged"] * 3

    CertificateMove.objects.all()._raw_delete("default")
    Certificate.objects.all().delete()

    assert lists.verdicts(lists.bring("certificates", out)) == ["created"] * 3
    assert stands() == there
    assert Certificate.objects.exclude(cancelled_at=None).get().number == "0009"


@pytest.mark.parametrize("spent", [0, 100])
def test_what_was_not_used_is_taken_back_and_may_come_again(store: Store, tmp_path: Path, spent: int) -> None:
    bring(tmp_path, "0004512;;;5000;3000;31.12.2099;")
    today = day_of(timezone.now())
    if spent:
        acts.spend(acts.hold([acts.find("0004512")], Decimal(spent), on=today), "receipt:1", on=today, by=None)
    kept = ListImport.objects.get()

    services.undo(kept)
    engine.take_back(kept)

    assert (Certificate.objects.get().left, Certificate.objects.get().cancelled_at is None) == (
        (2_900, True) if spent else (0, False)
    )
    again = bring(tmp_path, "0004512;;;5000;3000;31.12.2099;")
    assert again == [("conflict", "another balance") if spent else ("created", "")]
    assert list(nightly.differences()) == []


def test_numbers_of_a_small_shop_are_numbers(store: Store, tmp_path: Path) -> None:
    rows = [
        "1;;;1000;;31.12.2099;",
        "№ 17;;;2000;;31.12.2099;",
        "017;;;3000;;31.12.2099;",
        "А-2;;;4000;;31.12.2099;",
        "-;;;5;;31.12.2099;",
    ]

    assert [outcome for outcome, _reason in bring(tmp_path, *rows)] == ["created"] * 4 + ["rejected"]
    assert [acts.find(code).amount for code in ("1", "17", "017", "a2")] == [1_000, 2_000, 3_000, 4_000]
    assert not Certificate.objects.of_scanned("17").exists()
