"""The desk by keyboard: two pieces on one ticket, and the hand-out that tells of what is to pay."""

import re
from decimal import Decimal
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import expect

from clients.models import Client
from messaging.models import Message
from stores.models import Employee, Store
from tests.browser.conftest import OpenPage
from tests.conftest import Sell
from tests.factories import phone_of
from workshop import services as workshop_services
from workshop import tickets
from workshop.models import PassportView, ServiceRequest, ServiceTerm

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def ticket(store: Store, card: Client, seller: Employee) -> list[ServiceRequest]:
    """A ticket of two envelopes."""
    made = [
        ServiceRequest(store=store, client=card, kind="cleaning", description=words, price=Decimal(1000), prepayment=Decimal(200))
        for words in ("кольцо", "цепь")
    ]
    return tickets.take_in_together(made, by=seller)


def test_two_pieces_are_taken_in_by_keyboard(
    visit: OpenPage, seller: Employee, card: Client, sell: Sell, store: Store, width: int
) -> None:
    own = sell(card, store.today(), 10_000).pieces.get()
    page = visit(seller, width=width)
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


def test_photos_stay_chosen_while_errors_are_mended(
    visit: OpenPage, seller: Employee, card: Client, tmp_path: Path, width: int
) -> None:
    picture = tmp_path / "ring.png"
    Image.new("RGB", (60, 40), "gold").save(picture)
    page = visit(seller, width=width)
    page.goto(f"/service/new/?client={card.pk}")
    page.locator("#id_kind").select_option("cleaning")
    page.locator("summary").filter(has_text="фото").click()
    page.locator("#id_photos").set_input_files(picture)

    page.get_by_role("button", name="Принять", exact=True).click()
    expect(page.locator("#id_description")).to_be_focused()
    page.keyboard.type("кольцо, белый металл")
    page.route("**/service/new/**", lambda route: route.abort())
    page.get_by_role("button", name="Принять", exact=True).click()
    expect(page.get_by_role("alert").filter(has_text="Проверьте связь")).to_be_visible()
    page.unroute("**/service/new/**")
    visit.errors.clear()  # what a browser says about a lost connection
    page.get_by_role("button", name="Принять", exact=True).click()
    page.wait_for_url(re.compile(r"/service/\d+/$"))

    assert [request.photos.count() for request in ServiceRequest.objects.all()] == [1]


def test_a_piece_is_handed_out_by_a_document(visit: OpenPage, seller: Employee, ticket: list[ServiceRequest], width: int) -> None:
    for request in ticket:
        workshop_services.move(request, "ready", by=seller)
    page = visit(seller, width=width)
    page.goto(f"/service/{ticket[0].pk}/")

    expect(page.locator("[data-hand-out] strong")).to_have_text(re.compile("800"))
    page.locator("[name=handed_by]").select_option("document")
    page.locator("[data-hand-out] [name=words]").fill("муж, паспорт")
    page.locator("[data-hand-out] .btn-primary").click()
    page.wait_for_url(re.compile(r"/service/\d+/$"))

    ticket[0].refresh_from_db()
    assert (ticket[0].status, ticket[0].handed_by) == ("handed_out", "document")
    assert Message.objects.count() == 1


def test_the_ticket_in_hand_finds_its_owner_and_the_piece_comes_back_under_warranty(
    visit: OpenPage, seller: Employee, ticket: list[ServiceRequest], width: int
) -> None:
    workshop_services.hand_out(workshop_services.move(ticket[0], "ready", by=seller), handed_by="ticket", by=seller)
    page = visit(seller, width=width)
    page.goto("/service/new/")
    page.get_by_role("textbox", name="Квитанция, карточка или телефон").fill(ticket[0].number)
    page.keyboard.press("Enter")
    expect(page.locator("#visitor")).to_contain_text("Иванова")

    page.goto(f"/service/{ticket[0].pk}/")
    page.get_by_role("link", name="Вернулось по гарантии").click()
    page.get_by_text("работа бесплатна").wait_for()
    page.get_by_role("button", name="Принять", exact=True).click()
    page.wait_for_url(re.compile(r"/service/\d+/$"))

    again = ServiceRequest.objects.latest("pk")
    assert (again.warranty_of, again.client, again.price) == (ticket[0], ticket[0].client, 0)


