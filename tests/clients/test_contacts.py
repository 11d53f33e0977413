"""Further phones and e-mails of a card: kept, removed, made the main one; and all that must know of them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from clients import contacts, rights, tasks
from clients.contacts import HeldError
from clients.models import CardState, Client, ContactBeside
from clients.resources import ClientResource
from clients.sameness import matching, merging
from clients.selectors import find_clients
from clients.services import PhoneTakenError, correct_card
from clients.writing.names import PersonName
from imports.passes import engine
from messaging import selectors as messaging_selectors
from messaging.models import StopEntry
from stores.models import Employee
from tests.clients.import_steps import outcomes, take
from tests.factories import ClientFactory, email_of, phone_of
from tests.opened import edit_of

WIFE_S = "+79990001122"


@pytest.fixture
def further(card: Client, seller: Employee) -> ContactBeside:
    return contacts.keep(ContactBeside(client=card, value=WIFE_S, words="жены"), by=seller)


def values(client: Client) -> list[str]:
    return [contact.value for contact in client.contacts_beside.kept()]


def test_a_contact_is_kept_once_and_not_beside_itself(card: Client, further: ContactBeside, seller: Employee) -> None:
    for value in (WIFE_S, phone_of(card), email_of(card)):
        with pytest.raises(HeldError):
            contacts.keep(ContactBeside(client=card, value=value), by=seller)

    assert (further.kind, further.words, further.by) == ("phone", "жены", seller)
    assert values(card) == [WIFE_S]


def test_a_removed_contact_comes_back_within_a_day(card: Client, further: ContactBeside, seller: Employee) -> None:
    contacts.remove(further, by=seller, now=timezone.now())
    found = find_clients(WIFE_S)
    contacts.bring_back(further, by=seller)

    assert (found, values(card)) == ([], [WIFE_S])
    assert [past.history_type for past in ContactBeside.history.order_by("history_id")] == ["+", "~", "~"]


def test_a_removed_contact_is_gone_after_a_day(further: ContactBeside, seller: Employee) -> None:
    contacts.remove(further, by=seller, now=timezone.now() - timedelta(hours=25))

    assert [tasks.sweep_contacts(), tasks.sweep_contacts()] == [1, 0]


def test_what_was_written_anew_is_not_brought_back_twice(card: Client, further: ContactBeside, seller: Employee) -> None:
    contacts.remove(further, by=seller, now=timezone.now())
    contacts.keep(ContactBeside(client=card, value=WIFE_S), by=seller)

    with pytest.raises(HeldError):
        contacts.bring_back(further, by=seller)
    assert values(card) == [WIFE_S]


def test_the_former_main_phone_stays_beside_the_new_one(card: Client, further: ContactBeside, seller: Employee) -> None:
    former = phone_of(card)

    contacts.make_main(further, by=seller)

    card.refresh_from_db()
    assert (card.phone, values(card)) == (WIFE_S, [former])


def test_a_missing_phone_is_given_by_a_further_one(seller: Employee) -> None:
    card = ClientFactory.create(phone=None, state=CardState.INCOMPLETE)
    further = contacts.keep(ContactBeside(client=card, value=WIFE_S), by=seller)

    contacts.make_main(further, by=seller)

    card.refresh_from_db()
    assert (card.phone, card.state, values(card)) == (WIFE_S, CardState.COMPLETE, [])


def test_a_phone_is_the_main_one_of_one_card(card: Client, further: ContactBeside, seller: Employee) -> None:
    former, holder = phone_of(card), ClientFactory.create(phone=WIFE_S)

    with pytest.raises(PhoneTakenError) as refused:
        contacts.make_main(further, by=seller)

    card.refresh_from_db()
    assert (refused.value.holder, card.phone, values(card)) == (holder, former, [WIFE_S])


def test_a_correction_leaves_no_contact_twice(card: Client, further: ContactBeside, seller: Employee) -> None:
    correct_card(card, edit=edit_of(card, phone=WIFE_S), by=seller)

    assert values(card) == []


def test_one_contact_on_several_cards_is_said(card: Client, further: ContactBeside, seller: Employee) -> None:
    wife = ClientFactory.create(phone=WIFE_S)
    contacts.keep(ContactBeside(client=wife, value=phone_of(card)), by=seller)

    assert contacts.shared(card, [further]) == {WIFE_S: [wife], phone_of(card): [wife]}


def test_a_stopped_address_stays_stopped_as_the_main_one(card: Client, further: ContactBeside, seller: Employee) -> None:
    StopEntry.objects.create(recipient=WIFE_S)
    before = messaging_selectors.stopped_purposes(card)

    client = contacts.make_main(further, by=seller)

    assert (before, messaging_selectors.stopped_purposes(client)) == (set(), {"advertising_sms"})


def test_somebody_s_further_phone_proposes_the_card(card: Client, further: ContactBeside, seller: Employee) -> None:
    nobody = PersonName("", "", "")
    proposed = [proposal.client for proposal in matching.propose(nobody, phone=WIFE_S)]
    contacts.remove(further, by=seller, now=timezone.now())

    assert proposed == [card]
    assert matching.propose(nobody, phone=WIFE_S) == []


def test_a_contact_goes_with_its_card_and_comes_back(card: Client, further: ContactBeside, seller: Employee) -> None:
    other = ClientFactory.create()

    made = merging.merge(other, card, chosen={}, by=seller)
    merged = values(other)
    merging.undo(made, by=seller)

    assert (merged, values(other), values(card)) == ([WIFE_S], [], [WIFE_S])


def test_an_erasure_leaves_no_contact_and_no_past_of_one(card: Client, further: ContactBeside, seller: Employee) -> None:
    told = rights.everything_about(card)
    contacts.remove(further, by=seller, now=timezone.now())

    rights.erase(card, basis="просьба", by=seller)

    assert any(WIFE_S in row.values() for rows in told.values() for row in rows)
    assert (ContactBeside.objects.count(), ContactBeside.history.count()) == (0, 0)


def test_an_export_has_each_contact_in_a_column_of_its_own(card: Client, further: ContactBeside, seller: Employee) -> None:
    contacts.keep(ContactBeside(client=card, value="b@example.ru"), by=seller)

    told = ClientResource().export(Client.objects.prefetch_related("contacts_beside")).dict[0]

    assert [told[header].lstrip("'") for header in ("Второй телефон", "Третий телефон", "Вторая почта")] == [
        further.shown,
        "",
        "b@example.ru",
    ]


@pytest.mark.parametrize("main", ["+79147012233", "+74232223344"], ids=["mobile", "landline"])
def test_an_export_brought_in_again_changes_nothing(main: str, seller: Employee) -> None:
    card = ClientFactory.create(phone=main)
    for value in (WIFE_S, "+79990001133", "b@example.ru"):
        contacts.keep(ContactBeside(client=card, value=value), by=seller)
    told = ClientResource().export(Client.objects.prefetch_related("contacts_beside")).csv.splitlines()

    again = engine.apply(take("\n".join(told[1:]), header=f"{told[0]}\n"))

    assert outcomes(again) == ["unchanged"]
