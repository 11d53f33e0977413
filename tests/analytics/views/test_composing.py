"""Composing by addresses: only one's own, in one press from a figure's page, in an order that keys and buttons make."""

import pytest

from analytics.boards import services
from analytics.boards.catalogue import ITEMS, PAGES
from analytics.models import Audience, Board
from stores.models import Employee, Role, Store
from tests import factories
from tests.conftest import SignIn
from tests.opened import carried


@pytest.fixture
def board(boss: Employee) -> Board:
    return services.create(boss, "Моя", what=[("today", None), ("silent", None)])


def order(board: Board) -> list[str]:
    return [tile.what for tile in board.tiles.all()]


def test_a_board_is_begun_by_its_name_and_composed(boss: Employee, store: Store, signed_in: SignIn) -> None:
    browser = signed_in(boss)
    begun = browser.post("/boards/new/", {"name": "Пульс"})
    board = Board.objects.get()
    assert begun["Location"] == f"/boards/{board.pk}/compose/"

    browser.post(f"/boards/{board.pk}/tiles/add/", {"what": "today"})
    browser.post(f"/boards/{board.pk}/tiles/add/", {"what": "silent", "store": store.pk})
    browser.post(f"/boards/{board.pk}/tiles/{board.tiles.all()[1].pk}/move/", {"way": "up"})
    assert [(tile.what, tile.store) for tile in board.tiles.all()] == [("silent", store), ("today", None)]

    browser.post(f"/boards/{board.pk}/tiles/{board.tiles.all()[0].pk}/remove/")
    assert order(board) == ["today"]
    browser.post(f"/boards/{board.pk}/forget/")
    assert not Board.objects.exists()


def test_nobody_changes_anothers_board(board: Board, signed_in: SignIn) -> None:
    Board.objects.update(audience=Audience.MANAGERS)
    browser = signed_in(factories.employee(Role.ADMIN))
    tile = board.tiles.all()[1]
    pages = ("compose/", "tiles/add/", f"tiles/{tile.pk}/move/", f"tiles/{tile.pk}/remove/", "forget/")

    answers = [browser.post(f"/boards/{board.pk}/{page}", {"what": "revenue", "way": "up"}).status_code for page in pages]

    assert (answers, order(board)) == ([404] * 5, ["today", "silent"])


def test_a_figure_of_a_foreign_store_or_of_none_is_refused(store: Store, other_store: Store, signed_in: SignIn) -> None:
    owner = factories.employee(Role.MANAGER, store)
    board = services.create(owner, "Моя")
    browser = signed_in(owner)

    answers = [
        browser.post(f"/boards/{board.pk}/tiles/add/", said).status_code
        for said in ({"what": "today", "store": other_store.pk}, {"what": "weather"}, {})
    ]

    assert (answers, order(board)) == ([404] * 3, [])


def test_readers_are_chosen_among_ones_own_stores(store: Store, other_store: Store, signed_in: SignIn) -> None:
    owner = factories.employee(Role.MANAGER, store)
    board = services.create(owner, "Моя")
    browser, address = signed_in(owner), f"/boards/{board.pk}/compose/"
    said = {"name": "Пульс", "period": "quarter", "audience": "store", **carried(browser, address)}

    wrong = [browser.post(address, {**said, "audience_store": one}).status_code for one in ("", other_store.pk)]
    browser.post(address, {**said, "audience_store": store.pk})

    board.refresh_from_db()
    assert wrong == [422, 422]
    assert (board.name, board.period, board.audience, board.audience_store) == ("Пульс", "quarter", "store", store)
    browser.post(address, {**said, **carried(browser, address), "audience": "managers", "audience_store": store.pk})
    board.refresh_from_db()
    assert (board.audience, board.audience_store) == ("managers", None)


def test_a_name_of_another_board_of_ones_own_is_refused(board: Board, boss: Employee, signed_in: SignIn) -> None:
    other = services.create(boss, "Вторая")
    browser, address = signed_in(boss), f"/boards/{other.pk}/compose/"

    page = browser.post(address, {"name": "Моя", "period": "month", "audience": "own", **carried(browser, address)})

    other.refresh_from_db()
    assert (page.status_code, other.name) == (422, "Вторая")


@pytest.mark.parametrize("page", [page for page in PAGES if page != "purchases:receipts"])
def test_every_page_of_figures_leads_to_a_board_in_two_presses(page: str, boss: Employee, signed_in: SignIn) -> None:
    browser = signed_in(boss)
    item = next(item for item in ITEMS.values() if item.page == page)
    figures = browser.get(f"/boards/add/?page={page}").context["page_address"]
    assert f"/boards/add/?page={page}" in browser.get(figures).content.decode()

    browser.post(f"/boards/add/?page={page}", {"what": item.key})

    assert order(Board.objects.get(owner=boss)) == [item.key]


def test_a_page_without_figures_offers_none(boss: Employee, signed_in: SignIn) -> None:
    browser = signed_in(boss)

    assert "/boards/add/" not in browser.get("/money/").content.decode()
    assert browser.get("/boards/add/?page=analytics:money").status_code == 404


def test_a_full_board_says_so(board: Board, boss: Employee, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "MOST_TILES", 2)

    page = signed_in(boss).post(f"/boards/{board.pk}/tiles/add/", {"what": "revenue"}, follow=True)

    assert "Уберите один или начните другую доску" in page.content.decode()
    assert order(board) == ["today", "silent"]
