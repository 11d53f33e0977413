"""Intake by a form: one ticket of several envelopes, days on which the store works, passports only where asked for."""

from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser
from django.urls import reverse
from PIL import Image
from pytest_django import Settings

from clients.models import Client
from stores.models import DayOff, Employee, Store
from tests import factories
from tests.conftest import Sell
from tests.factories import phone_of
from workshop import tickets
from workshop.models import AgreementText, Passport, ServicePhoto, ServiceRequest, ServiceTerm

TAKE_IN = "/service/new/"


def asked(card: Client, **more: Any) -> dict[str, Any]:
    return {"client": card.pk, "kind": "cleaning", "description": "цепь, жёлтый металл", "form_key": uuid4(), **more}


def two_more(**more: Any) -> dict[str, int | str]:
    counted = {"more-TOTAL_FORMS": 2, "more-INITIAL_FORMS": 0, "more-1-kind": "repair", "more-1-DELETE": "on"}
    return {**counted, "more-0-kind": "cleaning", "more-0-description": "кольцо", **more}


def test_several_pieces_are_one_ticket_and_a_double_post_makes_no_other(at_desk: Browser, card: Client, store: Store) -> None:
    form = asked(card, price="1 500", prepayment="500", weight="3,25", is_urgent="on", **two_more())

    places = [at_desk.post(TAKE_IN, form)["Location"] for _time in range(2)]

    first, second = ServiceRequest.objects.order_by("envelope")
    assert places == [reverse("workshop:service", args=[first.pk])] * 2
    assert (first.number, first.envelope, first.envelopes) == (second.number, 1, 2)
    assert (first.weight, first.prepayment, first.is_urgent, second.description) == (3.25, 500, True, "кольцо")


def test_a_wrong_envelope_leaves_no_half_of_a_ticket(at_desk: Browser, card: Client) -> None:
    form = asked(card, **two_more(**{"more-0-kind": "resizing"}))

    response = at_desk.post(TAKE_IN, form)

    assert response.status_code == 422
    assert not ServiceRequest.objects.exists()
    assert "size_to" in response.context["more"].forms[0].errors


def test_an_own_piece_of_a_further_envelope_outlives_the_errors_of_another(
    at_desk: Browser, card: Client, sell: Sell, store: Store
) -> None:
    own = sell(card, store.today(), 100).pieces.get()
    counted = {"more-TOTAL_FORMS": 1, "more-INITIAL_FORMS": 0, "more-0-kind": "cleaning", "more-0-piece": own.pk}

    refused = at_desk.post(TAKE_IN, asked(card, price="дорого", **counted))
    at_desk.post(TAKE_IN, asked(card, **counted))

    assert f'name="more-0-piece" value="{own.pk}" checked' in " ".join(refused.content.decode().split())
    assert [one.piece for one in ServiceRequest.objects.order_by("envelope")] == [None, own]


def test_a_further_envelope_never_vanishes_by_itself(at_desk: Browser, card: Client) -> None:
    counted = {"more-TOTAL_FORMS": 1, "more-INITIAL_FORMS": 0, "more-0-kind": "cleaning"}

    assert at_desk.post(TAKE_IN, asked(card, **counted)).status_code == 422
    at_desk.post(TAKE_IN, asked(card, **counted, **{"more-0-DELETE": "on"}))

    assert ServiceRequest.objects.get().envelopes == 1


def test_a_new_visitor_twice_is_one_ticket(at_desk: Browser, db: None) -> None:
    new = {
        "last_name": "Ким", "birth_date": "03.03.1990", "first_name": "Анна", "phone": "8 924 555 66 77", "email": "kim@example.ru",
        "consent_personal_data": "on", "kind": "cleaning", "description": "цепь", "form_key": uuid4(),
    }  # fmt: skip

    assert [at_desk.post(TAKE_IN, new).status_code for _time in range(2)] == [302, 302]

    assert (Client.objects.count(), ServiceRequest.objects.count()) == (1, 1)


