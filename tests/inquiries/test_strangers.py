"""Forms on the chain's sites: kept for people, the same answer for all."""

import json
import time
from typing import Any

import pytest
from django.core import signing
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client as Browser
from django.urls import reverse
from pytest_django import Settings

from inquiries import forms
from inquiries.models import CONSENT, Inquiry, Source, WebForm
from stores.models import Store

API, FORM = "/api/inquiries/", reverse("inquiries:web_form", args=["rings"])
SAID = {"name": "Анна", "contact": "8 914 701-22-33", "wish": "кольцо 17,5", "consent": "on"}


@pytest.fixture(autouse=True)
def form(store: Store) -> WebForm:
    cache.clear()
    return WebForm.objects.create(slug="rings", title="Подбор колец", store=store)


def opened(ago: int = 60) -> str:
    return signing.dumps(int(time.time()) - ago, salt=forms.SALT)


def send(browser: Browser, **said: Any) -> HttpResponse:
    return browser.post(FORM, {**SAID, "opened": opened(), **said})  # type: ignore[return-value]


def test_a_form_can_stand_in_a_frame_of_any_site(client: Browser) -> None:
    answer = client.get(FORM)

    assert answer.status_code == 200
    assert "frame-ancestors *" in answer["Content-Security-Policy"]
    assert "X-Frame-Options" not in answer
    assert not answer.cookies


def test_what_a_person_sends_is_kept_with_what_they_agreed_to(store: Store) -> None:
    answer = send(Browser(enforce_csrf_checks=True))

    inquiry = Inquiry.objects.get()
    assert answer.status_code == 200
    assert (inquiry.source, inquiry.store, inquiry.name, inquiry.phone) == (Source.FORM, store, "Анна", "+79147012233")
    assert (inquiry.size, inquiry.consent_text, inquiry.seller) == ("17.5", CONSENT, None)


@pytest.mark.parametrize("said", [{"website": "http://spam"}, {"opened": 1}, {"opened": "x"}, {"opened": 2 * 24 * 60 * 60}])
def test_machines_get_the_same_answer_and_nothing_is_kept(client: Browser, said: dict[str, Any]) -> None:
    persons = send(client, contact="anna@example.ru")

    machines = send(client, **{name: opened(value) if isinstance(value, int) else value for name, value in said.items()})

    assert (machines.status_code, machines.content) == (persons.status_code, persons.content)
    assert [inquiry.email for inquiry in Inquiry.objects.all()] == ["anna@example.ru"]


def test_what_is_wrong_is_said_at_its_field(client: Browser) -> None:
    answer = send(client, contact="позвоните", consent="")

    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"contact", "consent"}  # type: ignore[attr-defined]
    assert not Inquiry.objects.exists()


def test_a_contact_is_left_three_times_a_day_and_an_address_sends_so_often(client: Browser, settings: Settings) -> None:
    settings.STRANGERS_RATE = "6/d"
    for _number in range(5):
        send(client)
    assert Inquiry.objects.count() == 3

    send(client, contact="one@example.ru"), send(client, contact="two@example.ru")

    assert list(Inquiry.objects.exclude(email="").values_list("email", flat=True)) == ["one@example.ru"]


def test_a_form_that_is_not_in_use_is_none(client: Browser, form: WebForm) -> None:
    WebForm.objects.update(is_active=False)

    assert client.get(FORM).status_code == 404


def leave(client: Browser, **said: Any) -> HttpResponse:
    body = {**SAID, "consent": True, "form": "rings", "opened": opened(), **said}
    return client.post(API, json.dumps(body), content_type="application/json")  # type: ignore[return-value]


def test_a_site_with_a_form_of_its_own_sends_the_same(client: Browser) -> None:
    token = client.get(API + "opened/").json()["opened"]
    assert forms.StrangersForm({"opened": token}).is_machines

    answers = [leave(client), leave(client, website="x"), leave(client, opened=token)]

    assert [(one.status_code, one.content) for one in answers] == [(202, b'{"state": "received"}')] * 3
    assert Inquiry.objects.count() == 1


@pytest.mark.parametrize(
    ("said", "field"), [({"contact": "нет"}, "contact"), ({"consent": False}, "consent"), ({"form": "none"}, "form")]
)
def test_a_site_is_told_what_is_wrong(client: Browser, said: dict[str, Any], field: str) -> None:
    answer = leave(client, **said)

    assert (answer.status_code, list(answer.json()["errors"])) == (422, [field])  # type: ignore[attr-defined]
    assert not Inquiry.objects.exists()
