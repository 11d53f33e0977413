"""Further phones and e-mails on the card's page."""

from clients.models import Client, ContactBeside
from stores.models import Employee
from tests.conftest import SignIn
from tests.factories import ClientFactory, phone_of
from tests.opened import carried


def test_a_phone_is_written_down_corrected_and_made_the_main_one(card: Client, seller: Employee, signed_in: SignIn) -> None:
    browser, former, place = signed_in(seller), phone_of(card), f"/clients/{card.pk}/contacts"

    browser.post(f"{place}/new/", {"value": "8 999 000-11-22", "words": "жены"})
    made = ContactBeside.objects.get()
    address = f"{place}/{made.pk}/"
    browser.post(address, {"value": "8 999 000-11-33", "words": "мужа", **carried(browser, address)})
    page = browser.get(f"/clients/{card.pk}/").content.decode()
    browser.post(f"{place}/{made.pk}/main/")

    card.refresh_from_db()
    assert ("999 000-11-33" in page, "мужа" in page, card.phone) == (True, True, "+79990001133")
    assert [contact.value for contact in card.contacts_beside.all()] == [former]


def test_what_another_wrote_meanwhile_is_not_set_back(card: Client, seller: Employee, signed_in: SignIn) -> None:
    made = ContactBeside.objects.create(client=card, kind="phone", value="+79990001122", words="жены", at=card.created_at)
    browser, address = signed_in(seller), f"/clients/{card.pk}/contacts/{made.pk}/"
    seen = carried(browser, address)
    ContactBeside.objects.filter(pk=made.pk).update(value="+79990001133", words="мамы")

    asked = browser.post(address, {"value": "8 999 000-11-22", "words": "мужа", **seen})

    made.refresh_from_db()
    assert (asked.status_code, made.value, made.words) == (422, "+79990001133", "мамы")
    assert [changed.label for changed in asked.context["form"].changed_meanwhile] == [
        "Телефон или почта",
        "Чей или когда звонить",
    ]


def test_a_removed_contact_is_brought_back_from_the_card(card: Client, seller: Employee, signed_in: SignIn) -> None:
    browser, place = signed_in(seller), f"/clients/{card.pk}/contacts"
    browser.post(f"{place}/new/", {"value": "anna@example.ru"})
    made = ContactBeside.objects.get()

    browser.post(f"{place}/{made.pk}/remove/")
    assert not ContactBeside.objects.kept().exists()
    assert "bring-back" in browser.get(f"/clients/{card.pk}/").content.decode()
    browser.post(f"{place}/{made.pk}/bring-back/")

    assert [contact.value for contact in ContactBeside.objects.kept()] == ["anna@example.ru"]


def test_what_cannot_be_kept_is_said_beside_the_field(card: Client, seller: Employee, signed_in: SignIn) -> None:
    browser = signed_in(seller)

    answers = [
        browser.post(f"/clients/{card.pk}/contacts/new/", {"value": value}) for value in ("123", "a@b", phone_of(card), "")
    ]

    assert [answer.status_code for answer in answers] == [422] * 4
    assert not ContactBeside.objects.exists()


def test_another_s_main_phone_is_not_taken_and_the_card_is_named(card: Client, seller: Employee, signed_in: SignIn) -> None:
    browser, other = signed_in(seller), ClientFactory.create(last_name="Соседова")
    further = ContactBeside.objects.create(client=card, kind="phone", value=phone_of(other), at=card.created_at)

    answer = browser.post(f"/clients/{card.pk}/contacts/{further.pk}/main/", follow=True)

    card.refresh_from_db()
    assert "Соседова" in answer.content.decode()
    assert (card.phone == other.phone, ContactBeside.objects.get()) == (False, further)


def test_a_new_client_with_a_further_phone_gets_the_card_proposed(card: Client, seller: Employee, signed_in: SignIn) -> None:
    ContactBeside.objects.create(client=card, kind="phone", value="+79990001122", at=card.created_at)

    answer = signed_in(seller).post("/clients/matches/", {"last_name": "Иная", "phone": "89990001122"})

    assert [proposal.client for proposal in answer.context["proposals"]] == [card]
