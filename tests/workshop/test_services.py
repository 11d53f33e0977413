"""The desk after intake: ready and told of once, handed out once, a price by the client's yes, a piece between stores."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from django.utils import timezone
from PIL import Image, PngImagePlugin
from PIL.PngImagePlugin import PngInfo
from pytest_django import Settings

from clients.models import Client
from messaging.models import Errand, Message, MessageState
from stores.models import Employee, Store
from tests.present import present
from workshop import passports, photos, places, prices, refusals, reminding, telling, tickets
from workshop import services as workshop_services
from workshop.models import Master, PriceOffer, ServicePhoto, ServiceRequest
from workshop.refusals import OpenOfferError, StatusError


def test_a_ticket_is_one_number_and_one_form(ticket: list[ServiceRequest], store: Store, card: Client, seller: Employee) -> None:
    again = ServiceRequest(store=store, client=card, kind="cleaning", description="кольцо", form_key=ticket[0].form_key)

    second = tickets.take_in_together([again], by=seller)

    assert [(r.number, r.envelope, r.envelopes) for r in second] == [(ticket[0].number, 1, 2), (ticket[0].number, 2, 2)]
    assert ServiceRequest.objects.count() == 2


def test_a_half_saved_ticket_is_none(store: Store, card: Client, seller: Employee) -> None:
    good = ServiceRequest(store=store, client=card, kind="cleaning", description="кольцо")
    bad = ServiceRequest(store=store, client=card, kind="nonsense", description="цепь")

    with pytest.raises(IntegrityError):
        tickets.take_in_together([good, bad], by=seller)

    assert not ServiceRequest.objects.exists()


def test_the_client_is_told_when_the_last_envelope_is_ready(ticket: list[ServiceRequest], seller: Employee) -> None:
    workshop_services.move(ticket[0], "ready", by=seller)
    assert not Message.objects.exists()

    workshop_services.move(ticket[1], "ready", by=seller)
    workshop_services.move(ticket[1], "ready", by=seller)

    message = Message.objects.get()
    assert (message.source, message.purpose) == ("service-ready", "")
    assert ticket[0].number in message.text
    assert "1 600 ₽" in message.text


def test_a_cancelled_envelope_does_not_hold_the_message(ticket: list[ServiceRequest], seller: Employee) -> None:
    workshop_services.move(ticket[0], "ready", by=seller)

    workshop_services.move(ticket[1], "cancelled", by=seller)

    assert "800 ₽" in Message.objects.get().text


def test_a_step_back_calls_the_message_off_and_the_next_readiness_tells_anew(
    ticket: list[ServiceRequest], seller: Employee
) -> None:
    for request in ticket:
        workshop_services.move(request, "ready", by=seller)

    workshop_services.move(ticket[0], "in_work", by=seller)
    assert [m.state for m in Message.objects.all()] == [MessageState.SUPPRESSED]
    workshop_services.move(ticket[0], "ready", by=seller)

    assert [m.state for m in Message.objects.order_by("pk")] == [MessageState.SUPPRESSED, MessageState.PENDING]


def test_a_hand_out_taken_back_tells_after_all_and_reminds_no_second_time(ticket: list[ServiceRequest], seller: Employee) -> None:
    workshop_services.move(ticket[1], "cancelled", by=seller)
    ready = workshop_services.move(ticket[0], "ready", by=seller)
    once = telling.readiness(telling.ticket_of(ready))

    workshop_services.hand_out(ready, handed_by="ticket", by=seller)
    assert Message.objects.get().state == MessageState.SUPPRESSED
    workshop_services.move(ready, "ready", by=seller)

    assert Message.objects.get().state == MessageState.PENDING
    assert telling.readiness(telling.ticket_of(ready)) == once


def test_a_cancellation_taken_back_and_again_tells_after_all(ticket: list[ServiceRequest], seller: Employee) -> None:
    workshop_services.move(ticket[0], "ready", by=seller)
    for status in ("cancelled", "received", "cancelled"):
        workshop_services.move(ticket[1], status, by=seller)

    assert Message.objects.get().state == MessageState.PENDING


def test_the_client_is_told_to_come_where_the_piece_is_and_when_it_is_there(
    ticket: list[ServiceRequest], seller: Employee, store: Store, other_store: Store
) -> None:
    ServiceRequest.objects.filter(pk=ticket[1].pk).delete()
    piece = ticket[0]
    places.receive(places.send(piece, other_store, by=seller), by=seller)
    workshop_services.move(piece, "ready", by=seller)
    way = places.send(piece, store, by=seller)
    assert not Message.objects.exists()

    places.receive(way, by=seller)
    assert store.name in Message.objects.get().text
    places.receive(places.send(piece, other_store, by=seller), by=seller)

    first, second = Message.objects.order_by("pk")
    assert (first.state, second.state, other_store.name in second.text) == (MessageState.SUPPRESSED, MessageState.PENDING, True)


def test_the_days_of_a_request_follow_its_steps(ticket: list[ServiceRequest], seller: Employee, store: Store) -> None:
    request = workshop_services.move(ticket[0], "ready", by=seller)
    assert (request.ready_on, request.closed_on) == (store.today(), None)

    request = workshop_services.hand_out(request, handed_by="ticket", by=seller)
    assert (request.ready_on, request.closed_on, request.handed_by) == (store.today(), store.today(), "ticket")

    request = workshop_services.move(request, "ready", by=seller)
    assert (request.ready_on, request.closed_on, request.handed_by) == (store.today(), None, "")
    assert workshop_services.move(request, "in_work", by=seller).ready_on is None


def test_the_second_who_hands_out_hears_of_the_first(ticket: list[ServiceRequest], seller: Employee, manager: Employee) -> None:
    workshop_services.move(ticket[0], "ready", by=seller)
    workshop_services.hand_out(ticket[0], handed_by="ticket", by=seller)

    with pytest.raises(refusals.HandedOutError) as refused:
        workshop_services.hand_out(ticket[0], handed_by="document", by=manager)

    assert present(refused.value.step).by == seller
    assert ServiceRequest.objects.get(pk=ticket[0].pk).handed_by == "ticket"


def test_what_is_not_ready_is_not_handed_out(ticket: list[ServiceRequest], seller: Employee) -> None:
    with pytest.raises(StatusError):
        workshop_services.hand_out(ticket[0], handed_by="ticket", by=seller)

    ticket[0].refresh_from_db()
    assert (ticket[0].status, ticket[0].handed_by) == ("received", "")


def test_a_price_changes_by_the_clients_yes_alone(ticket: list[ServiceRequest], seller: Employee) -> None:
    offer = prices.offer_price(ticket[0], Decimal(1500), reason="камень выпал", by=seller)
    with pytest.raises(OpenOfferError):
        workshop_services.move(ticket[0], "ready", by=seller)
    assert ServiceRequest.objects.get(pk=ticket[0].pk).price == 1000

    prices.answer_offer(offer, True, "phone", by=seller)

    assert ServiceRequest.objects.get(pk=ticket[0].pk).price == 1500
    with pytest.raises(refusals.AnsweredError):
        prices.answer_offer(offer, False, "page", by=None)
    assert workshop_services.move(ticket[0], "ready", by=seller).status == "ready"


@pytest.mark.parametrize(
    ("language", "sum_told", "day_told"), [("ru", "1 200,50 ₽", "5 декабря"), ("en", "1 200.50 ₽", "5 December")]
)
def test_a_message_writes_sums_and_days_in_the_clients_language(
    ticket: list[ServiceRequest], language: str, sum_told: str, day_told: str
) -> None:
    first = ticket[0]
    first.client.language, first.price, first.prepayment, first.due_on = language, Decimal("1200.50"), None, date(2026, 12, 5)

    told = telling.values_of([first])

    assert (told["sum"], told["due"]) == (sum_told.replace(" ", "\xa0"), day_told)


def test_the_client_is_asked_about_a_price_and_called_where_they_say_nothing(
    ticket: list[ServiceRequest], seller: Employee
) -> None:
    offer = prices.offer_price(ticket[0], Decimal(1500), reason="", by=seller)
    asked = Message.objects.get()
    noon = timezone.now().replace(hour=3)

    assert (asked.source, "1 500" in asked.text, "/s/" in asked.text) == ("service-price", True, True)
    assert [reminding.remind(noon + timedelta(days=days)) for days in (0, 2, 2)] == [0, 1, 0]
    prices.answer_offer(offer, True, "phone", by=seller)

    asked.refresh_from_db()
    assert (asked.state, Errand.objects.get().outcome) == (MessageState.SUPPRESSED, Errand.Outcome.DROPPED)


def test_a_price_of_a_closed_request_is_answered_no_more(ticket: list[ServiceRequest], seller: Employee) -> None:
    offer = prices.offer_price(ticket[0], Decimal(1500), reason="", by=seller)
    workshop_services.move(ticket[0], "cancelled", by=seller)

    with pytest.raises(refusals.AnsweredError):
        prices.answer_offer(offer, True, "phone", by=seller)


def test_what_was_taken_down_wrongly_is_put_right_and_the_story_says_so(ticket: list[ServiceRequest], seller: Employee) -> None:
    facts = {"description": "кольцо с топазом", "is_urgent": True, "weight": ticket[0].weight}

    changed = workshop_services.correct(ticket[0], facts, by=seller)

    ticket[0].refresh_from_db()
    assert (changed, ticket[0].description, ticket[0].is_urgent) == (["description", "is_urgent"], "кольцо с топазом", True)
    assert "кольцо → кольцо с топазом" in ticket[0].steps.latest("pk").words
    workshop_services.move(ticket[0], "cancelled", by=seller)
    with pytest.raises(StatusError):
        workshop_services.correct(ticket[0], facts, by=seller)


def test_a_no_leaves_the_price_and_a_new_offer_withdraws_the_old(ticket: list[ServiceRequest], seller: Employee) -> None:
    prices.offer_price(ticket[0], Decimal(1500), reason="", by=seller)
    second = prices.offer_price(ticket[0], Decimal(1300), reason="", by=seller)

    prices.answer_offer(second, False, "page", by=None)

    assert [o.answer for o in PriceOffer.objects.order_by("pk")] == ["withdrawn", "declined"]
    assert ServiceRequest.objects.get(pk=ticket[0].pk).price == 1000
    assert ticket[0].steps.latest("pk").by is None


def test_a_piece_goes_to_another_store_and_is_not_handed_out_on_its_way(
    ticket: list[ServiceRequest], seller: Employee, other_store: Store
) -> None:
    workshop_services.move(ticket[0], "ready", by=seller)
    way = places.send(ticket[0], other_store, by=seller)
    with pytest.raises(refusals.OnItsWayError):
        workshop_services.hand_out(ticket[0], handed_by="ticket", by=seller)
    with pytest.raises(refusals.PlaceError):
        places.send(ticket[0], other_store, by=seller)

    places.receive(way, by=seller)
    places.receive(way, by=seller)

    ticket[0].refresh_from_db()
    assert ticket[0].lies_in == other_store
    assert [step.words for step in ticket[0].steps.filter(kind="place")] == [
        "Роскошь-Luxury → Роскошь-Дуэт", "✓ Роскошь-Дуэт",
    ]  # fmt: skip


def test_master_and_note_stand_in_the_story(ticket: list[ServiceRequest], seller: Employee) -> None:
    workshop_services.set_master(ticket[0], Master.objects.create(name="Пётр"), by=seller)
    workshop_services.add_note(ticket[0], "перезвонить", by=seller)

    assert [(s.kind, s.words) for s in ticket[0].steps.all()][1:] == [("master", "Пётр"), ("note", "перезвонить")]


def test_a_photo_is_kept_without_what_the_camera_noted(ticket: list[ServiceRequest], seller: Employee) -> None:
    raw, exif = BytesIO(), Image.Exif()
    exif[0x010F] = "Camera"
    Image.new("RGB", (2000, 1000)).save(raw, "JPEG", exif=exif)

    content = photos.picture(SimpleUploadedFile("a.jpg", raw.getvalue()))
    photos.add(ticket[0], [content], "before", by=seller)

    with Image.open(ServicePhoto.objects.get().image) as kept:
        assert (kept.size, dict(kept.getexif())) == ((1600, 800), {})
    with pytest.raises(photos.PhotoError):
        photos.picture(SimpleUploadedFile(f"{uuid4()}.jpg", b"no picture"))


@pytest.mark.parametrize("made", [
    lambda out: Image.new("RGB", (9, 9)).save(out, "PNG", pnginfo=_long_words()),
    lambda out: Image.new("RGB", (9, 9)).save(out, "PPM"),
    lambda out: out.write(b"P6\n9 -9\n255\n"),
    lambda out: out.write(b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n"),
])  # fmt: skip
def test_a_picture_that_cannot_be_kept_is_refused_in_words(made: Callable[[BytesIO], object]) -> None:
    raw = BytesIO()
    made(raw)

    with pytest.raises(photos.PhotoError):
        photos.picture(SimpleUploadedFile("a.png", raw.getvalue()))


def _long_words() -> PngInfo:
    told = PngImagePlugin.PngInfo()
    told.add_text("Comment", "0" * 3_000_000, zip=True)
    return told


def test_closing_sets_the_day_on_which_a_passport_goes(
    ticket: list[ServiceRequest], seller: Employee, store: Store, settings: Settings
) -> None:
    passports.keep(ticket[0], {"number": "4510 123412"}, by=seller)
    workshop_services.move(ticket[1], "cancelled", by=seller)
    workshop_services.move(ticket[0], "ready", by=seller)

    workshop_services.hand_out(ticket[0], handed_by="ticket", by=seller)

    assert present(passports.masked(ticket[0])).delete_on == store.today() + timedelta(days=settings.PASSPORT_KEPT_DAYS)
