"""A real Chromium against a real server; anything wrong on the console fails the journey."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page
from pytest_django.live_server_helper import LiveServer

from stores.models import Employee
from tests.conftest import chromium
from tests.factories import PASSWORD


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_type_launch_args, "executable_path": chromium(), "args": ["--no-sandbox", "--disable-dev-shm-usage"]}


# What is no fault: an answer that says no, and a question that was under way when the page was left.
HARMLESS = ("status of 4", "htmx:sendAbort", "htmx:afterRequest")


def watch(page: Page, errors: list[str]) -> list[str]:
    """Errors of the page as they come, behind those that are there."""

    def note(line: ConsoleMessage) -> None:
        if line.type == "error" and not any(words in line.text for words in HARMLESS):
            errors.append(line.text)

    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", note)
    return errors


@pytest.fixture(params=[1280, 820, 390], ids=["desktop", "tablet", "phone"])
def width(request: pytest.FixtureRequest) -> int:
    """The same path on each of the screens that the people of a store have."""
    return int(request.param)


class OpenPage:
    """``visit(employee, width=390)``: a page of their own browser, signed in by the form."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.browser = browser
        self.address = address
        self.contexts: list[BrowserContext] = []
        self.errors: list[str] = []

    def __call__(self, employee: Employee, *, width: int = 1280, language: str = "ru", theme: str = "light") -> Page:
        Employee.objects.filter(pk=employee.pk).update(language=language)
        context = self.browser.new_context(
            base_url=self.address, viewport={"width": width, "height": 900}, locale=f"{language}-{language.upper()}"
        )
        context.add_cookies([{"name": "theme", "value": theme, "url": self.address}])
        self.contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        watch(page, self.errors)
        page.goto("/accounts/login/")
        page.fill("#id_login", employee.username)
        page.fill("#id_password", PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url(f"{self.address}/")
        return page


@pytest.fixture
def visit(browser: Browser, live_server: LiveServer, transactional_db: None) -> Iterator[OpenPage]:
    opened = OpenPage(browser, live_server.url)
    yield opened
    for context in opened.contexts:
        context.close()
    assert opened.errors == []


@pytest.fixture(autouse=True)
def _first_rows(transactional_db: None) -> None:
    """What migrations put into a base: a transactional test begins without it."""
    from campaigns.models import Program
    from clients.models import ConsentText, OccasionKind, Purpose
    from messaging.models import Budget, Route, Template, Topic

    if not Program.objects.exists():
        template = Template.objects.create(key="birthday", title="Поздравление", text="{name}, с днём рождения! {store}")
        Program.objects.create(key="birthday", title="Поздравление с днём рождения", template=template)
        OccasionKind.objects.create(name="годовщина свадьбы", name_en="wedding anniversary")
        for purpose, where in ((Purpose.ADVERTISING_MESSENGER, "в мессенджере"), (Purpose.ADVERTISING_PUSH, "в уведомлениях")):
            agreed = {"text": f"Даю согласие на рекламу {where}.", "since": "2026-11-01"}
            ConsentText.objects.get_or_create(purpose=purpose, version=1, defaults=agreed)
        ConsentText.objects.get_or_create(purpose=Purpose.ADVERTISING_PUSH, version=1, defaults=agreed)
        Topic.objects.create(key="new", title="Новинки", words="Новые коллекции и изделия")
        Budget.objects.bulk_create([Budget(lane="bulk", segments=10_000), Budget(lane="urgent")])
        Route.objects.bulk_create([Route(channel=channel, gateway="console", is_on=True) for channel in ("sms", "email")])
