"""The counter's pages about people: matched while they are typed, completed, corrected, asked for consents."""

from decimal import Decimal
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client as Browser

from clients import rights, services
from clients.models import CardState, Client, Occasion, OccasionKind
from clients.services import ContactDetails, correct_card
from stores.models import Employee, ExportRecord, Store
from stores.opened import edit_now
from tests.answers import Answer
from tests.conftest import SignIn
from tests.factories import ClientFactory, phone_of
from tests.opened import carried

DETAILS = {
    "last_name": "Кузнецова", "first_name": "Анна", "birth_date": "06.05.1990", "phone": "8 924 111-22-33",
    "email": "anna@example.ru", "consent_personal_data": "on",
}  # fmt: skip


@pytest.fixture
def browser(seller: Employee, signed_in: SignIn) -> Browser:
    return signed_in(seller)


@pytest.fixture
def lacking(store: Store) -> Client:
    return ClientFactory.create(state=CardState.INCOMPLETE, phone=None, email=None, home_store=store)


def levels(answer: Answer) -> list[str]:
    return [message.level_tag for message in get_messages(answer.wsgi_request)]


@pytest.mark.parametrize(
    ("text", "initial"),
    [
        ("anna@example.ru", {"email": "anna@example.ru"}),
        ("8 914", {"phone": "8 914"}),
        ("ким анна", {"last_name": "Ким", "first_name": "Анна"}),
        ("МакДональд Рон", {"last_name": "МакДональд", "first_name": "Рон"}),
        ("", {}),
    ],
)
def test_what_was_looked_for_stands_in_its_field(browser: Browser, text: str, initial: dict[str, str]) -> None:
    assert browser.get("/clients/register/", {"q": text}).context["form"].initial == initial


@pytest.mark.parametrize(
    ("onward", "to"),
    [
        ("purchases:sell", "/sales/new/?client={pk}"),
        ("workshop:take_in", "/service/new/?client={pk}"),
        ("evil", "/clients/{pk}/"),
    ],
)
def test_the_way_goes_on_to_where_the_visitor_came_for(browser: Browser, onward: str, to: str) -> None:
    answer = browser.post("/clients/register/", {**DETAILS, "next": onward})

    assert answer["Location"] == to.format(pk=Client.objects.get().pk)


def test_a_second_person_behind_a_phone_is_registered_behind_its_holder(browser: Browser, card: Client) -> None:
    said = {**DETAILS, "phone": phone_of(card)}

    refused = browser.post("/clients/register/", said)
    assert (refused.status_code, refused.context["holder"], Client.objects.count()) == (422, card, 1)
    assert browser.post("/clients/register/", {**DETAILS, "behind": card.pk}).status_code == 404
    browser.post("/clients/register/", {**said, "behind": card.pk})

    assert Client.objects.exclude(pk=card.pk).get().reached_through == card


def test_who_has_a_card_already_lands_on_it_with_what_it_lacked(browser: Browser) -> None:
    card = ClientFactory.create(
        last_name="Кузнецова",
        first_name="Анна",
        middle_name="",
        birth_date=None,
        phone="+79241112233",
        state=CardState.INCOMPLETE,
    )

    answer = browser.post("/clients/register/", DETAILS)

    card.refresh_from_db()
    assert (answer["Location"], str(card.birth_date), card.consents.get().purpose) == (
        f"/clients/{card.pk}/", "1990-05-06", "personal_data",
    )  # fmt: skip


def test_cards_that_may_be_the_visitors_are_proposed_while_they_are_typed(browser: Browser, card: Client) -> None:
    found = browser.post("/clients/matches/", {"last_name": "иванова", "birth_date": "03.07.1985", "phone": "89"})

    assert [proposal.client for proposal in found.context["proposals"]] == [card]
    assert not browser.post("/clients/matches/", {"last_name": "Ким"}).context["proposals"]


def test_the_same_person_gets_what_the_card_lacked_and_what_could_not_be_read_is_told(browser: Browser, lacking: Client) -> None:
    answer = browser.post(
        f"/clients/{lacking.pk}/same-person/", {"phone": "8 924 111-22-33", "email": "anna@", "consent_calls": "on"}
    )

    lacking.refresh_from_db()
    assert (lacking.phone, lacking.email, lacking.consents.get().purpose) == ("+79241112233", None, "calls")
    assert (answer["Location"], levels(answer)) == (f"/clients/{lacking.pk}/", ["warning", "success"])


