"""The page of questions: put together by links and buttons, kept under a name, and whose they are."""

from datetime import date
from io import BytesIO

import pytest
from django.contrib.messages import get_messages
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from analytics.models import Segment
from clients.models import Client
from stores.models import Employee, Role, Store
from tests import factories
from tests.analytics.conftest import Histories
from tests.answers import Answer
from tests.conftest import Sell, SignIn
from tests.factories import ClientFactory


def test_a_question_is_kept_opened_and_deleted_with_a_way_back(boss: Employee, signed_in: SignIn, card: Client) -> None:
    browser = signed_in(boss)
    query = "w0=home&g0=0&p0_store=" + str(card.home_store_id)

    browser.post("/ask/save/", {"query": query, "name": "  Наши  "})
    kept = Segment.objects.get()
    opened = browser.get(f"/ask/{kept.pk}/", follow=True)
    assert (kept.name, kept.by, list(opened.context["page"])) == ("Наши", boss, [card])

    browser.post("/ask/save/", {"query": "w0=never&g0=0", "name": "Наши"})
    assert (Segment.objects.get().definition, Segment.objects.count()) == ([[{"what": "never"}]], 1)
    after = browser.post(f"/ask/{kept.pk}/forget/", follow=True)
    assert (Segment.objects.count(), after.context["definition"]) == (0, [[{"what": "never"}]])


def test_anothers_question_is_not_overwritten_or_deleted(
    boss: Employee, store: Store, other_store: Store, signed_in: SignIn
) -> None:
    kept = Segment.objects.create(name="Чужой", definition=[[{"what": "never"}]], by=boss)
    browser = signed_in(factories.employee(Role.MANAGER, store, other_store))

    browser.post("/ask/save/", {"query": "w0=incomplete&g0=0", "name": "Чужой"})
    browser.post(f"/ask/{kept.pk}/forget/")
    browser.post("/ask/save/", {"query": "", "name": "Пустой"})

    assert [one.definition for one in Segment.objects.all()] == [[[{"what": "never"}]]]


def test_the_builder_works_by_links_and_buttons_alone(boss: Employee, signed_in: SignIn) -> None:
    browser = signed_in(boss)

    more = browser.get("/ask/", {"w0": "never", "g0": "0", "into": "0"}, follow=True)
    fewer = browser.get("/ask/", {"w0": "never", "g0": "0", "w1": "silent", "g1": "1", "p1_days": "3", "out": "1"}, follow=True)

    assert [[form.number for form in filled] for _group, filled in more.context["groups"]] == [[0, 1]]
    assert fewer.context["definition"] == [[{"what": "never"}]]


def test_the_answer_keeps_its_number_of_queries(
    boss: Employee, signed_in: SignIn, histories: Histories, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    browser = signed_in(boss)
    for _time in range(2):
        histories(5)
        with django_assert_max_num_queries(9):
            browser.get("/ask/?w0=visits&g0=0&p0_least=1&p0_most=99")


def rows_of(answer: Answer) -> list[tuple[object, ...]]:
    return list(load_workbook(BytesIO(answer.content)).worksheets[0].iter_rows(values_only=True))


def test_everybody_who_answers_goes_into_a_workbook_with_their_habits(
    boss: Employee, signed_in: SignIn, card: Client, sell: Sell
) -> None:
    sell(card, date(2026, 3, 5), 700, 300)
    ClientFactory.create()

    [_header, row] = rows_of(signed_in(boss).get("/ask/?w0=visits&g0=0&p0_least=1&p0_most=9&export=1"))

    assert (row[:2], row[5], row[7:10]) == ((card.pk, card.full_name), str(card.home_store), (1, 2, 1_000))


def test_a_question_of_twenty_conditions_takes_no_more(boss: Employee, signed_in: SignIn) -> None:
    full = {name: value for n in range(20) for name, value in ((f"w{n}", "never"), (f"g{n}", "0"))}

    page = signed_in(boss).get("/ask/", {**full, "into": "0"}, follow=True)

    assert ([len(filled) for _group, filled in page.context["groups"]], page.context["full"]) == ([20], True)


def test_an_admin_may_change_and_delete_anybodys_question(boss: Employee, admin: Employee, signed_in: SignIn) -> None:
    kept = Segment.objects.create(name="Общий", definition=[[{"what": "never"}]], by=boss)
    browser = signed_in(admin)

    browser.post("/ask/save/", {"query": "w0=incomplete&g0=0", "name": "Общий"})
    kept.refresh_from_db()
    assert (kept.definition, kept.by) == ([[{"what": "incomplete"}]], admin)
    browser.post(f"/ask/{kept.pk}/forget/")

    assert not Segment.objects.exists()


@pytest.mark.parametrize("name", ["", "   ", "б" * 81])
def test_a_question_without_a_fit_name_is_not_kept_and_stays_in_the_address(boss: Employee, signed_in: SignIn, name: str) -> None:
    answer = signed_in(boss).post("/ask/save/", {"query": "w0=never&g0=0", "name": name})

    assert answer["Location"] == "/ask/?w0=never&g0=0"
    assert len(list(get_messages(answer.wsgi_request))) == 1
    assert not Segment.objects.exists()


def test_a_large_answer_is_not_sorted_for_its_first_page(
    boss: Employee, signed_in: SignIn, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    last, first = (ClientFactory.create(last_name=name, home_store=store) for name in ("Яшина", "Абрамова"))
    browser = signed_in(boss)
    assert list(browser.get("/ask/?w0=never&g0=0").context["page"]) == [first, last]

    monkeypatch.setattr("analytics.views.asking.MOST_SORTED", 1)

    assert list(browser.get("/ask/?w0=never&g0=0").context["page"]) == [last, first]


@pytest.mark.parametrize("language", ["ru", "en"])
def test_who_begins_is_offered_questions_that_can_be_asked(boss: Employee, signed_in: SignIn, language: str) -> None:
    boss.language = language
    boss.save()
    browser = signed_in(boss)

    for words, query in browser.get("/ask/").context["examples"]:
        asked = browser.get(f"/ask/?{query}").context
        assert (asked["sentence"], asked["examples"]) == (words, [])
