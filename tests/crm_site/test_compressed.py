"""A page goes compressed to who takes it so; a workbook, which is compressed already, does not."""

import gzip

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from crm_site.compressed import TextGZipMiddleware
from stores.models import Employee
from tests.conftest import SignIn

TAKES = {"accept-encoding": "gzip, br"}


def test_a_page_goes_compressed_to_who_takes_it_so(signed_in: SignIn, manager: Employee) -> None:
    browser = signed_in(manager)

    plain, small = browser.get("/"), browser.get("/", headers=TAKES)

    assert small["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain
    assert b"<!doctype html>" in gzip.decompress(small.content)
    assert len(small.content) * 3 < len(plain.content)


@pytest.mark.parametrize(
    ("kind", "is_smaller"),
    [("text/html; charset=utf-8", True), ("application/json", True), ("image/jpeg", False), ("application/pdf", False)],
)
def test_only_texts_are_compressed(kind: str, is_smaller: bool) -> None:
    page = HttpResponse(b"ring " * 500, content_type=kind)

    response = TextGZipMiddleware(lambda _request: page).process_response(RequestFactory().get("/", headers=TAKES), page)

    assert ("Content-Encoding" in response) is is_smaller
