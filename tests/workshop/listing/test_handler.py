"""Lists of services: each request once, its further works and its newer status taken."""

from collections.abc import Callable
from pathlib import Path

import pytest

from clients.models import Client, ClientKey
from clients.writing.person import code_key
from stores.models import Store
from tests.factories import ClientFactory
from tests.lists import bring, verdicts
from visits.models import Visit
from workshop.models import ServiceRequest


def test_services_come_in_once(known: Client, services: Callable[..., Path]) -> None:
    path = services(
        "У-1;02.10.2018;К1;увеличение размера кольца;17;17,5;luxury",
        "У-2;02.10.2018;К7;чистка;;;luxury",
        header="Номер;Дата;Код клиента;Услуга;Размер был;Размер стал;Магазин\n",
    )

    assert verdicts(bring("services", path)) == ["created", "incomplete"]
    assert verdicts(bring("services", path)) == ["unchanged", "unchanged"]
    request = ServiceRequest.objects.get()
    assert (request.kind, str(request.size_to), request.status) == ("resizing", "17.50", "handed_out")


def test_a_second_work_on_a_ticket_is_kept(known: Client, services: Callable[..., Path]) -> None:
    path = services("1;02.10.2018;К1;ремонт;выдан;luxury", "1;02.10.2018;К1;чистка;выдан;luxury")

    assert verdicts(bring("services", path)) == ["created", "updated"]
    assert verdicts(bring("services", path)) == ["unchanged", "unchanged"]
    cancelled = services("1;02.10.2018;К1;ремонт;отменён;luxury")
    assert verdicts(bring("services", cancelled)) == ["updated"]
    assert (ServiceRequest.objects.get().work, Visit.objects.count()) == ("ремонт; чистка", 0)


@pytest.mark.parametrize(
    ("row", "outcome", "reason"),
    [("1;02.10.2018;К1;;выдано;luxury", "rejected", "service"), ("1;02.10.2099;К1;чистка;выдано;luxury", "rejected", "date"),
     ("1;02.10.2018;К1;чистка;не готово;luxury", "conflict", "status: не готово"), ("1;02.10.2018;К1;чистка;выдано;Чужой", "conflict", "store: Чужой"),
     (";02.10.2018;К1;чистка;выдано;luxury", "created", "")],
)  # fmt: skip
def test_each_row_has_its_own_outcome(
    known: Client, other_store: Store, services: Callable[..., Path], row: str, outcome: str, reason: str
) -> None:
    (found,) = bring("services", services(row))

    assert (found.outcome, found.reason, ServiceRequest.objects.count()) == (outcome, reason, int(outcome == "created"))


def test_a_ticket_of_two_clients_is_a_conflict(known: Client, services: Callable[..., Path]) -> None:
    ClientKey.objects.create(source="list", key=code_key("К2"), client=ClientFactory.create())
    path = services("1;02.10.2018;К1;чистка;выдано;luxury", "1;02.10.2018;К2;чистка;выдано;luxury")

    assert verdicts(bring("services", path)) == ["created", "conflict"]
    assert ServiceRequest.objects.get().client == known


def test_a_preview_promises_what_the_list_does_and_writes_nothing(known: Client, services: Callable[..., Path]) -> None:
    path = services("1;02.10.2018;К1;ремонт;выдано;luxury", "1;02.10.2018;К1;чистка;выдано;luxury")

    promised = verdicts(bring("services", path, preview=True))
    assert not ServiceRequest.objects.exists()

    assert verdicts(bring("services", path)) == promised == ["created", "updated"]
