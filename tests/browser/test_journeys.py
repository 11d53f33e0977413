"""Whole paths of the people whom Carat is for, by keyboard where they use one."""

import re
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from campaigns import services as campaigns_services
from clients.models import CardState, Client, Purpose
from clients.services import record_consents
from messaging.models import Message
from messaging.unsubscribing import unsubscribe_address
from purchases.models import Purchase
from stores.models import Employee, Role, Store
from tests import factories
from tests.browser.conftest import OpenPage
from tests.conftest import DATA, Sell
from tests.factories import ClientFactory, phone_of
from tests.present import present
from visits.models import Visit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def type_keys(page: Page, *keys: str) -> int:
    """Type texts, press ``[Key]``; returns how many keys that took."""
    pressed = 0
    for key in keys:
        if key.startswith("["):
            page.keyboard.press(key.strip("[]"))
            pressed += 1
        else:
            page.keyboard.type(key)
            pressed += len(key)
    return pressed


def test_a_client_is_registered_by_keyboard_alone(seller: Employee, visit: OpenPage) -> None:
    page = visit(seller)
    page.keyboard.press("/")
    type_keys(page, "Орлова")
    page.get_by_text("Никого не нашлось").wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/clients/register/**")
    expect(page.locator("#id_last_name")).to_have_value("Орлова")
    expect(page.locator("#id_first_name")).to_be_focused()

    pressed = type_keys(
        page, "Анна", "[Tab]", "[Tab]", "06051990", "[Tab]", "9241112233", "[Tab]", "orlova@example.ru", "[Tab]",
        "[Space]", "[Tab]", "[Space]", "[Enter]",
    )  # fmt: skip
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/clients/\d+/$"))

    card = Client.objects.get()
    assert (card.full_name, card.phone, card.birth_date) == ("Орлова Анна", "+79241112233", date(1990, 5, 6))
    assert pressed <= 70


def test_matches_appear_while_typing_and_one_is_taken(seller: Employee, visit: OpenPage, store: Store) -> None:
    card = ClientFactory.create(birth_date=date(1990, 5, 6), email=None, state=CardState.INCOMPLETE, home_store=store)
    page = visit(seller)
    page.goto("/clients/register/")

    type_keys(page, "Иванова", "[Tab]", "Елена", "[Tab]", "[Tab]", "06051990", "[Tab]", "[Tab]", "elena@example.ru")
    page.get_by_role("button", name="Это тот же человек").click()
    page.wait_for_url(f"**/clients/{card.pk}/")

    card.refresh_from_db()
    assert (card.state, card.email, Client.objects.count()) == (CardState.COMPLETE, "elena@example.ru", 1)


def test_two_sellers_with_one_phone_make_one_card(seller: Employee, store: Store, visit: OpenPage) -> None:
    pages = [visit(seller), visit(factories.employee(Role.SELLER, store))]
    for page in pages:
        page.goto("/clients/register/")
        type_keys(page, "Орлова", "[Tab]", "Анна", "[Tab]", "[Tab]", "06051990", "[Tab]", "9241112233", "[Tab]", "o@example.ru")
        page.get_by_label("Обработка персональных данных").check()
    for page in pages:
        page.get_by_role("button", name="Завести карточку").click()

    for page in pages:
        page.wait_for_url(re.compile(r"/clients/\d+/$"))
    expect(pages[1].get_by_text("уже есть карточка")).to_be_visible()
    assert Client.objects.count() == 1


def test_a_sale_of_two_pieces_and_the_return_of_one(seller: Employee, visit: OpenPage, card: Client) -> None:
    page = visit(seller)
    page.goto(f"/sales/new/?client={card.pk}")
    expect(page.locator("[name=pieces-0-article]")).to_be_focused()

    type_keys(page, "E6081-8735", "[Enter]")
    expect(page.locator("[name=pieces-0-price]")).to_be_focused()
    type_keys(page, "115900", "[Enter]")
    expect(page.locator("[name=pieces-1-article]")).to_be_focused()
    type_keys(page, "R5387-6925", "[Enter]")
    expect(page.locator("[name=pieces-1-price]")).to_be_focused()
    type_keys(page, "138795", "[Enter]")
    expect(page.locator("[data-total]")).to_have_text(re.compile(r"254.695.₽"))
    page.get_by_role("button", name="Сохранить продажу").dblclick()
    page.wait_for_url(f"**/clients/{card.pk}/")

    purchase = Purchase.objects.get()
    assert set(purchase.pieces.values_list("kind", flat=True)) == {"earrings", "ring"}
    page.goto(f"/sales/{purchase.pk}/")
    page.get_by_label("вернуть").first.check()
    page.get_by_role("button", name="Вернуть отмеченное").click()
    expect(page.get_by_text("Возвращено: 1")).to_be_visible()
    assert Visit.objects.get(scope=0).items == 1


