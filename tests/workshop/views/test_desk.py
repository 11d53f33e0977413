"""What is done with a request on its page: by one's own stores alone, and refused in words."""

from datetime import timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser
from django.urls import reverse
from PIL import Image

from clients.models import Client
from messaging.models import Message
from stores.models import Employee, Role, Store
from stores.texts.fields import MoneyField, SizeField
from tests import factories
from tests.conftest import SignIn
from tests.messaging.sending import code_in
from tests.workshop.views.shown import shown
from workshop import places, prices
from workshop import services as workshop_services
from workshop.models import Master, ServiceRequest, ServiceStatus


def seen(request: ServiceRequest) -> dict[str, str]:
    """What a page that is opened now carries."""
    return {"opened": ServiceRequest.objects.get(pk=request.pk).as_opened}


def test_a_card_of_the_board_takes_its_steps_and_comes_back_to_it(at_desk: Browser, ticket: list[ServiceRequest]) -> None:
    board, first = reverse("workshop:services"), ticket[0]
    move = reverse("workshop:move", args=[first.pk])

    answers = [
        at_desk.post(move, {"status": status, "next": f"{board}?kind=cleaning", **seen(first)}) for status in ("in_work", "ready")
    ]
    columns = {column.status: column.cards for column in at_desk.get(board).context["columns"]}

    assert {answer["Location"] for answer in answers} == {f"{board}?kind=cleaning"}
    assert [(card.pk, steps) for card, steps in columns["ready"]] == [(first.pk, [ServiceStatus.IN_WORK])]
    assert (
        at_desk.post(move, {"status": "in_work", "next": "https://elsewhere.example/", **seen(first)})["Location"]
        == f"/service/{first.pk}/"
    )


def test_a_wrong_ready_is_taken_back_before_the_client_hears_of_it(at_desk: Browser, ticket: list[ServiceRequest]) -> None:
    ServiceRequest.objects.filter(pk=ticket[1].pk).delete()
    move = reverse("workshop:move", args=[ticket[0].pk])

    said = at_desk.post(move, {"status": "ready", **seen(ticket[0])}, follow=True).content.decode()
    waiting = Message.objects.get()
    assert "через две минуты" in said
    assert waiting.send_after - ticket[0].steps.latest("at").at > timedelta(seconds=110)
    at_desk.post(move, {"status": "in_work", **seen(ticket[0])})

    waiting.refresh_from_db()
    assert waiting.state == "suppressed"


def test_a_piece_on_its_way_is_seen_and_received_by_the_store_it_goes_to(
    ticket: list[ServiceRequest], seller: Employee, other_store: Store, signed_in: SignIn
) -> None:
    there = signed_in(_seller_of(other_store))
    request = ticket[0]
    assert there.post(reverse("workshop:receive", args=[request.pk])).status_code == 404
    places.send(request, other_store, by=seller)

    assert shown(there.get(reverse("workshop:services"), {"due": "coming"})) == [request.pk]
    there.post(reverse("workshop:receive", args=[request.pk]))

    request.refresh_from_db()
    assert request.lies_in == other_store


def _seller_of(store: Store) -> Employee:
    return factories.employee(Role.SELLER, store)


ACTIONS = [
    "move",
    "hand_out",
    "set_master",
    "add_note",
    "add_photos",
    "offer_price",
    "answer_price",
    "send",
    "receive",
    "open_passport",
]


