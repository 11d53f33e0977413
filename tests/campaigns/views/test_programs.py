from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from analytics import snapshots
from analytics.figures.periods import presets
from analytics.models import Snapshot
from campaigns import touching
from campaigns.effects import results
from campaigns.models import Program
from campaigns.touching import Chosen
from clients.models import Client, Occasion, OccasionKind, Purpose
from clients.services import record_consents
from messaging.models import Message, MessageState, Template
from stores.models import Employee, Role, Store
from tests import factories
from tests.campaigns.conftest import Reachable
from tests.conftest import Sell, SignIn
from tests.factories import phone_of
from tests.opened import carried


@pytest.fixture
def desk(manager: Employee, signed_in: SignIn) -> Browser:
    return signed_in(manager)


def settings_of(program: Program, **more: Any) -> dict[str, int | str]:
    return {"title": program.title, "is_on": "on", "hour": 10, "template": program.template_id, "holdout": 0, **more}


def test_the_old_address_leads_to_the_birthday_program(desk: Browser, program: Program) -> None:
    assert desk.get("/birthdays/")["Location"] == f"/programs/{program.pk}/"


def test_a_program_is_changed(desk: Browser, program: Program) -> None:
    address = f"/programs/{program.pk}/"

    assert desk.post(address, settings_of(program, hour=12, holdout=10, **carried(desk, address))).status_code == 302

    program.refresh_from_db()
    assert (program.hour, program.holdout) == (12, 10)


@pytest.mark.parametrize("wrong", [{"hour": 8}, {"hour": 21}, {"holdout": 51}, {"title": ""}, {"template": 999}])
def test_a_wrong_program_gets_its_words(desk: Browser, program: Program, wrong: dict[str, str | int]) -> None:
    assert desk.post(f"/programs/{program.pk}/", settings_of(program, **wrong)).status_code == 422

    assert Program.objects.get(key="birthday").hour == program.hour


def test_the_programs_stand_in_their_order(desk: Browser, program: Program) -> None:
    week = Program.objects.create(key="week", title="За неделю", days_before=7, template=program.template)

    shown = [one.program.key for one in desk.get("/programs/").context["programs"]]
    assert shown == [program.key, "care", "tier", "bonuses", "wearers", "wished", "asked", "second", week.key, "expected",
                     "return", "silent"]  # fmt: skip


def test_a_wrong_new_program_is_not_made(desk: Browser, program: Program) -> None:
    answer = desk.post("/programs/new/", settings_of(program, key="", days_before=3))

    assert (answer.status_code, set(answer.context["form"].errors)) == (422, {"key"})
    assert Program.objects.filter(trigger="day").get() == program


def test_a_program_of_another_occasion_is_made(desk: Browser, program: Program) -> None:
    kind, template = OccasionKind.objects.get(), Template.objects.create(key="wedding", title="Годовщина", text="{name}")
    fields = settings_of(program, key="wedding", occasion=kind.pk, days_before=3, template=template.pk)

    assert desk.post("/programs/new/", fields).status_code == 302

    made = Program.objects.get(key="wedding")
    assert (made.occasion, made.days_before) == (kind, 3)


def test_the_page_of_a_program_that_did_nothing_yet_tells_what_will_appear(desk: Browser, program: Program) -> None:
    shown = desk.get(f"/programs/{program.pk}/").content.decode()

    assert f'hx-get="/programs/{program.pk}/coming/"' in shown
    assert "Оставьте несколько процентов" in shown
    assert "В ближайшие семь дней" in desk.get(f"/programs/{program.pk}/coming/").content.decode()