@pytest.mark.parametrize(
    ("said", "told"),
    [({"email": "other@example.ru"}, ["warning"]), ({"last_name": "Иванова"}, ["info"]), ({"phone": "{taken}"}, ["warning"])],
)
def test_what_differs_waits_and_what_is_known_changes_nothing(
    browser: Browser, card: Client, said: dict[str, str], told: list[str]
) -> None:
    before = Client.objects.filter(pk=card.pk).values().get()
    said = {field: text.format(taken=ClientFactory.create().phone) for field, text in said.items()}

    answer = browser.post(f"/clients/{card.pk}/same-person/", said)

    assert levels(answer) == told
    assert Client.objects.filter(pk=card.pk).values().get() == before


def test_a_card_is_completed_or_says_what_is_wrong(browser: Browser, lacking: Client) -> None:
    address = f"/clients/{lacking.pk}/complete/"

    refused = browser.post(address, {"phone": "123"})
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["phone"])
    done = browser.post(address, {"phone": "8 924 111-22-33", "email": "anna@example.ru"})

    lacking.refresh_from_db()
    assert (lacking.state, levels(done)) == (CardState.COMPLETE, ["success"])


def test_somebody_elses_phone_completes_nothing(browser: Browser, lacking: Client, card: Client) -> None:
    answer = browser.post(f"/clients/{lacking.pk}/complete/", {"phone": card.phone, "email": "anna@example.ru"})

    lacking.refresh_from_db()
    assert (levels(answer), lacking.phone, lacking.email) == (["error"], None, None)


def typed(card: Client, **more: Any) -> dict[str, Any]:
    return {**DETAILS, "last_name": card.last_name, "phone": card.phone, "language": "ru", **more}


def test_a_card_is_corrected(browser: Browser, card: Client) -> None:
    address = f"/clients/{card.pk}/edit/"
    assert browser.get(address).status_code == 200

    saved = browser.post(address, typed(card, note="Любит топазы", **carried(browser, address)))

    card.refresh_from_db()
    assert (saved["Location"], card.first_name, card.note) == (f"/clients/{card.pk}/", "Анна", "Любит топазы")


def test_a_correction_that_cannot_be_gets_words_and_changes_nothing(browser: Browser, card: Client) -> None:
    address, before = f"/clients/{card.pk}/edit/", Client.objects.values().get()
    other = ClientFactory.create()

    seen = carried(browser, address)
    refused = [browser.post(address, typed(card, phone=phone, **seen)) for phone in ("123", other.phone)]

    assert [(one.status_code, list(one.context["form"].errors)) for one in refused] == [(422, ["phone"])] * 2
    assert Client.objects.filter(pk=card.pk).values().get() == before


def test_a_note_does_not_set_back_what_somebody_else_wrote_meanwhile(browser: Browser, card: Client, admin: Employee) -> None:
    Client.objects.filter(pk=card.pk).update(ring_size=18)
    address = f"/clients/{card.pk}/edit/"
    seen = {**_filled(browser, address), "note": "Любит топазы"}
    correct_card(card, edit=edit_now(Client.objects.get(), ring_size=Decimal(19), phone="+79240000001"), by=admin)

    saved = browser.post(address, seen)

    card.refresh_from_db()
    assert saved["Location"] == f"/clients/{card.pk}/"
    assert (card.ring_size, card.phone, card.note) == (19, "+79240000001", "Любит топазы")