@pytest.mark.parametrize("action", ACTIONS)
def test_a_request_of_another_store_is_not_there_for_changes(
    action: str, ticket: list[ServiceRequest], other_store: Store, signed_in: SignIn
) -> None:
    there = signed_in(_seller_of(other_store))

    assert there.post(reverse(f"workshop:{action}", args=[ticket[0].pk])).status_code == 404
    assert there.get(reverse("workshop:service", args=[ticket[0].pk])).status_code == 200


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ({"handed_by": "ticket"}, 422),
        ({"handed_by": "ticket", "ticket": "1-999999"}, 422),
        ({"handed_by": "ticket", "ticket": " 1-000001 "}, 302),
        ({"handed_by": "ticket", "ticket": "https://carat.example/s/1-000001"}, 302),
        ({"handed_by": "document", "words": "Иванов, паспорт 4510 987612"}, 422),
        ({"handed_by": "document"}, 422),
        ({"handed_by": "document", "words": "муж, паспорт"}, 302),
        ({"handed_by": "code", "code": "12"}, 422),
        ({"handed_by": "code", "code": "123456"}, 422),
        ({}, 422),
    ],
)
def test_handing_out_needs_its_proof(
    at_desk: Browser, ticket: list[ServiceRequest], seller: Employee, said: dict[str, str], status: int
) -> None:
    workshop_services.move(ticket[0], "ready", by=seller)
    ServiceRequest.objects.update(number="1-000001")

    assert at_desk.post(reverse("workshop:hand_out", args=[ticket[0].pk]), {**said, **seen(ticket[0])}).status_code == status

    ticket[0].refresh_from_db()
    assert ticket[0].is_closed == (status == 302)


def test_the_second_hand_out_gets_words(at_desk: Browser, ticket: list[ServiceRequest], seller: Employee) -> None:
    workshop_services.move(ticket[0], "ready", by=seller)
    address = reverse("workshop:hand_out", args=[ticket[0].pk])

    said = {"handed_by": "ticket", "ticket": ticket[0].number, **seen(ticket[0])}

    at_desk.post(address, said)
    page = at_desk.post(address, said, follow=True)

    assert [message.level_tag for message in page.context["messages"]][-1] == "error"
    assert ticket[0].steps.filter(status="handed_out").count() == 1


def test_one_code_hands_out_all_that_is_ready_and_is_not_spent_in_vain(
    at_desk: Browser, ticket: list[ServiceRequest], seller: Employee
) -> None:
    for one in ticket:
        workshop_services.move(one, "ready", by=seller)
    address = reverse("workshop:hand_out", args=[ticket[1].pk])
    at_desk.post(reverse("workshop:send_code", args=[ticket[0].pk]))
    code = code_in(Message.objects.get(source="code"))
    offer = prices.offer_price(ticket[0], Decimal(1500), reason="", by=seller)
    said = {"handed_by": "code", "code": code, "together": "on", **seen(ticket[1])}

    at_desk.post(address, said)
    assert not ServiceRequest.objects.filter(status="handed_out").exists()
    prices.withdraw_offer(offer, by=seller)
    at_desk.post(address, said)

    assert set(ServiceRequest.objects.values_list("status", "handed_by")) == {("handed_out", "code")}


def test_a_piece_is_handed_out_where_it_lies(
    at_desk: Browser, ticket: list[ServiceRequest], seller: Employee, manager: Employee, other_store: Store
) -> None:
    workshop_services.move(ticket[0], "ready", by=seller)
    places.receive(places.send(ticket[0], other_store, by=seller), by=manager)
    page = at_desk.get(reverse("workshop:service", args=[ticket[0].pk])).content.decode()

    at_desk.post(
        reverse("workshop:hand_out", args=[ticket[0].pk]), {"handed_by": "ticket", "ticket": ticket[0].number, **seen(ticket[0])}
    )

    ticket[0].refresh_from_db()
    assert ticket[0].status == "ready"
    assert f"Изделие лежит в магазине «{other_store}»" in page


def test_a_step_is_not_a_hand_out(at_desk: Browser, ticket: list[ServiceRequest], seller: Employee) -> None:
    workshop_services.move(ticket[0], "ready", by=seller)

    at_desk.post(reverse("workshop:move", args=[ticket[0].pk]), {"status": "handed_out", **seen(ticket[0])})

    ticket[0].refresh_from_db()
    assert ticket[0].status == "ready"


