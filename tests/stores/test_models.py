"""Stores and the people who work in them. A store's phone goes out in messages, so it is one."""

from datetime import UTC, date, datetime, time

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.template import Context, Template

from messaging import address
from stores.models import ChainRight, DayOff, Employee, Role, Store
from tests.factories import StoreFactory, employee


@pytest.mark.parametrize("typed", ["8 (423) 222-33-44", "+7 423 222-33-44", "423 222 33 44", "+74232223344"])
def test_the_phone_of_a_store_is_taken_in_any_writing_and_shown_in_one(db: None, typed: str) -> None:
    store = Store.objects.get(pk=StoreFactory.create(phone=typed).pk)

    assert Store.objects.get(phone=typed) == store
    assert Template("{{ store.phone }}").render(Context({"store": store})) == "+7 423 222-33-44"
    assert store.phone.as_e164 == "+74232223344"


@pytest.mark.parametrize("wrong", ["нет", "0000000", "222-33-44"])
def test_what_is_no_phone_is_refused(store: Store, wrong: str) -> None:
    store.phone = wrong

    with pytest.raises(ValidationError) as refused:
        store.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        store.save()

    assert list(refused.value.message_dict) == ["phone"]
    assert Store.objects.get().phone == ""


def test_messages_carry_it_as_people_read_it(db: None) -> None:
    store = StoreFactory.create(phone="8 (423) 222-33-44")
    to = address.Addressee("Елена", "Викторовна", "ru", store)

    assert address.values_for(to)["store_phone"] == "+7 423 222-33-44"


@pytest.mark.parametrize(
    ("text", "known"), [("LUXURY", True), (" роскошь-luxury ", True), ("Роскошь", False), ("", False), ("  ", False)]
)
def test_a_store_is_called_by_its_code_or_its_name(store: Store, text: str, known: bool) -> None:
    assert Store.objects.all().named(text) == (store if known else None)


def test_a_store_works_on_all_days_but_its_days_off(store: Store) -> None:
    store.closed_weekdays = "76"
    DayOff.objects.create(store=store, day=date(2026, 11, 24), why="Переучёт")
    DayOff.objects.create(store=StoreFactory.create(), day=date(2026, 11, 25))

    works = store.works_on(date(2026, 11, 20), days=7)

    assert [day.day for day in works] == [20, 23, 25, 26]
    assert store.weekly_days_off == ["Суббота", "Воскресенье"]
    assert str(DayOff.objects.filter(store=store).get()) == "Роскошь-Luxury 2026-11-24"


def test_today_is_the_stores_own(store: Store) -> None:
    moscow = StoreFactory.create(time_zone="Europe/Moscow")
    now = datetime(2026, 11, 20, 15, tzinfo=UTC)

    assert [one.today(now).day for one in (store, moscow)] == [21, 20]


@pytest.mark.parametrize("wrong", [{"opens_at": time(20)}, {"name": "DUET"}, {"closed_weekdays": "8"}])
def test_a_store_that_cannot_be_is_refused(store: Store, wrong: dict[str, object]) -> None:
    StoreFactory.create(name="Duet")
    for name, value in wrong.items():
        setattr(store, name, value)

    with pytest.raises(ValidationError):
        store.full_clean()


@pytest.mark.parametrize(
    ("first", "last", "said"), [("Анна", "Ким", "Анна К."), ("Анна", "", "Анна"), ("", "Ким", "Ким"), ("", "", "ann")]
)
def test_a_colleague_reads_a_short_name(first: str, last: str, said: str) -> None:
    assert str(Employee(username="ann", first_name=first, last_name=last)) == said


def test_the_chain_is_an_admins_and_a_managers_of_every_store(
    seller: Employee, manager: Employee, admin: Employee, store: Store
) -> None:
    def who_sees_it() -> list[bool]:
        return [Employee.objects.get(pk=one.pk).sees_chain() for one in (seller, manager, admin)]

    alone = who_sees_it()
    StoreFactory.create()

    assert (alone, who_sees_it()) == ([False, True, True], [False, False, True])


def test_who_is_made_at_the_command_line_is_an_admin(db: None) -> None:
    made = Employee.objects.create_superuser("root", password="a-long-password")

    assert (made.role, made.is_chain_admin) == (Role.ADMIN, True)


@pytest.mark.parametrize(
    ("role", "rights", "held"),
    [
        (Role.ADMIN, {"texts": False}, set(ChainRight.values)),
        (Role.MANAGER, {}, set()),
        (Role.MANAGER, {"texts": True, "exports": False}, {"texts"}),
        (Role.SELLER, {"exports": True}, {"exports"}),
    ],
)
def test_permissions_of_the_chain_are_what_an_admin_said(
    store: Store, other_store: Store, role: Role, rights: dict[str, bool], held: set[str]
) -> None:
    one = employee(role, store)
    one.rights = rights

    assert (one.held, one.may("exports")) == (held, "exports" in held)


def test_a_manager_of_all_stores_has_what_nobody_took_away(store: Store, other_store: Store) -> None:
    one = employee(Role.MANAGER, store, other_store)
    one.rights = {"texts": False}

    assert one.held == set(ChainRight.values) - {"texts"}
    assert employee(Role.SELLER, store, other_store).held == set()
