from datetime import date

from django.utils import timezone

from analytics.figures import reviews
from clients.models import Client
from portal.models import Review
from stores.models import Store
from tests.present import present
from workshop.models import ServiceRequest

TODAY = date(2026, 11, 24)


def test_reviews_by_month_with_their_interval(card: Client, store: Store) -> None:
    for n in range(40):
        made = ServiceRequest.objects.create(
            store=store, client=card, number=f"r-{n}", accepted_on=date(2026, 10, 1), kind="cleaning"
        )
        Review.objects.create(
            client=card,
            store=store,
            request=made,
            asked_on=date(2026, 10, 9),
            score=3 if n < 10 else 9,
            answered_at=timezone.now(),
        )

    told = reviews.review_figures(stores=[store], today=TODAY)

    month = told.months[0]
    assert (month.month, month.answers, month.mean) == (date(2026, 10, 1), 40, 7.5)
    interval = present(month.mean_interval)
    assert interval.low < 7.5 < interval.high
    assert present(month.low)["value"] == 25
    assert (told.asked, told.answered) == (40, 40)
