"""A real Chromium against a real server; anything wrong on the console fails the journey."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from stores.models import Employee
from tests.conftest import chromium
from tests.factories import PASSWORD


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_type_launch_args, "executable_path": chromium(), "args": ["--no-sandbox", "--disable-dev-shm-usage"]}


def watch(page: Page) -> list[str]:
    """Errors of the page as they come."""
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda line: errors.append(line.text) if line.type == "error" and "status of 4" not in line.text else None)
    return errors


@pytest.fixture(params=[1280, 820, 390], ids=["desktop", "tablet", "phone"])
def width(request: pytest.FixtureRequest) -> int:
    """The same path on each of the screens that the people of a store have."""
    return int(request.param)


@pytest.fixture
def visit(browser: Browser, live_server: Any, transactional_db: None) -> Iterator[Callable[..., Page]]:
    """``visit(employee, width=390)``: a page of their own browser, signed in by the form."""
    contexts: list[BrowserContext] = []

    def sign_in(employee: Employee, *, width: int = 1280, language: str = "ru", theme: str = "light") -> Page:
        Employee.objects.filter(pk=employee.pk).update(language=language)
        context = browser.new_context(
            base_url=live_server.url, viewport={"width": width, "height": 900}, locale=f"{language}-{language.upper()}"
        )
        context.add_cookies([{"name": "theme", "value": theme, "url": live_server.url}])
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        watched = watch(page)
        page.goto("/accounts/login/")
        page.fill("#id_login", employee.username)
        page.fill("#id_password", PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url(f"{live_server.url}/")
        page.watched = watched  # type: ignore[attr-defined]
        return page

    yield sign_in
    found = [error for context in contexts for page in context.pages for error in getattr(page, "watched", [])]
    for context in contexts:
        context.close()
    assert found == []


@pytest.fixture(autouse=True)
def _first_rows(transactional_db: None) -> None:
    """What migrations put into a base: a transactional test begins without it."""
    from campaigns.models import Program
    from clients.models import OccasionKind
    from messaging.models import Budget, Route, Template

    if not Program.objects.exists():
        template = Template.objects.create(key="birthday", title="Поздравление", text="{name}, с днём рождения! {store}")
        Program.objects.create(key="birthday", title="Поздравление с днём рождения", template=template)
        OccasionKind.objects.create(name="годовщина свадьбы", name_en="wedding anniversary")
        Budget.objects.bulk_create([Budget(lane="bulk", segments=10_000), Budget(lane="urgent")])
        Route.objects.bulk_create([Route(channel=channel, gateway="console", is_on=True) for channel in ("sms", "email")])
