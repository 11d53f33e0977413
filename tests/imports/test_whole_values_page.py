"""The page of values: what a list says that nobody knows is explained once."""

from io import BytesIO

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from imports import intake, services
from imports.models import ImportState, ListImport, ValueMeaning
from imports.passes import engine
from stores.models import Store
from tests.answers import Answer
from tests.conftest import DATA
from tests.imports.paging import Go, column_choices, upload

PURCHASES = DATA / "field-reports/purchases-store-spellings.csv"


@pytest.fixture
def asking(go: Go, store: Store, other_store: Store) -> ListImport:
    """A list of purchases that stopped at its page of values."""
    upload(go.browser, PURCHASES.read_bytes(), "purchases")
    found = ListImport.objects.get()
    go("columns", found.pk, **column_choices(found))
    found.refresh_from_db()
    return found


def said(page: Answer, meaning: str) -> dict[str, str]:
    """The page of values as it would be sent, everything unknown being one meaning."""
    return {field.name: meaning for _question, field in page.context["form"].asked()}


def test_unknown_values_are_asked_between_the_columns_and_the_preview(go: Go, asking: ListImport) -> None:
    address = reverse("imports:values", args=[asking.pk])
    assert (asking.state, asking.rows.count()) == (ImportState.ASKING, 0)
    assert go.browser.get(reverse("imports:list", args=[asking.pk]))["Location"] == address
    assert go.browser.get(reverse("imports:list", args=[asking.pk]), headers={"HX-Request": "true"})["HX-Redirect"] == address
    page = go.browser.get(address)

    go("values", asking.pk, **said(page, "duet"))

    asking.refresh_from_db()
    assert (asking.state, asking.counts) == (ImportState.PLANNED, {"incomplete": 9})
    assert go.browser.get(reverse("imports:list", args=[asking.pk])).context["to_say"] == 0


def test_what_is_not_said_yet_waits_and_the_page_is_reached_again(go: Go, asking: ListImport) -> None:
    go("values", asking.pk)
    asking.refresh_from_db()
    assert (asking.state, asking.counts) == (ImportState.PLANNED, {"incomplete": 6, "conflict": 3})

    go("step", asking.pk, "apply")
    page = go.browser.get(reverse("imports:list", args=[asking.pk]))
    assert (page.context["to_say"], reverse("imports:values", args=[asking.pk]) in page.content.decode()) == (3, True)
    go("values", asking.pk, **said(go.browser.get(reverse("imports:values", args=[asking.pk])), "duet"))

    asking.refresh_from_db()
    assert (asking.state, asking.counts) == (ImportState.APPLIED, {"incomplete": 9})


def test_the_next_file_of_the_source_is_not_asked(go: Go, asking: ListImport) -> None:
    go("values", asking.pk, **said(go.browser.get(reverse("imports:values", args=[asking.pk])), "duet"))
    upload(go.browser, b"\n".join(PURCHASES.read_bytes().splitlines()[:-1]), "purchases")
    second = ListImport.objects.latest("pk")

    go("columns", second.pk, **column_choices(second))

    second.refresh_from_db()
    assert (second.state, second.counts) == (ImportState.PLANNED, {"incomplete": 8})


def test_the_columns_are_looked_at_again_from_the_values(go: Go, asking: ListImport) -> None:
    go("step", asking.pk, "again")
    asking.refresh_from_db()
    assert asking.state == ImportState.READ
    assert go.browser.get(reverse("imports:values", args=[asking.pk]))["Location"] == reverse("imports:list", args=[asking.pk])

    go("columns", asking.pk, **column_choices(asking))

    asking.refresh_from_db()
    assert asking.state == ImportState.ASKING


def test_an_answer_that_is_none_of_the_meanings_is_refused(go: Go, asking: ListImport) -> None:
    page = go.browser.get(reverse("imports:values", args=[asking.pk]))

    refused = go("values", asking.pk, **said(page, "moon"))

    asking.refresh_from_db()
    assert (refused.status_code, asking.state, ValueMeaning.objects.count()) == (422, ImportState.ASKING, 0)


def test_a_list_that_is_on_its_way_is_not_answered(go: Go, asking: ListImport, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "ANSWERABLE", (*services.ANSWERABLE, ImportState.PLANNING))
    ListImport.objects.update(state=ImportState.PLANNING)

    answer = go("values", asking.pk)

    assert [message.level_tag for message in get_messages(answer.wsgi_request)] == ["info"]
    assert ListImport.objects.get().state == ImportState.PLANNING


def test_the_page_of_values_takes_as_many_queries_for_three_as_for_one(go: Go, store: Store, other_store: Store) -> None:
    counts = []
    for stores in ("АБВ", "А"):
        rows = [f"{at};01.0{at}.2026;500;Лавка {name}" for at, name in enumerate(stores, 1)]
        kept = intake.keep_file(
            "purchases", BytesIO("\n".join(["Чек;Дата;Сумма;Магазин", *rows]).encode()), "list.csv", by=None, source=stores
        )
        engine.apply(intake.read(kept))
        with CaptureQueriesContext(connection) as asked:
            go.browser.get(reverse("imports:values", args=[kept.pk]))
        counts.append(len(asked))

    assert counts[0] == counts[1]