def test_what_both_changed_is_shown_and_asked_and_saving_again_decides(browser: Browser, card: Client, admin: Employee) -> None:
    Client.objects.filter(pk=card.pk).update(ring_size=18)
    address = f"/clients/{card.pk}/edit/"
    seen = {**_filled(browser, address), "ring_size": "17,5", "note": "Любит топазы"}
    correct_card(card, edit=edit_now(Client.objects.get(), ring_size=Decimal(19), likes="серьги"), by=admin)

    asked = browser.post(address, seen)

    form = asked.context["form"]
    told = [(one.label, one.before, one.now, one.typed, one.author.who) for one in form.changed_meanwhile]
    assert (asked.status_code, told) == (
        422, [("Размер кольца", "18", "19", "17,5", admin), ("Любит и носит", "—", "серьги", "", admin)],
    )  # fmt: skip
    assert [form[name].value() for name in ("ring_size", "note", "likes")] == ["17,5", "Любит топазы", "серьги"]
    assert Client.objects.get().ring_size == 19

    browser.post(address, {name: form[name].value() or "" for name in form.fields})

    card.refresh_from_db()
    assert (card.ring_size, card.note, card.likes) == (Decimal("17.5"), "Любит топазы", "серьги")


def test_what_was_typed_about_a_card_that_is_gone_comes_back(browser: Browser, card: Client, admin: Employee) -> None:
    address = f"/clients/{card.pk}/edit/"
    seen = {**_filled(browser, address), "note": "Любит топазы"}
    rights.erase(card, basis="заявление", by=admin)

    answer = browser.post(address, seen)

    assert (answer.status_code, answer.context["form"]["note"].value()) == (422, "Любит топазы")
    assert Client.objects.get().note == ""


def _filled(browser: Browser, address: str) -> dict[str, Any]:
    """A form of a page as it stands there."""
    form = browser.get(address).context["form"]
    return {form[name].html_name: form[name].value() or "" for name in form.fields}


def test_words_of_consent_are_written_down(browser: Browser, card: Client, store: Store) -> None:
    for word in ({"consent_calls": "on"}, {"sure": "1"}):
        seen = carried(browser, f"/clients/{card.pk}/parts/consents/", "consents_form")
        browser.post(f"/clients/{card.pk}/consents/", {**word, **seen})

    assert list(card.consents.order_by("pk").values_list("purpose", "given", "where")) == [
        ("calls", True, store.pk), ("calls", False, store.pk),
    ]  # fmt: skip


@pytest.mark.parametrize(("purpose", "words"), [("calls", "Ничего такого"), ("personal_data", "тридцати дней")])
def test_a_consent_is_taken_back_when_the_page_has_said_what_follows(
    browser: Browser, card: Client, admin: Employee, purpose: str, words: str
) -> None:
    services.record_consents(card, {"personal_data": True, "calls": True}, by=admin, where=None)
    kept = {f"consent_{other}": "on" for other in ("personal_data", "calls") if other != purpose}
    seen = {**carried(browser, f"/clients/{card.pk}/parts/consents/", "consents_form"), **kept}

    asked = browser.post(f"/clients/{card.pk}/consents/", seen)
    assert words in asked.content.decode()
    assert not card.consents.filter(given=False).exists()
    browser.post(
        f"/clients/{card.pk}/consents/",
        {**dict(asked.context["said"]), "opened": asked.context["form"]["opened"].value(), "sure": "1"},
    )

    assert purpose in card.consents.filter(given=False).values_list("purpose", flat=True)


def test_a_consent_given_meanwhile_is_not_taken_back_by_an_old_page(browser: Browser, card: Client, admin: Employee) -> None:
    seen = carried(browser, f"/clients/{card.pk}/parts/consents/", "consents_form")
    services.record_consents(card, {"advertising_sms": True}, by=admin, where=None)

    browser.post(f"/clients/{card.pk}/consents/", {"consent_calls": "on", **seen})
    unknown = browser.post(f"/clients/{card.pk}/consents/", {})

    assert list(card.consents.order_by("pk").values_list("purpose", "given")) == [("advertising_sms", True), ("calls", True)]
    assert levels(unknown) == ["success", "error"]


def test_a_day_that_somebody_else_wrote_down_meanwhile_is_shown_first(browser: Browser, card: Client, admin: Employee) -> None:
    kind = OccasionKind.objects.create(name="именины")
    address, seen = f"/clients/{card.pk}/occasions/", carried(browser, f"/clients/{card.pk}/parts/occasions/", "occasion_form")
    services.keep_occasion(card, kind, day=301, year=None, by=admin)

    asked = browser.post(address, {"kind": kind.pk, "day": "14.02", **seen})

    assert (asked.status_code, asked.context["form"]["day"].value(), Occasion.objects.get().day) == (422, "14.02", 301)
    browser.post(address, {"kind": kind.pk, "day": "14.02", "opened": asked.context["form"]["opened"].value()})
    assert Occasion.objects.get().day == 214


