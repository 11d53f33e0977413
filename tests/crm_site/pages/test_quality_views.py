import pytest
from django.test import Client as Browser
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from clients import quality
from clients.models import CardState, Client, ContactConflict, ContactProof, Pair, Purpose
from clients.services import record_consents
from stores.models import Employee, Store
from tests import factories
from tests.conftest import SignIn
from tests.factories import phone_of


def proof(client: Client, state: str, value: str | None = None, field: str = "phone") -> ContactProof:
    return ContactProof.objects.create(
        client=client, field=field, value=value or phone_of(client), state=state, at=timezone.now(), reason="undelivered"
    )


@pytest.fixture
def base(store: Store, other_store: Store, seller: Employee) -> tuple[Client, Client]:
    """A whole card, one without phone and e-mail, one in another store."""
    whole = factories.ClientFactory.create(home_store=store, registered_by=seller)
    lacking = Client.objects.create(last_name="Котова", first_name="Анна", state=CardState.INCOMPLETE, home_store=store)
    factories.ClientFactory.create(home_store=other_store)
    return whole, lacking


def test_each_store_has_its_line(base: tuple[Client, Client], store: Store, other_store: Store) -> None:
    lines = {line.key: line for line in quality.by_store([store, other_store])}

    here = lines[store.pk]
    assert (here.cards, here.lacking, here.phone, here.email, here.birth_date, here.first_name) == (2, 2, 1, 1, 1, 0)
    assert (lines[other_store.pk].cards, lines[other_store.pk].lacking, here.whole) == (1, 1, None)


def test_only_the_present_contact_s_newest_word_counts(base: tuple[Client, Client], store: Store) -> None:
    whole, _lacking = base
    proof(whole, "doubtful", "+79990000000")
    proof(whole, "doubtful")
    assert [c.pk for c in quality.cards_behind("doubtful", [store], store=None, seller=None)] == [whole.pk]

    proof(whole, "confirmed")

    assert quality.by_store([store])[0].doubtful == 0


def test_open_questions_and_pairs_are_counted(base: tuple[Client, Client], store: Store, seller: Employee) -> None:
    whole, lacking = base
    ContactConflict.objects.create(client=whole, field="email", offered="x@y.ru", origin="counter", at=timezone.now())
    Pair.objects.create(first=whole, second=lacking, score=0.9, kind="likely", found_at=timezone.now())

    line = quality.by_store([store])[0]
    mine = quality.by_seller([store])[0]

    assert (line.conflicting, line.pairs) == (1, 1)
    assert (mine.name, mine.cards, mine.conflicting) == (seller.short_name, 1, 1)


def test_a_number_opens_its_cards(base: tuple[Client, Client], manager: Employee, signed_in: SignIn) -> None:
    browser = signed_in(manager)

    page = browser.get("/quality/").content.decode()
    behind = browser.get("/quality/cards/?what=phone").content.decode()

    assert "/quality/cards/?what=phone" in page
    assert "Котова" in behind
    assert "Иванова" not in behind
    assert browser.get("/quality/?export=1").status_code == 200
    assert browser.get("/quality/cards/?what=phone&export=1").status_code == 403
    Employee.objects.filter(pk=manager.pk).update(rights={"exports": True})
    assert browser.get("/quality/cards/?what=phone&export=1").status_code == 200


def test_an_admin_alone_is_told_how_many_cards_are_to_go(
    base: tuple[Client, Client], manager: Employee, admin: Employee, signed_in: SignIn, store: Store
) -> None:
    for given in (True, False):
        record_consents(base[0], {Purpose.PERSONAL_DATA: given}, by=manager, where=store)

    told = [signed_in(one).get("/quality/").context.get("to_erase") for one in (manager, admin)]

    assert told == [None, 1]


@pytest.mark.parametrize("cards", [1, 3])
def test_as_many_queries_whatever_the_base_holds(
    cards: int, store: Store, manager: Employee, signed_in: SignIn, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _card in range(cards):
        factories.ClientFactory.create(home_store=store)
    browser = signed_in(manager)
    browser.get("/quality/")

    with django_assert_max_num_queries(18):
        browser.get("/quality/")


def test_an_invented_contact_is_flagged_settled_and_put_back(
    store: Store, seller: Employee, manager: Employee, signed_in: SignIn
) -> None:
    card = factories.ClientFactory.create(home_store=store, registered_by=seller)
    Client.objects.filter(pk=card.pk).update(email="net@net.ru")
    browser = signed_in(manager)

    assert (browser.get("/quality/").context["invented"], "net@net.ru" in text(browser)) == (1, True)
    browser.post("/quality/invented/settle/", {"value": "net@net.ru", "is_real": "0"})
    assert "выдуманный" in signed_in(seller).get(f"/clients/{card.pk}/").content.decode()
    page = browser.get("/quality/invented/")
    assert (page.context["page"].paginator.count, browser.get("/quality/").context["invented"]) == (0, 0)
    [told] = page.context["settled"]
    browser.post("/quality/invented/undo/", {"value": told.value, "at": told.at.isoformat()})
    assert browser.get("/quality/invented/").context["page"].paginator.count == 1
    assert browser.post("/quality/invented/settle/", {"value": "nobody@x.ru", "is_real": "1"}).status_code == 302


def text(browser: Browser) -> str:
    return browser.get("/quality/invented/").content.decode()


@pytest.mark.parametrize("cards", [1, 3])
def test_invented_contacts_take_as_many_queries_for_any_number(
    cards: int, store: Store, manager: Employee, signed_in: SignIn, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for n in range(cards):
        card = factories.ClientFactory.create(home_store=store, registered_by=manager)
        Client.objects.filter(pk=card.pk).update(email=f"{n}{n}{n}@{n}{n}{n}.ru")
    browser = signed_in(manager)
    browser.get("/quality/invented/")

    with django_assert_max_num_queries(12):
        assert len(browser.get("/quality/invented/").context["page"]) == cards
