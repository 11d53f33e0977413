"""The manager's page of loyalty, and the rows behind its figures."""

from decimal import Decimal
from io import BytesIO

import pytest
from django.test import Client as Browser
from openpyxl import load_workbook

from clients.models import Client
from loyalty import services
from loyalty.pricing import Mode
from loyalty.services import TermsSaid, TierSaid
from purchases.models import Purchase
from stores.models import Employee, Role, Store
from tests import factories
from tests.conftest import Sell, SignIn

PAGE = "/loyalty/"


@pytest.fixture
def browser(signed_in: SignIn, manager: Employee) -> Browser:
    return signed_in(manager)


@pytest.fixture
def sold(card: Client, store: Store, sell: Sell) -> Purchase:
    """Two sales; the second spends what the first earned."""
    today = store.today()
    tiers = [TierSaid(Decimal(50_000), name="золото")]
    services.publish(TermsSaid(Mode.BOTH, earn_percent=Decimal(5), delay_days=0, tiers=tiers), since=today, by=None)
    sell(card, today, 100_000)
    return sell(card, today, 10_000, spend=1_000)


@pytest.mark.usefixtures("sold")
def test_a_sentence_a_picture_and_the_tables(browser: Browser) -> None:
    response = browser.get(PAGE, {"period": "month"})

    data = response.context["data"]
    assert (data["cost"]["total"]["cost"], data["liability"]["left"]) == (1_000, 4_450)
    assert [series["data"] for series in response.context["charts"]["cost"]["series"]] == [[0], [1_000]]
    assert "1\xa0000\xa0₽" in response.content.decode()


def test_each_figure_has_its_rows(browser: Browser, sold: Purchase, card: Client, store: Store) -> None:
    month = f"{store.today():%Y-%m}"
    days = {"first": str(store.today()), "last": str(store.today())}

    shown = [
        [row.amount for row in browser.get(f"{PAGE}rows/moves/", {"month": month, "what": what}).context["page"]]
        for what in ("earned", "given", "spent")
    ]
    ending = browser.get(f"{PAGE}rows/ending/").context["page"]
    of_tier = browser.get(f"{PAGE}rows/tier/", {"place": "1", **days}).context["page"]
    receipts = browser.get("/sales/", {**days, "group": "bonus"}).context["page"]

    assert shown == [[450, 5_000], [], [-1_000]]
    assert [lot.left for lot in ending] == [4_000, 450]
    assert [client.pk for client in of_tier] == [card.pk]
    assert [purchase.pk for purchase in receipts] == [sold.pk]
    assert browser.get(f"{PAGE}rows/nothing/").status_code == 404


@pytest.mark.usefixtures("sold")
@pytest.mark.parametrize(("show", "rows"), [("moves", 3), ("ending", 2), ("tier", 1)])
def test_rows_go_out_as_a_workbook(browser: Browser, show: str, rows: int, card: Client, store: Store) -> None:
    response = browser.get(
        f"{PAGE}rows/{show}/", {"export": "1", "place": "1", "first": str(store.today()), "last": str(store.today())}
    )

    book = load_workbook(BytesIO(response.content)).active
    assert book is not None
    assert book.max_row == rows + 1


@pytest.mark.usefixtures("sold")
def test_a_manager_of_another_store_sees_nothing_of_this_one(other_store: Store, store: Store, signed_in: SignIn) -> None:
    browser = signed_in(factories.employee(Role.MANAGER, other_store))

    data = browser.get(PAGE, {"period": "month"}).context["data"]

    assert (data["cost"]["total"]["cost"], data["liability"]["left"], data["moves"]["by_month"]) == (0, 0, [])
    assert [len(browser.get(f"{PAGE}rows/{show}/").context["page"]) for show in ("moves", "ending")] == [0, 0]
    assert browser.get(PAGE, {"store": store.pk}).status_code == 404


def test_without_terms_it_says_what_to_do(manager: Employee, other_store: Store, signed_in: SignIn, admin: Employee) -> None:
    assert "/loyalty/terms/" not in signed_in(manager).get(PAGE).content.decode()
    assert "/loyalty/terms/" in signed_in(admin).get(PAGE).content.decode()