def test_a_day_is_kept_and_forgotten(browser: Browser, card: Client) -> None:
    kind = OccasionKind.objects.create(name="именины")

    address, seen = f"/clients/{card.pk}/occasions/", carried(browser, f"/clients/{card.pk}/parts/occasions/", "occasion_form")

    wrong = browser.post(address, {"kind": kind.pk, "day": "31.02", **seen})
    assert (wrong.status_code, wrong.context["form"]["day"].value(), Occasion.objects.count()) == (422, "31.02", 0)
    browser.post(address, {"kind": kind.pk, "day": "14.02.2015", **seen})
    kept = Occasion.objects.get()
    assert (kept.client, kept.shown) == (card, "14.02.2015")
    answer = browser.post(f"/clients/occasions/{kept.pk}/forget/")

    assert (answer["Location"], Occasion.objects.count()) == (f"/clients/{card.pk}/", 0)
    page = browser.get(f"/clients/{card.pk}/").context
    back = page["forgotten_day"]
    browser.post(address, {"kind": back["kind"], "day": back["day"], "opened": page["occasion_form"]["opened"].value()})
    assert (Occasion.objects.get().shown, browser.get(f"/clients/{card.pk}/").context["forgotten_day"]) == ("14.02.2015", None)


@pytest.mark.parametrize(
    ("take", "status", "email"), [("1", 302, "new@example.ru"), ("0", 302, "old@example.ru"), ("да", 400, "old@example.ru")]
)
def test_what_differs_is_decided(browser: Browser, seller: Employee, take: str, status: int, email: str) -> None:
    card = ClientFactory.create(email="old@example.ru")
    services.complete_card(card, found=ContactDetails(email="new@example.ru"), by=seller)

    answer = browser.post(f"/clients/conflicts/{card.conflicts.get().pk}/", {"take": take})

    card.refresh_from_db()
    assert (answer.status_code, card.email, card.conflicts.get().decision == "open") == (status, email, status == 400)


def test_a_phone_that_is_somebody_elses_is_not_taken(browser: Browser, card: Client, seller: Employee) -> None:
    services.complete_card(card, found=ContactDetails(phone="+79241112233"), by=seller)
    ClientFactory.create(phone="+79241112233")
    before = phone_of(card)

    answer = browser.post(f"/clients/conflicts/{card.conflicts.get().pk}/", {"take": "1"})

    card.refresh_from_db()
    assert (levels(answer), card.phone, card.conflicts.get().decision) == (["error"], before, "open")


def test_cards_to_complete_are_listed_and_exported(browser: Browser, lacking: Client, card: Client) -> None:
    assert set(browser.get("/clients/to-complete/").context["page"]) == {lacking, card}
    assert (browser.get("/clients/to-complete/?export").status_code, ExportRecord.objects.count()) == (403, 0)
    Employee.objects.update(rights={"exports": True})
    browser.get("/clients/to-complete/?export")

    assert ExportRecord.objects.get().what == "to-complete"


@pytest.mark.parametrize("what", ["complete", "consents", "occasions", "same-person"])
def test_a_card_that_stands_for_nobody_has_no_pages(browser: Browser, card: Client, what: str) -> None:
    Client.objects.update(state=CardState.ERASED)

    assert browser.post(f"/clients/{card.pk}/{what}/").status_code == 404


@pytest.mark.parametrize(("typed", "offered"), [("anna@gmial.com", True), ("anna@gmail.com", False), ("", False)])
def test_what_an_address_may_have_meant_stands_beside_its_field(browser: Browser, typed: str, offered: bool) -> None:
    answer = browser.post("/clients/meant/", {"email": typed})

    assert ('data-meant-value="anna@gmail.com"' in answer.content.decode()) == offered


def test_a_slip_in_a_refused_form_is_offered_and_not_put_into_the_field(browser: Browser) -> None:
    answer = browser.post("/clients/register/", {**DETAILS, "email": "anna@mail,ru"})

    page = answer.content.decode()
    assert ('value="anna@mail,ru"' in page, 'data-meant-value="anna@mail.ru"' in page) == (True, True)
