"""The page of the door: by Enter, with undo."""

from campaigns.evenings import answering
from campaigns.models import Evening, Invitation
from clients.models import Client
from stores.models import Employee
from tests.campaigns.evenings.conftest import Invited, Make, agreed, evening, invited
from tests.campaigns.views.test_evenings import soon
from tests.conftest import SignIn

__all__ = ["agreed", "evening", "invited"]


def test_found_let_in_and_taken_back(seller: Employee, evening: Make, invited: Invited, signed_in: SignIn) -> None:
    made, browser = evening(starts_at=soon(0)), signed_in(seller)
    one = invited(made, phone="+79147012233")
    answering.answer(one, "accepted", guests=1, by=seller, now=soon(0))
    door = f"/evenings/{made.pk}/door/"

    found = browser.get(f"{door}?q=2233")
    came = browser.post(f"{door}{one.pk}/came/", {"guests": "2"}, follow=True)

    assert (found.context["found"].invited, found.context["room"].expected) == ([one], 2)
    assert (came.context["latest"], came.context["room"].people) == (one, 3)
    browser.post(f"{door}{one.pk}/undo/")
    assert Invitation.objects.values_list("came_at", "came_guests").get() == (None, 0)
    assert browser.post(f"{door}{one.pk}/came/", {"guests": "many"}).status_code == 400


def test_typing_brings_a_part_of_the_page(seller: Employee, evening: Make, invited: Invited, signed_in: SignIn) -> None:
    made = evening(starts_at=soon(0))
    invited(made, last_name="Белова")

    part = signed_in(seller).get(f"/evenings/{made.pk}/door/?q=бел", headers={"HX-Request": "true"}).content.decode()

    assert ("<html" in part, "Белова" in part) == (False, True)


def test_who_is_not_on_the_list_is_said_so_and_let_in_by_hand(
    seller: Employee, card: Client, evening: Make, signed_in: SignIn
) -> None:
    made, browser = evening(starts_at=soon(0)), signed_in(seller)

    page = browser.get(f"/evenings/{made.pk}/door/?q={str(card.phone)[-4:]}").content.decode()
    browser.post(f"/evenings/{made.pk}/door/let-in/{card.pk}/")
    for way in ("more", "more", "less"):
        browser.post(f"/evenings/{made.pk}/door/strangers/{way}/")

    assert "нет в списке" in page
    assert (Invitation.objects.get().is_uninvited, Evening.objects.get().strangers) == (True, 1)


def test_a_cancelled_evening_lets_nobody_in(
    seller: Employee, card: Client, evening: Make, invited: Invited, signed_in: SignIn
) -> None:
    made, browser = evening(starts_at=soon(0)), signed_in(seller)
    one = invited(made)
    Evening.objects.update(cancelled_at=soon(0))

    browser.post(f"/evenings/{made.pk}/door/{one.pk}/came/")
    browser.post(f"/evenings/{made.pk}/door/let-in/{card.pk}/")

    assert list(Invitation.objects.values_list("came_at", flat=True)) == [None]
