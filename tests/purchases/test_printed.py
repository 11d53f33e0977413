"""The printed ticket: its agreement, its codes, its sum."""

import pytest

from purchases import printed
from purchases.models import AgreementText, ServiceRequest


def test_the_agreement_fills_its_fields_and_nothing_else(ticket, store):
    text = AgreementText.objects.create(
        version=1, text="{chain}: {ticket} {client} {price} {secret} {store}", since=store.today()
    )
    ServiceRequest.objects.update(agreement=text)
    fresh = list(ServiceRequest.objects.order_by("envelope"))

    assert printed.agreement(fresh) == f"Роскошь: {fresh[0].number} {fresh[0].client} 2\xa0000\xa0₽ {{secret}} Роскошь-Luxury"
    assert printed.agreement(ticket) == ""


def test_what_remains_is_of_all_envelopes(ticket):
    assert printed.to_pay(ticket) == 1600
    ticket[0].price = None
    assert printed.to_pay(ticket) is None


@pytest.mark.parametrize(("number", "is_empty"), [("1-000001", False), ("Б-17", True)])
def test_bars_carry_what_they_can(number, is_empty):
    assert (printed.bars(number) == "") == is_empty


def test_the_square_leads_to_the_clients_page(ticket, settings):
    settings.SITE_URL = "https://crm.example.ru"

    assert printed.address_of(ticket[0]) == f"https://crm.example.ru/s/{ticket[0].number}"
    assert "<svg" in printed.square(ticket[0])
    assert "style=" not in printed.square(ticket[0])
