"""A device that somebody signed in on: known again, told from others, forged by nobody."""

from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from stores.recognising import devices


def after(rf: RequestFactory, *names: str, cookie: str = "") -> HttpRequest:
    request = rf.get("/")
    request.COOKIES[devices.COOKIE] = cookie
    for name in names:
        response = HttpResponse()
        devices.remember(request, response, name)
        request.COOKIES[devices.COOKIE] = response.cookies[devices.COOKIE].value
    return request


def test_a_name_is_known_again_in_any_case_and_another_is_not(rf: RequestFactory) -> None:
    request = after(rf, "anna", "+79140000001")

    assert devices.known(request, " ANNA ") == devices.known(request, "+79140000001") != ""
    assert devices.known(request, "olga") == ""
    assert "anna" not in request.COOKIES[devices.COOKIE]


def test_a_forged_cookie_is_nobodys(rf: RequestFactory) -> None:
    for cookie in ("", "x", '{"device": "1"}', after(rf, "anna").COOKIES[devices.COOKIE] + "x"):
        assert devices.known(after(rf, cookie=cookie), "anna") == ""


def test_a_store_of_people_fits_and_the_oldest_go(rf: RequestFactory) -> None:
    request = after(rf, *[f"seller{number}" for number in range(devices.MOST_NAMES + 1)])

    assert (devices.known(request, "seller0"), devices.known(request, "seller1") != "") == ("", True)
    assert len(request.COOKIES[devices.COOKIE]) < 2_000


def test_what_is_forgotten_is_known_no_more_and_the_others_are(rf: RequestFactory) -> None:
    request, response = after(rf, "anna", "olga"), HttpResponse()

    devices.forget(request, response, "anna")
    request.COOKIES[devices.COOKIE] = response.cookies[devices.COOKIE].value

    assert (devices.known(request, "anna"), devices.known(request, "olga") != "") == ("", True)
