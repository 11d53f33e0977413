"""People whom a client buys for: written down, forgotten and remembered on the card, chosen at a sale."""

from datetime import timedelta

from django.utils import timezone

from clients import giving
from clients.models import Client, Wearer
from purchases.models import Purchase
from stores.models import Employee
from tests import factories
from tests.conftest import SignIn
from tests.opened import carried


def test_somebody_is_added_by_the_form_changed_and_forgotten(card: Client, seller: Employee, signed_in: SignIn) -> None:
    browser = signed_in(seller)

    browser.post(
        f"/clients/{card.pk}/wearers/new/", {"first_name": "Мария", "relation": "wife", "day": "06.12", "ring_size": "16,5"}
    )
    made = Wearer.objects.get()
    page = browser.get(f"/clients/{card.pk}/").content.decode()
    place = f"/clients/{card.pk}/wearers/{made.pk}/"
    said = {"first_name": "Мария", "relation": "wife", "day": "07.12.1990"}
    browser.post(place, {**said, **carried(browser, place)})

    assert (made.client, made.day, made.year, str(made.ring_size), made.by) == (card, 1206, None, "16.50", seller)
    assert "Мария" in page
    made.refresh_from_db()
    assert (made.day, made.year, made.ring_size) == (1207, 1990, None)
    browser.post(f"/clients/{card.pk}/wearers/{made.pk}/forget/")
    assert not Wearer.objects.kept().exists()


def test_who_was_forgotten_by_a_slip_comes_back_and_is_gone_after_a_day(
    wife: Wearer, card: Client, seller: Employee, signed_in: SignIn
) -> None:
    browser, place = signed_in(seller), f"/clients/{card.pk}/wearers/{wife.pk}"

    browser.post(f"{place}/forget/")
    assert not browser.get(f"/sales/new/?client={card.pk}").context["wearers"]
    browser.post(f"{place}/remember/")
    assert list(card.wearers.kept()) == [wife]
    browser.post(f"{place}/forget/")
    swept = [giving.sweep(timezone.now() + timedelta(hours=hours)) for hours in (23, 25)]

    assert (swept, Wearer.objects.count()) == ([0, 1], 0)


def test_a_wrong_day_is_said_beside_the_field(card: Client, seller: Employee, signed_in: SignIn) -> None:
    answer = signed_in(seller).post(
        f"/clients/{card.pk}/wearers/new/", {"first_name": "Мария", "relation": "wife", "day": "31.02"}
    )

    assert (answer.status_code, Wearer.objects.count()) == (422, 0)


def test_a_sale_is_for_one_of_the_client_s_own(wife: Wearer, card: Client, seller: Employee, signed_in: SignIn) -> None:
    stranger = Wearer.objects.create(client=factories.ClientFactory.create(), first_name="Чужой")
    form = {
        "client": card.pk, "pieces-TOTAL_FORMS": 1, "pieces-INITIAL_FORMS": 0, "pieces-0-article": "R1", "pieces-0-price": "100",
        "pieces-0-kind": "ring", "form_key": "0b7d3bd4-9a3f-4b52-9a34-0f4bd0d0a001",
    }  # fmt: skip
    browser = signed_in(seller)

    assert "Мария" in browser.get(f"/sales/new/?client={card.pk}").content.decode()
    assert browser.post("/sales/new/", {**form, "wearer": stranger.pk}).status_code == 422
    browser.post("/sales/new/", {**form, "wearer": wife.pk})

    bought = Purchase.objects.get()
    assert bought.wearer == wife
    assert "Мария" in browser.get(f"/sales/{bought.pk}/").content.decode()
    assert "Мария" in browser.get(f"/clients/{card.pk}/").content.decode()


def test_two_who_change_a_wearer_both_have_their_word(wife: Wearer, card: Client, seller: Employee, signed_in: SignIn) -> None:
    browser, place = signed_in(seller), f"/clients/{card.pk}/wearers/{wife.pk}/"
    said = {"first_name": "Мария", "relation": "wife", "day": "06.12", **carried(browser, place)}
    Wearer.objects.update(day=1207, ring_size="17", by=seller)

    browser.post(place, {**said, "ring_size": "16,5", "is_surprise": "on", "note": "топазы"})
    asked = browser.post(place, {**said, "ring_size": "16,5", "is_surprise": "on", "day": "08.12"})

    wife.refresh_from_db()
    assert (wife.day, str(wife.ring_size), wife.note) == (1207, "17.00", "топазы")
    assert (asked.status_code, [str(one.now) for one in asked.context["form"].changed_meanwhile]) == (
        422, ["07.12", "17", "топазы"],
    )  # fmt: skip


def test_what_was_typed_about_somebody_forgotten_meanwhile_comes_back(
    wife: Wearer, card: Client, seller: Employee, signed_in: SignIn
) -> None:
    browser, place = signed_in(seller), f"/clients/{card.pk}/wearers/{wife.pk}/"
    said = {"first_name": "Мария", "relation": "wife", "note": "топазы", **carried(browser, place)}
    browser.post(f"{place}forget/")

    answer = browser.post(place, said)

    assert (answer.status_code, answer.context["form"]["note"].value()) == (422, "топазы")
    assert not Wearer.objects.kept().exists()
