"""Planted values: passport data stand in no answer, export or line of the log; a client's contacts in nothing that a visitor is sent."""

import gzip
import zipfile
from io import BytesIO

import pytest
from django.test import Client as Browser

from clients.models import Client
from messaging.models import Message
from portal.models import Review
from purchases.models import Purchase
from stores.models import Employee, Role, Store
from tests import factories
from tests.answers import Answer
from tests.conftest import Sell, SignIn
from tests.test_house import PATTERNS, address_of
from workshop import passports, tickets
from workshop.models import ServiceRequest

pytestmark = pytest.mark.once
PASSPORT = {"full_name": "Непрочитаемова Ева", "number": "4517 903846", "issued_by": "УМВД Негдебург", "issued_on": "03.04.2011"}
TOLD = ("Непрочитаемова", "903846", "Негдебург", "03.04.2011")
PHONE, EMAIL = "+79997776655", "planted@example.ru"
ENDS_THE_SESSION = ("logout", "account_logout")
WHAT = ("clients", "purchases", "services", "messages")


@pytest.fixture
def planted(store: Store, seller: Employee, sell: Sell) -> tuple[Client, ServiceRequest, Purchase, Review]:
    """A card with everything about it, and the keys of its rows."""
    card = factories.ClientFactory.create(home_store=store, phone=PHONE, email=EMAIL)
    made = ServiceRequest(store=store, client=card, kind="cleaning", description="кольцо", declared_value=90_000)
    request = tickets.take_in_together([made], by=seller)[0]
    passports.keep(request, PASSPORT, by=seller)
    purchase = sell(card, store.today(), 10_000)
    review = Review.objects.create(client=card, store=store, request=request, asked_on=store.today())
    return card, request, purchase, review


def content_of(response: Answer) -> str:
    """The answer's bytes as text; the members of a workbook and what is packed are opened."""
    body = response.getvalue()
    if body[:2] == b"PK":
        with zipfile.ZipFile(BytesIO(body)) as book:
            body = b"".join(book.read(name) for name in book.namelist())
    elif body[:2] == b"\x1f\x8b":
        body = gzip.decompress(body)
    return body.decode("utf-8", "replace")


@pytest.mark.parametrize("role", Role)
def test_no_page_shows_passport_data(
    role: Role,
    planted: tuple[Client, ServiceRequest, Purchase, Review],
    store: Store,
    signed_in: SignIn,
    capfd: pytest.CaptureFixture[str],
) -> None:
    browser = signed_in(factories.employee(role, store))
    browser.raise_request_exception = False
    keys = {str(row.pk) for row in planted}
    addresses = {
        address_of(where, key)
        for where, pattern in PATTERNS
        for key in keys
        if "<" not in address_of(where, key) and "(" not in where and pattern.name not in ENDS_THE_SESSION
    }

    shown, answered = [], 0
    for address in sorted(addresses):
        response = browser.get(address)
        answered += response.status_code == 200
        text = content_of(response)
        shown += [(address, word) for word in TOLD if word in text]

    logged = "".join(capfd.readouterr())
    assert shown == []
    assert answered > 25
    assert not [word for word in TOLD if word in logged]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("what", WHAT)
def test_no_export_has_passport_data(
    what: str,
    kind: str,
    planted: tuple[Client, ServiceRequest, Purchase, Review],
    store: Store,
    admin: Employee,
    signed_in: SignIn,
) -> None:
    day = store.today().isoformat()

    response = signed_in(admin).post("/exports/", {"what": what, "first": day, "last": day, "kind": kind, "store": ""})
    text = content_of(response)

    assert response.status_code == 200
    assert (PHONE.removeprefix("+") in text.replace(" ", "").replace("-", "")) == (what != "messages")
    assert not [word for word in TOLD if word in text]


def test_what_a_visitor_is_sent_has_no_contacts(planted: tuple[Client, ServiceRequest, Purchase, Review]) -> None:
    card, request, _purchase, review = planted
    browser = Browser()
    browser.post("/s/ask/", {"contact": PHONE})
    code = Message.objects.get(source="sign-in").text.split()[0]
    stranger, owner = Browser(), browser
    owner.post("/s/enter/", {"code": code})

    answers = [
        one.get(address)
        for one in (stranger, owner)
        for address in ("/s/", f"/s/{request.number}", "/s/leave/", f"/r/{review.token}/", "/accounts/login/", "/nowhere/")
    ]
    answers += [stranger.post("/s/ask/", {"contact": PHONE}, follow=True), stranger.post("/s/enter/", {"code": "000000"})]

    told = [content_of(answer) for answer in answers] + [str(answer.headers) + str(answer.cookies) for answer in answers]
    assert Client.objects.get(pk=card.pk).phone == PHONE
    assert not [word for text in told for word in (PHONE, PHONE[2:], EMAIL, *TOLD) if word in text]
