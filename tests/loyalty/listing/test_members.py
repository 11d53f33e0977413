"""Members with their cards and families go out and come in; what came in can be taken back."""

from pathlib import Path

import pytest
from django.utils import timezone

from clients.models import Client
from imports import exports, services
from imports.models import ListImport
from imports.passes import engine
from loyalty import services as loyalty
from loyalty.ledger import Birth
from loyalty.listing import going_out
from loyalty.models import Account, LoyaltyCard, Member, Source
from stores.chain_day import day_of
from tests import lists
from tests.factories import ClientFactory, phone_of

HEAD = "Карта;ФИО;Телефон;Номер карты;Семья;Списывает\n"


def bring(tmp_path: Path, *rows: str, preview: bool = False) -> list[tuple[str, str]]:
    path = tmp_path / "members.csv"
    path.write_text(HEAD.replace("Карта;", "Carat №;") + "\n".join(rows) + "\n", encoding="utf-8")
    return [(row.outcome, row.reason) for row in lists.bring("members", path, preview=preview)]


def stands() -> list[tuple[int, list[int], list[str], bool]]:
    """Each present member: the client, who shares the account, its cards, whether they may spend."""
    rows = going_out.members()
    return sorted(
        (row.client_id, sorted(one.client_id for one in row.account.present_members), sorted(map(str, row.account.held_cards)), row.may_spend)  # type: ignore[attr-defined]
        for row in rows
    )  # fmt: skip


@pytest.fixture
def family(db: None) -> list[Client]:
    return ClientFactory.create_batch(3)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("language", ["ru", "en"])
def test_there_and_back(family: list[Client], tmp_path: Path, kind: str, language: str) -> None:
    she, he, alone = family
    rows = [f";;{phone_of(she)};004512, 0099;дом;", f";;{phone_of(he)};;дом;нельзя", f";;{phone_of(alone)};0077;;"]
    assert bring(tmp_path, *rows) == [("created", "")] * 3
    there = stands()
    assert there == [(she.pk, [she.pk, he.pk], ["004512", "0099"], True), (he.pk, [she.pk, he.pk], ["004512", "0099"], False), (alone.pk, [alone.pk], ["0077"], True)]  # fmt: skip
    out = tmp_path / f"out.{kind}"
    from django.utils.translation import override

    with override(language):
        out.write_bytes(exports.written("members", list(going_out.MemberResource().lines(going_out.members())), kind))
    assert lists.verdicts(lists.bring("members", out)) == ["unchanged"] * 3

    LoyaltyCard.objects.all().delete(), Member.objects.all().delete(), Account.objects.all().delete()

    assert lists.verdicts(lists.bring("members", out)) == ["created"] * 3
    assert stands() == there


def test_each_row_becomes_something(family: list[Client], tmp_path: Path) -> None:
    she, he, other = family
    account = loyalty.open_account(other.pk, on=day_of(timezone.now()))
    rows = [
        f";;{phone_of(she)};0011;a;", f";;{phone_of(he)};;a;", f";;{phone_of(other)};;a;", f";;{phone_of(other)};0011;;",
        f";;{phone_of(he)};;a;", ";;;0099;;", ";;89147019999;;a;", f"{she.pk};Чужое Имя;;;a;", f"{she.pk};{she.full_name};;;a;",
    ]  # fmt: skip

    assert bring(tmp_path, *rows, preview=True) == bring(tmp_path, *rows) == [
        ("created", ""), ("created", ""), ("conflict", "another account"), ("conflict", "card of another"), ("unchanged", ""),
        ("rejected", "client unknown"), ("rejected", "client unknown"), ("rejected", "client unknown"), ("unchanged", ""),
    ]  # fmt: skip
    assert Member.objects.present().get(client=other).account == account


@pytest.mark.parametrize("spent", [False, True])
def test_what_came_is_taken_back(family: list[Client], tmp_path: Path, spent: bool) -> None:
    she, he, _other = family
    bring(tmp_path, f";;{phone_of(she)};0011;a;", f";;{phone_of(he)};;a;нельзя")
    if spent:
        today = day_of(timezone.now())
        account = loyalty.open_account(she.pk, on=today)
        loyalty.earn(account, 50, birth=Birth(Source.GOODWILL, today, today), key="gift", on=today, by=None)
    kept = ListImport.objects.get()

    services.undo(kept)
    engine.take_back(kept)

    assert not LoyaltyCard.objects.exists()
    assert list(Member.objects.present().values_list("client", flat=True)) == ([she.pk] if spent else [])
