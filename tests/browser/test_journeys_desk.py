"""The desk by keyboard: two pieces on one ticket, and the hand-out that tells of what is to pay."""

import re
from decimal import Decimal

import pytest
from PIL import Image
from playwright.sync_api import expect

from messaging.models import Message
from purchases import desk, services
from purchases.models import ServiceRequest

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def ticket(store, card, seller):
    """A ticket of two envelopes."""
    made = [
        ServiceRequest(store=store, client=card, kind="cleaning", description=words, price=Decimal(1000), prepayment=Decimal(200))
        for words in ("кольцо", "цепь")
    ]
    return services.take_in_together(made, by=seller)


def test_two_pieces_are_taken_in_by_keyboard(visit, seller, card, sell, store):
    own = sell(card, store.today(), 10_000).pieces.get()
    page = visit(seller)
    page.goto(f"/service/new/?client={card.pk}")

    page.keyboard.press("Alt+1")
    page.locator("#id_kind").select_option("cleaning")
    page.locator("#id_price").fill("1500")
    page.keyboard.press("Alt+0")
    expect(page.locator("#id_more-0-description")).to_be_focused()
    page.keyboard.type("цепь, белый металл")
    page.locator("#id_more-0-kind").select_option("chain_repair")
    page.get_by_role("button", name="Принять", exact=True).click()
    page.wait_for_url(re.compile(r"/service/\d+/$"))

    first, second = ServiceRequest.objects.order_by("envelope")
    assert (first.piece, first.envelopes, second.number, second.kind) == (own, 2, first.number, "chain_repair")
    assert all(one.due_on and one.due_on >= store.today() for one in (first, second))


def test_photos_stay_chosen_while_errors_are_mended(visit, seller, card, tmp_path):
    picture = tmp_path / "ring.png"
    Image.new("RGB", (60, 40), "gold").save(picture)
    page = visit(seller)
    page.goto(f"/service/new/?client={card.pk}")
    page.locator("#id_kind").select_option("cleaning")
    page.locator("summary").filter(has_text="фото").click()
    page.locator("#id_photos").set_input_files(picture)

    page.get_by_role("button", name="Принять", exact=True).click()
    expect(page.locator("#id_description")).to_be_focused()
    page.keyboard.type("кольцо, белый металл")
    page.context.set_offline(True)
    page.get_by_role("button", name="Принять", exact=True).click()
    expect(page.get_by_role("alert").filter(has_text="Проверьте связь")).to_be_visible()
    page.context.set_offline(False)
    page.watched.clear()  # what a browser says about a lost connection
    page.get_by_role("button", name="Принять", exact=True).click()
    page.wait_for_url(re.compile(r"/service/\d+/$"))

    assert [request.photos.count() for request in ServiceRequest.objects.all()] == [1]


def test_a_piece_is_handed_out_by_a_document(visit, seller, ticket):
    for request in ticket:
        desk.move(request, "ready", by=seller)
    page = visit(seller)
    page.goto(f"/service/{ticket[0].pk}/")

    expect(page.locator("[data-hand-out] strong")).to_have_text(re.compile("800"))
    page.locator("[name=handed_by]").select_option("document")
    page.locator("[data-hand-out] [name=words]").fill("муж, паспорт")
    page.locator("[data-hand-out] .btn-primary").click()
    page.wait_for_url(re.compile(r"/service/\d+/$"))

    ticket[0].refresh_from_db()
    assert (ticket[0].status, ticket[0].handed_by) == ("handed_out", "document")
    assert Message.objects.count() == 1
