"""What comes in before anything reads it: too large, or with characters that nobody types; and what browsers keep."""

import json

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, HttpResponse
from django.test import Client as Browser
from django.test import RequestFactory
from pytest_django import Settings
from structlog.contextvars import get_contextvars

from clients.models import Client
from crm_site.inbound import InboundMiddleware
from stores import services
from stores.models import Employee
from tests.conftest import DATA, SignIn

CHARACTERS = json.loads((DATA / "attacks" / "characters.json").read_text())


@pytest.mark.parametrize("character", CHARACTERS)
def test_an_address_with_what_cannot_be_typed_is_a_bad_request(seller: Employee, signed_in: SignIn, character: str) -> None:
    browser = signed_in(seller)

    assert browser.get("/search/", {"q": f"Ив{character}ан"}).status_code == 400
    assert browser.get(f"/clients/{character}/").status_code in (400, 404)


@pytest.mark.parametrize("address", ["/accounts/login/", "/s/ask/", "/language/"])
def test_a_nul_in_a_form_is_a_bad_request_for_strangers_too(db: None, address: str) -> None:
    assert Browser().post(address, {"login": "a\0b", "contact": "a\0b", "language": "\0", "password": "x"}).status_code == 400


def test_a_nul_in_the_name_of_a_field_too(seller: Employee, signed_in: SignIn) -> None:
    assert signed_in(seller).post("/clients/register/", {"last\0name": "x"}).status_code == 400


def test_what_a_scanner_puts_between_fields_and_ends_of_lines_go_on(seller: Employee, signed_in: SignIn) -> None:
    browser = signed_in(seller)

    assert browser.get("/search/", {"q": "010460\x1d215Ab"}).status_code == 200
    assert browser.get("/search/", {"q": "Иван\tИванов\r\n"}).status_code == 200


def test_a_stranger_sends_no_files(db: None, settings: Settings) -> None:
    settings.BODY_MAX_BYTES = 1_000
    large = SimpleUploadedFile("list.csv", b"x" * 2_000)

    assert Browser().post("/lists/", {"file": large}).status_code == 413


def test_an_employee_sends_files_up_to_a_bound_and_forms_up_to_a_smaller(
    admin: Employee, signed_in: SignIn, settings: Settings
) -> None:
    settings.BODY_MAX_BYTES, settings.FILES_MAX_BYTES = 1_000, 10_000
    browser = signed_in(admin)

    def post(size: int) -> int:
        return browser.post("/lists/", {"file": SimpleUploadedFile("list.csv", b"x" * size)}).status_code

    assert (post(2_000), post(20_000)) == (422, 413)
    said = browser.post("/theme/", "theme=" + "x" * 2_000, content_type="application/x-www-form-urlencoded")
    assert said.status_code == 413


def test_what_is_personal_is_kept_by_no_browser(card: Client, seller: Employee, signed_in: SignIn, client: Browser) -> None:
    assert signed_in(seller).get(f"/clients/{card.pk}/")["Cache-Control"] == "no-store"
    assert signed_in(seller).get("/sales/")["Cache-Control"] == "no-store"
    assert "no-store" in client.get("/s/")["Cache-Control"]


@pytest.mark.parametrize("address", ["/health/", "/health/live/", "/health/?format=json", "/404/", "/accounts/login/"])
def test_every_answer_has_the_policy_of_contents(client: Browser, db: None, address: str) -> None:
    assert "script-src 'self'" in client.get(address, headers={"accept": "text/html"})["Content-Security-Policy"]


def test_what_the_interface_offers_is_told_to_a_key(client: Browser, admin: Employee, seller: Employee) -> None:
    def asked(who: Employee) -> int:
        _key, secret = services.issue_api_key("x", employee=who)
        return client.get("/api/openapi.json", headers={"authorization": f"Bearer {secret}"}).status_code

    assert client.get("/api/openapi.json").status_code == 401
    assert (asked(admin), asked(seller)) == (200, 401)


def test_a_line_of_the_log_says_from_where_and_nothing_of_a_visitor(rf: RequestFactory) -> None:
    seen = []

    def page(_request: HttpRequest) -> HttpResponse:
        seen.append(get_contextvars().get("address"))
        return HttpResponse()

    for address in ("/accounts/login/", "/s/"):
        request = rf.get(address, REMOTE_ADDR="198.51.100.7")
        request.user = AnonymousUser()
        InboundMiddleware(page)(request)

    assert (seen, get_contextvars()) == (["198.51.100.7", None], {})
