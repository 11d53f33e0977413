from datetime import date

import pytest
from django.utils import timezone

from analytics.figures import reviews
from portal.models import Review
from workshop.models import ServiceRequest

TODAY = date(2026, 11, 24)


def test_reviews_by_month_with_their_interval(card, store):
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
    assert month.mean_interval.low < 7.5 < month.mean_interval.high
    assert month.low["value"] == 25
    assert (told.asked, told.answered) == (40, 40)


@pytest.mark.parametrize("address", ["/reviews/", "/reviews/?export=1"])
def test_the_page_opens(address, manager, signed_in, db):
    assert signed_in(manager).get(address).status_code == 200
