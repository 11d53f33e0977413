"""What the desk offers, on pages of the settings: terms of services and masters, with their history."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client as Browser
from pytest_django import DjangoAssertNumQueries

from stores.models import Employee, Store
from tests.conftest import SignIn
from workshop.models import Master, ServiceKind, ServiceRequest, ServiceTerm

LIST, TERMS, MASTERS, UNDO = (
    "/settings/desk/services/",
    "/settings/desk/services/",
    "/settings/desk/masters/",
    "/settings/desk/undo/",
)


@pytest.fixture
def owner(admin: Employee, signed_in: SignIn) -> Browser:
    admin.language = "ru"
    admin.save()
    return signed_in(admin)


def filled(browser: Browser, address: str, **said: Any) -> dict[str, Any]:
    """What a page's form holds, with some of it typed anew."""
    form = browser.get(address).context["form"]
    stand = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in (stand | said).items() if value not in (None, False)}


def say(browser: Browser, address: str, **said: Any) -> Any:
    return browser.post(address, filled(browser, address, **said))


def changes(browser: Browser) -> list[Any]:
    return list(browser.get(LIST).context["page"])


def put_back(browser: Browser, told: Any) -> Any:
    return browser.post(UNDO, {"table": told.table, "change": told.pk})


def test_a_term_said_first_is_told_and_put_back_to_what_it_came_with(owner: Browser, admin: Employee) -> None:
    assert say(owner, f"{TERMS}cleaning/", days="3", price="1 200").status_code == 302

    assert ServiceTerm.objects.values_list("kind", "days", "price").get() == ("cleaning", 3, Decimal(1200))
    (told,) = changes(owner)
    assert [(line.was, line.now) for line in told.lines] == [("1", "3"), ("—", "1\N{NO-BREAK SPACE}200\N{NO-BREAK SPACE}₽")]
    assert (told.title, told.by, told.can_undo) == ("чистка", admin, True)
    put_back(owner, told)
    assert not ServiceTerm.objects.exists()

    put_back(owner, changes(owner)[0])

    assert (ServiceTerm.objects.get().days, len(changes(owner))) == (3, 3)


def test_the_newest_change_alone_is_put_back(owner: Browser, admin: Employee) -> None:
    for days in ("3", "4", "5"):
        say(owner, f"{TERMS}cleaning/", days=days)
    newest, former, _first = changes(owner)

    put_back(owner, former)
    assert ServiceTerm.objects.get().days == 5
    assert [told.can_undo for told in changes(owner)] == [True, False, False]

    put_back(owner, newest)
    assert ServiceTerm.objects.get().days == 4


def test_a_row_that_is_saved_as_it_stands_keeps_nobody_from_putting_back(owner: Browser) -> None:
    say(owner, f"{TERMS}cleaning/", days="3")
    say(owner, f"{TERMS}cleaning/", days="4")
    ServiceTerm.objects.get().save()

    put_back(owner, changes(owner)[0])

    assert ServiceTerm.objects.get().days == 3


def test_what_stood_before_there_was_a_history_is_no_change_of_anybody(owner: Browser) -> None:
    ServiceTerm.objects.create(kind="cleaning", days=2)
    begun = ServiceTerm.history.get()
    ServiceTerm.history.update(history_change_reason="stood")
    say(owner, f"{TERMS}cleaning/", days="4")

    (told,) = changes(owner)
    assert [(line.was, line.now) for line in told.lines] == [("2", "4")]
    put_back(owner, told)
    owner.post(UNDO, {"table": "term", "change": begun.pk})
    assert ServiceTerm.objects.get().days == 2


def test_saving_what_stands_changes_nothing(owner: Browser) -> None:
    assert say(owner, f"{TERMS}cleaning/").status_code == 302
    assert (ServiceTerm.objects.exists(), changes(owner)) == (False, [])

    say(owner, f"{TERMS}cleaning/", days="3")
    say(owner, f"{TERMS}cleaning/")

    assert len(changes(owner)) == 1


@pytest.mark.parametrize("is_said", [False, True], ids=["nothing was said", "something was"])
def test_two_who_change_the_same_are_asked_and_what_was_left_alone_stays(owner: Browser, admin: Employee, is_said: bool) -> None:
    address = f"{TERMS}cleaning/"
    if is_said:
        ServiceTerm.objects.create(kind="cleaning", days=2)
    typed = filled(owner, address, days="9")
    say(owner, address, days="4", price="500")

    asked = owner.post(address, typed)

    assert (asked.status_code, ServiceTerm.objects.get().days) == (422, 4)
    assert [(one.now, one.author.who) for one in asked.context["form"].changed_meanwhile if one.label == "Дней на работу"] == [
        ("4", admin)
    ]
    form = asked.context["form"]
    once_more = {name: form[name].value() for name in form.fields if form[name].value() not in (None, False)}
    assert owner.post(address, once_more).status_code == 302
    assert ServiceTerm.objects.get().days == 9


