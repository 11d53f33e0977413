"""Where a form goes on to: never out of the house."""

import pytest
from django.test import RequestFactory

from stores.models import Store
from stores.redirects import back


@pytest.mark.parametrize(
    ("wanted", "to"),
    [
        ("/clients/1/?tab=sales", "/clients/1/?tab=sales"),
        ("http://testserver/sales/", "http://testserver/sales/"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("", "/"),
    ],
)
def test_back_is_a_page_of_ours(rf: RequestFactory, wanted: str, to: str) -> None:
    assert back(rf.post("/", {"next": wanted}), "/")["Location"] == to


def test_else_it_is_a_page_by_its_name(rf: RequestFactory, store: Store) -> None:
    assert back(rf.post("/"), "pages:card", pk=7)["Location"] == "/clients/7/"
