"""What a client sees and does on their page."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.http import Http404
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from clients import selectors as clients_selectors
from clients.models import CardState, Client
from clients.services import record_consents
from loyalty import services as loyalty_services
from loyalty.pricing import Mode
from loyalty.services import TermsSaid, TierSaid
from messaging.models import StopEntry
from portal import guests
from stores.models import Store
from tests.conftest import Sell
from tests.factories import ClientFactory, email_of, phone_of
from workshop import refusals
from workshop.models import PriceOffer, ServiceRequest, ServiceStep


@pytest.fixture
def resizing(card: Client, store: Store) -> ServiceRequest:
    return ServiceRequest.objects.create(
        store=store, client=card, number="L-1", accepted_on=date(2026, 11, 20), kind="resizing", price=Decimal(1500),
        prepayment=Decimal(500),
    )  # fmt: skip


@pytest.fixture
def offer(resizing: ServiceRequest) -> PriceOffer:
    return PriceOffer.objects.create(request=resizing, price=Decimal(2000), reason="камень", at=timezone.now())


def test_a_yes_changes_the_price_once(card: Client, offer: PriceOffer, resizing: ServiceRequest) -> None:
    guests.answer_offer(card, offer.pk, True)
    with pytest.raises(refusals.AnsweredError):
        guests.answer_offer(card, offer.pk, False)

    resizing.refresh_from_db()
    assert resizing.price == 2000
    assert PriceOffer.objects.values_list("answer", "how").get() == ("agreed", "page")
    assert ServiceStep.objects.filter(kind="client").count() == 1


def test_a_no_leaves_the_price(card: Client, offer: PriceOffer, resizing: ServiceRequest) -> None:
    guests.answer_offer(card, offer.pk, False)

    resizing.refresh_from_db()
    assert (resizing.price, PriceOffer.objects.get().answer) == (1500, "declined")


def test_a_foreign_offer_is_nobodys(offer: PriceOffer) -> None:
    with pytest.raises(Http404):
        guests.answer_offer(ClientFactory.create(), offer.pk, True)

    assert PriceOffer.objects.get().answer == "open"


def test_a_merged_card_leads_to_its_survivor(card: Client) -> None:
    merged = ClientFactory.create(state=CardState.MERGED, merged_into=card)
    erased = ClientFactory.create(state=CardState.ERASED)

    assert (clients_selectors.standing_for(merged.pk), clients_selectors.standing_for(erased.pk)) == (card, None)


def test_a_shared_address_is_nobodys(card: Client) -> None:
    ClientFactory.create(email=card.email)

    assert guests.holder("email", email_of(card)) is None


def test_the_stop_list_stays(card: Client) -> None:
    record_consents(card, {"advertising_sms": True}, by=None, where=None)
    guests.set_consent(card, "advertising_sms", agrees=False, now=timezone.now())
    StopEntry.objects.create(recipient=phone_of(card))

    assert not guests.set_consent(card, "advertising_sms", agrees=True, now=timezone.now())
    assert not card.consents.latest("pk").given


def test_what_was_never_agreed_to_is_not_given_back(card: Client) -> None:
    assert not guests.set_consent(card, "calls", agrees=True, now=timezone.now())


def test_questions_are_three_a_day(card: Client) -> None:
    for _n in range(3):
        guests.put_question(card, "Готово?", timezone.now())

    with pytest.raises(guests.TooManyError):
        guests.put_question(card, "Готово?", timezone.now())
    assert list(card.errands.values_list("is_service", "store")) == [(True, card.home_store_id)] * 3


def test_contacts_are_masked() -> None:
    assert guests.masked_phone("+79147012233") == "+7 914 •••-••-33"
    assert guests.masked_email("anna@mail.ru") == "a•••@mail.ru"


@pytest.mark.parametrize(("hour", "days"), [(1, 0), (11, 1)])
def test_a_question_is_answered_on_a_working_day_that_is_not_over(card: Client, store: Store, hour: int, days: int) -> None:
    now = timezone.now().replace(hour=hour)  # 11 and 21 in Vladivostok
    today = store.today(now)

    assert guests.put_question(card, "?", now).due_on == today + timedelta(days=days)
    store.days_off.create(day=today + timedelta(days=days))
    assert guests.put_question(card, "?", now).due_on == today + timedelta(days=days + 1)


@pytest.mark.parametrize(
    ("text", "said"),
    [("8 914 701-22-33", ("sms", "+79147012233")), (" Elena@Example.ru ", ("email", "elena@example.ru")), ("", None), ("12", None), ("a@", None)],
)  # fmt: skip
def test_a_contact_is_read_as_cards_have_it(text: str, said: tuple[str, str] | None) -> None:
    assert guests.contact(text) == said


def test_who_never_gave_a_contact_has_nothing_to_mask() -> None:
    assert (guests.masked_phone(None), guests.masked_email(None), guests.masked_email("broken")) == ("", "", "")


def test_a_consent_is_taken_back_and_given_again(card: Client) -> None:
    record_consents(card, {"calls": True}, by=None, where=None)

    done = [guests.set_consent(card, "calls", agrees=agrees, now=timezone.now()) for agrees in (False, True)]

    assert (done, list(card.consents.order_by("pk").values_list("given", flat=True))) == ([True, True], [True, False, True])


def test_a_question_goes_where_something_is_open_else_where_the_client_was_last_else_anywhere(
    store: Store, other_store: Store, sell: Sell, resizing: ServiceRequest
) -> None:
    strange = ClientFactory.create(home_store=None)
    asked = [guests.put_question(strange, "?", timezone.now()).store]
    sell(strange, date(2026, 5, 5), 100, at=other_store)
    asked.append(guests.put_question(strange, "?", timezone.now()).store)
    ServiceRequest.objects.filter(pk=resizing.pk).update(client=strange)
    asked.append(guests.put_question(strange, "?", timezone.now()).store)

    assert asked == [Store.objects.open().first(), other_store, store]


def test_a_question_of_a_form_is_asked_once(card: Client) -> None:
    key = uuid4()

    first, again = (guests.put_question(card, "Готово?", timezone.now(), key) for _twice in range(2))

    assert (first, card.errands.count()) == (again, 1)


@pytest.mark.parametrize("sales", [1, 3])
def test_bonuses_tier_and_moves_of_ones_own(
    card: Client, store: Store, sell: Sell, sales: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    today = store.today()
    terms = TermsSaid(Mode.BOTH, earn_percent=Decimal(5), tiers=[TierSaid(Decimal(50_000), name="золото")])
    loyalty_services.publish(terms, since=today, by=None)
    wife = ClientFactory.create()
    loyalty_services.join(loyalty_services.open_account(card.pk, on=today), wife, on=today)
    mine = [sell(card, today, 10_000) for _n in range(sales)][-1]
    sell(wife, today, 2_000)

    with django_assert_num_queries(6):
        told = guests.bonuses_of(card)

    shown = [(one.move.amount, one.receipt) for one in told["moves"]]
    assert (shown[:2], len(shown)) == ([(100, None), (500, mine)], sales + 1)
    assert (told["loyalty"].coming, told["loyalty"].tier.coming.name) == (500 * sales + 100, "золото")


def test_without_terms_there_are_no_bonuses_to_show(card: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(2):
        assert guests.bonuses_of(card) == {"loyalty": None, "moves": [], "gifts": [], "coming": [], "ending": []}
