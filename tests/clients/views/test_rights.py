"""All that is held, to read and to take away; and the erasure."""

from clients.models import CardState, Client, Erasure
from stores.models import Employee, ExportRecord, Store
from tests.conftest import SignIn
from tests.factories import phone_of


def test_all_that_is_held_is_read_and_taken_and_noted(card: Client, manager: Employee, signed_in: SignIn) -> None:
    browser = signed_in(manager)

    page = browser.get(f"/clients/{card.pk}/everything/")
    file = browser.get(f"/clients/{card.pk}/everything/?json")

    assert "client" in page.content.decode()
    assert phone_of(card) in file.content.decode()
    assert ExportRecord.objects.filter(what="person").count() == 2


def test_an_admin_erases_by_the_number_of_the_card(card: Client, admin: Employee, signed_in: SignIn) -> None:
    browser = signed_in(admin)

    refused = browser.post(f"/clients/{card.pk}/erase/", {"number": "0", "basis": "заявление"})
    done = browser.post(f"/clients/{card.pk}/erase/", {"number": str(card.pk), "basis": "заявление"}, follow=True)

    assert refused.status_code == 422
    card.refresh_from_db()
    act = Erasure.objects.get()
    assert (card.state, act.by) == (CardState.ERASED, admin)
    assert act.number in done.content.decode()
    assert act.number in browser.get("/clients/erasures/").content.decode()
    assert browser.get(f"/clients/{card.pk}/").status_code == 200
    assert browser.get(f"/clients/{card.pk}/edit/").status_code == 404


def test_a_manager_of_one_store_erases_nobody(card: Client, manager: Employee, other_store: Store, signed_in: SignIn) -> None:
    assert signed_in(manager).post(f"/clients/{card.pk}/erase/", {"number": card.pk, "basis": "x"}).status_code == 403
