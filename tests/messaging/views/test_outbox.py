"""Messages on their pages: of one's own stores, narrowed, told, decided; and pauses put on cards."""

from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
from django.test import Client as Browser
from django.utils import timezone
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from clients.models import Client
from messaging import services
from messaging.models import Message, MessageState, Pause, Reply
from stores.models import Employee, Role, Store
from tests import factories
from tests.conftest import SignIn
from tests.factories import ClientFactory
from tests.messaging.conftest import Put
from tests.messaging.views.pages import page


def test_the_outbox_is_of_ones_own_stores(desk: Browser, put: Put, other_store: Store) -> None:
    put(text="наше"), put(ClientFactory.create(home_store=other_store), text="чужое")

    shown = page(desk, "/messages/")

    assert ("наше" in shown, "чужое" in shown) == (True, False)


def test_a_foreign_message_is_not_found(desk: Browser, put: Put, other_store: Store) -> None:
    foreign = put(ClientFactory.create(home_store=other_store), state="unknown")

    assert desk.get(f"/messages/{foreign.pk}/").status_code == 404
    assert desk.post(f"/messages/{foreign.pk}/decide/", {"word": "arrived"}).status_code == 404
    foreign.refresh_from_db()
    assert foreign.state == MessageState.UNKNOWN


@pytest.mark.parametrize(
    ("query", "found"),
    [({"state": "suppressed"}, "b"), ({"state": "suppressed", "reason": "stop"}, "b"), ({"state": "suppressed", "reason": "cap"}, ""),
     ({"channel": "email"}, "c"), ({"q": "Иванова"}, "abc"), ({"q": "Сидоров"}, ""), ({"state": "nonsense"}, "abc")],
)  # fmt: skip
def test_filters(desk: Browser, put: Put, query: dict[str, str], found: str) -> None:
    put(text="text-a"), put(text="text-b", state="suppressed", reason="stop"), put(text="text-c", channel="email")

    shown = page(desk, "/messages/", **query)

    assert [letter for letter in "abc" if f"text-{letter}" in shown] == list(found)


@pytest.mark.parametrize(
    ("query", "found"),
    [({"source": "birthday"}, "a"), ({"source": "nothing"}, ""), ({"gateway": "smsc"}, "b"), ({"gateway": "nonsense"}, "abc"),
     ({"day": "2026-11-20"}, "c"), ({"day": "31.31"}, "abc"), ({"day": "2026-13-01"}, "abc"), ({"gateway": "smsc", "source": "birthday"}, "")],
)  # fmt: skip
def test_filters_for_program_gateway_and_day(desk: Browser, put: Put, query: dict[str, str], found: str) -> None:
    put(text="text-a", source="birthday"), put(text="text-b", gateway="smsc")
    # 23:59 in Vladivostok.
    old = put(text="text-c")
    Message.objects.filter(pk=old.pk).update(created_at=datetime(2026, 11, 20, 13, 59, 59, tzinfo=UTC))

    shown = page(desk, "/messages/", **query)

    assert [letter for letter in "abc" if f"text-{letter}" in shown] == list(found)


def test_the_outbox_of_one_store(desk: Browser, manager: Employee, put: Put, store: Store, other_store: Store) -> None:
    manager.stores.add(other_store)
    put(text="text-a", store=store), put(text="text-b", store=other_store, state="sent")

    response = desk.get("/messages/", {"store": other_store.pk})

    assert ("text-a" in response.content.decode(), "text-b" in response.content.decode()) == (False, True)
    assert {tally.value: tally.times for tally in response.context["counts"] if tally.times} == {"sent": 1}


def test_the_outbox_of_a_foreign_store_is_not_found(desk: Browser, other_store: Store) -> None:
    assert desk.get("/messages/", {"store": other_store.pk}).status_code == 404


def test_each_queue_tells_its_depth_and_age(desk: Browser, put: Put) -> None:
    now = timezone.now()
    for lane, minutes in (("urgent", 2), ("bulk", 30), ("bulk", 5), ("bulk", -5)):
        put(lane=lane, send_after=now - timedelta(minutes=minutes), expires_at=now + timedelta(days=1))

    queues = desk.get("/messages/").context["flow"].queues

    assert [(queue.due, queue.minutes_waited) for queue in queues] == [(1, 2), (2, 30)]


def test_every_source_is_offered_once(desk: Browser, put: Put) -> None:
    put(), put(source="week"), put(source="birthday"), put(source="week")

    sources = list(desk.get("/messages/").context["sources"])

    assert sources == [("birthday", "Поздравление с днём рождения"), ("week", "week")]


