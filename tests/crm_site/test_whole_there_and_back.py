"""What went out as a file and comes in again as a list: every row unchanged, the base as it was, and the next file the same."""

from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.apps import apps
from django.utils import timezone
from django.utils.translation import override

from clients import rights
from clients.models import CardState, Client, ContactBeside
from crm_site.pages.exports import EXTRACTS
from imports import exports, intake, outcomes
from imports.models import ListImport, StagedRow
from imports.passes import engine
from purchases import payments
from purchases.models import NoCardReason, Piece, Purchase, Tender
from purchases.payments import TenderLine
from stores.models import Store
from tests.factories import ClientFactory
from workshop.models import ServiceKind, ServiceRequest, ServiceStatus

KINDS = ("clients", "purchases", "services")
ALWAYS = (date(1990, 1, 1), date(2100, 1, 1))
DAY = date(2026, 3, 8)
NOTES = (
    "=1+1", "'=1+1", "''так", "+7 звонить вечером", "-", "\tс отступа", "две\nстроки; с \"кавычками\" и ;;;;;;;;;;;;;;;\n;;",
    "@mention", "007", "нет", "  с краю ", "-5 %", "1,5;2", "длинная " * 300, "строка\r\nещё", "вернула заказ", "Итого: 5",
)  # fmt: skip


def out(what: str, kind: str, language: str) -> bytes:
    """The file that a person with this language gets of everything."""
    extract = EXTRACTS[what]
    with override(language):
        rows = extract.rows(list(Store.objects.all()), *ALWAYS)
        return exports.written(what, list(extract.resource().lines(rows)), kind)


def back(what: str, kind: str, content: bytes) -> ListImport:
    return engine.apply(intake.read(intake.keep_file(what, BytesIO(content), f"list.{kind}", by=None)))


def text_of(kind: str, content: bytes) -> bytes:
    """A workbook carries the moment of its making beside its sheet."""
    return ZipFile(BytesIO(content)).read("xl/worksheets/sheet1.xml") if kind == "xlsx" else content


def everything() -> dict[str, list[Any]]:
    """Every row of the base but those of the lists themselves."""
    models = [model for model in apps.get_models() if model not in (ListImport, StagedRow)]
    return {model._meta.label: list(model._base_manager.order_by("pk").values()) for model in models}


def a_card(store: Store, **facts: Any) -> Client:
    """A card of this store, incomplete where it lacks something."""
    card = ClientFactory.build(home_store=store, registered_on=date(2020, 2, 29), **facts)
    card.state = CardState.INCOMPLETE if card.missing else CardState.COMPLETE
    card.save()
    return card


def people(store: Store) -> list[Client]:
    """Cards of every kind that a chain has."""
    bare = {"phone": None, "email": None, "birth_date": None}
    cards = [a_card(store, note=note) for note in NOTES]
    cards += [a_card(store, **bare, last_name="Петрова", first_name="Анна", middle_name="") for _twin in range(2)]
    cards += [a_card(store, **bare, first_name="", middle_name="", last_name="Ли"), a_card(store, **bare, last_name="")]
    cards += [a_card(store, last_name="Салтыкова-Щедрина", first_name="Анна-Мария"), a_card(store, phone="+74212301020")]
    cards += [a_card(store, birth_date=None, as_written={"birth_date": written}) for written in ("12.03", "весной")]
    further = a_card(store), a_card(store, phone="+74212301021"), a_card(store, phone=None)
    for number, card in enumerate(further):
        for value in (f"+7914555000{number}", f"+7421230100{number}", f"second{number}@example.ru"):
            ContactBeside.objects.create(client=card, kind=ContactBeside.kind_of(value), value=value, at=timezone.now())
    behind = a_card(store, phone=None, first_name="Ольга", reached_through=cards[0])
    return [*cards, *further, behind, a_card(store)]


