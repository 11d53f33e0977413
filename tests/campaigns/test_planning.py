from datetime import UTC, date, datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from campaigns import planning, selectors, services
from campaigns.models import Program
from clients.models import CardState, Client, OccasionKind, Purpose
from clients.services import keep_occasion, record_consents
from messaging.models import Message, MessageState, Reason, Template
from stores.models import Employee, Store
from tests.campaigns.born import TEN, born
from tests.conftest import Decided
from tests.factories import ClientFactory, StoreFactory


@pytest.fixture
def program(db: None) -> Program:
    return Program.objects.select_related("template").get(key="birthday")


@pytest.fixture
def offer(program: Program) -> Program:
    template = Template.objects.create(key="offer", title="Подарок", text="{dear}, {occasion_day} — {occasion}! {store}")
    return Program.objects.create(key="birthday-week", title="За неделю", days_before=7, template=template)


@pytest.mark.parametrize(
    ("zone", "now", "born_on", "planned"),
    [
        ("Pacific/Kiritimati", datetime(2026, 11, 20, 21, tzinfo=UTC), (11, 21), 1),
        ("Pacific/Pago_Pago", datetime(2026, 11, 21, 21, 30, tzinfo=UTC), (11, 21), 1),
        ("Pacific/Pago_Pago", datetime(2026, 11, 21, 20, 30, tzinfo=UTC), (11, 21), 0),
        # New York leaves daylight saving time on 1 November: ten o'clock is UTC+4 before it and UTC+5 from it on.
        ("America/New_York", datetime(2026, 10, 31, 14, 5, tzinfo=UTC), (10, 31), 1),
        ("America/New_York", datetime(2026, 11, 1, 14, 5, tzinfo=UTC), (11, 1), 0),
        ("America/New_York", datetime(2026, 11, 1, 15, 5, tzinfo=UTC), (11, 1), 1),
        ("Europe/Moscow", datetime(2027, 2, 28, 8, tzinfo=UTC), (2, 29), 1),
        ("Europe/Moscow", datetime(2028, 2, 28, 8, tzinfo=UTC), (2, 29), 0),
        ("Europe/Moscow", datetime(2028, 2, 29, 8, tzinfo=UTC), (2, 29), 1),
    ],
)
def test_the_day_and_the_hour_are_those_of_the_home_store(
    program: Program, zone: str, now: datetime, born_on: tuple[int, int], planned: int
) -> None:
    home = StoreFactory.create(time_zone=zone)
    month, day = born_on
    client = ClientFactory.create(birth_date=date(1980, month, day), home_store=home)
    record_consents(client, {Purpose.ADVERTISING_SMS: True}, by=None, where=None)

    assert services.run_programs(now=now) == planned


