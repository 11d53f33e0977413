"""From the list of clients to a newsletter: composed, looked at in both themes, sent to oneself, written down."""

from decimal import Decimal
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import expect

from campaigns.models import Campaign
from catalogue import services
from catalogue.models import Article
from catalogue.services import ArticleFacts
from clients.models import Client
from clients.services import record_consents
from messaging.models import Letter, Message
from stores.models import Employee
from tests.browser.conftest import OpenPage

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_from_a_list_to_a_newsletter_that_is_written_down(visit: OpenPage, manager: Employee, card: Client) -> None:
    record_consents(card, {"advertising_email": True}, by=None, where=None)
    services.upsert_articles([ArticleFacts("R1-1", name="Кольцо «Свет»", metal="white_gold", price=Decimal(45_000))])
    photo = BytesIO()
    Image.new("RGB", (800, 600), "#caa").save(photo, "JPEG")
    services.set_photo(Article.objects.get(), photo.getvalue())
    page = visit(manager)
    page.goto("/clients/")
    page.locator("[name=all]").check()
    page.get_by_role("button", name="Рассылка…").click()
    page.get_by_label("Название").fill("Новая коллекция")
    page.get_by_label("Рубрика").select_option(label="Новинки")
    page.get_by_label("Тема письма", exact=True).fill("{first_name}, новая коллекция")
    page.locator("#id_occasion").fill("Первые изделия уже в магазинах")
    page.get_by_role("button", name="Посчитать, с кем можно связаться").click()
    page.get_by_role("link", name="Составить письмо").click()

    page.get_by_role("button", name="Картинка").click()
    page.locator("#id_block-0-articles").fill("R1-1")
    page.get_by_role("button", name="Заголовок", exact=True).click()
    page.locator("#id_block-1-text").fill("{name}, посмотрите")
    letter = page.frame_locator("iframe")
    expect(letter.get_by_role("heading", name="Елена Викторовна, посмотрите")).to_be_visible()
    expect(letter.get_by_role("img")).to_have_js_property("naturalWidth", 800)
    page.get_by_text("Тёмное", exact=True).click()
    expect(letter.locator(".paper")).to_have_css("background-color", "rgb(23, 22, 26)")

    page.get_by_role("button", name="Сохранить письмо").click()
    expect(page.get_by_text("Письмо сохранено.")).to_be_visible()
    page.locator("#id_email").fill("me@example.ru")
    page.get_by_role("button", name="Отправить мне сохранённое письмо").click()
    expect(page.get_by_text("Отправлено")).to_be_visible()
    page.get_by_role("link", name="С кем можно связаться").click()
    page.get_by_role("button", name="Зафиксировать список").click()

    expect(page.get_by_role("link", name="Письмо в браузере")).to_be_visible()
    campaign = Campaign.objects.get()
    assert (campaign.state, [one["kind"] for one in campaign.body]) == ("frozen", ["picture", "heading"])
    assert Message.objects.get().recipient == "me@example.ru"
    assert Letter.objects.filter(source=campaign.source).exists()