def test_the_page_reads_what_the_night_computed_and_says_of_when_it_is(
    desk: Browser, planned: Callable[..., Client], program: Program
) -> None:
    period = presets(timezone.localdate())["12-months"][1]
    planned(period.last)
    snapshots.keep(results.FIGURE, period, None)
    Snapshot.objects.update(computed_at=timezone.now().replace(hour=0, minute=10))
    Message.objects.update(state=MessageState.UNKNOWN)

    shown = desk.get(f"/programs/{program.pk}/")

    assert (shown.context["effect"].total.written.planned, shown.context["effect"].total.written.delivered) == (1, 1)
    assert f"Посчитано {timezone.localdate():%d.%m.%Y}" in shown.content.decode()


@pytest.mark.parametrize("key", ["birthday", "return"])
def test_a_page_asks_as_much_whatever_the_program_has_done(
    desk: Browser, key: str, store: Store, planned: Callable[..., Client]
) -> None:
    page = f"/programs/{Program.objects.get(key=key).pk}/"
    period = presets(timezone.localdate())["12-months"][1]

    def queries() -> int:
        snapshots.keep(results.FIGURE, period, None)
        with CaptureQueriesContext(connection) as found:
            desk.get(page)
        return len(found)

    def chosen() -> None:
        client = planned(period.last)
        touching.write("return", [Chosen(client.pk, "1", period.last, store.pk)], phase="1", holdout=0)

    chosen()
    queries()  # what a process learns once
    once = queries()
    for _client in range(3):
        chosen()

    assert queries() == once < 25


@pytest.mark.parametrize(("key", "words"), [("birthday", "поздравим"), ("return", "Кто и почему")])
def test_the_coming_week_is_a_part_of_the_page_and_a_page_without_scripts(
    desk: Browser, key: str, words: str, reachable: Reachable, sell: Sell, store: Store
) -> None:
    today = timezone.localdate()
    client = reachable(Purpose.CALLS, Purpose.ADVERTISING_SMS, birth_date=today.replace(year=1980))
    for days in (300, 200, 92):
        sell(client, today - timedelta(days=days), 10_000)
    address = f"/programs/{Program.objects.get(key=key).pk}/coming/"

    part, page = (desk.get(address, headers=headers).content.decode() for headers in ({"HX-Request": "true"}, {}))

    assert ("<h1" in part, words in part, str(client) in part) == (False, True, True)
    assert ("<h1" in page, words in page, str(client) in page) == (True, True, True)


def test_the_page_shows_numbers_that_open_their_clients(desk: Browser, program: Program, card: Client, manager: Employee) -> None:
    record_consents(card, {Purpose.ADVERTISING_SMS: True}, by=None, where=None)
    day = timezone.localdate().replace(day=1)
    Message.objects.create(
        client=card, store=card.home_store, occasion_key=f"birthday:{day.year}:{card.pk}", source="birthday", occasion_on=day,
        counted_from=day, recipient=phone_of(card), text="Ура", send_after=f"{day}T00:00Z", expires_at=f"{day}T12:00Z",
        state=MessageState.DELIVERED,
    )  # fmt: skip

    shown = desk.get(f"/programs/{program.pk}/?period=month").content.decode()
    listed = desk.get(f"/programs/{program.pk}/clients/planned/?period=month")
    book = load_workbook(BytesIO(desk.get(f"/programs/{program.pk}/clients/planned/?period=month&export=1").content))

    assert f"/programs/{program.pk}/clients/planned/" in shown
    assert card.full_name in listed.content.decode()
    assert [row[:2] for row in book.worksheets[0].iter_rows(min_row=2, values_only=True)] == [(card.pk, card.full_name)]
    assert desk.get(f"/programs/{program.pk}/clients/nonsense/").status_code == 404


