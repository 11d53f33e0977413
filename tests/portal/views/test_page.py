"""The client's page by its addresses: who gets in, what they see, and that it is theirs alone."""

import re
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings as project
from django.core.cache import cache
from django.test import Client as Browser
from django.utils import timezone
from PIL import Image
from pytest_django import DjangoAssertNumQueries, Settings

from clients import rights
from clients.models import Client, OccasionKind
from clients.services import record_consents
from loyalty.models import Right
from messaging.models import Errand, Message, OneTimeCode
from stores.models import Employee, Store
from tests.conftest import Sell, SignIn
from tests.factories import ClientFactory, email_of, phone_of
from tests.portal.conftest import sent_code, sign_in
from workshop import photos
from workshop.models import PriceOffer, ServiceRequest

STRANGER = "+79149998877"


def request_of(client: Client, store: Store, number: str) -> ServiceRequest:
    return ServiceRequest.objects.create(
        store=store, client=client, number=number, accepted_on=date(2026, 11, 20), kind="resizing", note_inside="4509 123456",
        price=Decimal(1500),
    )  # fmt: skip


def test_fifteen_idle_minutes_end_it(mine: Browser) -> None:
    session = mine.session
    session["guest"] = {**session["guest"], "seen": (timezone.now() - timedelta(minutes=15)).timestamp()}
    session.save()

    page = mine.get("/s/").content.decode()

    assert "id_contact" in page
    assert "guest" not in mine.session


def test_an_employee_stays_signed_in(card: Client, seller: Employee, signed_in: SignIn) -> None:
    browser = sign_in(card, signed_in(seller))
    assert browser.get("/s/leave/").status_code == 200

    browser.post("/s/leave/")

    assert "id_contact" in browser.get("/s/").content.decode()
    assert browser.get("/").status_code == 200


def test_nothing_is_kept_by_browsers(mine: Browser) -> None:
    response = mine.get("/s/")

    assert (response["Cache-Control"], response["Referrer-Policy"]) == ("no-store", "same-origin")