def test_the_due_day_is_the_kinds_and_never_a_closed_one(at_desk: Browser, card: Client, store: Store) -> None:
    ServiceTerm.objects.create(kind="cleaning", days=3)
    wanted = store.today() + timedelta(days=3)
    DayOff.objects.create(store=store, day=wanted)

    at_desk.post(TAKE_IN, asked(card))
    refused = at_desk.post(TAKE_IN, asked(card, due_on=wanted.isoformat()))

    assert ServiceRequest.objects.get().due_on == wanted + timedelta(days=1)
    assert refused.status_code == 422
    assert "due_on" in refused.context["form"].errors


def test_a_piece_of_ones_own_needs_no_description_and_a_foreign_one_is_refused(
    at_desk: Browser, card: Client, sell: Sell, store: Store
) -> None:
    own = sell(card, store.today(), 100).pieces.get()
    foreign = sell(factories.ClientFactory.create(), store.today(), 100).pieces.get()

    refused = at_desk.post(TAKE_IN, asked(card, piece=foreign.pk))
    at_desk.post(TAKE_IN, asked(card, piece=own.pk, description=""))

    assert refused.status_code == 422
    taken = ServiceRequest.objects.get()
    assert (taken.piece, own.article in taken.description) == (own, True)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"kind": "engraving"}, "engraving"),
        ({"description": ""}, "description"),
        ({"price": "10", "prepayment": "20"}, "prepayment"),
    ],
)
def test_what_a_piece_lacks_is_said_at_its_field(at_desk: Browser, card: Client, wrong: dict[str, str], field: str) -> None:
    response = at_desk.post(TAKE_IN, asked(card, **wrong))

    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
    assert not ServiceRequest.objects.exists()


def test_a_passport_is_asked_for_by_the_declared_value_alone(at_desk: Browser, card: Client) -> None:
    ServiceTerm.objects.create(kind="cleaning", days=3, passport_from=100_000)
    passport = {"passport-full_name": "Иванова", "passport-number": "4510 123412", "passport-issued_by": "УВД",
                "passport-issued_on": "01.02.2010"}  # fmt: skip

    assert at_desk.post(TAKE_IN, asked(card, declared_value="99 999")).status_code == 302
    assert at_desk.post(TAKE_IN, asked(card, declared_value="100 000")).status_code == 422
    assert not Passport.objects.exists()
    assert at_desk.post(TAKE_IN, asked(card, declared_value="100 000", **passport)).status_code == 302

    assert b"123412" not in bytes(Passport.objects.get().sealed)


def test_photos_and_the_agreement_are_kept(at_desk: Browser, card: Client, store: Store) -> None:
    agreement = AgreementText.objects.create(version=1, text="{chain}", since=store.today())
    raw = BytesIO()
    Image.new("RGB", (10, 10)).save(raw, "PNG")
    files = [SimpleUploadedFile(f"{n}.png", raw.getvalue()) for n in range(2)]

    at_desk.post(TAKE_IN, asked(card, photos=files))
    refused = at_desk.post(TAKE_IN, asked(card, photos=[SimpleUploadedFile("a.png", b"text")]))

    assert (ServicePhoto.objects.count(), ServiceRequest.objects.get().agreement) == (2, agreement)
    assert refused.status_code == 422


@pytest.mark.parametrize("by", ["ticket", "phone", "card"])
def test_a_client_is_found_at_once(at_desk: Browser, card: Client, store: Store, seller: Employee, by: str) -> None:
    taken = tickets.take_in(ServiceRequest(store=store, client=card, kind="cleaning", description="цепь"), by=seller)
    typed = {"ticket": taken.number, "phone": phone_of(card), "card": str(card.pk)}[by]

    assert at_desk.get(TAKE_IN, {"q": typed}).context["client"] == card
    assert at_desk.get(TAKE_IN, {"q": "00000000"}).context["client"] is None


