"""The admin's pages of tills."""

from datetime import date
from typing import Any

import pytest

from exchange import services
from exchange.models import DocumentState, Meaning, Source, TillDocument
from purchases.models import Purchase
from stores.models import Employee, Store
from tests.conftest import SignIn
from tests.exchange.conftest import Till, back, only, sale

DAY = date(2026, 5, 5)


def test_a_new_source_gets_its_key_which_is_shown_once(signed_in: SignIn, admin: Employee) -> None:
    browser = signed_in(admin)

    page = browser.post("/exchange/", {"name": "Касса 2", "may_send": "on"})

    secret = page.context["secret"]
    assert secret in page.text
    assert services.source_of(secret) == Source.objects.get()
    assert (Source.objects.get().may_send, Source.objects.get().may_quote) == (True, False)
    assert secret not in browser.get("/exchange/").text


def test_a_source_has_a_name_of_its_own(signed_in: SignIn, admin: Employee, till: Till) -> None:
    page = signed_in(admin).post("/exchange/", {"name": "till-2"})

    assert (page.status_code, Source.objects.count(), list(page.context["form"].errors)) == (422, 1, ["name"])


def test_a_key_is_added_and_another_revoked(signed_in: SignIn, admin: Employee, till: Till, store: Store) -> None:
    browser, first = signed_in(admin), till.source.keys.get()

    secret = browser.post(f"/exchange/sources/{till.source.pk}/key/").context["secret"]
    browser.post(f"/exchange/keys/{first.pk}/revoke/")

    assert (services.source_of(secret), till.send(sale()).status_code) == (till.source, 401)


def test_one_word_is_one_row_however_many_documents_wait(signed_in: SignIn, admin: Employee, till: Till, store: Store) -> None:
    for number in ("1", "2"):
        till.send(sale(number, seller="К-17"))

    waiting = signed_in(admin).get("/exchange/").context["waiting"]

    assert [(one.reason, one.words, one.documents) for one, _form in waiting] == [("seller", "К-17", 2)]


def test_a_word_is_said_once_and_all_goes_on(signed_in: SignIn, admin: Employee, till: Till, store: Store) -> None:
    till.send(sale(store="Центр"))
    said = {"subject": "store", "word": "Центр", "source": till.source.pk, "store": store.pk}

    signed_in(admin).post("/exchange/meaning/", said)

    assert (only().state, Meaning.objects.get().by, Purchase.objects.get().store) == (DocumentState.APPLIED, admin, store)


def test_a_word_that_is_given_no_meaning_waits_on(signed_in: SignIn, admin: Employee, till: Till, store: Store) -> None:
    till.send(sale(store="Центр"))

    signed_in(admin).post("/exchange/meaning/", {"subject": "store", "word": "Центр", "source": till.source.pk})

    assert (only().state, Meaning.objects.count()) == (DocumentState.WAITS, 0)


def test_a_card_is_given_to_who_has_the_phone(signed_in: SignIn, admin: Employee, till: Till, store: Store, card: Any) -> None:
    till.send(sale(client={"card": "7701"}))

    signed_in(admin).post("/exchange/card/", {"number": "7701", "phone": "нет"})
    signed_in(admin).post("/exchange/card/", {"number": "7", "phone": card.phone})
    before = only().state
    signed_in(admin).post("/exchange/card/", {"number": "7701", "phone": card.phone})

    assert (before, Purchase.objects.get().client) == (DocumentState.WAITS, card)


def costly() -> dict[str, Any]:
    return sale(lines=[{"article": "R1", "kind": "ring", "paid": "6000000.00"}], paid=[])


@pytest.mark.parametrize(("document", "what"), [(costly(), "price"), (sale(client={"card": "7701"}), "no_card")])
def test_one_document_is_decided_about(
    signed_in: SignIn, admin: Employee, till: Till, store: Store, document: dict[str, Any], what: str
) -> None:
    till.send(document)

    signed_in(admin).post(f"/exchange/documents/{only().pk}/decide/", {"what": what})

    assert (only().state, only().settled_by, Purchase.objects.count()) == (DocumentState.APPLIED, admin, 1)


