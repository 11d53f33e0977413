"""A page of messages as its text."""

from typing import Any

from django.test import Client as Browser


def page(desk: Browser, address: str, **query: Any) -> str:
    response = desk.get(address, query)
    assert response.status_code == 200
    return response.content.decode()