def test_the_number_of_queries_does_not_depend_on_the_messages(
    boss: Browser, put: Put, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    def queries() -> int:
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as found:
            page(boss, "/messages/", state="suppressed")
        return len(found)

    put(state="suppressed", reason="cap")
    page(boss, "/messages/")
    once = queries()
    for _message in range(5):
        put(state="suppressed", reason="stop")

    assert queries() == once


def test_a_story_tells_everything(desk: Browser, put: Put) -> None:
    message = put(
        send_after=timezone.now() - timedelta(hours=1), expires_at=timezone.now() + timedelta(days=1), lane="urgent", purpose=""
    )
    services.send_due_messages("urgent")

    shown = page(desk, f"/messages/{message.pk}/")

    for words in ("взято на отправку", "передано", "console", message.occasion_key, "не нужно: сервисное сообщение"):
        assert words in shown


@pytest.mark.parametrize(
    ("word", "state"), [("arrived", "delivered"), ("again", "sent"), ("leave", "failed"), ("nonsense", "unknown")]
)
def test_a_doubt_is_decided_on_the_work_list(desk: Browser, put: Put, word: str, state: str) -> None:
    message = put(state="unknown", lane="urgent", purpose="", attempts=1)
    assert "Отправить ещё раз" in page(desk, "/messages/", state="unknown")

    desk.post(f"/messages/{message.pk}/decide/", {"word": word, "next": "/messages/?state=unknown"})

    message.refresh_from_db()
    assert message.state == state


def test_a_doubt_decided_twice_is_decided_once(desk: Browser, put: Put) -> None:
    message = put(state="unknown", attempts=1)
    desk.post(f"/messages/{message.pk}/decide/", {"word": "arrived"})

    response = desk.post(f"/messages/{message.pk}/decide/", {"word": "again"}, follow=True)

    message.refresh_from_db()
    assert (message.state, "Статус этого сообщения уже известен, решать нечего" in response.content.decode()) == (
        MessageState.DELIVERED,
        True,
    )


def test_a_greeting_after_its_day_is_refused_in_words(desk: Browser, put: Put) -> None:
    day = date(2020, 1, 1)
    message = put(state="unknown", attempts=1, occasion_on=day, send_after=f"{day}T00:00Z", expires_at=f"{day}T11:00Z")

    response = desk.post(f"/messages/{message.pk}/decide/", {"word": "again"}, follow=True)

    message.refresh_from_db()
    assert (message.state, "alert-danger" in response.content.decode()) == (MessageState.UNKNOWN, True)


def test_the_export_is_a_workbook(desk: Browser, put: Put) -> None:
    put()

    assert desk.get("/messages/?export=1")["Content-Disposition"] == 'attachment; filename="messages.xlsx"'


def test_a_seller_puts_a_client_on_hold_and_ends_it(seller: Employee, signed_in: SignIn, card: Client) -> None:
    desk = signed_in(seller)
    desk.post(f"/clients/{card.pk}/pause/", {"reason": "Жалоба", "until": ""})
    assert "Жалоба" in page(desk, f"/clients/{card.pk}/")

    desk.post(f"/pauses/{Pause.objects.get().pk}/end/", {"client": card.pk})

    assert Pause.objects.get().ended_at is not None
    assert "Жалоба" not in page(desk, f"/clients/{card.pk}/")


def test_the_menus_of_roles(seller: Employee, signed_in: SignIn) -> None:
    assert signed_in(seller).get("/messages/").status_code == 403
    assert signed_in(factories.employee(Role.MANAGER)).get("/gateways/").status_code == 403


def test_a_pause_says_why(seller: Employee, signed_in: SignIn, card: Client) -> None:
    response = signed_in(seller).post(f"/clients/{card.pk}/pause/", {"reason": "", "until": ""}, follow=True)

    assert ("alert-danger" in response.content.decode(), Pause.objects.count()) == (True, 0)


def test_answers_are_read_on_a_page_of_their_own(desk: Browser, card: Client, other_store: Store) -> None:
    foreign = ClientFactory.create(home_store=other_store)
    for key, client in enumerate((card, foreign)):
        Reply.objects.create(sender="+7", text=f"ответ {key}", gateway="smsc", provider_id=str(key), client=client)

    shown = desk.get("/messages/replies/").context["page"]

    assert [reply.text for reply in shown] == ["ответ 0"]


def test_the_workbook_tells_what_the_page_lists_and_no_code(boss: Browser, put: Put) -> None:
    put(text="Ура"), put(text="123456 — код", source="sign-in", purpose="")

    book = load_workbook(BytesIO(boss.get("/messages/?export=1").content)).worksheets[0]

    header, *rows = book.iter_rows(values_only=True)
    assert [row[header.index("Текст")] for row in rows] == ["•••••• — код", "Ура"]