def receipts(store: Store, cards: list[Client]) -> None:
    """Numbered and not, two of a day, numbers alike but for zeros, with returns, discounts, gifts, of nobody and of an erased person."""
    numbered = [(client, (f"00{at}", str(at - 1), None)[at % 3]) for at, client in enumerate(cards, start=30)]
    for client, number in [*numbered, (cards[2], None), (cards[5], None)]:
        purchase = Purchase.objects.create(client=client, store=store, sold_on=DAY, receipt_number=number)
        for occurrence in (1, 2):
            Piece.objects.create(purchase=purchase, article="R-01", kind="ring", price=100, occurrence=occurrence)
        Piece.objects.create(purchase=purchase, article="=07", kind="other", price=0, discount=Decimal("0.50"), returned_on=DAY)
        Piece.objects.create(purchase=purchase, article="", kind="chain", price=Decimal("1999.90"), returned_on=date(2026, 4, 1))
    for number in ("5", None):
        nobody = Purchase.objects.create(store=store, sold_on=DAY, receipt_number=number, no_card_reason=NoCardReason.DECLINED)
        Piece.objects.create(purchase=nobody, article="E1", kind="earrings", price=500)
        payments.save(nobody, [TenderLine("card", Decimal("300.50")), TenderLine("cash", Decimal("199.50"))])
    Purchase.written.filter(pk=Purchase.objects.order_by("pk")[1].pk).update(voided_at=timezone.now(), void_reason="ошибка")


def requests(store: Store, cards: list[Client]) -> None:
    """Services of every kind in every status, with and without words; one ticket in two envelopes."""
    facts = {
        "store": store,
        "accepted_on": DAY,
        "size_from": Decimal("17.25"),
        "size_to": Decimal("17.50"),
        "price": Decimal("900"),
    }
    for at, (kind, status) in enumerate((kind, status) for kind in ServiceKind for status in ServiceStatus):
        number = f"{'0' * (at % 3)}{at}"
        words = NOTES[at % len(NOTES)][:300]
        ServiceRequest.objects.create(
            **facts, client=cards[at % (len(cards) - 1)], number=number, kind=kind, status=status, description=words,
            work="" if at % 2 else words,
        )  # fmt: skip
    ServiceRequest.objects.create(**facts, client=cards[-1], number="Z1", kind="cleaning", status=ServiceStatus.HANDED_OUT)
    for envelope in (1, 2):
        ServiceRequest.objects.create(
            **facts, client=cards[0], number="T9", kind="repair", work=f"работа {envelope}", envelope=envelope, envelopes=2
        )


@pytest.fixture
def base(store: Store) -> None:
    cards = people(store)
    receipts(store, cards)
    requests(store, cards)
    rights.erase(cards[-1], basis="asked", by=None)


@pytest.mark.parametrize("what", KINDS)
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("language", ["ru", "en"])
def test_what_went_out_three_times_comes_in_unchanged(base: None, what: str, kind: str, language: str) -> None:
    first, before = out(what, kind, language), everything()

    for _time in range(3):
        done = back(what, kind, out(what, kind, language))
        open_rows = list(done.rows.exclude(outcome="unchanged").values_list("outcome", "reason", "changes", "raw"))
        assert (open_rows, set(done.counts)) == ([], {"unchanged"})

    assert everything() == before
    assert text_of(kind, out(what, kind, language)) == text_of(kind, first)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("language", ["ru", "en"])
def test_what_went_out_comes_into_an_empty_base_with_its_payments_and_without_what_was_void(
    base: None, kind: str, language: str
) -> None:
    content = out("purchases", kind, language)
    voided = Piece.objects.exclude(purchase__voided_at=None).count()
    paid = set(Tender.objects.values_list("kind", "sum"))
    Purchase.written.all().delete()

    done = back("purchases", kind, content)

    assert set(Tender.objects.values_list("kind", "sum")) == paid
    assert done.rows.filter(outcome="rejected", reason="void").count() == voided
    assert Purchase.written.voided().count() == 0


LIST = """Код;ФИО;Дата рождения;Телефон;E-mail;Примечание
001;Иванова Елена;01.02.1985;+7 914 700-00-01;a@example.ru;'=1
002;;;;;
003;Петрова Анна;31.02.1985;;;"две; строки
и ""кавычки"" тоже"
004;Сидорова Вера;02.03.1990;+7 914 700-00-01;c@example.ru;-
004;Сидорова-Кац Вера;;8 914 700 00 04;;=2
"""


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("language", ["ru", "en"])
def test_outcomes_of_a_list_come_in_as_what_they_were(store: Store, kind: str, language: str) -> None:
    back("clients", "csv", LIST.encode())
    kept = back("clients", "csv", LIST.encode())
    before = {model: rows for model, rows in everything().items() if not model.startswith("imports.")}

    with override(language):
        done = back("clients", kind, exports.written("outcomes", list(outcomes.table(kept, str)), kind))

    assert done.corrects_id == kept.pk
    assert told(done) == told(kept)
    assert {model: rows for model, rows in everything().items() if not model.startswith("imports.")} == before


def told(kept: ListImport) -> list[tuple[Any, ...]]:
    return list(kept.rows.order_by("number").values_list("outcome", "reason", "subject"))