def test_one_query_a_day_plans_all_time_zones(program: Program, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    for zone in ("Asia/Vladivostok", "Asia/Yakutsk", "Asia/Irkutsk", "Europe/Moscow"):
        born(11, 21, StoreFactory.create(time_zone=zone))

    with django_assert_max_num_queries(6):  # one of them asks for the chain's rules
        assert planning.plan(program, now=datetime(2026, 11, 21, 9, tzinfo=UTC)) == 4


def test_an_offer_goes_days_before_and_across_the_new_year(offer: Program, store: Store) -> None:
    client = born(1, 3, store)

    services.run_programs(now=datetime(2026, 12, 27, 1, tzinfo=UTC))

    message = Message.objects.get()
    assert (message.occasion_key, message.occasion_on) == (f"birthday-week:2027:{client.pk}", date(2027, 1, 3))
    assert message.counted_from == date(2026, 12, 27)
    assert message.text.startswith("Уважаемая Елена Викторовна, 3 января — ")


def test_the_greeting_and_the_offer_are_two_occasions(offer: Program, store: Store) -> None:
    born(11, 21, store), born(11, 28, store)

    assert services.run_programs(now=TEN) == 2


def test_a_wedding_day_is_an_occasion_too(store: Store, seller: Employee) -> None:
    kind = OccasionKind.objects.get()
    template = Template.objects.create(key="wedding", title="Годовщина", text="{name}, с событием: {occasion}!")
    Program.objects.create(key="wedding", title="Годовщина", occasion=kind, template=template)
    russian, foreign = born(1, 1, store), born(1, 1, store, language="en")
    for client in (russian, foreign):
        keep_occasion(client, kind, day=1121, year=None, by=seller)

    assert services.run_programs(now=TEN) == 2

    assert Message.objects.get(client=russian).text == "Елена Викторовна, с событием: годовщина свадьбы!"
    assert Message.objects.get(client=foreign).text == "Елена, с событием: wedding anniversary!"


def test_who_agreed_to_letters_alone_gets_a_letter(program: Program, store: Store) -> None:
    program.email_template = Template.objects.create(
        key="letter", title="Письмо", channel="email", subject="{first_name}!", text="Ура", text_en="Hooray", subject_en="Hi"
    )
    program.save()
    by_letter = born(11, 21, store, purpose=Purpose.ADVERTISING_EMAIL)
    by_phone = born(11, 21, store)
    record_consents(by_phone, {Purpose.ADVERTISING_EMAIL: True}, by=None, where=None)

    assert services.run_programs(now=TEN) == 2

    assert set(Message.objects.values_list("client", "channel", "recipient", "subject", "purpose")) == {
        (by_letter.pk, "email", by_letter.email, "Елена!", Purpose.ADVERTISING_EMAIL),
        (by_phone.pk, "sms", by_phone.phone, "", Purpose.ADVERTISING_SMS),
    }


LANDLINE = "+74232000000"


def kept() -> list[tuple[Client | None, str, str, str]]:
    return [(m.client, m.state, m.reason, m.text) for m in Message.objects.order_by("client")]


def test_whom_the_program_cannot_reach_is_not_lost_unnoticed(program: Program, store: Store) -> None:
    landline = born(11, 21, store, phone=LANDLINE)
    by_letter = born(11, 21, store, purpose=Purpose.ADVERTISING_EMAIL)
    ClientFactory.create(birth_date=date(1980, 11, 21), home_store=store)

    assert [services.run_programs(now=TEN + timedelta(hours=hours)) for hours in (0, 1)] == [0, 0]

    assert kept() == [(client, MessageState.SUPPRESSED, Reason.ROAD, "") for client in (landline, by_letter)]


def test_a_mobile_at_noon_is_greeted_after_all(program: Program, store: Store) -> None:
    client = born(11, 21, store, phone=LANDLINE)
    services.run_programs(now=TEN)
    type(client).objects.filter(pk=client.pk).update(phone="+79147012233")

    assert [services.run_programs(now=TEN + timedelta(hours=hours)) for hours in (2, 3)] == [1, 0]

    message = Message.objects.get()
    assert (message.state, message.recipient) == (MessageState.PENDING, "+79147012233")


def test_a_landline_of_somebody_who_agreed_to_letters_too_gets_a_letter(program: Program, store: Store) -> None:
    program.email_template = Template.objects.create(key="letter", title="Письмо", channel="email", subject="!", text="Ура")
    program.save()
    client = born(11, 21, store, phone=LANDLINE)
    record_consents(client, {Purpose.ADVERTISING_EMAIL: True}, by=None, where=None)

    services.run_programs(now=TEN)

    assert kept() == [(client, MessageState.PENDING, "", "Ура")]


def test_a_text_that_an_operator_would_cut_does_not_go(program: Program, store: Store) -> None:
    text = "С днём рождения! " * 30
    Template.objects.filter(key="birthday").update(text=text)
    client = born(11, 21, store)

    services.run_programs(now=TEN)

    assert kept() == [(client, MessageState.SUPPRESSED, Reason.LENGTH, text.strip())]


def test_a_restored_backup_greets_nobody_again(program: Program, store: Store) -> None:
    client = born(11, 21, store)
    services.run_programs(now=TEN)
    # As after a restore in which the message is older than its facts.
    Message.objects.update(source="", occasion_on=None, state=MessageState.SENT)

    assert services.run_programs(now=TEN + timedelta(hours=1)) == 0
    assert Message.objects.get().client == client


def test_the_holdout_is_the_same_whoever_asks_and_is_kept(program: Program, store: Store) -> None:
    program.holdout = 30
    program.save()
    clients = [born(11, 21, store) for _client in range(60)]
    services.run_programs(now=TEN)

    held = set(Message.objects.filter(reason=Reason.HOLDOUT).values_list("client", flat=True))

    assert held == {client.pk for client in clients if selectors.held_out(program, 2026, client.pk)}
    assert 5 <= len(held) <= 31
    assert Message.objects.count() == 60
    assert services.run_programs(now=TEN) == 0


def test_the_share_held_out_is_the_one_asked_for(program: Program) -> None:
    program.holdout = 10

    assert 900 < sum(selectors.held_out(program, 2026, number) for number in range(10_000)) < 1_100
    assert not any(selectors.held_out(Program(key="birthday", holdout=0), 2026, number) for number in range(1_000))


def test_no_service_text_serves_as_a_greeting(store: Store) -> None:
    template = Template.objects.create(key="card", title="Карта", nature="service", text="{name}")
    Program.objects.update(template=template)
    ClientFactory.create(birth_date=date(1980, 11, 21), home_store=store)

    assert services.run_programs(now=TEN) == 0


@pytest.mark.parametrize(("allowed", "planned"), [(False, 0), (True, 1)])
def test_who_has_no_e_mail_is_greeted_where_the_chain_allows_it(
    program: Program, store: Store, allowed: bool, planned: int, decided: Decided
) -> None:
    decided(greets_without_email=allowed)
    client = born(11, 21, store, state=CardState.INCOMPLETE, email=None, no_email="declined", no_email_at=TEN)
    never_asked = born(11, 21, store, state=CardState.INCOMPLETE, email=None)

    ahead = selectors.days_ahead(program, [store], today=date(2026, 11, 21), days=1)

    assert planning.plan(program, now=TEN) == planned
    assert [entry.client for day in ahead for entry in day.listed] == [client] * planned
    assert not Message.objects.filter(client=never_asked).exists()


def test_after_a_restore_they_are_in_doubt_like_the_others(program: Program, store: Store, decided: Decided) -> None:
    decided(greets_without_email=True)
    born(11, 21, store, state=CardState.INCOMPLETE, email=None, no_email="none", no_email_at=TEN)

    assert planning.plan_restored(program, since=TEN - timedelta(hours=3), until=TEN) == 1