def test_a_price_is_asked_and_answered(at_desk: Browser, ticket: list[ServiceRequest]) -> None:
    pk = ticket[0].pk
    at_desk.post(reverse("workshop:offer_price", args=[pk]), {"price": "1 500", "reason": "камень", **seen(ticket[0])})
    offer = ticket[0].offers.get()

    at_desk.post(reverse("workshop:answer_price", args=[pk]), {"offer": offer.pk, "answer": "yes", "how": "page"})
    assert ServiceRequest.objects.get(pk=pk).price == 1000
    at_desk.post(reverse("workshop:answer_price", args=[pk]), {"offer": offer.pk, "answer": "yes", "how": "phone"})

    assert ServiceRequest.objects.get(pk=pk).price == Decimal(1500)


def test_master_note_and_place_by_forms(at_desk: Browser, ticket: list[ServiceRequest], other_store: Store) -> None:
    pk, master = ticket[0].pk, Master.objects.create(name="Пётр")

    at_desk.post(reverse("workshop:set_master", args=[pk]), {"master": master.pk})
    at_desk.post(reverse("workshop:add_note", args=[pk]), {"words": "срочно"})
    at_desk.post(reverse("workshop:send", args=[pk]), {"store": other_store.pk})

    assert [step.kind for step in ticket[0].steps.all()] == ["status", "master", "note", "place"]


def test_a_code_from_the_client_s_phone_hands_the_piece_out_once(
    card: Client, store: Store, seller: Employee, signed_in: SignIn
) -> None:
    ready = ServiceRequest.objects.create(
        store=store, client=card, number="9-000001", accepted_on=store.today(), kind="cleaning", status=ServiceStatus.READY
    )
    browser = signed_in(seller)

    browser.post(f"/service/{ready.pk}/code/")
    digits = code_in(Message.objects.get(source="code"))
    wrong = browser.post(
        f"/service/{ready.pk}/hand-out/", {"handed_by": "code", "code": f"{(int(digits) + 1) % 10**6:06d}", **seen(ready)}
    )
    browser.post(f"/service/{ready.pk}/hand-out/", {"handed_by": "code", "code": digits, **seen(ready)})

    ready.refresh_from_db()
    assert wrong.status_code == 422
    assert (ready.status, ready.handed_by) == (ServiceStatus.HANDED_OUT, "code")


def test_intake_is_put_right_on_a_page(at_desk: Browser, ticket: list[ServiceRequest], store: Store) -> None:
    address = reverse("workshop:correct", args=[ticket[0].pk])
    ServiceRequest.objects.filter(pk=ticket[0].pk).update(
        accepted_on=store.today() - timedelta(days=9), due_on=store.today() - timedelta(days=2)
    )
    form = at_desk.get(address).context["form"]
    written = {name: form[name].value() or "" for name in form.fields}

    refused = at_desk.post(address, {**written, "note_inside": "паспорт 4510987612", "prepayment": "5000"})
    done = at_desk.post(address, {**written, "is_urgent": "", "kind": "engraving", "engraving": "Навсегда"})

    assert set(refused.context["form"].errors) == {"note_inside", "prepayment"}
    assert done["Location"] == reverse("workshop:service", args=[ticket[0].pk])
    ticket[0].refresh_from_db()
    assert (ticket[0].kind, ticket[0].engraving, ticket[0].price) == ("engraving", "Навсегда", 1000)


def test_a_correction_keeps_what_somebody_else_put_right_meanwhile(at_desk: Browser, ticket: list[ServiceRequest]) -> None:
    address = reverse("workshop:correct", args=[ticket[0].pk])
    form = at_desk.get(address).context["form"]
    written = {name: form[name].value() or "" for name in form.fields}
    ServiceRequest.objects.filter(pk=ticket[0].pk).update(engraving="Навсегда", description="кольцо с топазом")

    asked = at_desk.post(address, {**written, "description": "кольцо с рубином", "note_client": "Коробка"})
    at_desk.post(address, {**written, "note_client": "Коробка"})

    ticket[0].refresh_from_db()
    assert (asked.status_code, [one.typed for one in asked.context["form"].changed_meanwhile]) == (422, ["кольцо с рубином", ""])
    assert (ticket[0].engraving, ticket[0].description, ticket[0].note_client) == ("Навсегда", "кольцо с топазом", "Коробка")


