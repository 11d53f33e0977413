"""What the pages of figures share: whose figures, over which days, and waiting for one that takes long."""

from datetime import date

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from analytics import pages, snapshots
from analytics.figures.periods import Period
from analytics.figures.registry import FIGURES
from analytics.models import Snapshot
from stores.models import Employee, Store
from tests.conftest import SignIn
from tests.factories import StoreFactory


def test_a_figure_that_takes_long_shows_how_far_it_is(
    boss: Employee,
    signed_in: SignIn,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    monkeypatch.setattr(snapshots, "MOST_LIVE", -1)
    browser = signed_in(boss)

    waiting = browser.get("/people/")
    pending = Snapshot.objects.get(figure="people")
    progress = browser.get(f"/figures/{pending.pk}/progress/")
    assert (b"<progress" in waiting.content, b"<progress" in progress.content) == (True, True)
    pending.delete()
    with django_capture_on_commit_callbacks(execute=True):
        browser.get("/people/")

    done = Snapshot.objects.get(figure="people")
    assert done.data is not None
    assert browser.get(f"/figures/{done.pk}/progress/")["HX-Refresh"] == "true"
    assert "data" in browser.get("/people/").context


JUNE = date(2026, 6, 17)
MAY = Period(date(2026, 5, 1), date(2026, 5, 31))


@pytest.mark.parametrize(
    ("name", "first", "last", "period"),
    [
        ("returning", None, None, MAY),
        ("returning", date(2026, 5, 5), None, Period(date(2026, 5, 5), MAY.last)),
        ("returning", date(2026, 1, 1), date(2026, 1, 2), Period(date(2026, 1, 1), date(2026, 1, 2))),
        ("silent", None, None, Period(JUNE, JUNE)),
        ("silent", date(2026, 1, 1), date(2026, 1, 2), Period(date(2026, 1, 2), date(2026, 1, 2))),
    ],
)
def test_a_program_gets_the_last_month_or_the_last_day(name: str, first: date | None, last: date | None, period: Period) -> None:
    assert pages.period_of(FIGURES[name], first, last, JUNE) == period


def test_an_address_says_whose_figures_it_asks(
    boss: Employee, manager: Employee, signed_in: SignIn, store: Store, other_store: Store
) -> None:
    whole = signed_in(boss).get("/people/").context["asked"]
    one = signed_in(boss).get("/people/", {"store": other_store.pk}).context["asked"]
    mine = signed_in(manager).get("/people/").context["asked"]

    assert [(asked.store, asked.stores, asked.store_query) for asked in (whole, one, mine)] == [
        (None, None, ""), (other_store, [other_store], f"store={other_store.pk}"), (store, [store], f"store={store.pk}"),
    ]  # fmt: skip


def test_today_is_where_one_stands(boss: Employee, signed_in: SignIn, store: Store) -> None:
    far = StoreFactory.create(time_zone="Pacific/Kiritimati")
    boss.stores.add(far)

    asked = signed_in(boss).get("/silent/", {"store": far.pk}).context["asked"]

    assert (asked.today, asked.as_of_today) == (far.today(), Period(far.today(), far.today()))


def test_nobody_is_woken_for_what_is_there_or_is_already_computed(
    db: None, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready = snapshots.shown("people", MAY)
    monkeypatch.setattr(snapshots, "MOST_LIVE", -1)
    Snapshot.objects.all().delete()
    asked, again = snapshots.shown("people", MAY), snapshots.shown("people", MAY)

    with django_capture_on_commit_callbacks() as woken:
        for told in (ready, asked, again):
            pages.start(told)

    assert len(woken) == 1
