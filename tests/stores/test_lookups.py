"""Who looks at how many clients' contacts: counted by day, bounded by the hour, and what stands out is told."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from clients.models import Client
from stores import lookups
from stores.models import Employee, LookUps, Role, Store
from tests import factories
from tests.conftest import Decided, SignIn

TODAY = timezone.localdate()


def looked(employee: Employee, shown: int, *, ago: int = 0, refused: int = 0, place: str = "card") -> None:
    LookUps.objects.create(employee=employee, day=TODAY - timedelta(days=ago), place=place, shown=shown, refused=refused)


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every look-up is written when it happens."""
    monkeypatch.setattr(lookups, "WRITTEN_AT", 1)


def test_seven_hundred_cards_by_their_forms_are_refused_and_seen(
    card: Client, seller: Employee, signed_in: SignIn, at_once: None, decided: Decided
) -> None:
    decided(lookups_per_hour=3)
    browser = signed_in(seller)

    statuses = [browser.get(f"/clients/{card.pk}/{page}").status_code for page in ("edit/", "other/", "", "edit/", "history/")]

    assert statuses == [200] * 3 + [429] * 2
    assert sum(LookUps.objects.values_list("shown", flat=True)) == 3
    assert sum(LookUps.objects.values_list("refused", flat=True)) == 2


def test_a_form_that_is_refused_shows_a_contact_too(card: Client, seller: Employee, signed_in: SignIn, decided: Decided) -> None:
    decided(lookups_per_hour=1)
    browser = signed_in(seller)

    assert [browser.post(reverse("purchases:sell"), {"client": card.pk}).status_code for _time in range(2)] == [422, 429]


def test_the_sale_without_a_client_is_none(seller: Employee, signed_in: SignIn, decided: Decided) -> None:
    decided(lookups_per_hour=1)
    browser = signed_in(seller)

    assert [browser.get(reverse("purchases:sell")).status_code for _time in range(3)] == [200] * 3


def test_beyond_the_bound_registration_goes_on_without_proposals(
    card: Client, seller: Employee, signed_in: SignIn, decided: Decided
) -> None:
    decided(lookups_per_hour=1)
    browser, said = signed_in(seller), {"last_name": card.last_name, "first_name": card.first_name, "phone": card.phone}

    first, second = (browser.post("/clients/matches/", said) for _time in range(2))

    assert (first.status_code, second.status_code) == (200, 200)
    assert (bool(first.context["proposals"]), bool(second.context["proposals"])) == (True, False)


def test_what_waits_in_the_cache_is_written_after_a_minute_or_when_many_wait(
    card: Client, seller: Employee, signed_in: SignIn
) -> None:
    browser = signed_in(seller)

    for _time in range(3):
        browser.get(f"/clients/{card.pk}/")
    assert LookUps.objects.count() == 0
    cache.delete(f"look-ups:{seller.pk}:card:shown:written")
    browser.get(f"/clients/{card.pk}/")

    assert LookUps.objects.values_list("place", "shown").get() == ("card", 4)
    for _time in range(lookups.WRITTEN_AT):
        browser.get(f"/clients/{card.pk}/")
    assert LookUps.objects.get().shown == 4 + lookups.WRITTEN_AT


def test_what_stands_out_stands_first(seller: Employee, manager: Employee, store: Store) -> None:
    third, fourth = (factories.employee(Role.SELLER, store) for _one in range(2))
    for ago in (1, 2, 3):
        looked(seller, 40, ago=ago)
        looked(manager, 70, ago=ago)
        looked(third, 50, ago=ago)
    looked(seller, 100)
    looked(seller, 100, place="edit")
    looked(manager, 80)
    looked(third, 10, refused=1)
    looked(fourth, 9, ago=40)

    told = [(one.employee, one.today, one.usual, one.month, one.refused, one.stands_out) for one in lookups.overview(TODAY)]

    assert told == [
        (seller, 200, 40, 320, 0, True),
        (third, 10, 50, 160, 1, True),
        (manager, 80, 70, 290, 0, False),
    ]


def test_the_page_is_the_admins_and_takes_as_many_queries_for_three(
    admin: Employee, manager: Employee, store: Store, signed_in: SignIn, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    browser: Browser = signed_in(admin)
    assert signed_in(manager).get("/look-ups/").status_code == 403
    looked(manager, 5)
    browser.get("/look-ups/")
    with django_assert_num_queries(4):
        browser.get("/look-ups/")
    for _one in range(2):
        looked(factories.employee(Role.SELLER, store), 5)

    with django_assert_num_queries(4):
        assert len(browser.get("/look-ups/?day=нет").context["people"]) == 3


def test_counts_are_kept_for_half_a_year(seller: Employee) -> None:
    looked(seller, 1, ago=181)
    looked(seller, 1, ago=180)

    assert (lookups.forget(TODAY), LookUps.objects.count()) == (1, 1)