def test_what_was_typed_about_a_piece_handed_out_meanwhile_comes_back(at_desk: Browser, ticket: list[ServiceRequest]) -> None:
    address = reverse("workshop:correct", args=[ticket[0].pk])
    form = at_desk.get(address).context["form"]
    written = {name: form[name].value() or "" for name in form.fields}
    at_desk.post(reverse("workshop:move", args=[ticket[0].pk]), {"status": "cancelled", **seen(ticket[0])})

    answer = at_desk.post(address, {**written, "note_client": "Коробка"})

    assert (answer.status_code, answer.context["form"]["note_client"].value()) == (422, "Коробка")


@pytest.mark.parametrize(("kept", "shown"), [
    (Decimal("71000.00"), "71\xa0000"), (Decimal("1200.50"), "1\xa0200,50"), (Decimal("0.00"), "0"), ("1 200,5", "1 200,5"), (None, None),
])  # fmt: skip
def test_a_sum_stands_in_its_field_as_people_type_it(kept: Decimal | str, shown: str) -> None:
    assert MoneyField().prepare_value(kept) == shown
    assert SizeField().prepare_value(Decimal("17.50")) == "17,5"


def test_a_client_without_a_phone_gets_no_code(at_desk: Browser, ticket: list[ServiceRequest], card: Client) -> None:
    Client.objects.filter(pk=card.pk).update(phone=None, state="incomplete")

    said = at_desk.post(reverse("workshop:send_code", args=[ticket[0].pk]), follow=True)

    assert ([message.level_tag for message in said.context["messages"]], Message.objects.count()) == (["warning"], 0)


@pytest.mark.parametrize(
    ("action", "said"),
    [("add_note", {"words": "паспорт 4510 987612"}), ("add_photos", {"moment": "never"}), ("offer_price", {"price": "дорого"}),
     ("correct", {"kind": "magic"})],
)  # fmt: skip
def test_what_is_typed_wrongly_comes_back_and_changes_nothing(
    at_desk: Browser, ticket: list[ServiceRequest], action: str, said: dict[str, str]
) -> None:
    before = ServiceRequest.objects.filter(pk=ticket[0].pk).values().get()

    assert at_desk.post(reverse(f"workshop:{action}", args=[ticket[0].pk]), said).status_code == 422

    assert (ServiceRequest.objects.filter(pk=ticket[0].pk).values().get(), ticket[0].steps.count()) == (before, 1)


def test_photos_of_the_work_are_added_on_the_page(at_desk: Browser, ticket: list[ServiceRequest]) -> None:
    raw = BytesIO()
    Image.new("RGB", (9, 9)).save(raw, "PNG")
    said = {"moment": "after", "photos": [SimpleUploadedFile("a.png", raw.getvalue())]}

    at_desk.post(reverse("workshop:add_photos", args=[ticket[0].pk]), said)

    assert [photo.moment for photo in ticket[0].photos.all()] == ["after"]


@pytest.mark.parametrize(("said", "answer"), [("no", "declined"), ("withdrawn", "withdrawn"), ("maybe", "open")])
def test_a_no_a_withdrawal_and_nonsense_leave_the_price(
    at_desk: Browser, ticket: list[ServiceRequest], seller: Employee, said: str, answer: str
) -> None:
    offer = prices.offer_price(ticket[0], Decimal(1500), reason="", by=seller)
    address = reverse("workshop:answer_price", args=[ticket[0].pk])

    at_desk.post(address, {"offer": offer.pk, "answer": said, "how": "phone"})

    offer.refresh_from_db()
    assert (offer.answer, ServiceRequest.objects.get(pk=ticket[0].pk).price) == (answer, 1000)


