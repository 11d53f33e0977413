"""Who signs in in another tab finds what was typed on the old form; what another site sends finds nothing."""

from typing import Any

import pytest
from django.test import Client as Browser

from clients.models import Client, Wearer
from stores.models import Employee
from tests.factories import PASSWORD

HERE: dict[str, Any] = {"HTTP_ORIGIN": "http://testserver", "HTTP_REFERER": "http://testserver/clients/1/wearers/new/"}


@pytest.fixture
def strict(seller: Employee) -> Browser:
    """A browser whose forms are checked."""
    browser = Browser(enforce_csrf_checks=True)
    browser.force_login(seller)
    return browser


def test_what_was_typed_comes_back_to_be_sent_once_more(strict: Browser, card: Client, seller: Employee) -> None:
    address, typed = (
        f"/clients/{card.pk}/wearers/new/",
        {"first_name": "Мария <b>", "relation": "wife", "csrfmiddlewaretoken": "x" * 64},
    )

    answer = strict.post(address, typed, **HERE)

    assert (answer.status_code, str(seller) in answer.content.decode()) == (403, True)
    assert answer.context["typed"] == [("first_name", "Мария <b>"), ("relation", "wife")]
    assert "Мария &lt;b&gt;" in answer.content.decode()
    again = dict(answer.context["typed"]) | {"csrfmiddlewaretoken": strict.cookies["csrftoken"].value}
    assert strict.post(address, again | {"first_name": "Мария"}, **HERE).status_code == 302
    assert Wearer.objects.get().first_name == "Мария"


@pytest.mark.parametrize("said", [{"HTTP_ORIGIN": "https://evil.example"}, {"HTTP_ORIGIN": "null"}, {}])
def test_what_another_site_sent_is_refused_and_not_repeated(strict: Browser, card: Client, said: dict[str, Any]) -> None:
    answer = strict.post(f"/clients/{card.pk}/wearers/new/", {"first_name": "Мария"}, **said)

    assert (answer.status_code, "Мария" in answer.content.decode()) == (403, False)
    assert not Wearer.objects.exists()


def test_passwords_are_not_written_into_a_page(strict: Browser) -> None:
    answer = strict.post("/accounts/password/change/", {"oldpassword": "тайна-тайн"}, **HERE)

    assert (answer.status_code, answer.context["typed"], "тайна-тайн" in answer.content.decode()) == (403, [], False)


def test_a_second_sign_in_page_leads_to_the_start(strict: Browser, seller: Employee) -> None:
    answer = strict.post("/accounts/login/", {"login": seller.username, "password": PASSWORD}, **HERE)

    assert (answer.status_code, answer["Location"]) == (302, "/")


def test_a_question_in_the_middle_of_typing_reads_the_page_anew(strict: Browser) -> None:
    answer = strict.post("/clients/meant/", {"email": "a@b.ru"}, HTTP_HX_REQUEST="true", **HERE)

    assert answer["HX-Refresh"] == "true"
