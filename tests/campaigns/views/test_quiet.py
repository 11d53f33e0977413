"""Turned on and off by whom the chain permits it; the figure for managers; a word on the card for everybody."""

import pytest
from django.test import Client as Browser
from django.utils import timezone

from campaigns import quiet
from campaigns.models import Quiet
from clients.models import Client
from stores.chain_day import day_of
from stores.models import Employee
from tests.conftest import SignIn

PAGE = "/campaigns/without-advertising/"


@pytest.fixture
def desk(admin: Employee, signed_in: SignIn) -> Browser:
    return signed_in(admin)


def test_it_is_turned_on_for_a_year_and_ended(desk: Browser, admin: Employee) -> None:
    assert desk.post(PAGE, {"percent": 10}).status_code == 302
    standing = Quiet.objects.get()
    assert (standing.percent, standing.by, standing.since) == (10, admin, day_of(timezone.now()))
    page = desk.get(PAGE)
    assert page.context["standing"] == standing
    assert page.context["told"]["percent"] == 10

    assert [desk.post(f"{PAGE}{standing.pk}/end/").status_code for _twice in range(2)] == [302, 302]

    standing.refresh_from_db()
    assert (standing.is_standing, standing.ended_by) == (False, admin)
    assert list(desk.get(PAGE).context["times"]) == [standing]


@pytest.mark.parametrize("percent", ["0", "21", "", "five"])
def test_a_wrong_per_cent_changes_nothing(desk: Browser, percent: str) -> None:
    assert desk.post(PAGE, {"percent": percent}).status_code == 422

    assert not Quiet.objects.exists()


def test_who_may_not_change_programs_only_looks(manager: Employee, seller: Employee, signed_in: SignIn, admin: Employee) -> None:
    standing = quiet.turn_on(percent=5, by=admin, today=day_of(timezone.now()))
    manager.rights = {"programs": False}
    manager.save()
    looks = signed_in(manager)

    assert [looks.get(PAGE).status_code, looks.post(PAGE, {"percent": 5}).status_code] == [200, 403]
    assert looks.post(f"{PAGE}{standing.pk}/end/").status_code == 403
    assert signed_in(seller).get(PAGE).status_code == 403
    assert Quiet.objects.get().is_standing


def test_the_card_says_so_to_staff(
    card: Client, seller: Employee, signed_in: SignIn, admin: Employee, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = signed_in(seller)
    monkeypatch.setattr(quiet, "is_held", lambda *_a: True)
    assert browser.get(f"/clients/{card.pk}/").context["is_quiet"] is False

    quiet.turn_on(percent=5, by=admin, today=day_of(timezone.now()))

    page = browser.get(f"/clients/{card.pk}/")
    assert page.context["is_quiet"] is True
    assert "без рекламы: сравнение" in page.content.decode()