def test_each_refusal_is_told_in_words(at_desk: Browser, ticket: list[ServiceRequest], seller: Employee, store: Store) -> None:
    first, second = ticket
    answered = prices.offer_price(first, Decimal(1500), reason="", by=seller)
    prices.answer_offer(answered, False, "phone", by=seller)
    prices.offer_price(second, Decimal(1500), reason="", by=seller)
    tried = [
        ("answer_price", first, {"offer": answered.pk, "answer": "yes", "how": "phone"}), ("move", second, {"status": "ready"}),
        ("send", first, {"store": store.pk}), ("move", first, {"status": "nonsense"}),
    ]  # fmt: skip

    pages = [at_desk.post(reverse(f"workshop:{action}", args=[one.pk]), said, follow=True) for action, one, said in tried]

    assert [[message.level_tag for message in page.context["messages"]] for page in pages] == [["error"]] * 4
    assert set(ServiceRequest.objects.values_list("status", "price", "lies_in")) == {("received", Decimal(1000), None)}


def test_a_piece_on_its_way_is_not_handed_out(
    at_desk: Browser, ticket: list[ServiceRequest], seller: Employee, other_store: Store
) -> None:
    workshop_services.move(ticket[0], "ready", by=seller)
    places.send(ticket[0], other_store, by=seller)

    at_desk.post(
        reverse("workshop:hand_out", args=[ticket[0].pk]), {"handed_by": "ticket", "ticket": ticket[0].number, **seen(ticket[0])}
    )

    assert ServiceRequest.objects.get(pk=ticket[0].pk).status == "ready"


def test_a_master_who_left_is_not_given_work(at_desk: Browser, ticket: list[ServiceRequest]) -> None:
    gone = Master.objects.create(name="Пётр", is_active=False)

    assert at_desk.post(reverse("workshop:set_master", args=[ticket[0].pk]), {"master": gone.pk}).status_code == 404
    assert ServiceRequest.objects.get(pk=ticket[0].pk).master is None


def test_nothing_is_done_to_a_piece_that_is_not_what_the_page_showed(
    at_desk: Browser, ticket: list[ServiceRequest], seller: Employee
) -> None:
    first, before = ticket[0], seen(ticket[0])
    workshop_services.move(first, "in_work", by=seller)
    said = {"price": "1 500", "reason": "камень"}

    moved = at_desk.post(reverse("workshop:move", args=[first.pk]), {"status": "ready", **before}, follow=True)
    prices.answer_offer(prices.offer_price(first, Decimal(3_000), reason="", by=seller), True, "phone", seller)
    asked = at_desk.post(reverse("workshop:offer_price", args=[first.pk]), {**said, **before})
    prices.offer_price(first, Decimal(4_000), reason="", by=seller)
    twice = at_desk.post(reverse("workshop:offer_price", args=[first.pk]), {**said, **seen(first)})

    first.refresh_from_db()
    assert [message.level_tag for message in moved.context["messages"]] == ["error"]
    assert [(one.status_code, one.context["price"]["price"].value()) for one in (asked, twice)] == [(422, "1 500")] * 2
    assert (first.status, first.price, first.offers.count()) == ("in_work", 3_000, 2)


def test_a_piece_whose_price_was_changed_meanwhile_is_not_handed_out_for_the_old_one(
    at_desk: Browser, ticket: list[ServiceRequest], seller: Employee
) -> None:
    first = ticket[0]
    workshop_services.move(first, "ready", by=seller)
    before = seen(first)
    prices.answer_offer(prices.offer_price(first, Decimal(3_000), reason="", by=seller), True, "phone", seller)

    answer = at_desk.post(
        reverse("workshop:hand_out", args=[first.pk]), {"handed_by": "document", "words": "муж, паспорт", **before}
    )

    assert (answer.status_code, answer.context["hand_out"]["words"].value()) == (422, "муж, паспорт")
    assert ServiceRequest.objects.get(pk=first.pk).status == "ready"
