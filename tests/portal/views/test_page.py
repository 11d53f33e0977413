"""The client's page by its addresses: who gets in, what they see, and that it is theirs alone."""

import re
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings as project
from django.core.cache import cache
from django.test import Client as Browser
from django.utils import timezone

from clients.models import OccasionKind
from messaging.models import Errand, Message, OneTimeCode
from portal.views import page as portal_page
from tests.factories import ClientFactory
from workshop.models import PriceOffer, ServiceRequest

STRANGER = "+79149998877"


def sign_in(card, browser=None):
    browser = browser or Browser()
    browser.post("/s/ask/", {"contact": card.phone})
    browser.post("/s/enter/", {"code": sent_code()})
    return browser


def sent_code():
    return re.search(r"\d{6}", Message.objects.filter(source="sign-in").first().text)[0]


@pytest.fixture
def mine(card):
    return sign_in(card)


def request_of(client, store, number):
    return ServiceRequest.objects.create(
        store=store, client=client, number=number, accepted_on=date(2026, 11, 20), kind="resizing", note_inside="4509 123456",
        price=Decimal(1500),
    )  # fmt: skip


def test_a_code_lets_in_and_turns_the_session(card):
    browser = Browser()
    browser.post("/s/ask/", {"contact": card.phone})
    before = browser.session.session_key

    browser.post("/s/enter/", {"code": sent_code()})

    assert "Елена Викторовна" in browser.get("/s/").content.decode()
    assert browser.session.session_key != before


def test_a_stranger_and_a_client_get_the_same_answer(card, django_assert_max_num_queries):
    answers = []
    for contact in (card.phone, STRANGER):
        browser = Browser()
        posted = browser.post("/s/ask/", {"contact": contact})
        page = re.sub(r'csrfmiddlewaretoken" value="\w+"', "", browser.get("/s/").content.decode())
        wrong = browser.post("/s/enter/", {"code": "000000"})
        answers.append((posted.status_code, posted["Location"], page, wrong.status_code))

    assert answers[0] == answers[1]
    assert OneTimeCode.objects.count() == 2


def test_beyond_the_limit_the_answer_is_the_same(card):
    browser = Browser()
    answers = {browser.post("/s/ask/", {"contact": card.phone}).status_code for _n in range(5)}

    assert (answers, OneTimeCode.objects.count()) == ({302}, 3)


def test_one_address_posts_so_often(db):
    browser = Browser()

    statuses = [browser.post("/s/ask/", {"contact": "-"}).status_code for _n in range(61)]

    assert (statuses[0], statuses[-1]) == (422, 429)


def test_the_proxys_word_counts_behind_a_proxy_alone(rf, settings):
    request = rf.get("/s/", headers={"X-Forwarded-For": "1.1.1.1, 2.2.2.2"})

    found = []
    for settings.BEHIND_PROXY in (False, True):
        found.append(portal_page._address("", request))

    assert found == ["127.0.0.1", "2.2.2.2"]


def test_a_foreign_browser_cannot_use_the_code(card):
    Browser().post("/s/ask/", {"contact": card.phone})
    code, foreign = sent_code(), Browser()

    assert foreign.post("/s/enter/", {"code": code}).status_code == 302
    foreign.post("/s/ask/", {"contact": STRANGER})

    assert foreign.post("/s/enter/", {"code": code}).status_code == 422


def test_fifteen_idle_minutes_end_it(mine):
    session = mine.session
    session["guest"] = {**session["guest"], "seen": (timezone.now() - timedelta(minutes=15)).timestamp()}
    session.save()

    page = mine.get("/s/").content.decode()

    assert "id_contact" in page
    assert "guest" not in mine.session


def test_an_employee_stays_signed_in(card, seller, signed_in):
    browser = sign_in(card, signed_in(seller))
    assert browser.get("/s/leave/").status_code == 200

    browser.post("/s/leave/")

    assert "id_contact" in browser.get("/s/").content.decode()
    assert browser.get("/").status_code == 200


def test_nothing_is_kept_by_browsers(mine):
    response = mine.get("/s/")

    assert (response["Cache-Control"], response["Referrer-Policy"]) == ("no-store", "same-origin")


def test_a_second_look_is_cheap_and_an_own_deed_shows_at_once(mine, card, store, django_assert_num_queries):
    first = mine.get("/s/").content.decode()
    offer = PriceOffer.objects.create(request=request_of(card, store, "L-1"), price=Decimal(2000), at=timezone.now())

    with django_assert_num_queries(2):
        again = mine.get("/s/").content.decode()
    assert re.sub(r'(csrfmiddlewaretoken" value=)"\w+"', r"\1", again) == re.sub(
        r'(csrfmiddlewaretoken" value=)"\w+"', r"\1", first
    )

    mine.post("/s/question/", {"question": "Когда?"})
    assert f"/s/price/{offer.pk}/" in mine.get("/s/").content.decode()


def test_a_page_kept_has_a_token_that_posts(card):
    browser = Browser(enforce_csrf_checks=True)
    for address, form in (("/s/ask/", {"contact": card.phone}), ("/s/enter/", {"code": ""})):
        token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', browser.get("/s/").content.decode())[1]
        browser.post(address, {**form, "csrfmiddlewaretoken": token} | ({"code": sent_code()} if "code" in form else {}))
    tokens = {re.search(r'csrfmiddlewaretoken" value="(\w+)"', browser.get("/s/").content.decode())[1] for _look in range(3)}

    posted = {browser.post("/s/question/", {"question": "?", "csrfmiddlewaretoken": token}).status_code for token in tokens}

    assert (len(tokens), posted) == (3, {302})


