"""Boards by their addresses: whose opens for whom, what is hidden, how they come by mail, and in how many queries."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.test import Client as Browser
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from analytics import mondays, snapshots
from analytics.boards import services
from analytics.boards.catalogue import ITEMS, READY
from analytics.models import Audience, Board, Snapshot, WeeklyLetter
from clients.models import Client
from stores.models import Employee, Role, Store
from tests import factories
from tests.analytics.conftest import Histories
from tests.conftest import Sell, SignIn

# Vladivostok is ten hours ahead: its Monday 30 November 2026, eight o'clock.
EIGHT = datetime(2026, 11, 29, 22, tzinfo=UTC)


@pytest.fixture
def board(boss: Employee) -> Board:
    return services.create(boss, "Утро Бориса", what=[("today", None), ("silent", None), ("months", None)])


def show(board: Board, audience: str, store: Store | None = None) -> None:
    Board.objects.filter(pk=board.pk).update(audience=audience, audience_store=store)


def statuses(browser: Browser, board: Board) -> list[int]:
    return [browser.get(f"/boards/{board.pk}/{page}").status_code for page in ("", "print/", "waiting/")]


def test_a_board_opens_for_whom_it_is_shown_to(
    board: Board, store: Store, other_store: Store, boss: Employee, signed_in: SignIn
) -> None:
    here, there = (signed_in(factories.employee(Role.MANAGER, one)) for one in (store, other_store))
    own = statuses(here, board), statuses(there, board)
    show(board, Audience.STORE, store)
    of_store = statuses(here, board), statuses(there, board)
    show(board, Audience.MANAGERS)
    of_all = statuses(here, board), statuses(there, board)

    assert (own, of_store, of_all) == (([404] * 3, [404] * 3), ([200, 200, 204], [404] * 3), ([200, 200, 204],) * 2)
    assert statuses(signed_in(factories.employee(Role.SELLER, store)), board) == [403] * 3


def test_a_reader_sees_no_sum_of_another_store(
    board: Board, boss: Employee, store: Store, other_store: Store, card: Client, sell: Sell, signed_in: SignIn
) -> None:
    sell(card, timezone.localdate(), 9_000)
    services.add(board, "today", store)
    show(board, Audience.MANAGERS)
    reader = signed_in(factories.employee(Role.MANAGER, other_store))

    pages = [signed_in(boss).get(f"/boards/{board.pk}/"), reader.get(f"/boards/{board.pk}/")]

    assert [page.content.decode().count("9\xa0000") for page in pages] == [2, 0]
    assert "показатель чужого магазина" in pages[1].content.decode()
    assert reader.get(f"/boards/{board.pk}/?store={store.pk}").status_code == 404


def test_a_page_of_many_figures_asks_as_much_as_one_of_few(
    boss: Employee, signed_in: SignIn, histories: Histories, monkeypatch: pytest.MonkeyPatch,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    monkeypatch.setattr(services, "MOST_TILES", 99)
    histories(20)
    snapshots.recompute_all(timezone.localdate())
    browser = signed_in(boss)
    empty, whole = services.create(boss, "Пусто"), services.create(boss, "Всё", what=[(key, None) for key in ITEMS])
    for board in (empty, whole):
        browser.get(f"/boards/{board.pk}/")

    with django_assert_max_num_queries(8):
        browser.get(f"/boards/{empty.pk}/")
    with django_assert_max_num_queries(11):
        page = browser.get(f"/boards/{whole.pk}/")
    assert page.context["told"].missing == []


def test_what_is_missing_is_counted_by_a_worker_and_the_page_comes_anew(
    board: Board, boss: Employee, signed_in: SignIn, django_capture_on_commit_callbacks: object
) -> None:
    browser, address = signed_in(boss), f"/boards/{board.pk}/"
    assert "появятся сами" in browser.get(address).content.decode()
    assert not Snapshot.objects.exists()

    from analytics.tasks import fill_board

    missing = browser.get(address).context["told"].missing
    fill_board([[one.figure, str(one.scope), one.first.isoformat(), one.last.isoformat()] for one in missing])

    answer = browser.get(f"{address}waiting/")
    assert (answer.status_code, answer["HX-Refresh"]) == (204, "true")
    assert "появятся сами" not in browser.get(address).content.decode()


def test_the_first_look_teaches_and_two_boards_are_there_to_take(boss: Employee, signed_in: SignIn) -> None:
    browser = signed_in(boss)
    page = browser.get("/boards/").content.decode()
    assert "Здесь будут ваши доски" in page

    for ready in READY:
        assert browser.post("/boards/new/", {"ready": ready}).status_code == 302

    assert [board.tiles.count() for board in Board.objects.order_by("pk")] == [len(ready.what) for ready in READY.values()]
    assert "Здесь будут ваши доски" not in browser.get("/boards/").content.decode()


def test_a_board_of_others_is_copied(board: Board, store: Store, signed_in: SignIn) -> None:
    reader = factories.employee(Role.MANAGER, store)
    browser = signed_in(reader)
    assert browser.post(f"/boards/{board.pk}/copy/").status_code == 404
    show(board, Audience.MANAGERS)

    browser.post(f"/boards/{board.pk}/copy/")

    assert Board.objects.get(owner=reader).tiles.count() == 3


@pytest.fixture
def reader(store: Store, settings: Settings) -> Employee:
    settings.SMTP_HOST = "mail.example"
    reader = factories.employee(Role.MANAGER, store)
    reader.email = "reader@example.ru"
    reader.save()
    return reader


def test_a_board_comes_on_mondays_while_it_is_shown(
    board: Board, reader: Employee, store: Store, card: Client, sell: Sell, signed_in: SignIn
) -> None:
    sell(card, EIGHT.date() + timedelta(days=1), 5_000)
    browser = signed_in(reader)
    show(board, Audience.STORE, store)
    browser.post(f"/boards/{board.pk}/mondays/", {"say": "begin"})
    browser.post(f"/boards/{board.pk}/mondays/", {"say": "begin"})
    browser.post(f"/returning/mondays/?store={store.pk}", {"say": "begin"})
    assert WeeklyLetter.objects.count() == 2
    WeeklyLetter.objects.update(told=EIGHT.date() - timedelta(days=6))

    assert (mondays.send_due(EIGHT), mondays.send_due(EIGHT)) == (2, 0)

    [letter] = [one for one in mail.outbox if "Утро Бориса" in one.subject]
    assert letter.subject == "Утро Бориса, 30 ноября"
    assert letter.body.startswith("Выручка сегодня: 5\xa0000\xa0₽")
    assert f"/boards/{board.pk}/" in letter.body
    [(name, pdf, kind)] = letter.attachments
    assert (name, pdf[:5], kind) == ("carat-2026-11-30.pdf", b"%PDF-", "application/pdf")

    show(board, Audience.OWN)
    WeeklyLetter.objects.update(told=EIGHT.date() - timedelta(days=6))
    assert mondays.send_due(EIGHT) == 1


def test_a_board_stops_coming(board: Board, boss: Employee, signed_in: SignIn) -> None:
    browser = signed_in(boss)
    browser.post(f"/boards/{board.pk}/mondays/", {"say": "begin"})

    browser.post(f"/boards/{board.pk}/mondays/", {"say": "end"})

    assert not WeeklyLetter.objects.exists()
