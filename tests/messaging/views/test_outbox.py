from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client as Browser
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from clients.models import Client, Purpose
from messaging import services
from messaging.models import Budget, Message, MessageState, Pause, Route, Template
from stores.models import Employee, Role, Store
from tests import factories
from tests.conftest import SignIn
from tests.factories import ClientFactory
from tests.messaging.conftest import Put


@pytest.fixture
def desk(manager: Employee, signed_in: SignIn) -> Browser:
    return signed_in(manager)


@pytest.fixture
def boss(admin: Employee, signed_in: SignIn) -> Browser:
    return signed_in(admin)


def page(desk: Browser, address: str, **query: Any) -> str:
    response = desk.get(address, query)
    assert response.status_code == 200
    return response.content.decode()


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

    assert desk.get("/messages/").context["sources"] == ["birthday", "week"]


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
    assert (message.state, "уже известна" in response.content.decode()) == (MessageState.DELIVERED, True)


def test_a_greeting_after_its_day_is_refused_in_words(desk: Browser, put: Put) -> None:
    day = date(2020, 1, 1)
    message = put(state="unknown", attempts=1, occasion_on=day, send_after=f"{day}T00:00Z", expires_at=f"{day}T11:00Z")

    response = desk.post(f"/messages/{message.pk}/decide/", {"word": "again"}, follow=True)

    message.refresh_from_db()
    assert (message.state, "alert-danger" in response.content.decode()) == (MessageState.UNKNOWN, True)


def test_the_export_is_a_workbook(desk: Browser, put: Put) -> None:
    put()

    assert desk.get("/messages/?export=1")["Content-Disposition"] == 'attachment; filename="messages.xlsx"'


# --- Texts -------------------------------------------------------------------------------------------------


def text_of(**more: Any) -> dict[str, str]:
    return {"key": "offer", "title": "Подарок", "channel": "sms", "nature": "advertising", "text": "{name}, ждём!", **more}


def test_a_new_text_is_written(desk: Browser) -> None:
    assert desk.post("/messages/templates/new/", text_of()).status_code == 302

    assert Template.objects.get(key="offer").purpose == Purpose.ADVERTISING_SMS


@pytest.mark.parametrize(
    ("wrong", "words"),
    [({"text": "{surname}"}, "surname"), ({"text": "{name"}, "кобка"), ({"text": "я" * 403}, "обрежет"), ({"text": ""}, "Обязательное поле"),
     ({"channel": "email"}, "тема"), ({"text_en": "я" * 403}, "обрежет"), ({"key": "birthday"}, "существует")],
)  # fmt: skip
def test_a_wrong_text_gets_its_words_at_the_field(desk: Browser, wrong: dict[str, str], words: str) -> None:
    response = desk.post("/messages/templates/new/", text_of(**wrong))

    assert response.status_code == 422
    assert words in response.content.decode()
    assert Template.objects.count() == 1


def test_a_text_is_measured_with_the_longest_real_name(desk: Browser, store: Store) -> None:
    ClientFactory.create(home_store=store, first_name="Максимилиана", middle_name="Апполинариевна")
    text = "{name}" + "я" * (6 * 67 - 20)

    assert desk.post("/messages/templates/new/", text_of(text=text)).status_code == 422
    assert "Максимилиана Апполинариевна" in desk.post("/messages/meter/", text_of()).content.decode()


def test_a_short_cyrillic_name_costs_an_english_text_more_than_a_long_latin_one(desk: Browser, other_store: Store) -> None:
    ClientFactory.create(home_store=other_store, language="en", first_name="Wolfeschlegelsteinhausen", middle_name="")
    ClientFactory.create(home_store=other_store, language="en", first_name="Аня", middle_name="")
    text = "{first_name}" + "a" * 100

    ru, en = desk.post("/messages/meter/", text_of(text="Ура", text_en=text)).context["meters"]

    assert (ru.length.segments, en.language, en.sample) == (1, "en", "Аня" + "a" * 100)
    assert (en.length.encoding, en.length.segments) == ("UCS-2", 2)