def test_posts_want_the_token(card):
    assert Browser(enforce_csrf_checks=True).post("/s/ask/", {"contact": card.phone}).status_code == 403


@pytest.mark.parametrize("address", ["/s/consent/", "/s/question/", "/s/price/1/", "/s/days/", "/s/days/1/forget/"])
def test_a_visitor_comes_to_the_first_step(address, db):
    response = Browser().post(address)

    assert (response.status_code, response["Location"]) == (302, "/s/")


def test_a_price_is_accepted_once(mine, card, store):
    offer = PriceOffer.objects.create(request=request_of(card, store, "L-1"), price=Decimal(2000), at=timezone.now())
    assert "2\xa0000" in mine.get("/s/").content.decode()

    for agreed in ("1", "0"):
        mine.post(f"/s/price/{offer.pk}/", {"agreed": agreed})

    offer.refresh_from_db()
    assert offer.answer == "agreed"


def test_what_is_anothers_is_not_found(mine, store):
    other = ClientFactory.create()
    offer = PriceOffer.objects.create(request=request_of(other, store, "L-1"), price=Decimal(1), at=timezone.now())
    kind = OccasionKind.objects.create(name="именины")
    day = other.occasions.create(kind=kind, day=214)

    statuses = [
        mine.post(f"/s/price/{offer.pk}/", {"agreed": "1"}).status_code,
        mine.post(f"/s/days/{day.pk}/forget/").status_code,
    ]

    assert (statuses, other.occasions.count()) == ([404, 404], 1)


def test_a_ticket_is_no_key(card, store):
    request_of(card, store, "L-1")
    browser = Browser()

    page = browser.get("/s/L-1")

    assert (page.status_code, "resizing" in page.content.decode()) == (200, False)
    assert "asked-for" in sign_in(card, browser).get("/s/").content.decode()


def test_anothers_ticket_shows_nothing(mine, store):
    request_of(ClientFactory.create(), store, "L-77")

    assert "L-77" not in mine.get("/s/L-77/").content.decode()


def test_no_page_says_more_than_it_should(card, store, sell, manager, signed_in):
    other = ClientFactory.create(first_name="Зинаида", last_name="Чужакова")
    for one in (card, other):
        request_of(one, store, f"L-{one.pk}")
        sell(one, date(2026, 11, 1), 10_000)
    mine = sign_in(card)
    secret = [card.phone, card.phone[2:], card.email, other.phone, other.email, "Зинаида", "Чужакова", "4509", "1985"]

    pages = [mine.get(address) for address in ("/s/", f"/s/L-{other.pk}/", "/s/leave/")]
    pages += [mine.post("/s/days/", {"day": "x"}), mine.post("/s/consent/", {"purpose": "calls"}, follow=True)]
    pages.append(mine.post("/s/leave/"))

    assert [word for page in pages for word in secret if word in page.content.decode()] == []


def test_no_export_says_a_code(card, manager, signed_in):
    Browser().post("/s/ask/", {"contact": card.phone})
    today = timezone.localdate().isoformat()
    asked = {"what": "messages", "first": today, "last": today, "kind": "csv", "store": ""}

    response = signed_in(manager).post("/exports/", asked)
    taken = b"".join(response.streaming_content) if response.streaming else response.content

    assert "••••••" in taken.decode()
    assert sent_code() not in taken.decode()


def test_the_visitor_chooses_the_language(card, seller, signed_in):
    browser = signed_in(seller)
    browser.post("/s/language/", {"language": "en"})
    seller.refresh_from_db()

    assert ('lang="en"' in browser.get("/s/").content.decode(), seller.language) == (True, "ru")


def test_the_first_view_is_light(db):
    page = Browser().get("/s/").content
    files = [Path(project.BASE_DIR) / "static" / name for name in re.findall(r'(?:href|src)="/static/([^"]+)"', page.decode())]

    assert {file.name for file in files} == {"mark.svg", "status.css"}
    assert len(page) + sum(file.stat().st_size for file in set(files)) < 60 * 1024
    assert b"<script" not in page


def test_the_page_costs_the_same_for_one_and_for_three(mine, card, store, sell, django_assert_num_queries):
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


def test_a_question_outlives_the_session_and_is_asked_once(mine, card, store):
    session = mine.session
    session["guest"] = {**session["guest"], "seen": (timezone.now() - timedelta(minutes=16)).timestamp()}
    session.save()
    said = mine.post("/s/question/", {"question": "Успеете к пятнице?"}, follow=True).content.decode()
    OneTimeCode.objects.all().delete()
    Message.objects.all().delete()

    page = sign_in(card, mine).get("/s/").content.decode()
    key = re.search(r'name="form_key" value="([^"]+)"', page)[1]
    for _twice in range(2):
        mine.post("/s/question/", {"question": "Успеете к пятнице?", "form_key": key})

    assert "ничего не отправлено" in said
    assert "Успеете к пятнице?</textarea>" in page
    asked = Errand.objects.get()
    assert (asked.script, asked.due_on >= store.today()) == ("Успеете к пятнице?", True)
    assert "Успеете к пятнице?</textarea>" not in mine.get("/s/").content.decode()


def test_a_code_that_nobody_typed_for_five_minutes_is_asked_for_anew(card):
    browser = Browser()
    browser.post("/s/ask/", {"contact": card.phone})
    assert "id_code" in browser.get("/s/").content.decode()
    session = browser.session
    session["guest_asked"] = {**session["guest_asked"], "at": (timezone.now() - timedelta(minutes=6)).timestamp()}
    session.save()

    assert "id_contact" in browser.get("/s/").content.decode()