def test_what_was_taken_back_meanwhile_is_asked_about(owner: Browser) -> None:
    address = f"{TERMS}cleaning/"
    say(owner, address, days="4")
    typed = filled(owner, address, days="9")
    put_back(owner, changes(owner)[0])

    assert (owner.post(address, typed).status_code, ServiceTerm.objects.exists()) == (422, False)


@pytest.mark.parametrize(
    ("name", "text"),
    [("days", "много"), ("days", "-1"), ("days", "366"), ("price", "дорого"), ("passport_from", "99 000 000 000")],
)
def test_what_makes_no_sense_is_refused_beside_its_field(owner: Browser, name: str, text: str) -> None:
    answer = say(owner, f"{TERMS}repair/", **{name: text})

    assert (answer.status_code, list(answer.context["form"].errors), ServiceTerm.objects.exists()) == (422, [name], False)
    assert text in answer.content.decode()


def test_a_kind_that_is_withdrawn_is_offered_at_intake_no_more(
    owner: Browser, seller: Employee, signed_in: SignIn, ticket: list[ServiceRequest]
) -> None:
    at_desk, pk = signed_in(seller), ticket[0].pk
    say(owner, f"{TERMS}{ticket[0].kind}/", is_offered=None)
    say(owner, f"{TERMS}other/", is_offered=None)

    page = at_desk.get("/service/new/").content.decode()

    assert f'value="{ticket[0].kind}"' not in page
    assert 'value="other"' in page
    assert f'value="{ticket[0].kind}" selected' in at_desk.get(f"/service/{pk}/correct/").content.decode()


def test_a_master_is_added_changed_and_leaves(owner: Browser, store: Store) -> None:
    say(owner, f"{MASTERS}new/", name="Пётр")
    master = Master.objects.get()
    say(owner, f"{MASTERS}{master.pk}/", store=store.pk)
    say(owner, f"{MASTERS}{master.pk}/", is_active=None)

    left, moved, added = changes(owner)
    assert [[(line.was, line.now) for line in told.lines] for told in (left, moved)] == [
        [("да", "нет")],
        [("все магазины", str(store))],
    ]
    assert ([told.can_undo for told in (left, moved, added)], added.title) == ([True, False, False], "Пётр")
    put_back(owner, left)
    master.refresh_from_db()
    assert (master.is_active, master.store) == (True, store)


def test_a_master_who_was_added_by_mistake_works_no_more(owner: Browser) -> None:
    say(owner, f"{MASTERS}new/", name="Пётр")

    put_back(owner, changes(owner)[0])

    assert Master.objects.get().is_active is False


def test_two_who_change_a_master_are_asked(owner: Browser) -> None:
    address = f"{MASTERS}{Master.objects.create(name='Пётр').pk}/"
    typed = filled(owner, address, name="Павел")
    say(owner, address, name="Прохор")

    assert (owner.post(address, typed).status_code, Master.objects.get().name) == (422, "Прохор")


def test_what_is_not_there_is_not_found(owner: Browser) -> None:
    asked = [owner.get(f"{TERMS}gilding/"), owner.get(f"{MASTERS}9/")]
    asked += [owner.post(UNDO, {"table": table, "change": pk}) for table, pk in (("term", "9"), ("store", "1"), ("master", "x"))]

    assert {answer.status_code for answer in asked} == {404}


def test_the_pages_are_the_admins_alone(seller: Employee, manager: Employee, signed_in: SignIn) -> None:
    for employee in (seller, manager):
        browser = signed_in(employee)
        assert {browser.get(page).status_code for page in (LIST, f"{TERMS}repair/", f"{MASTERS}new/")} == {403}
        assert browser.post(UNDO, {"table": "term", "change": "1"}).status_code == 403


def test_however_much_was_said_the_list_asks_as_often(
    owner: Browser, store: Store, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    owner.get(LIST)
    with django_assert_num_queries(6):
        owner.get(LIST)
    for kind in ServiceKind.values:
        ServiceTerm.objects.create(kind=kind, days=2)
        Master.objects.create(name=kind, store=store)

    with django_assert_num_queries(6):
        page = owner.get(LIST)

    assert (page.context["page"].paginator.count, len(page.context["page"])) == (22, 20)


def test_tables_of_the_back_office_list_them_no_more(owner: Browser) -> None:
    listed = owner.get("/backoffice/").content.decode()

    assert ("clients/occasionkind" in listed, "workshop/serviceterm" in listed, "workshop/master" in listed) == (
        True,
        False,
        False,
    )