def test_a_new_price_waits_for_the_clients_yes(
    visit: OpenPage, seller: Employee, ticket: list[ServiceRequest], width: int
) -> None:
    page = visit(seller, width=width)
    page.goto(f"/service/{ticket[0].pk}/")
    page.get_by_label("Новая цена").fill("2 500")
    page.get_by_role("button", name="Спросить клиента").click()
    page.get_by_text("Клиент ещё не ответил.").wait_for()

    page.get_by_role("button", name="Готово").click()
    page.get_by_role("alert").or_(page.locator(".alert-danger")).filter(has_text="не ответил").wait_for()
    page.get_by_role("button", name="Клиент согласен").click()
    expect(page.get_by_label("Новая цена")).to_be_visible()

    ticket[0].refresh_from_db()
    assert (ticket[0].price, ticket[0].status) == (2500, "received")


def test_a_piece_travels_to_another_store(
    visit: OpenPage, manager: Employee, other_store: Store, ticket: list[ServiceRequest], width: int
) -> None:
    manager.stores.add(other_store)
    page = visit(manager, width=width)
    page.goto(f"/service/{ticket[0].pk}/")
    page.get_by_label("В магазин", exact=True).select_option(str(other_store.pk))
    page.get_by_role("button", name="Отправить в магазин").click()
    page.get_by_role("button", name="Изделие прибыло").click()
    expect(page.get_by_role("button", name="Изделие прибыло")).to_have_count(0)

    ticket[0].refresh_from_db()
    assert ticket[0].lies_in == other_store


def test_the_board_is_worked_from_left_to_right(
    visit: OpenPage, seller: Employee, ticket: list[ServiceRequest], width: int
) -> None:
    page = visit(seller, width=width)
    page.goto("/service/")
    page.get_by_role("button", name=f"{ticket[0]}: в работе").click()
    page.get_by_role("button", name=f"{ticket[0]}: готово").click()
    page.get_by_role("region", name="Готово").get_by_role("link", name="Выдать").press("Enter")
    page.wait_for_url(f"**/service/{ticket[0].pk}/")

    ticket[0].refresh_from_db()
    assert ticket[0].status == "ready"


def test_a_costly_piece_wants_a_passport_which_is_opened_for_a_reason(
    visit: OpenPage, seller: Employee, card: Client, width: int
) -> None:
    ServiceTerm.objects.create(kind="cleaning", days=1, passport_from=50_000)
    page = visit(seller, width=width)
    page.goto(f"/service/new/?client={card.pk}")
    page.locator("#id_kind").select_option("cleaning")
    page.locator("#id_description").fill("кольцо, белый металл")
    expect(page.get_by_label("Серия и номер")).to_be_hidden()
    page.locator("#id_declared_value").fill("60 000")
    page.locator("#id_declared_value").blur()
    for label, text in (
        ("ФИО по паспорту", "Иванова Елена"),
        ("Серия и номер", "4510 987612"),
        ("Кем выдан", "ОВД"),
        ("Когда", "01.02.2010"),
    ):
        page.get_by_label(label).fill(text)
    page.get_by_role("button", name="Принять", exact=True).click()
    page.wait_for_url(re.compile(r"/service/\d+/$"))
    assert "987612" not in page.content()

    page.get_by_label("Зачем вам эти данные?").fill("Сверить при выдаче")
    page.get_by_role("button", name="Показать целиком").click()
    expect(page.get_by_text("4510 987612")).to_be_visible()

    assert PassportView.objects.get().why == "Сверить при выдаче"


def test_what_is_typed_at_intake_stands_in_no_address(visit: OpenPage, seller: Employee, card: Client) -> None:
    ServiceTerm.objects.create(kind="resizing", days=1, asks_passport=True)
    page, asked = visit(seller), []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/service/new/")
    for field, text in (
        ("last_name", card.last_name),
        ("birth_date", "05.05.1985"),
        ("phone", "89145556677"),
        ("passport-number", "4510 987612"),
    ):
        page.locator(f"#id_{field}").press_sequentially(text, delay=20)
    with page.expect_response(re.compile("/service/visitors/")):
        page.locator("#id_first_name").press_sequentially("Анна")
    page.goto("/clients/register/")
    with page.expect_response(re.compile("/clients/matches/")):
        page.locator("#id_phone").press_sequentially(phone_of(card))

    assert not [url for url in asked for word in ("5556677", "9876", phone_of(card)[2:], "csrf", "1985") if word in url]