def test_two_known_pieces_are_scanned_without_a_pause(seller: Employee, visit: OpenPage, card: Client, sell: Sell) -> None:
    sell(card, date(2026, 1, 5), 700, 900)
    page = visit(seller)
    page.goto(f"/sales/new/?client={card.pk}")

    type_keys(page, "R1000-0000", "[Enter]", "R1000-0001", "[Enter]")
    expect(page.locator("[data-total]")).to_have_text(re.compile(r"1.600.₽"))
    expect(page.locator("[name=pieces-1-price]")).not_to_have_value("")
    type_keys(page, "[Enter]", "[Enter]")
    page.wait_for_url(f"**/clients/{card.pk}/")

    assert sorted(Purchase.objects.latest("pk").pieces.values_list("article", flat=True)) == ["R1000-0000", "R1000-0001"]


def test_a_sale_without_a_card_takes_one_key_for_its_reason(seller: Employee, visit: OpenPage) -> None:
    page = visit(seller)
    page.goto("/sales/new/")

    type_keys(page, "R5387-6925", "[Enter]", "5000", "[Alt+1]")
    page.get_by_role("button", name="Сохранить продажу").click()
    page.wait_for_url(re.compile(r"/sales/\d+/$"))

    assert Purchase.objects.get().no_card_reason == "declined"


def bring_list(page: Page, kind: str, path: Path) -> None:
    page.goto("/lists/")
    page.get_by_label("Что в списке").select_option(kind)
    page.get_by_label("Файл").set_input_files(str(path))
    page.get_by_role("button", name="Загрузить и посмотреть").click()
    page.get_by_role("button", name="Подготовить предпросмотр").click()
    page.get_by_role("button", name="Записать в базу").click()
    page.get_by_text("Записан в базу.").wait_for()


def test_the_story_of_the_lost_contact_never_happens_again(
    admin: Employee, seller: Employee, store: Store, visit: OpenPage, tmp_path: Path
) -> None:
    clients, purchases = tmp_path / "clients.csv", tmp_path / "purchases.csv"
    clients.write_text("Код;ФИО;Дата рождения;Телефон;E-mail\nК7;Лазарева Инна Олеговна;17.02.1984;;\n", encoding="cp1251")
    purchases.write_text(
        "Чек;Дата;Код клиента;Артикул;Вид изделия;Сумма;Магазин\n"
        "Ч-1;29.01.2019;К7;E6081-8735;серьги;115900;Роскошь-Luxury\n"
        "Ч-1;29.01.2019;К7;R5387-6925;кольцо;138795;Роскошь-Luxury\n",
        encoding="cp1251",
    )
    desk = visit(admin)
    bring_list(desk, "clients", clients)
    bring_list(desk, "purchases", purchases)
    assert Client.objects.get().missing == ["phone", "email"]

    page = visit(seller)
    page.goto("/service/new/")
    type_keys(page, "лазарева", "[Tab]", "17021984")
    page.get_by_role("button", name="Это Инна").wait_for()
    page.keyboard.press("Enter")
    expect(page.locator("#id_phone")).to_be_focused()
    type_keys(page, "8 924 555-66-77", "[Tab]", "inna@example.ru")
    page.get_by_label("Реклама по SMS").check()
    page.get_by_label("Внешний вид изделия").fill("жёлтое кольцо с белым камнем")
    page.get_by_label("Нужный размер").fill("17,5")
    page.get_by_role("button", name="Принять", exact=True).click()
    page.wait_for_url(re.compile(r"/service/\d+/$"))

    card = Client.objects.get()
    assert (card.state, card.phone) == (CardState.COMPLETE, "+79245556677")
    page.goto(f"/clients/{card.pk}/")
    expect(page.locator(".line > li")).to_have_count(2)
    assert campaigns_services.run_programs(now=datetime(2027, 2, 17, 1, tzinfo=UTC)) == 1
    assert Message.objects.get().text.startswith("Инна Олеговна, ")


