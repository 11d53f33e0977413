"""The page of shared bonuses beside the card."""

import pytest
from django.test import Client as Browser
from pytest_django import DjangoAssertNumQueries

from clients.models import Client
from loyalty import families, services
from loyalty.models import Member
from stores.models import Employee
from tests.conftest import SignIn
from tests.factories import ClientFactory, phone_of
from tests.loyalty.conftest import DAY


@pytest.fixture
def browser(signed_in: SignIn, manager: Employee) -> Browser:
    return signed_in(manager)


@pytest.fixture
def wife(db: None) -> Client:
    return ClientFactory.create()


def test_found_by_the_phone_and_joined(browser: Browser, card: Client, wife: Client) -> None:
    page = f"/clients/{card.pk}/family/"

    found = browser.get(page, {"phone": phone_of(wife)}).context["joins"]
    browser.post(f"{page}join/", {"client": found.client.pk, "may_spend": "on"})
    browser.post(f"{page}join/", {"client": found.client.pk})

    assert [(one.client, one.may_spend) for one in browser.get(page).context["members"]] == [(card, True), (wife, True)]


@pytest.mark.parametrize("phone", ["8 914 000-00-00", "1", ""])
def test_a_phone_that_is_nobodys_is_said_at_the_field(browser: Browser, card: Client, phone: str) -> None:
    context = browser.get(f"/clients/{card.pk}/family/", {"phone": phone}).context

    assert (list(context["form"].errors), context["joins"]) == (["phone"], None)


def test_ones_own_phone_joins_nobody(browser: Browser, card: Client) -> None:
    assert browser.get(f"/clients/{card.pk}/family/", {"phone": phone_of(card)}).context["joins"] is None
    assert browser.post(f"/clients/{card.pk}/family/join/", {"client": card.pk}).status_code == 404


def test_spending_and_leaving(browser: Browser, card: Client, wife: Client) -> None:
    member = families.join(card, wife, on=DAY, may_spend=True)
    page = f"/clients/{card.pk}/family/{member.pk}/"

    browser.post(f"{page}spend/", {"may_spend": "0"})
    assert not Member.objects.get(pk=member.pk).may_spend
    browser.post(f"{page}leave/")

    assert [one.client for one in families.family_of(card)] == [card]
    assert browser.post(f"{page}leave/").status_code == 404


def test_who_shares_with_others_is_refused_in_words(browser: Browser, card: Client, wife: Client) -> None:
    families.join(ClientFactory.create(), wife, on=DAY, may_spend=True)

    response = browser.post(f"/clients/{card.pk}/family/join/", {"client": wife.pk}, follow=True)

    assert [message.level_tag for message in response.context["messages"]] == ["error"]
    assert families.family_of(card) == []


def test_a_seller_sees_who_shares_and_changes_nothing(signed_in: SignIn, seller: Employee, card: Client, wife: Client) -> None:
    member = families.join(card, wife, on=DAY, may_spend=True)
    browser = signed_in(seller)

    response = browser.get(f"/clients/{card.pk}/family/", {"phone": phone_of(wife)})

    assert (len(response.context["members"]), response.context["joins"], response.context["may_change"]) == (2, None, False)
    assert browser.post(f"/clients/{card.pk}/family/{member.pk}/leave/").status_code == 403


def test_members_are_listed_and_taken_out_by_managers(
    signed_in: SignIn,
    seller: Employee,
    manager: Employee,
    card: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    assert signed_in(seller).get("/members/").status_code == 403
    services.join(services.open_account(card.pk, on=DAY), ClientFactory.create(), on=DAY)
    browser = signed_in(manager)
    with django_assert_max_num_queries(40) as few:
        assert str(card) in browser.get("/members/?families=1").content.decode()
    for _more in range(3):
        services.open_account(ClientFactory.create().pk, on=DAY)
    with django_assert_max_num_queries(len(few)):
        assert browser.get("/members/").context["page"].paginator.count == 5

    told = browser.get("/members/?export=csv")
    assert (told["Content-Type"], len(told.content.decode().splitlines())) == ("text/csv; charset=utf-8", 6)
