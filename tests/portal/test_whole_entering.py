"""Who gets in by a one-time code, and what strangers who try it learn and cost: nothing."""

import re
from datetime import timedelta

import pytest
from django.test import Client as Browser
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from clients.models import Client
from messaging.models import Message, OneTimeCode
from stores.recognising import devices
from tests.factories import phone_of
from tests.portal.conftest import sent_code, sign_in

STRANGER = "+79149998877"


def test_a_code_lets_in_and_turns_the_session(card: Client) -> None:
    browser = Browser()
    browser.post("/s/ask/", {"contact": card.phone})
    before = browser.session.session_key

    browser.post("/s/enter/", {"code": sent_code()})

    assert "Елена Викторовна" in browser.get("/s/").content.decode()
    assert browser.session.session_key != before


def test_a_stranger_and_a_client_get_the_same_answer(card: Client, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    answers = []
    for contact in (card.phone, STRANGER):
        browser = Browser()
        posted = browser.post("/s/ask/", {"contact": contact})
        page = re.sub(r'csrfmiddlewaretoken" value="\w+"', "", browser.get("/s/").content.decode())
        wrong = browser.post("/s/enter/", {"code": "000000"})
        answers.append((posted.status_code, posted["Location"], page, wrong.status_code))

    assert answers[0] == answers[1]
    assert OneTimeCode.objects.count() == 2


def test_beyond_the_limit_the_answer_is_the_same(card: Client) -> None:
    browser = Browser()
    answers = {browser.post("/s/ask/", {"contact": card.phone}).status_code for _n in range(5)}

    assert (answers, OneTimeCode.objects.count()) == ({302}, 3)


def test_one_address_posts_so_often(db: None) -> None:
    browser = Browser()

    statuses = [browser.post("/s/ask/", {"contact": "-"}).status_code for _n in range(61)]

    assert (statuses[0], statuses[-1]) == (422, 429)


@pytest.mark.parametrize(("behind_proxy", "statuses"), [(False, {422, 429}), (True, {422})])
def test_the_proxys_word_counts_behind_a_proxy_alone(
    db: None, settings: Settings, behind_proxy: bool, statuses: set[int]
) -> None:
    settings.BEHIND_PROXY = behind_proxy
    browser = Browser()

    def ask(last_hop: str) -> int:
        return browser.post("/s/ask/", {"contact": "-"}, headers={"X-Forwarded-For": f"1.1.1.1, {last_hop}"}).status_code

    assert {ask(f"2.2.2.{n}") for n in range(61)} == statuses


def test_a_foreign_browser_cannot_use_the_code(card: Client) -> None:
    Browser().post("/s/ask/", {"contact": card.phone})
    code, foreign = sent_code(), Browser()

    assert foreign.post("/s/enter/", {"code": code}).status_code == 302
    foreign.post("/s/ask/", {"contact": STRANGER})

    assert foreign.post("/s/enter/", {"code": code}).status_code == 422


def test_a_code_that_nobody_typed_for_five_minutes_is_asked_for_anew(card: Client) -> None:
    browser = Browser()
    browser.post("/s/ask/", {"contact": card.phone})
    assert "id_code" in browser.get("/s/").content.decode()
    session = browser.session
    session["guest_asked"] = {**session["guest_asked"], "at": (timezone.now() - timedelta(minutes=6)).timestamp()}
    session.save()

    assert "id_contact" in browser.get("/s/").content.decode()


def test_the_code_comes_once_more_by_email(card: Client) -> None:
    browser = Browser()
    browser.post("/s/ask/", {"contact": card.phone})

    for _twice in range(2):
        browser.post("/s/ask-by-email/")

    assert list(Message.objects.order_by("pk").values_list("channel", flat=True)) == ["sms", "email"]
    browser.post("/s/enter/", {"code": sent_code()})
    assert "Елена Викторовна" in browser.get("/s/").content.decode()


def test_another_contact_may_be_typed_anew(card: Client) -> None:
    browser = Browser()
    browser.post("/s/ask/", {"contact": card.phone})

    browser.post("/s/again/")

    assert "id_contact" in browser.get("/s/").content.decode()


def test_one_address_asks_for_so_many_codes(card: Client) -> None:
    browser = Browser()

    statuses = [browser.post("/s/ask/", {"contact": f"+7914701{n:04d}"}).status_code for n in range(21)]

    assert statuses == [302] * 20 + [429]


def test_strangers_who_ask_for_a_clients_codes_leave_the_client_theirs(mine: Browser, card: Client) -> None:
    mine.post("/s/leave/")
    known = sign_in(card)
    known.cookies.pop("sessionid")
    for number in range(12):
        Browser(REMOTE_ADDR=f"198.51.100.{number}").post("/s/ask/", {"contact": card.phone})
    before = Message.objects.count()

    known.post("/s/ask/", {"contact": card.phone})

    assert Message.objects.count() == before + 1


def test_who_leaves_leaves_no_mark_on_the_device(mine: Browser, card: Client) -> None:
    assert devices.known(mine.get("/s/").wsgi_request, phone_of(card)) != ""

    mine.post("/s/leave/")

    assert devices.known(mine.get("/s/").wsgi_request, phone_of(card)) == ""


def test_who_is_signed_in_is_not_stopped_by_others_of_the_operators_address(mine: Browser, db: None) -> None:
    for _time in range(61):
        Browser().post("/s/ask/", {"contact": "-"})

    assert Browser().post("/s/ask/", {"contact": "-"}).status_code == 429
    assert mine.post("/s/consent/", {"purpose": "call", "agree": "0"}).status_code != 429
