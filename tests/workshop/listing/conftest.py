"""A client whom lists know by a code, and lists of services."""

from collections.abc import Callable
from pathlib import Path

import pytest

from clients.models import Client, ClientKey
from clients.writing.person import code_key
from stores.models import Store
from tests.factories import ClientFactory

WITH_STATUS = "Номер;Дата;Код клиента;Услуга;Статус;Магазин\n"


@pytest.fixture
def known(card: Client) -> Client:
    ClientKey.objects.create(source="list", key=code_key("К1"), client=card)
    return card


@pytest.fixture
def services(tmp_path: Path) -> Callable[..., Path]:
    def write(*rows: str, header: str = WITH_STATUS) -> Path:
        path = tmp_path / "services.csv"
        path.write_text(header + "\n".join(rows) + "\n", encoding="utf-8")
        return path

    return write


@pytest.fixture
def orlova(store: Store) -> Client:
    return ClientFactory.create(phone="+79147012233", home_store=store)
