"""Two cards become one, and two again, and nothing is lost on either way."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.utils import timezone

from clients import locking as clients_locking
from clients import rights
from clients.models import CardState, Client, ClientKey, Occasion, OccasionKind, Pair, Wearer
from clients.sameness import merging
from clients.sameness.merging import MergeError
from clients.services import ContactDetails, complete_card, correct_card, record_consents
from messaging.models import Errand, Message, MessageState, Pause
from portal import reviews
from portal.models import Review
from purchases.models import Purchase
from stores.models import Employee, Store
from stores.opened import edit_now
from tests import factories
from tests.clients.greetings import queued
from tests.conftest import Sell, SignIn
from visits.models import ClientActivity, Visit
from workshop import tickets as workshop_tickets
from workshop.models import ServiceRequest

DAY = date(2026, 3, 1)
# Grow by nature, or tell of the merge itself.
GROWING = {
    "clients.historicalclient",
    "clients.historicalcontactbeside",
    "clients.merge",
    "clients.pair",
    "clients.consent",
    "purchases.staleday",
}


def rows_of_everything() -> dict[str, list[str]]:
    """Every row of every table of the house; visits are made anew, so their own keys say nothing."""
    return {
        model._meta.label_lower: sorted(map(str, model._default_manager.values_list(*columns(model))))
        for model in apps.get_models()
        if model._meta.app_label in ("clients", "messaging", "purchases") and model._meta.label_lower not in GROWING
    }


def columns(model: type[Any]) -> list[str]:
    return [f.attname for f in model._meta.concrete_fields if not (f.primary_key and model is Visit)]


def test_everything_goes_to_the_card_that_stays(card: Client, twin: Client, sell: Sell, seller: Employee) -> None:
    sell(card, DAY, 10_000)
    sell(twin, DAY + timedelta(days=9), 5_000)
    ClientKey.objects.create(source="1c", key="77", client=twin)
    Wearer.objects.create(client=twin, first_name="Мария")

    merging.merge(card, twin, chosen={}, by=seller)

    twin.refresh_from_db()
    assert (twin.state, twin.merged_into) == (CardState.MERGED, card)
    assert set(Purchase.objects.values_list("client", flat=True)) == {card.pk}
    assert ClientActivity.objects.get().visit_days == 2
    assert Visit.objects.filter(scope=0).count() == 2
    assert (ClientKey.objects.get().client, Wearer.objects.get().client) == (card, card)


def test_chosen_facts_are_taken_and_empty_ones_filled(card: Client, twin: Client, seller: Employee) -> None:
    Client.objects.filter(pk=card.pk).update(middle_name="", note="любит сапфиры")
    Client.objects.filter(pk=twin.pk).update(note="звонить после шести")
    phone = twin.phone

    merging.merge(card, twin, chosen={"phone": "absorbed", "last_name": "absorbed"}, by=seller)

    card.refresh_from_db()
    assert (card.last_name, card.middle_name, card.phone) == ("Петрова", "Викторовна", phone)
    assert card.note == "любит сапфиры\nзвонить после шести"
    assert card.registered_on == date(2020, 1, 1)


def test_an_incomplete_card_becomes_complete_by_the_other(store: Store, card: Client, seller: Employee) -> None:
    lacking = Client.objects.create(last_name="Иванова", first_name="Елена", state=CardState.INCOMPLETE, home_store=store)

    merging.merge(lacking, card, chosen={}, by=seller)

    lacking.refresh_from_db()
    assert (lacking.state, lacking.missing) == (CardState.COMPLETE, [])


def test_undo_puts_every_row_back(card: Client, twin: Client, sell: Sell, seller: Employee, store: Store) -> None:
    sell(card, DAY, 10_000)
    sell(twin, DAY, 5_000)
    sell(twin, DAY + timedelta(days=400), 7_000)
    kind = OccasionKind.objects.create(name="именины")
    for client in (card, twin):
        Occasion.objects.create(client=client, kind=kind, day=1225)
        queued(client, f"birthday:2026:{client.pk}")
        record_consents(client, {"advertising_sms": True}, by=seller, where=None)
    queued(twin, f"birthday:2025:{twin.pk}", state=MessageState.SENT)
    behind = Client.objects.create(last_name="Петров", first_name="Пётр", state=CardState.INCOMPLETE, reached_through=twin)
    complete_card(twin, found=ContactDetails(phone="+79149998877"), by=seller)
    before = rows_of_everything()

    made = merging.merge(card, twin, chosen={"phone": "absorbed", "email": "absorbed"}, by=seller)
    assert rows_of_everything() != before
    lost = merging.undo(made, by=seller)

    assert (rows_of_everything(), lost) == (before, [])
    behind.refresh_from_db()
    assert behind.reached_through == twin


def test_what_happened_in_between_stays_where_it_was_written(card: Client, twin: Client, sell: Sell, seller: Employee) -> None:
    made = merging.merge(card, twin, chosen={"last_name": "absorbed"}, by=seller)
    card.refresh_from_db()
    sell(card, DAY, 3_000)
    correct_card(card, edit=edit_now(card, first_name="Алёна"), by=seller)
    record_consents(card, {"advertising_sms": True}, by=seller, where=None)

    merging.undo(made, by=seller)

    card.refresh_from_db()
    assert (card.last_name, card.first_name) == ("Иванова", "Алёна")
    assert Purchase.objects.get().client == card
    assert dict(card.consents.values_list("purpose", "given")) == {"advertising_sms": True}


def test_what_clearly_came_to_the_other_card_since_goes_with_it(
    card: Client, twin: Client, sell: Sell, seller: Employee, store: Store
) -> None:
    daughter = Wearer.objects.create(client=twin, first_name="Вера")
    first = ServiceRequest.objects.create(
        store=store, client=twin, number="L-1", accepted_on=DAY, kind="cleaning", status="ready"
    )
    made = merging.merge(card, twin, chosen={}, by=seller)
    again = [
        ServiceRequest.objects.create(
            store=store, client=card, number=f"L-{n}", accepted_on=DAY, kind="cleaning", warranty_of=first
        )
        for n in (2, 3)
    ]
    ServiceRequest.objects.filter(pk=again[1].pk).update(warranty_of=again[0])
    present, own = sell(card, DAY, 3_000, wearer=daughter), sell(card, DAY, 4_000)
    review = Review.objects.create(client=card, store=store, request=first, asked_on=DAY)
    reviews.answer(review.token, 3, "Царапина", now=timezone.now())
    told = [queued(card, key) for key in (f"ready:{first.pk}:1", f"waits:{again[1].pk}:1:7", f"waits:{first.pk}0:1:7")]

    merging.undo(made, by=seller)

    moved: list[ServiceRequest | Purchase | Review | Message] = [*again, present, review, *told[:2]]
    stayed: list[Purchase | Message] = [own, told[2]]
    for row in (*moved, *stayed):
        row.refresh_from_db()
    assert [row.client for row in moved] == [twin] * 6
    assert [row.client for row in stayed] == [card, card]
    assert (Errand.objects.get().client, Pause.objects.get().client) == (twin, twin)
    assert Visit.objects.filter(scope=0, client=twin).count() == 1


def test_a_phone_that_is_taken_by_now_is_told(card: Client, twin: Client, seller: Employee) -> None:
    phone = twin.phone
    made = merging.merge(card, twin, chosen={}, by=seller)
    factories.ClientFactory.create(phone=phone, last_name="Чужая")

    lost = merging.undo(made, by=seller)

    twin.refresh_from_db()
    assert (lost, twin.phone, twin.state) == (["phone"], None, CardState.INCOMPLETE)


def test_merges_are_undone_the_newest_first(card: Client, twin: Client, seller: Employee) -> None:
    third = factories.ClientFactory.create()
    first = merging.merge(card, twin, chosen={}, by=seller)
    merging.merge(card, third, chosen={}, by=seller)

    with pytest.raises(MergeError):
        merging.undo(first, by=seller)

    twin.refresh_from_db()
    assert twin.state == CardState.MERGED


def test_a_merged_card_is_merged_no_more(card: Client, twin: Client, seller: Employee) -> None:
    merging.merge(card, twin, chosen={}, by=seller)

    with pytest.raises(MergeError):
        merging.merge(twin, factories.ClientFactory.create(), chosen={}, by=seller)
    with pytest.raises(MergeError):
        merging.merge(card, twin, chosen={}, by=seller)


def test_the_question_is_answered_and_asked_again_after_the_undo(card: Client, twin: Client, seller: Employee) -> None:
    merging.propose(card, twin, by=seller)

    made = merging.merge(card, twin, chosen={}, by=seller)

    assert Pair.objects.get().state == Pair.State.MERGED
    merging.undo(made, by=seller)
    assert Pair.objects.get().state == Pair.State.OPEN


def test_an_undo_asks_nobody_to_be_erased(card: Client, twin: Client, seller: Employee) -> None:
    record_consents(twin, {"personal_data": True}, by=seller, where=None)

    merging.undo(merging.merge(card, twin, chosen={}, by=seller), by=seller)

    assert rights.to_erase() == []


def test_a_former_phone_that_is_taken_by_now_does_not_stop_the_undo(card: Client, twin: Client, seller: Employee) -> None:
    former = card.phone
    made = merging.merge(card, twin, chosen={"phone": "absorbed"}, by=seller)
    factories.ClientFactory.create(phone=former)

    assert merging.undo(made, by=seller) == ["phone"]

    card.refresh_from_db()
    twin.refresh_from_db()
    assert (card.phone, card.state, twin.state) == (None, CardState.INCOMPLETE, CardState.COMPLETE)


def test_notes_part_again_whatever_was_added(card: Client, twin: Client, seller: Employee) -> None:
    for one, note in ((card, "А"), (twin, "Б")):
        Client.objects.filter(pk=one.pk).update(note=note)
    card.refresh_from_db()
    made = merging.merge(card, twin, chosen={}, by=seller)
    Client.objects.filter(pk=card.pk).update(note="А\nБ\nновое")

    merging.undo(made, by=seller)

    assert [Client.objects.get(pk=one.pk).note for one in (card, twin)] == ["А\nновое", "Б"]


def test_what_a_stale_form_sells_goes_to_the_card_that_stands(
    card: Client, twin: Client, sell: Sell, seller: Employee, store: Store
) -> None:
    stale = Client.objects.get(pk=twin.pk)
    merging.merge(card, twin, chosen={}, by=seller)

    sold = sell(stale, DAY, 3_000)
    taken = workshop_tickets.take_in_together([ServiceRequest(store=store, client=stale, kind="cleaning")], by=seller)

    assert (sold.client, taken[0].client) == (card, card)
    for one in taken:
        one.delete()
    rights.erase(card, basis="заявление", by=seller)
    with pytest.raises(clients_locking.GoneError):
        sell(Client.objects.get(pk=card.pk), DAY, 3_000)


@pytest.mark.parametrize("contact", ["phone", "email"])
def test_the_contact_of_the_card_that_joined_finds_the_one_that_stands(
    card: Client, twin: Client, seller: Employee, signed_in: SignIn, contact: str
) -> None:
    former = getattr(twin, contact)
    merging.merge(card, twin, chosen={}, by=seller)

    answer = signed_in(seller).get("/search/", {"q": former})

    assert answer["Location"] == f"/clients/{card.pk}/"
