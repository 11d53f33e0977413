"""Enter does a form's main act and nothing else, in every form of the product; a scanner ends with Enter too."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import ElementHandle, Page

from clients.models import Client
from stores.models import Employee
from tests.browser.conftest import OpenPage
from tests.browser.test_crawl import pages
from tests.factories import phone_of

__all__ = ["pages"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FIELDS = (
    "main form input:not([type=hidden]):not([type=file]):not([type=radio]):not([type=date]), "
    "main form select, header form input:not([type=hidden])"
)
SCANNED = "R5387-6925"
# Nothing leaves the page; every button that Enter presses is noted, by its words where it is no main act.
WATCH = """() => {
  window.pressed = [];
  const submits = (form) => [...form.elements].filter((el) => el.type === "submit");
  const isMain = (button) =>
    !button || button.matches("[data-default-act]") || submits(button.form).length === 1 ||
    (!button.name && !button.hasAttribute("formaction"));
  addEventListener("submit", (event) => {
    event.preventDefault();
    event.stopImmediatePropagation();
    if (!isMain(event.submitter)) window.pressed.push(event.submitter.outerHTML.slice(0, 120));
  }, true);
  addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button?.form && button.type === "submit" && !isMain(button)) window.pressed.push(button.outerHTML.slice(0, 120));
    if (event.target.closest("a")) event.preventDefault();
  }, true);
}"""

# What can be acted in, and whether a scanner's text lands there.
KIND = """el => {
  if (!el.checkVisibility({visibilityProperty: true}) || el.disabled || el.readOnly) return "shut";
  return el.matches("input[type=text], input[type=search], input[type=tel], input:not([type])") ? "typed" : "pressed";
}"""
FOCUS = "el => el.focus()"  # also where Enter has taken the field away
PRESSED = """() => {
  document.querySelectorAll("[data-once]").forEach((form) => delete form.dataset.sent);
  return window.pressed.splice(0);
}"""


def test_enter_does_the_main_act_of_every_form(admin: Employee, visit: OpenPage, pages: list[str]) -> None:
    page = visit(admin)
    wrong: list[tuple[str, str, list[str]]] = []
    for address in dict.fromkeys(pages):
        page.goto(address)
        wrong += [(address, field, pressed) for field, pressed in fumbled(page)]

    assert wrong == []


def test_enter_where_the_phone_is_on_another_card_presses_none_of_the_offered_ways(
    seller: Employee, card: Client, visit: OpenPage
) -> None:
    page = visit(seller)
    page.goto("/clients/register/")
    said = {
        "last_name": "Другова",
        "first_name": "Ольга",
        "birth_date": "01.02.1970",
        "phone": phone_of(card),
        "email": "d@example.ru",
    }
    for name, text in said.items():
        page.fill(f"#id_{name}", text)
    page.check("#id_consent_personal_data")
    page.locator("#register .btn-primary").last.click()
    page.get_by_text("Другой человек с тем же телефоном").wait_for()

    assert list(fumbled(page)) == []


def test_a_ticked_consent_sends_the_form_and_goes_nowhere_back(seller: Employee, visit: OpenPage) -> None:
    page = visit(seller)
    page.goto("/clients/register/")
    for name, text in {
        "last_name": "Орлова",
        "first_name": "Анна",
        "birth_date": "06.05.1990",
        "phone": "9241112233",
        "email": "o@e.ru",
    }.items():
        page.fill(f"#id_{name}", text)
    page.check("#id_consent_personal_data")
    page.locator("#id_consent_personal_data").press("Enter")

    page.wait_for_url("**/clients/*/")
    assert Client.objects.get().full_name == "Орлова Анна"


def fumbled(page: Page) -> Iterator[tuple[str, list[str]]]:
    """Each field where Enter, or a scan that ends with it, pressed something else than the main act."""
    page.evaluate(WATCH)
    for field in page.query_selector_all(FIELDS):
        kind = field.evaluate(KIND)
        if kind == "shut":
            continue
        before = envelopes(page)
        press(page, field, is_typed=kind == "typed")
        pressed = page.evaluate(PRESSED)
        if pressed or envelopes(page) != before:
            yield field.evaluate("el => el.outerHTML.slice(0, 120)"), pressed


def press(page: Page, field: ElementHandle, *, is_typed: bool) -> None:
    field.evaluate(FOCUS)
    page.keyboard.press("Enter")
    if is_typed:
        field.evaluate(FOCUS)
        page.keyboard.insert_text(SCANNED)
        page.keyboard.press("Enter")


def envelopes(page: Page) -> int:
    """Pieces on the form of intake: Enter adds none."""
    return page.locator("[data-envelope]").count()