def test_a_russian_text_is_measured_for_those_who_read_english_while_there_is_no_other(desk: Browser, store: Store) -> None:
    ClientFactory.create(home_store=store, language="en", first_name="Wolfeschlegelsteinhausen", middle_name="")
    text = "{first_name}" + "я" * (6 * 67 - 20)

    assert desk.post("/messages/templates/new/", text_of(text=text)).status_code == 422
    assert desk.post("/messages/templates/new/", text_of(text=text, text_en="Hooray")).status_code == 302


def test_the_longest_first_name_counts_where_the_text_asks_for_it_alone(desk: Browser, store: Store) -> None:
    ClientFactory.create(home_store=store, first_name="Анна", middle_name="Константиновна")
    ClientFactory.create(home_store=store, first_name="Максимилиана", middle_name="")

    (meter,) = desk.post("/messages/meter/", text_of(text="{first_name}!")).context["meters"]

    assert meter.sample == "Максимилиана!"


def test_the_preview_is_that_of_real_clients_who_agreed(desk: Browser, agreed: Client) -> None:
    ClientFactory.create(home_store=agreed.home_store, first_name="Несогласная")

    shown = desk.post("/messages/meter/", text_of(text="{dear}, мы ждём 🎂")).content.decode()

    assert "Уважаемая Елена Викторовна, мы ждём 🎂" in shown
    assert "Иванова Несогласная" not in shown
    assert "эмодзи" in shown


# --- Gateways ----------------------------------------------------------------------------------------------


def test_a_gateway_without_settings_cannot_be_used(boss: Browser) -> None:
    boss.post(
        "/gateways/route/",
        {"channel": "sms", "gateway": "kannel", "sms-kannel-is_on": "on", "sms-kannel-position": 1, "sms-kannel-price": "2,10"},
    )

    assert not Route.objects.filter(gateway="kannel", is_on=True).exists()


def test_a_gateway_is_chosen_with_its_order_and_price(boss: Browser) -> None:
    boss.post(
        "/gateways/route/",
        {"channel": "sms", "gateway": "file", "sms-file-is_on": "on", "sms-file-position": 1, "sms-file-price": "2,10"},
    )

    route = Route.objects.get(gateway="file")
    assert (route.is_on, route.position, str(route.price)) == (True, 1, "2.10")


def test_a_trial_goes_by_its_gateway_and_shows_its_story(boss: Browser, tmp_path: Path) -> None:
    response = boss.post("/gateways/trial/", {"channel": "sms", "gateway": "file", "phone": "8 914 701-22-33"}, follow=True)

    message = Message.objects.get()
    assert (message.state, message.gateway, message.client) == (MessageState.SENT, "file", None)
    assert "+79147012233" in (tmp_path / "messages.jsonl").read_text()
    assert "передано" in response.content.decode()


@pytest.mark.parametrize("fields", [{"channel": "sms", "phone": "123"}, {"channel": "sms"}, {"channel": "email", "email": "x"}])
def test_a_trial_to_nowhere_says_so(boss: Browser, fields: dict[str, str]) -> None:
    response = boss.post("/gateways/trial/", {"gateway": "file", **fields}, follow=True)

    assert "alert-danger" in response.content.decode()
    assert not Message.objects.exists()


def test_a_budget_is_saved(boss: Browser) -> None:
    boss.post("/gateways/budget/bulk/", {"bulk-segments": "500", "bulk-money": "1200,50"})

    assert (Budget.objects.get(lane="bulk").segments, str(Budget.objects.get(lane="bulk").money)) == (500, "1200.50")


def test_the_gateways_page_never_shows_a_password(boss: Browser, settings: Settings) -> None:
    settings.KANNEL_URL, settings.KANNEL_PASSWORD = "http://127.0.0.1:9/", "very-secret"
    settings.SMSC_LOGIN, settings.SMSC_PASSWORD = "carat", "very-secret"

    shown = page(boss, "/gateways/")

    assert ("Kannel" in shown, "very-secret" in shown) == (True, False)


def test_a_balance_that_cannot_be_asked_says_why(boss: Browser, settings: Settings) -> None:
    settings.SMSC_LOGIN, settings.SMSC_PASSWORD, settings.SMSC_URL = "carat", "secret", "http://127.0.0.1:9"

    assert "NewConnectionError" in page(boss, "/gateways/balance/smsc/")


# --- Holds on the card -------------------------------------------------------------------------------------


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
