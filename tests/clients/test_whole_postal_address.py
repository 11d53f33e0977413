"""A postal address through everything that a card's fact goes through: typed, put back, merged, listed, told, erased."""

import csv
from pathlib import Path

import pytest
from django.test import Client as Browser

from clients import rights
from clients.history import history_of
from clients.listing.spec import CLIENTS
from clients.models import Client, Consent, Purpose
from clients.resources import ClientResource
from clients.sameness import merging
from clients.sameness.comparison import compare_cards
from clients.services import correct_card, record_consents
from imports.recognising import recognise
from stores.models import Employee
from stores.opened import edit_now
from tests.conftest import SignIn
from tests.factories import ClientFactory
from tests.lists import bring, verdicts
from tests.opened import carried

pytestmark = pytest.mark.django_db
ADDRESS = "690091, Владивосток, ул. Светланская, д. 10, кв. 5"
OTHER = "692900, Находка, Находкинский пр-кт, 5"


@pytest.fixture
def desk(seller: Employee, signed_in: SignIn) -> Browser:
    return signed_in(seller)


def correction(browser: Browser, card: Client, address: str) -> dict[str, str]:
    said = {
        name: str(getattr(card, name) or "") for name in ("last_name", "first_name", "middle_name", "email", "phone", "language")
    }
    return {**said, "birth_date": "03.07.1985", "postal_address": address, **carried(browser, f"/clients/{card.pk}/edit/")}


def test_it_is_typed_shown_told_in_the_history_and_put_back(desk: Browser, seller: Employee) -> None:
    card = ClientFactory.create(postal_address=OTHER)

    answer = desk.post(f"/clients/{card.pk}/edit/", correction(desk, card, "Владивосток, ул. Светланская, д. 10, кв. 5, 690091"))

    card.refresh_from_db()
    assert (answer.status_code, card.postal_address) == (302, ADDRESS)
    assert ADDRESS in desk.get(f"/clients/{card.pk}/").content.decode()
    change = next(change for entry in history_of(card) for change in entry.changes if change.field == "postal_address")
    assert (change.was, change.now, change.put_back is not None) == (OTHER, ADDRESS, True)


def test_an_address_without_an_index_is_refused_where_it_was_typed_and_stays_where_a_list_brought_it(desk: Browser) -> None:
    card, listed = ClientFactory.create(), ClientFactory.create(postal_address="Находка")

    refused = desk.post(f"/clients/{card.pk}/edit/", correction(desk, card, "Владивосток, Светланская 10"))
    kept = desk.post(f"/clients/{listed.pk}/edit/", correction(desk, listed, "Находка"))

    card.refresh_from_db()
    assert (refused.status_code, list(refused.context["form"].errors), card.postal_address) == (422, ["postal_address"], "")
    assert kept.status_code == 302


def test_two_cards_are_compared_by_it_and_what_one_lacks_is_filled(admin: Employee) -> None:
    mine, theirs = ClientFactory.create(), ClientFactory.create(postal_address=ADDRESS)
    assert "postal_address" in [fact.field for fact in compare_cards(mine, theirs).facts]

    made = merging.merge(mine, theirs, chosen={}, by=admin)

    mine.refresh_from_db()
    assert mine.postal_address == ADDRESS
    merging.undo(made, by=admin)
    mine.refresh_from_db()
    assert mine.postal_address == ""


def test_it_goes_out_and_comes_back_and_a_list_fills_and_is_taken_for_no_other_column(tmp_path: Path, admin: Employee) -> None:
    listed, lacking = ClientFactory.create(postal_address=ADDRESS), ClientFactory.create(postal_address="")
    told = ClientResource().export(Client.objects.order_by("pk").prefetch_related("contacts_beside"))
    path = tmp_path / "cards.csv"
    path.write_text(told.csv, encoding="utf-8")

    assert verdicts(bring("clients", path)) == ["unchanged", "unchanged"]

    rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    column = next(header for header, value in rows[0].items() if value == ADDRESS)
    rows[0][column], rows[1][column] = OTHER, "Находка 692900, Находкинский пр-кт, 5"
    with path.open("w", encoding="utf-8", newline="") as file:
        again = csv.DictWriter(file, list(rows[0]))
        again.writeheader()
        again.writerows(rows)
    assert verdicts(bring("clients", path, preview=True)) == verdicts(bring("clients", path)) == ["unchanged", "updated"]
    assert [Client.objects.get(pk=card.pk).postal_address for card in (listed, lacking)] == [
        ADDRESS,
        "Находка 692900, Находкинский пр-кт, 5",
    ]
    assert recognise(["Почтовый адрес"], CLIENTS) == {"postal_address": 0}
    assert recognise(["Postal address"], CLIENTS) == {"postal_address": 0}
    assert recognise(["Адрес магазина"], CLIENTS) == {}


def test_the_person_reads_it_and_nothing_of_it_is_left_when_they_are_erased(admin: Employee) -> None:
    card = ClientFactory.create(postal_address=OTHER)
    correct_card(card, edit=edit_now(card, postal_address=ADDRESS), by=admin)
    card.refresh_from_db()
    assert ADDRESS in str(rights.everything_about(card))

    rights.erase(card, basis="Просьба", by=admin)

    assert not Client.objects.exclude(postal_address="").exists()
    assert not Client.history.exclude(postal_address="").exists()


def test_the_consent_to_paper_is_asked_for_on_the_card_and_not_of_who_registers(desk: Browser, seller: Employee) -> None:
    card = ClientFactory.create()
    record_consents(card, {Purpose.PERSONAL_DATA: True}, by=None, where=None)
    opened = carried(desk, f"/clients/{card.pk}/parts/consents/", "consents_form")

    said = {"consent_personal_data": "on", "consent_advertising_post": "on", **opened}
    assert desk.post(f"/clients/{card.pk}/consents/", said).status_code == 302

    word = Consent.objects.get(purpose=Purpose.ADVERTISING_POST)
    assert (word.given, word.by, word.text_version is not None) == (True, seller, True)
    assert "consent_advertising_post" not in desk.get("/clients/register/").context["form"].fields