@pytest.mark.parametrize(("same", "receipts"), [(True, 1), (False, 2)])
def test_a_receipt_of_the_same_number_is_the_same_or_another(
    signed_in: SignIn, admin: Employee, till: Till, store: Store, sell: Any, same: bool, receipts: int
) -> None:
    mine = sell(None, DAY, 1_500, receipt_number="1", no_card_reason="hurry")
    till.send(sale())
    browser, page = signed_in(admin), f"/exchange/documents/{only().pk}/"

    assert browser.get(page).context["typed"] == mine
    browser.post(f"{page}decide/", {"purchase": mine.pk} if same else {"what": "another"})

    assert (only().state, Purchase.objects.count()) == (DocumentState.APPLIED, receipts)
    assert (only().purchase == mine) is same


def test_a_return_is_told_its_sale(signed_in: SignIn, admin: Employee, till: Till, store: Store) -> None:
    till.send(sale())
    till.send(back(of={"id": "elsewhere"}))
    waits = TillDocument.objects.get(state=DocumentState.WAITS)
    browser = signed_in(admin)
    offered = browser.get(f"/exchange/documents/{waits.pk}/").context["sales"]

    for purchase in ("0", "", "987654", Purchase.objects.get().pk):
        browser.post(f"/exchange/documents/{waits.pk}/decide/", {"purchase": purchase})

    waits.refresh_from_db()
    assert offered == [waits.purchase]
    assert (waits.state, waits.outcome["returned"]) == (DocumentState.APPLIED, 1)


def test_a_document_is_put_aside_and_taken_up_again(signed_in: SignIn, admin: Employee, till: Till, store: Store) -> None:
    till.send(costly())
    browser, page = signed_in(admin), f"/exchange/documents/{only().pk}/"

    browser.post(f"{page}put-aside/")
    aside = only()
    browser.post(f"{page}decide/", {"what": "price"})
    assert (aside.state, aside.reason, only().decided) == (DocumentState.REFUSED, "put_aside", {})
    browser.post(f"{page}take-up/")

    assert (only().state, only().reason) == (DocumentState.WAITS, "price")


def test_a_document_is_read_as_it_came(signed_in: SignIn, admin: Employee, till: Till, store: Store) -> None:
    till.send('{"operation": "<b>нечто</b>"}')

    page = signed_in(admin).get(f"/exchange/documents/{only().pk}/")

    assert "{&quot;operation&quot;: &quot;&lt;b&gt;нечто&lt;/b&gt;&quot;}" in page.text


@pytest.mark.parametrize(
    ("came", "shown"),
    [(r"\u041f\u0435\u0442\u0440\u043e\u0432\u0430", "Петрова"), (r"\\u041f", r"\\u041f"), (r"\u0022\u000a", r"\u0022\u000a"),
     (r"\ud83d", r"\ud83d"), (r"\ud83d\udc8d", "💍")],
)  # fmt: skip
def test_letters_that_came_as_numbers_are_read(
    came: str, shown: str, signed_in: SignIn, admin: Employee, till: Till, store: Store
) -> None:
    till.send(f'{{"operation": "{came}"}}')

    assert signed_in(admin).get(f"/exchange/documents/{only().pk}/").context["text"] == f'{{"operation": "{shown}"}}'


@pytest.mark.parametrize(("asked", "found"), [({}, 2), ({"state": "waits"}, 1), ({"q": "s-1"}, 1), ({"source": "987654"}, 0)])
def test_documents_are_found(
    signed_in: SignIn, admin: Employee, till: Till, store: Store, asked: dict[str, str], found: int
) -> None:
    till.send(sale("1"))
    till.send(sale("2", store="Центр"))

    assert len(signed_in(admin).get("/exchange/documents/", asked).context["page"].object_list) == found


def test_the_pages_are_the_admins_alone(signed_in: SignIn, manager: Employee, till: Till) -> None:
    browser = signed_in(manager)

    assert [browser.get(address).status_code for address in ("/exchange/", "/exchange/documents/")] == [403, 403]