def test_a_second_look_is_cheap_and_an_own_deed_shows_at_once(
    mine: Browser, card: Client, store: Store, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    first = mine.get("/s/").content.decode()
    offer = PriceOffer.objects.create(request=request_of(card, store, "L-1"), price=Decimal(2000), at=timezone.now())

    with django_assert_num_queries(2):
        again = mine.get("/s/").content.decode()
    assert re.sub(r'(csrfmiddlewaretoken" value=)"\w+"', r"\1", again) == re.sub(
        r'(csrfmiddlewaretoken" value=)"\w+"', r"\1", first
    )

    mine.post("/s/question/", {"question": "Когда?"})
    assert f"/s/price/{offer.pk}/" in mine.get("/s/").content.decode()


def test_a_page_kept_has_a_token_that_posts(card: Client) -> None:
    browser = Browser(enforce_csrf_checks=True)
    for address, form in (("/s/ask/", {"contact": card.phone}), ("/s/enter/", {"code": ""})):
        token = re.findall(r'csrfmiddlewaretoken" value="(\w+)"', browser.get("/s/").content.decode())[0]
        browser.post(address, {**form, "csrfmiddlewaretoken": token} | ({"code": sent_code()} if "code" in form else {}))
    tokens = {re.findall(r'csrfmiddlewaretoken" value="(\w+)"', browser.get("/s/").content.decode())[0] for _look in range(3)}

    posted = {browser.post("/s/question/", {"question": "?", "csrfmiddlewaretoken": token}).status_code for token in tokens}

    assert (len(tokens), posted) == (3, {302})


def test_posts_want_the_token(card: Client) -> None:
    assert Browser(enforce_csrf_checks=True).post("/s/ask/", {"contact": card.phone}).status_code == 403


@pytest.mark.parametrize("address", ["/s/consent/", "/s/question/", "/s/price/1/", "/s/days/", "/s/days/1/forget/"])
def test_a_visitor_comes_to_the_first_step(address: str, db: None) -> None:
    response = Browser().post(address)

    assert (response.status_code, response["Location"]) == (302, "/s/")


def test_a_price_is_accepted_once(mine: Browser, card: Client, store: Store) -> None:
    offer = PriceOffer.objects.create(request=request_of(card, store, "L-1"), price=Decimal(2000), at=timezone.now())
    assert "2\xa0000" in mine.get("/s/").content.decode()

    for agreed in ("1", "0"):
        mine.post(f"/s/price/{offer.pk}/", {"agreed": agreed})

    offer.refresh_from_db()
    assert offer.answer == "agreed"


def test_what_is_anothers_is_not_found(mine: Browser, store: Store) -> None:
    other = ClientFactory.create()
    offer = PriceOffer.objects.create(request=request_of(other, store, "L-1"), price=Decimal(1), at=timezone.now())
    kind = OccasionKind.objects.create(name="именины")
    day = other.occasions.create(kind=kind, day=214)

    statuses = [
        mine.post(f"/s/price/{offer.pk}/", {"agreed": "1"}).status_code,
        mine.post(f"/s/days/{day.pk}/forget/").status_code,
    ]

    assert (statuses, other.occasions.count()) == ([404, 404], 1)


def test_a_ticket_is_no_key(card: Client, store: Store) -> None:
    request_of(card, store, "L-1")
    browser = Browser()

    page = browser.get("/s/L-1")

    assert (page.status_code, "resizing" in page.content.decode()) == (200, False)
    assert "asked-for" in sign_in(card, browser).get("/s/").content.decode()


def test_anothers_ticket_shows_nothing(mine: Browser, store: Store) -> None:
    request_of(ClientFactory.create(), store, "L-77")

    assert "L-77" not in mine.get("/s/L-77/").content.decode()


def test_no_page_says_more_than_it_should(card: Client, store: Store, sell: Sell, manager: Employee, signed_in: SignIn) -> None:
    other = ClientFactory.create(first_name="Зинаида", last_name="Чужакова")
    for one in (card, other):
        request_of(one, store, f"L-{one.pk}")
        sell(one, date(2026, 11, 1), 10_000)
    mine = sign_in(card)
    secret = [
        phone_of(card),
        phone_of(card)[2:],
        email_of(card),
        phone_of(other),
        email_of(other),
        "Зинаида",
        "Чужакова",
        "4509",
        "1985",
    ]

    pages = [mine.get(address) for address in ("/s/", f"/s/L-{other.pk}/", "/s/leave/")]
    pages += [mine.post("/s/days/", {"day": "x"}), mine.post("/s/consent/", {"purpose": "calls"}, follow=True)]
    pages.append(mine.post("/s/leave/"))

    assert [word for page in pages for word in secret if word in page.content.decode()] == []


def test_no_export_says_a_code(card: Client, manager: Employee, signed_in: SignIn) -> None:
    Browser().post("/s/ask/", {"contact": card.phone})
    today = timezone.localdate().isoformat()
    asked = {"what": "messages", "first": today, "last": today, "kind": "csv", "store": ""}

    response = signed_in(manager).post("/exports/", asked)
    taken = response.getvalue()

    assert "••••••" in taken.decode()
    assert sent_code() not in taken.decode()


def test_the_visitor_chooses_the_language(card: Client, seller: Employee, signed_in: SignIn) -> None:
    browser = signed_in(seller)
    browser.post("/s/language/", {"language": "en"})
    seller.refresh_from_db()

    assert ('lang="en"' in browser.get("/s/").content.decode(), seller.language) == (True, "ru")


def test_the_first_view_is_light(db: None) -> None:
    page = Browser().get("/s/").content
    files = [Path(project.BASE_DIR) / "static" / name for name in re.findall(r'(?:href|src)="/static/([^"]+)"', page.decode())]

    assert {file.name for file in files} == {"mark.svg", "status.css"}
    assert len(page) + sum(file.stat().st_size for file in set(files)) < 60 * 1024
    assert b"<script" not in page


def test_the_page_costs_the_same_for_one_and_for_three(
    mine: Browser, card: Client, store: Store, sell: Sell, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counted = []
    for n in range(3):
        request_of(card, store, f"L-{n}")
        sell(card, date(2026, 11, 1), 10_000)
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            mine.get("/s/")
        counted.append(len(queries))

    assert counted[0] == counted[2]


def test_a_question_outlives_the_session_and_is_asked_once(mine: Browser, card: Client, store: Store) -> None:
    session = mine.session
    session["guest"] = {**session["guest"], "seen": (timezone.now() - timedelta(minutes=16)).timestamp()}
    session.save()
    said = mine.post("/s/question/", {"question": "Успеете к пятнице?"}, follow=True).content.decode()
    OneTimeCode.objects.all().delete()
    Message.objects.all().delete()

    page = sign_in(card, mine).get("/s/").content.decode()
    key = re.findall(r'name="form_key" value="([^"]+)"', page)[0]
    for _twice in range(2):
        mine.post("/s/question/", {"question": "Успеете к пятнице?", "form_key": key})

    assert "ничего не отправлено" in said
    assert "Успеете к пятнице?</textarea>" in page
    asked = Errand.objects.get()
    assert (asked.script, asked.due_on >= store.today()) == ("Успеете к пятнице?", True)
    assert "Успеете к пятнице?</textarea>" not in mine.get("/s/").content.decode()


def test_a_price_wants_a_yes_or_a_no_and_is_answered_once(mine: Browser, card: Client, store: Store) -> None:
    offer = PriceOffer.objects.create(request=request_of(card, store, "L-1"), price=Decimal(2000), at=timezone.now())

    statuses = [mine.post(f"/s/price/{offer.pk}/", {"agreed": agreed}).status_code for agreed in ("maybe", "0", "1")]

    offer.refresh_from_db()
    assert (statuses, offer.answer) == ([404, 302, 302], "declined")


def test_a_consent_is_taken_back_on_the_page_and_what_was_never_given_is_not_given(mine: Browser, card: Client) -> None:
    record_consents(card, {"advertising_sms": True}, by=None, where=None)

    said = [("advertising_sms", "0"), ("calls", "1"), ("nonsense", "0")]
    statuses = [mine.post("/s/consent/", {"purpose": purpose, "agree": agree}).status_code for purpose, agree in said]

    assert statuses == [302, 302, 404]
    assert list(card.consents.order_by("pk").values_list("purpose", "given")) == [
        ("advertising_sms", True), ("advertising_sms", False),
    ]  # fmt: skip


def test_a_day_is_kept_and_forgotten_on_the_page(mine: Browser, card: Client) -> None:
    kind = OccasionKind.objects.create(name="именины")

    mine.post("/s/days/", {"kind": kind.pk, "day": "14.02.2010"})

    day = card.occasions.get()
    assert (day.kind, day.day, day.year) == (kind, 214, 2010)
    mine.post(f"/s/days/{day.pk}/forget/")
    assert not card.occasions.exists()


def test_a_fourth_question_and_an_empty_one_are_not_asked(mine: Browser, card: Client) -> None:
    for text in ("1?", "2?", "3?", "4?", " "):
        mine.post("/s/question/", {"question": text, "form_key": "nonsense"})

    assert [errand.script for errand in card.errands.order_by("pk")] == ["1?", "2?", "3?"]


def test_a_language_that_nobody_speaks_here_is_not_chosen(db: None) -> None:
    assert not Browser().post("/s/language/", {"language": "xx"}).cookies


def test_an_open_session_forgets_whose_it_was_when_the_card_is_erased(mine: Browser, card: Client, admin: Employee) -> None:
    waiting, another = Browser(), Browser()
    waiting.post("/s/ask/", {"contact": card.phone})
    another.post("/s/ask/", {"contact": STRANGER})

    rights.erase(card, basis="x", by=admin)

    assert [sorted(browser.session.keys()) for browser in (mine, waiting)] == [[], []]
    assert another.session["guest_asked"]["recipient"] == STRANGER


def test_the_picture_of_a_piece_is_its_owners_alone_and_small(
    mine: Browser, card: Client, store: Store, seller: Employee, settings: Settings, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    large = BytesIO()
    Image.new("RGB", (1600, 1200), "gold").save(large, "JPEG")
    request = request_of(card, store, "L-1")
    photos.add(request, [large.getvalue()], "before", by=seller)
    address = f"/s/photos/{request.photos.get().pk}/"

    shown = mine.get(address)
    strangers = [Browser().get(address).status_code, sign_in(ClientFactory.create(phone=STRANGER)).get(address).status_code]

    assert address in mine.get("/s/").content.decode()
    assert Image.open(BytesIO(shown.content)).size == (480, 360)
    assert (shown["Content-Type"], shown["Cache-Control"], strangers) == ("image/jpeg", "no-store", [404, 404])


def test_a_piece_is_followed_and_its_store_called_by_one_tap(mine: Browser, card: Client, store: Store) -> None:
    Store.objects.filter(pk=store.pk).update(phone="+74232000000")
    done = request_of(card, store, "L-1")
    ServiceRequest.objects.filter(pk=done.pk).update(status="handed_out", closed_on=date(2026, 11, 25))
    request_of(card, store, "L-2")

    page = mine.get("/s/").content.decode()

    assert 'href="tel:+74232000000"' in page
    assert page.index("L-2") < page.index("Раньше (1)") < page.index("L-1")
    assert len(page) < 60 * 1024


def test_a_gift_is_shown_with_its_code_and_its_end(mine: Browser, card: Client, store: Store) -> None:
    today = store.today()
    said = {"client": card, "benefit": "percent", "value": 10, "from_on": today, "until_on": today + timedelta(days=9)}
    Right.objects.create(name="Ко дню рождения", occasion_key="a", code_key="K7M4P9XH", **said)
    Right.objects.create(name="Чужое", occasion_key="b", code_key="K7M4P9XE", **{**said, "client": ClientFactory.create()})

    page = mine.get("/s/").content.decode()

    assert ("Ко дню рождения" in page, "Чужое" in page) == (True, False)
