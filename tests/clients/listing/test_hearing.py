"""How clients heard of the chain, in lists: read in either language, filled, never overwritten, and out again."""

import pytest

from clients.listing import hearing
from clients.models import Client, HeardFrom
from clients.resources import ClientResource
from imports.models import ListImport
from tests.factories import ClientFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def radio() -> HeardFrom:
    return HeardFrom.objects.create(name="по радио", name_en="radio")


def test_a_writing_is_read_in_either_language(radio: HeardFrom) -> None:
    read = hearing.HEARD.opened(ListImport())

    assert [read(text) for text in ("По радио ", "RADIO", "по телевизору", "")] == ["по радио", "по радио", "", ""]
    assert hearing.HEARD.meanings(ListImport())["по радио"] == "по радио"


def test_it_goes_out_in_words(radio: HeardFrom) -> None:
    ClientFactory.create(heard_from=radio)

    told = ClientResource().export(Client.objects.prefetch_related("contacts_beside")).dict[0]

    assert "по радио" in told.values()
