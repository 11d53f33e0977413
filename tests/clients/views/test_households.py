"""The household by addresses: found, linked, parted and brought back; bonuses are proposed, never shared silently."""

from datetime import date

import pytest

from clients.models import Client, Kin
from loyalty.models import Member, Terms
from stores.models import Employee
from tests.conftest import SignIn
from tests.factories import ClientFactory


@pytest.fixture
def husband(db: None) -> Client:
    made: Client = ClientFactory.create(last_name="Сидоров", first_name="Олег", middle_name="")
    return made


def test_a_card_is_found_and_linked_from_both(card: Client, husband: Client, seller: Employee, signed_in: SignIn) -> None:
    browser = signed_in(seller)
    found = browser.get(f"/clients/{card.pk}/household/", {"q": "Сидоров"}).content.decode()
    browser.post(f"/clients/{card.pk}/household/", {"other": husband.pk, "kinship": "spouse"})

    pages = [browser.get(f"/clients/{pk}/").content.decode() for pk in (card.pk, husband.pk)]

    assert f'value="{husband.pk}"' in found
    assert all("муж или жена" in page for page in pages)


@pytest.mark.parametrize(("kinship", "own"), [("uncle", False), ("spouse", True)])
def test_what_makes_no_sense_links_nobody(
    card: Client, husband: Client, seller: Employee, signed_in: SignIn, kinship: str, own: bool
) -> None:
    said = {"other": card.pk if own else husband.pk, "kinship": kinship}

    assert signed_in(seller).post(f"/clients/{card.pk}/household/", said).status_code == 422
    assert not Kin.objects.exists()


def test_parted_and_back(card: Client, husband: Client, seller: Employee, signed_in: SignIn) -> None:
    browser = signed_in(seller)
    browser.post(f"/clients/{card.pk}/household/", {"other": husband.pk, "kinship": "spouse"})
    kin = Kin.objects.get()

    parted = browser.post(f"/clients/{card.pk}/household/{kin.pk}/part/", follow=True).content.decode()
    browser.post(f"/clients/{husband.pk}/household/{kin.pk}/bring-back/")

    assert f"/household/{kin.pk}/bring-back/" in parted
    assert Kin.objects.get().parted_at is None


def test_bonuses_are_proposed_and_never_shared_by_it(card: Client, husband: Client, seller: Employee, signed_in: SignIn) -> None:
    Terms.objects.create(mode="bonuses", earn_percent=5, since=date(2026, 1, 1))
    browser = signed_in(seller)
    browser.post(f"/clients/{card.pk}/household/", {"other": husband.pk, "kinship": "spouse"})

    page = browser.get(f"/clients/{card.pk}/").content.decode()

    assert f"/clients/{card.pk}/family/?phone=" in page
    assert not Member.objects.exists()
