"""Balances of an old system: no row is lost, nothing comes twice, and what came in can be taken back."""

from pathlib import Path

import pytest
from django.utils import timezone

from clients.models import Client
from imports import intake, services
from imports.models import ListImport, StagedRow
from imports.passes import engine
from loyalty import nightly
from loyalty import services as loyalty
from loyalty.models import Lot, LoyaltyCard
from loyalty.plastic import acts
from stores.chain_day import day_of
from tests import lists
from tests.factories import ClientFactory, phone_of

HEAD = "Номер карты;Телефон;Действуют до;Бонусы\n"


def bring(tmp_path: Path, *rows: str) -> tuple[ListImport, list[tuple[str, str]]]:
    path = tmp_path / "balances.csv"
    path.write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
    with path.open("rb") as file:
        kept = intake.read(intake.keep_file("balances", file, "balances.csv", by=None))
    engine.apply(kept)
    return kept, list(StagedRow.objects.filter(list_import=kept).order_by("number").values_list("outcome", "reason"))


def test_each_row_becomes_something(card: Client, tmp_path: Path) -> None:
    other = ClientFactory.create()
    acts.give(other.pk, "0099", on=day_of(timezone.now()), by=None)
    phone = phone_of(card)

    rows = [
        f"004512;{phone};31.12.2099;1 210,50", f"004512;{phone};31.12.2098;300", "0099;;;40", f"004512;{phone};31.12.2099;1 210,50",
        f"004512;{phone};31.12.2099;7", f"0099;{phone};;5", "0077;;;5", f";{phone};01.01.2020;5", f";{phone};;много", ";;;5",
    ]  # fmt: skip
    _kept, told = bring(tmp_path, *rows)

    assert told == [
        ("created", ""), ("created", ""), ("created", ""), ("unchanged", ""), ("conflict", "another sum"), ("conflict", "card of another"),
        ("rejected", "client unknown"), ("rejected", "until"), ("rejected", "sum"), ("rejected", "who"),
    ]  # fmt: skip
    assert sorted(Lot.objects.values_list("amount", flat=True)) == [40, 300, 1_210]
    assert set(LoyaltyCard.objects.values_list("shown", flat=True)) == {"004512", "0099"}
    assert {outcome for outcome, _reason in bring(tmp_path, *rows[:3])[1]} == {"unchanged"}
    assert list(nightly.differences()) == []


def test_a_preview_says_the_same_and_writes_nothing(card: Client, tmp_path: Path) -> None:
    path = tmp_path / "balances.csv"
    path.write_text(HEAD + f"004512;{phone_of(card)};;100\n004512;;31.12.2099;50\n", encoding="utf-8")

    rows = lists.bring("balances", path, preview=True)

    assert lists.verdicts(rows) == ["created", "created"]
    assert (Lot.objects.exists(), LoyaltyCard.objects.exists()) == (False, False)


def test_a_card_without_bonuses_is_a_card(card: Client, tmp_path: Path) -> None:
    _kept, told = bring(tmp_path, f"004512;{phone_of(card)};;0", f"004512;{phone_of(card)};;")

    assert told == [("created", ""), ("unchanged", "")]
    assert (Lot.objects.exists(), LoyaltyCard.objects.get().shown) == (False, "004512")


@pytest.mark.parametrize("spent", [0, 1])
def test_what_was_not_spent_is_taken_back_and_may_come_again(card: Client, tmp_path: Path, spent: int) -> None:
    kept, _told = bring(tmp_path, f"004512;{phone_of(card)};;100")
    if spent:
        loyalty.spend(Lot.objects.get().account, spent, key="r1", on=day_of(timezone.now()), by=None)

    services.undo(kept)
    engine.take_back(kept)

    assert (Lot.objects.get().left, LoyaltyCard.objects.exists()) == ((99, True) if spent else (0, False))
    again = bring(tmp_path, f"004512;{phone_of(card)};;100")[1]
    assert again == [("unchanged" if spent else "created", "")]
    assert list(nightly.differences()) == []