@pytest.mark.parametrize(
    ("typed", "kept"), [("14.02", (214, None)), ("14.02.2015", (214, 2015)), ("29.02", (229, None)), ("1/6", (601, None))]
)
def test_a_day_to_remember_is_written_on_the_card_and_forgotten(
    seller: Employee, signed_in: SignIn, card: Client, typed: str, kept: tuple[int, int | None]
) -> None:
    desk, kind = signed_in(seller), OccasionKind.objects.get()
    seen = carried(desk, f"/clients/{card.pk}/parts/occasions/", "occasion_form")
    desk.post(f"/clients/{card.pk}/occasions/", {"kind": kind.pk, "day": typed, **seen})
    occasion = Occasion.objects.get()
    assert (occasion.day, occasion.year) == kept
    assert occasion.shown in desk.get(f"/clients/{card.pk}/parts/occasions/").content.decode()

    desk.post(f"/clients/occasions/{occasion.pk}/forget/")

    assert not Occasion.objects.exists()


@pytest.mark.parametrize("typed", ["", "когда-то", "31.02", "99.99"])
def test_a_day_that_is_none_is_not_written(seller: Employee, signed_in: SignIn, card: Client, typed: str) -> None:
    signed_in(seller).post(f"/clients/{card.pk}/occasions/", {"kind": OccasionKind.objects.get().pk, "day": typed})

    assert not Occasion.objects.exists()


def test_a_manager_of_no_store_sees_nothing_of_the_chain(signed_in: SignIn, program: Program, card: Client) -> None:
    desk = signed_in(factories.employee(Role.MANAGER))

    for address in (f"/programs/{program.pk}/", f"/programs/{program.pk}/clients/planned/", "/returning/"):
        assert desk.get(address).status_code == 403


@pytest.mark.parametrize("home", ["1" * 24, "1" * 5_000, "x", "-1"])
def test_a_nonsense_home_is_no_error(desk: Browser, program: Program, home: str) -> None:
    assert desk.get(f"/programs/{program.pk}/clients/came/?home={home}").status_code == 200


def test_the_nature_of_a_text_in_use_cannot_be_changed(desk: Browser, program: Program) -> None:
    text = program.templates[0]
    desk.post(f"/messages/templates/{text.pk}/", {"title": text.title, "channel": "sms", "nature": "service", "text": text.text})

    text.refresh_from_db()
    assert text.nature == "advertising"


def test_a_standing_program_is_switched_on_and_says_what_came_of_it(desk: Browser, card: Client) -> None:
    program = Program.objects.get(key="return")
    address = f"/programs/{program.pk}/"
    form = desk.get(address).context["form"]
    data = {name: form[name].value() for name in form.fields if form[name].value() not in (None, False)}

    assert desk.post(address, {**data, "is_on": "on", **carried(desk, address)}).status_code == 302

    program.refresh_from_db()
    assert (program.is_on, program.since) == (True, timezone.localdate())
    page = desk.get(address).content.decode()
    assert "Кто и почему" not in page
    assert desk.get(f"/programs/{program.pk}/clients/held-came/").status_code == 200


def test_a_standing_program_without_a_way_is_not_saved(desk: Browser) -> None:
    program = Program.objects.get(key="bonuses")

    answer = desk.post(f"/programs/{program.pk}/", {"title": "Бонусы", "hour": 10, "holdout": 0, "place": 1, "days_before": 5})

    assert answer.status_code == 422
    program.refresh_from_db()
    assert (program.title, program.place) == ("Бонусы скоро сгорят", 30)


def test_the_calendar_has_the_programs_that_are_on(desk: Browser) -> None:
    assert desk.get("/programs/calendar/").context["calendar"].rows == []
    Program.objects.filter(key__in=["care", "return"]).update(is_on=True)

    told = desk.get("/programs/calendar/").context["calendar"]

    assert ([row.program.key for row in told.rows], len(told.days)) == (["care", "return"], 14)


def test_the_list_counts_the_last_seven_days(desk: Browser, card: Client) -> None:
    today = timezone.localdate()
    for days in (0, 6, 7):
        chosen = Chosen(card.pk, str(days), today - timedelta(days=days))
        touching.write("return", [chosen], phase="1", holdout=0)

    listed = {one.program.key: one.chosen for one in desk.get("/programs/").context["programs"]}

    assert (listed["return"], sum(listed.values())) == (2, 2)
