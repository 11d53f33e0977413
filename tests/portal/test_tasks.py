"""Reviews in the background."""

from datetime import UTC, datetime, timedelta

from portal import tasks
from portal.models import Review
from stores.models import Store
from workshop.models import ServiceRequest


def test_the_question_is_asked_once_where_it_is_day(handed_out: ServiceRequest) -> None:
    Store.objects.update(time_zone=f"Etc/GMT{datetime.now(UTC).hour - 12:+d}")  # noon, whenever the test runs
    ServiceRequest.objects.update(closed_on=Store.objects.get().today() - timedelta(days=1))

    assert [tasks.ask_for_reviews() for _twice in range(2)] == [1, 0]

    assert Review.objects.get().request == handed_out
