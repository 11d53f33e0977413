"""Which copies stay, when the next is due, and from when there is reason for alarm."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from crm_site.backups import keeping, making

NOON = datetime(2026, 11, 28, 12, tzinfo=UTC)
MOMENTS = st.lists(st.datetimes(datetime(2024, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC)), max_size=60)


@pytest.fixture
def kept(settings: Settings) -> Path:
    settings.CHAIN_TIME_ZONE = "UTC"
    folder = Path(settings.BACKUP_DIR)
    folder.mkdir()
    return folder


def put(folder: Path, moment: datetime, suffix: str = making.SUFFIX) -> Path:
    path = folder / f"{moment:{making.NAME}}{suffix}"
    path.write_bytes(b"copy")
    return path


@given(MOMENTS)
def test_each_of_the_last_days_weeks_and_months_keeps_its_last(moments: list[datetime]) -> None:
    stay = keeping.staying(moments)

    spans = [(lambda at: at.date(), 7), (lambda at: at.isocalendar()[:2], 5), (lambda at: (at.year, at.month), 12)]
    for span, most in spans:
        of_spans = {name: max(at for at in moments if span(at) == name) for name in map(span, moments)}  # type: ignore[no-untyped-call]
        assert {of_spans[name] for name in sorted(of_spans, reverse=True)[:most]} <= stay
    assert len(stay) <= 24
    assert stay <= set(moments)


def test_a_year_of_nights_leaves_days_weeks_and_months(kept: Path) -> None:
    for night in range(400):
        put(kept, NOON - timedelta(days=night))
    (kept / "somebody-elses.tar").write_bytes(b"x")

    assert keeping.prune() == 400 - len(keeping.copies())

    assert [(NOON - copy.made_at).days for copy in keeping.copies()[:9]] == [0, 1, 2, 3, 4, 5, 6, 13, 20]
    assert (len(keeping.copies()), (kept / "somebody-elses.tar").exists()) == (21, True)
    assert keeping.prune() == 0


@pytest.mark.parametrize(
    ("hours", "at", "is_due"), [(19, 3, False), (21, 3, True), (21, 12, False), (29, 12, False), (31, 12, True), (0.1, 3, False)]
)
def test_a_copy_is_due_at_night_and_a_missed_one_at_any_hour(kept: Path, hours: float, at: int, is_due: bool) -> None:
    now = NOON.replace(hour=at)
    put(kept, now - timedelta(hours=hours))

    assert keeping.is_due(now) == is_due


@pytest.mark.parametrize(("hours", "is_late"), [(35, False), (37, True)])
def test_the_alarm_comes_after_36_hours(kept: Path, hours: int, is_late: bool) -> None:
    copy = put(kept, NOON - timedelta(hours=hours), making.SEALED_SUFFIX)

    state = keeping.state(NOON)

    found = keeping.Copy(copy, NOON - timedelta(hours=hours), 4)
    assert state == keeping.State(found, is_late, "")
    assert (state.is_bad, found.is_sealed) == (is_late, True)


def test_a_new_installation_has_its_first_day_and_night(db: None) -> None:
    now = datetime.now(UTC)

    assert (keeping.state(now), keeping.is_due(now)) == ((None, False, ""), False)
    assert keeping.state(now + timedelta(hours=40)).is_late


def test_a_half_copy_counts_for_nothing(kept: Path, db: None) -> None:
    (kept / f".{NOON:{making.NAME}}{making.SUFFIX}{making.PART}").write_bytes(b"half")

    assert keeping.copies() == []


def test_a_failure_is_remembered_until_a_copy_is_there(kept: Path) -> None:
    put(kept, NOON)
    keeping.remember_failure("pg_dump is not on this machine")

    assert (keeping.state(NOON).failure, keeping.state(NOON).is_bad) == ("pg_dump is not on this machine", True)

    keeping.forget_failure()
    assert not keeping.state(NOON).is_bad
