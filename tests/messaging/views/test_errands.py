"""Errands on their page: done, put off, undone, and of one's own stores alone."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.utils import timezone
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from messaging import errands
from messaging.models import Errand
from stores.models import Employee, Role, Store
from tests import factories
from tests.conftest import SignIn


def test_done_is_written_down_and_taken_back(errand: Errand, seller: Employee, signed_in: SignIn) -> None:
    browser = signed_in(seller)

    browser.post(f"/errands/{errand.pk}/close/", {"outcome": "done"})

    errand.refresh_from_db()
    assert (errand.outcome, errand.done_by) == (Errand.Outcome.DONE, seller)
    browser.post(f"/errands/{errand.pk}/reopen/")
    errand.refresh_from_db()
    assert (errand.outcome, errand.done_by) == (Errand.Outcome.OPEN, None)


def test_a_complaint_says_what_was_wrong_by_one_press(errand: Errand, seller: Employee, signed_in: SignIn) -> None:
    browser = signed_in(seller)

    unsaid = browser.post(f"/errands/{errand.pk}/close/", {"outcome": "complained", "words": "царапина"})
    assert (unsaid.status_code, "Выберите, что не так." in unsaid.content.decode()) == (422, True)
    browser.post(f"/errands/{errand.pk}/close/", {"problem": "piece", "words": "царапина"})

    errand.refresh_from_db()
    assert (errand.outcome, errand.result, errand.problem) == (Errand.Outcome.DONE, "complained", "piece")
    assert browser.post(f"/errands/{errand.pk}/close/", {}).status_code == 400


def test_who_does_not_answer_is_called_tomorrow(errand: Errand, seller: Employee, store: Store, signed_in: SignIn) -> None:
    signed_in(seller).post(f"/errands/{errand.pk}/close/", {"outcome": "no_answer"})

    errand.refresh_from_db()
    assert (errand.outcome, errand.due_on) == (Errand.Outcome.OPEN, store.today() + timedelta(days=1))


def test_calls_without_an_answer_are_counted_and_a_slip_is_taken_back(
    errand: Errand, seller: Employee, store: Store, signed_in: SignIn
) -> None:
    browser, day = signed_in(seller), timedelta(days=1)
    errands.close(errand, "no_answer", by=seller, now=timezone.now() - day)
    for _twice in range(2):
        browser.post(f"/errands/{errand.pk}/close/", {"outcome": "no_answer"})

    said = browser.get("/errands/").content.decode()
    errand.refresh_from_db()
    assert (errand.tries, errand.due_on) == (2, store.today() + day)
    assert "не дозвонились 2\xa0раза" in said
    browser.post(f"/errands/{errand.pk}/reopen/")

    errand.refresh_from_db()
    assert (errand.tries, errand.due_on, errand.done_at) == (1, store.today(), None)


def test_the_list_is_of_my_stores(errand: Errand, seller: Employee, other_store: Store, signed_in: SignIn) -> None:
    stranger = factories.employee(Role.SELLER, other_store)

    assert "Позвонить" in signed_in(seller).get("/errands/").content.decode()
    assert "Позвонить" not in signed_in(stranger).get("/errands/").content.decode()
    assert signed_in(stranger).post(f"/errands/{errand.pk}/close/", {"outcome": "done"}).status_code == 404
    assert signed_in(seller).post(f"/errands/{errand.pk}/close/", {"outcome": "open"}).status_code == 400
    assert signed_in(seller).get("/errands/?export=1").status_code == 403
    Employee.objects.update(rights={"exports": True})
    assert signed_in(seller).get("/errands/?export=1").status_code == 200


@pytest.mark.parametrize("number", [1, 3])
def test_as_many_queries_whatever_is_to_do(
    number: int, store: Store, seller: Employee, signed_in: SignIn, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for n in range(number):
        errands.ask_for(
            factories.ClientFactory.create(), store=store, occasion_key=f"k{n}", reason="x", due_on=store.today(), is_service=True
        )
    browser = signed_in(seller)
    browser.get("/errands/")

    with django_assert_max_num_queries(15):
        browser.get("/errands/")


def test_the_workbook_tells_what_is_to_do(errand: Errand, manager: Employee, signed_in: SignIn) -> None:
    book = load_workbook(BytesIO(signed_in(manager).get("/errands/?export=1").content)).worksheets[0]

    (_header, row) = book.iter_rows(values_only=True)
    assert row[3:] == ("Позвонить", "Спросить о кольце", "Роскошь-Luxury")


def test_another_outcome_than_those_offered_changes_nothing(errand: Errand, seller: Employee, signed_in: SignIn) -> None:
    statuses = [signed_in(seller).post(f"/errands/{errand.pk}/close/", said).status_code for said in ({}, {"outcome": "lost"})]

    errand.refresh_from_db()
    assert (statuses, errand.outcome, errand.done_at) == ([400, 400], "open", None)


def test_the_list_shows_what_was_said_before_and_a_past_day_is_refused_as_it_was_typed(
    errand: Errand, seller: Employee, store: Store, signed_in: SignIn
) -> None:
    browser, day = signed_in(seller), store.today() + timedelta(days=5)
    address = f"/errands/{errand.pk}/close/"

    browser.post(address, {"outcome": "done", "words": "просила перезвонить", "next_on": day.isoformat()})
    refused = browser.post(address, {"outcome": "done", "words": "придёт", "next_on": store.today().isoformat()})

    page = refused.content.decode()
    assert (refused.status_code, "просила перезвонить" in page, 'value="придёт"' in page) == (422, True, True)
    errand.refresh_from_db()
    assert (errand.outcome, errand.due_on, errand.steps.count()) == (Errand.Outcome.OPEN, day, 1)


def test_the_list_is_narrowed_by_topic_owner_and_day_and_says_how_many_there_are(
    errand: Errand, seller: Employee, store: Store, signed_in: SignIn
) -> None:
    later = store.today() + timedelta(days=5)
    facts: dict[str, Any] = {"client": errand.client, "store": store, "is_service": True, "due_on": later, "topic": "offer"}
    mine = Errand.objects.create(**facts, occasion_key="call:2", reason="Моё", assignee=seller)
    browser = signed_in(seller)

    def listed(query: str) -> list[int]:
        return [row.errand.pk for row in browser.get(f"/errands/?{query}").context["rows"]]

    both = [errand.pk, mine.pk]
    assert [listed(""), listed("whose=mine"), listed("whose=pool")] == [both, [mine.pk], [errand.pk]]
    assert [listed("topic=offer"), listed("due=today"), listed("due=later")] == [[mine.pk], [errand.pk], [mine.pk]]
    assert [listed(f"due={later}"), listed("due=never"), listed(f"whose={seller.pk}")] == [[mine.pk], both, [mine.pk]]
    context = browser.get("/errands/?whose=mine").context
    assert [(one.value, one.times) for one in context["whose"]] == [("mine", 1), ("pool", 1)]
    assert [(one.value, one.times) for one in context["topics"]] == [("offer", 1)]


def test_it_is_taken_and_put_back_and_the_list_stays_narrowed(errand: Errand, seller: Employee, signed_in: SignIn) -> None:
    browser = signed_in(seller)

    taken = browser.post(f"/errands/{errand.pk}/take/?whose=pool&page=2")
    errand.refresh_from_db()
    assert (errand.assignee, taken.headers["Location"]) == (seller, "/errands/?whose=pool")
    browser.post(f"/errands/{errand.pk}/put-back/")

    errand.refresh_from_db()
    assert errand.assignee is None


def test_a_manager_gives_and_shares_out_and_a_seller_may_not(
    errand: Errand, seller: Employee, manager: Employee, other_store: Store, signed_in: SignIn
) -> None:
    stranger, at = factories.employee(Role.SELLER, other_store), f"/errands/{errand.pk}/give/"

    refused = [signed_in(seller).post(at, {"to": seller.pk}).status_code, signed_in(seller).post("/errands/share/").status_code]
    foreign = signed_in(manager).post(at, {"to": stranger.pk}).status_code
    errand.refresh_from_db()
    assert (refused, foreign, errand.assignee) == ([403, 403], 400, None)

    signed_in(manager).post("/errands/share/")
    errand.refresh_from_db()
    assert errand.assignee == seller
    signed_in(manager).post(at, {"to": manager.pk})
    errand.refresh_from_db()
    assert errand.assignee == manager


def test_about_what_somebody_left_there_is_nothing_to_agree(errand: Errand, seller: Employee, signed_in: SignIn) -> None:
    def offered() -> list[int]:
        (row,) = signed_in(seller).get("/errands/").context["rows"]
        return [one.number for one in row.outcomes]

    of_service = offered()
    Errand.objects.update(is_service=False)

    assert (of_service, offered()) == ([1, 4, 6, 7, 8, 9], [1, 2, 3, 4, 5, 6, 7, 8, 9])
