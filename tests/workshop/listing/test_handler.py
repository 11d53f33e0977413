"""Lists of services: each request once, its further works and its newer status taken."""

from collections.abc import Callable
from pathlib import Path

from clients.models import Client
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
