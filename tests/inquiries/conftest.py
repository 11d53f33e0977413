"""Somebody at the counter who did not buy."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from inquiries import services
from inquiries.models import Inquiry, Source
from inquiries.services import Contact
from stores.models import Employee, Store

Ask = Callable[..., Inquiry]


@pytest.fixture
def ask(store: Store, seller: Employee) -> Ask:
    def asked(wish: str = "кольцо 17,5", phone: str = "", **said: Any) -> Inquiry:
        facts: dict[str, Any] = {"source": Source.COUNTER, "store": store, "seller": seller, "form_key": uuid4()} | said
        return services.note(wish, Contact(phone=phone), **facts)

    return asked
