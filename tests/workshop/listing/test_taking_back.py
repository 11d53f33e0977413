"""Services' lists taken back: what they made goes, what moved on stays."""

from clients.models import Client
from stores.models import Employee
from tests.purchases.listing.applied import applied, undo
from workshop import services as workshop_services
from workshop.models import ServiceRequest


def test_services_go_and_what_moved_on_stays(orlova: Client, seller: Employee) -> None:
    header = "Квитанция;Телефон;Дата;Услуга;Статус;Магазин\n"
    text = "".join(f"{n};8 914 701 22 33;05.12.2018;чистка;принято;Роскошь-Luxury\n" for n in (1, 2))
    kept = applied("services", header + text)
    request = ServiceRequest.objects.get(number="2")
    workshop_services.move(request, "in_work", by=seller)

    undo(kept)

    assert list(ServiceRequest.objects.values_list("number", flat=True)) == ["2"]


def test_a_status_that_a_list_moved_goes_back(orlova: Client) -> None:
    header = "Квитанция;Телефон;Дата;Услуга;Статус;Магазин\n"
    line = "1;8 914 701 22 33;05.12.2018;чистка;{};Роскошь-Luxury\n"
    applied("services", header + line.format("принято"))
    kept = applied("services", header + line.format("выдано"))
    assert ServiceRequest.objects.get().status == "handed_out"

    undo(kept)

    assert (ServiceRequest.objects.get().status, kept.rows.get().undone) == ("received", "back")


def test_a_status_that_moved_on_since_stays(orlova: Client, seller: Employee) -> None:
    header = "Квитанция;Телефон;Дата;Услуга;Статус;Магазин\n"
    line = "1;8 914 701 22 33;05.12.2018;чистка;{};Роскошь-Luxury\n"
    applied("services", header + line.format("принято"))
    kept = applied("services", header + line.format("готово"))
    workshop_services.hand_out(ServiceRequest.objects.get(), handed_by="ticket", by=seller)

    undo(kept)

    assert (ServiceRequest.objects.get().status, kept.rows.get().undone) == ("handed_out", "stays: changed since")


def test_rows_that_did_nothing_are_left_alone(orlova: Client) -> None:
    text = "Квитанция;Телефон;Дата;Услуга;Статус;Магазин\n1;8 914 701 22 33;05.12.2018;чистка;принято;Роскошь-Luxury\n"
    applied("services", text)
    again = applied("services", text)

    undo(again)

    assert (ServiceRequest.objects.count(), again.rows.get().undone) == (1, "")