def test_a_manager_reads_december_and_opens_its_receipts(visit: OpenPage) -> None:
    page = visit(factories.employee(Role.ADMIN))
    for kind in ("clients", "purchases", "services"):
        bring_list(page, kind, DATA / f"december-2018/{kind}.csv")

    page.goto("/returning/?first=2018-12-01&last=2018-12-31")
    expect(page.get_by_text(re.compile(r"принесли 71,4.% выручки"))).to_be_visible()
    expect(page.locator("canvas")).to_have_count(3)
    with page.expect_download() as download:
        page.get_by_role("link", name="Excel").click()
    assert download.value.suggested_filename == "returning.xlsx"
    page.get_by_role("link", name="117", exact=True).click()
    page.wait_for_url("**/sales/**group=regular")
    assert page.locator("table.list tbody tr").count() == 50


def upload(page: Page, path: Path) -> None:
    page.goto("/lists/")
    page.get_by_label("Файл").set_input_files(str(path))
    page.get_by_role("button", name="Загрузить и посмотреть").click()


def test_a_list_is_mapped_previewed_decided_applied_and_taken_back(admin: Employee, visit: OpenPage, tmp_path: Path) -> None:
    path = tmp_path / "блокнот.csv"
    path.write_text(
        "Кто;Когда;Куда звонить;Куда писать\n"
        "Орлова Анна;06.05.1990;8 924 111-22-33;orlova@example.ru\n"
        "Белов Пётр;07.05.1991;8 924 111-22-33;belov@example.ru\n"
        "Итого: 2;;;\n"
    )
    page = visit(admin)
    upload(page, path)
    for place, name in enumerate(["ФИО", "Дата рождения", "Телефон", "Почта"]):
        page.locator(f"#id_column_{place}").select_option(label=name)
    page.get_by_role("button", name="Подготовить предпросмотр").click()
    page.get_by_role("link", name="Решить 1 строку").click()
    expect(page.get_by_text("Белов Пётр")).to_be_visible()
    page.keyboard.press("3")
    page.get_by_text("больше нечего решать").wait_for()
    page.get_by_role("button", name="Записать в базу").click()
    page.get_by_text("Записан в базу.").wait_for()

    orlova, belov = Client.objects.order_by("pk")
    assert (belov.full_name, belov.phone, belov.reached_through) == ("Белов Пётр", None, orlova)

    page.get_by_text("Отменить загрузку…").click()
    page.get_by_role("button", name="Да, отменить загрузку").click()
    page.get_by_text("Всё, что записал список, удалено.").wait_for()
    assert not Client.objects.exists()


def test_a_list_of_dos_times_is_read_right_away(admin: Employee, visit: OpenPage, tmp_path: Path) -> None:
    path = tmp_path / "СПИСОК.TXT"
    path.write_bytes("Фамилия|Имя|Дата рожд.|Моб. тел.\r\nГринёв|Пётр|03.07.85|8-914-701-22-34\r\n".encode("cp866"))
    page = visit(admin)
    upload(page, path)

    expect(page.locator("#id_encoding")).to_have_value("cp866")
    expect(page.locator("#id_column_0")).to_have_value("last_name")
    expect(page.get_by_role("cell", name="Гринёв")).to_be_visible()


def test_a_bomb_is_refused_beside_the_field(admin: Employee, visit: OpenPage, tmp_path: Path) -> None:
    path = tmp_path / "клиенты.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 200_000_000)
    page = visit(admin)
    upload(page, path)

    expect(page.get_by_text("какого у списков не бывает")).to_be_visible()
    expect(page.get_by_text("Traceback")).to_have_count(0)


def test_a_file_with_only_errors_shows_each_of_them(admin: Employee, visit: OpenPage, tmp_path: Path) -> None:
    path = tmp_path / "мусор.csv"
    path.write_text("ФИО;Телефон\nИтого: 29;\n<b>жирный</b>;1\n=СУММ(A1:A9);2\n")
    page = visit(admin)
    upload(page, path)
    page.get_by_role("button", name="Подготовить предпросмотр").click()

    page.get_by_role("link", name="отклонено 3").click()
    expect(page.get_by_text("в строке нет имени клиента")).to_have_count(3)
    page.get_by_role("button", name="Записать в базу").click()
    page.get_by_text("Записан в базу.").wait_for()
    assert not Client.objects.exists()