def test_own_pieces_have_keys(at_desk: Browser, card: Client, sell: Sell, store: Store) -> None:
    sell(card, store.today(), 100, 200)

    page = at_desk.get(reverse("workshop:own_pieces"), {"client": card.pk}).content.decode()

    assert page.count('data-key="') == 2
    assert at_desk.get(reverse("workshop:own_pieces"), {"client": 987654}).status_code == 404


def test_what_came_back_under_warranty_is_free_and_linked(at_desk: Browser, card: Client, store: Store, seller: Employee) -> None:
    first = tickets.take_in(ServiceRequest(store=store, client=card, kind="cleaning", description="цепь", price=900), by=seller)
    page = at_desk.get(TAKE_IN, {"warranty": first.pk})

    form = {k: v for k, v in page.context["form"].initial.items() if v is not None}
    at_desk.post(TAKE_IN, asked(card, warranty_of=form["warranty_of"], price=form["price"]))

    second = first.returns.get()
    assert (page.context["client"], second.price) == (card, 0)


def test_one_more_piece_without_a_script(at_desk: Browser, card: Client) -> None:
    page = at_desk.post(TAKE_IN, asked(card, one_more="1"))

    assert (page.status_code, page.context["more"].total_form_count()) == (200, 1)


def test_a_phone_of_somebody_else_is_told_whose_it_is(at_desk: Browser, card: Client) -> None:
    new = {
        "last_name": "Ким", "birth_date": "03.03.1990", "first_name": "Анна", "phone": phone_of(card), "email": "kim@example.ru",
        "consent_personal_data": "on", "kind": "cleaning", "description": "цепь", "form_key": uuid4(),
    }  # fmt: skip

    refused = at_desk.post(TAKE_IN, new)

    assert (refused.status_code, refused.context["holder"], list(refused.context["visitor"].errors)) == (422, card, ["phone"])
    assert (Client.objects.count(), ServiceRequest.objects.count()) == (1, 0)


def test_a_server_without_a_key_keeps_no_passport_and_no_ticket(at_desk: Browser, card: Client, settings: Settings) -> None:
    settings.AT_HOME, settings.PASSPORT_KEYS = False, []
    ServiceTerm.objects.create(kind="cleaning", asks_passport=True)
    passport = {"passport-full_name": "Иванова", "passport-number": "4510 123412", "passport-issued_by": "УВД",
                "passport-issued_on": "01.02.2010"}  # fmt: skip

    refused = at_desk.post(TAKE_IN, asked(card, **passport))

    assert (refused.status_code, list(refused.context["forms"].passport.errors)) == (422, ["__all__"])
    assert not ServiceRequest.objects.exists()


def test_cards_that_may_be_the_visitors_are_proposed_and_one_alone_for_enter(at_desk: Browser, card: Client) -> None:
    address = reverse("workshop:visitor_matches")

    same = at_desk.post(address, {"last_name": card.last_name, "birth_date": "03.07.1985", "first_name": card.first_name})
    nobody = at_desk.post(address, {"last_name": "Сидоров", "birth_date": "01.01.1970"})

    assert [proposal.client for proposal, _last in same.context["found"]] == [card]
    assert same.context["only"].client == card
    assert (nobody.context["found"], nobody.context["only"]) == ([], None)


def test_answers_that_differ_from_the_card_are_told_of(at_desk: Browser, card: Client) -> None:
    page = at_desk.post(TAKE_IN, asked(card, phone="8 924 555 66 77"), follow=True)

    assert [message.level_tag for message in page.context["messages"]] == ["warning", "success"]
    assert ServiceRequest.objects.get().client == card


def test_a_number_of_several_is_nobodys(at_desk: Browser, card: Client, store: Store) -> None:
    for days, client in enumerate((card, factories.ClientFactory.create())):
        day = store.today() - timedelta(days=days)
        ServiceRequest.objects.create(store=store, client=client, number="77-1", accepted_on=day, kind="cleaning")

    assert at_desk.get(TAKE_IN, {"q": "77-1"}).context["client"] is None
