"""What the desk keeps about a person: told to them, and taken out; what was done with pieces stays."""

from decimal import Decimal
from pathlib import Path

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from clients.models import Client
from stores.models import Employee
from tests.factories import ClientFactory
from workshop import holdings, passports, photos, prices, services
from workshop.models import Passport, PassportView, PriceOffer, ServicePhoto, ServiceRequest, ServiceStep


@pytest.fixture
def left(ticket: list[ServiceRequest], kept: Passport, seller: Employee) -> ServiceRequest:
    """A piece with a note, a photo, a price asked about, and a passport that was looked at."""
    services.add_note(ticket[0], "ждёт дочь", by=seller)
    photos.add(ticket[0], [b"picture"], "before", by=seller)
    prices.offer_price(ticket[0], Decimal(1500), reason="камень дочери", by=seller)
    passports.open_whole(ticket[0], why="просила дочь", by=seller)
    return ticket[0]


def test_all_is_told_but_what_stands_in_the_passport(left: ServiceRequest, card: Client) -> None:
    told = holdings.describe(card.pk)

    assert [len(rows) for rows in told.values()] == [2, 3, 1, 1, 1]
    assert [word in str(told) for word in ("ждёт дочь", "камень дочери", "4510", "Неповторимова")] == [True, True, False, False]


def test_an_open_ticket_is_given_back_first(ticket: list[ServiceRequest], card: Client, seller: Employee) -> None:
    assert ticket[0].number in holdings.reason_not_to_erase(card.pk)

    for one in ticket:
        services.move(one, "cancelled", by=seller)

    assert holdings.reason_not_to_erase(card.pk) == ""


def test_words_passports_and_photos_go_and_prices_stay(
    left: ServiceRequest, card: Client, tmp_path: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    file = tmp_path / "private" / str(ServicePhoto.objects.get().image.name)
    assert file.exists()

    with django_capture_on_commit_callbacks(execute=True):
        assert holdings.erase(card.pk) == {"services": 2}

    assert (Passport.objects.count(), ServicePhoto.objects.count(), file.exists()) == (0, 0, False)
    assert PassportView.objects.get().why == "—"
    assert set(ServiceStep.objects.values_list("words", flat=True)) == {""}
    assert PriceOffer.objects.values_list("price", "reason").get() == (1500, "")
    assert set(ServiceRequest.objects.values_list("price", "description")) == {(1000, "")}
    assert set(ServiceRequest.history.values_list("description", flat=True)) == {""}


def test_what_is_somebody_elses_stays(left: ServiceRequest) -> None:
    assert holdings.erase(ClientFactory.create().pk) == {"services": 0}

    assert (Passport.objects.count(), ServicePhoto.objects.count()) == (1, 1)
    assert ServiceRequest.objects.get(pk=left.pk).description == "кольцо"