def test_a_manager_writes_a_text_and_sees_how_it_reads(visit: OpenPage, manager: Employee, card: Client) -> None:
    record_consents(card, {Purpose.ADVERTISING_SMS: True}, by=None, where=None)
    page = visit(manager)
    page.goto("/messages/templates/new/")
    page.get_by_label("Ключ").fill("autumn")
    page.get_by_label("Название").fill("Осень")
    page.locator("#id_text").press_sequentially("{dear}, ждём вас!")

    expect(page.locator("#meter")).to_contain_text("Уважаемая Елена Викторовна, ждём вас!")
    expect(page.locator("#meter")).to_contain_text("1 SMS")
    page.locator("#id_text").fill("я" * 500)
    expect(page.locator("#meter")).to_contain_text("сохранить нельзя")
    page.locator("#id_text").fill("{dear}, ждём вас!")
    page.get_by_role("button", name="Сохранить").click()
    page.wait_for_url("**/messages/templates/")
    expect(page.get_by_text("Осень")).to_be_visible()


def test_an_admin_tries_a_gateway_and_watches_it(visit: OpenPage, admin: Employee) -> None:
    page = visit(admin)
    page.goto("/gateways/")
    card = page.get_by_label("Файл: только пишет в файл").first
    card.get_by_text("Проверить").click()
    card.get_by_label("Телефон").fill("8 914 701-22-33")
    card.get_by_role("button", name="Отправить пробное сообщение").click()

    page.wait_for_url(re.compile(r"/messages/\d+/$"))
    expect(page.locator("#story")).to_contain_text("передано")


def test_a_client_stops_letters_with_one_press_and_takes_it_back(
    browser: Chromium, live_server: LiveServer, card: Client
) -> None:
    record_consents(card, {Purpose.ADVERTISING_EMAIL: True}, by=None, where=None)
    page = browser.new_context(base_url=live_server.url).new_page()

    page.goto(unsubscribe_address(card.pk, Purpose.ADVERTISING_EMAIL).partition("8000")[2])
    assert card.consents.latest("pk").given is True
    page.get_by_role("button", name="Отписаться от рекламы").click()

    expect(page.get_by_text("Реклама по электронной почте: отключено")).to_be_visible()
    assert card.consents.latest("pk").given is False
    page.get_by_role("button", name="Снова получать").last.click()
    expect(page.get_by_role("button", name="Не присылать", exact=True)).to_be_visible()
    assert card.consents.latest("pk").given is True


def test_a_doubt_is_decided_where_it_stands(visit: OpenPage, manager: Employee, card: Client) -> None:
    message = Message.objects.create(
        client=card, store=card.home_store, occasion_key="birthday:2026:1", recipient=phone_of(card), text="Ура", state="unknown", attempts=1,
        send_after="2026-01-01T00:00Z", expires_at="2026-01-02T00:00Z",
    )  # fmt: skip
    page = visit(manager)
    page.goto("/messages/?state=unknown")
    page.get_by_role("button", name="Дошло").click()

    expect(page.get_by_text("Записано: доставлено")).to_be_visible()
    message.refresh_from_db()
    assert message.state == "delivered"


def test_a_manager_asks_keeps_the_question_and_opens_a_client(
    visit: OpenPage, manager: Employee, card: Client, sell: Sell
) -> None:
    sell(card, date(2026, 1, 5), 700, 900)
    ClientFactory.create(home_store=card.home_store, last_name="Петрова")
    page = visit(manager)
    page.goto("/ask/")
    page.locator("button[name=into]").click()
    page.select_option("select[name=w0]", "kind")
    expect(page.locator("[name=p0_kind]")).to_be_visible()

    page.select_option("[name=p0_kind]", "ring")
    page.fill("[name=p0_least]", "2")
    page.keyboard.press("Tab")
    expect(page.locator(".ask-count")).to_have_text("1")
    page.check("[name=n0]")
    expect(page.get_by_role("link", name="Петрова")).to_be_visible()
    page.uncheck("[name=n0]")
    expect(page.get_by_role("link", name="Петрова")).to_have_count(0)
    page.fill("#id_name", "Два кольца")
    page.keyboard.press("Enter")

    page.get_by_role("link", name="Два кольца").click()
    page.get_by_role("link", name=card.last_name).click()
    page.wait_for_url(f"**/clients/{card.pk}/")


def test_a_manager_goes_from_the_day_to_the_receipts_behind_a_figure(
    visit: OpenPage, manager: Employee, card: Client, sell: Sell
) -> None:
    today = present(card.home_store).today()
    sell(card, today, 700)
    page = visit(manager)
    expect(page.locator("#today")).to_contain_text(re.compile("700.₽"))

    page.goto("/returning/detail/?period=month")
    page.locator("main details:not(.fold-narrow) summary").first.click()
    page.locator("main details:not(.fold-narrow) a").first.click()
    page.wait_for_url("**/sales/**")

    expect(page.get_by_role("link", name=str(card))).to_be_visible()
