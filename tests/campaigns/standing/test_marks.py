"""One question says of each client which queries find them."""

from datetime import date

from pytest_django import DjangoAssertNumQueries

from campaigns import touching
from campaigns.models import Touch
from campaigns.standing.marks import marked
from campaigns.touching import Chosen
from messaging.models import Errand
from tests.factories import ClientFactory

DAY = date(2026, 10, 10)


def test_each_query_names_its_own_among_those_who_are_asked_about(
    db: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    touched, called, both, stranger = (client.pk for client in ClientFactory.create_batch(4))
    touching.write("quiet", [Chosen(pk, "1", DAY) for pk in (touched, both, stranger)], phase="1", holdout=0)
    for pk in (called, both):
        Errand.objects.create(client_id=pk, occasion_key=f"k{pk}", reason="…", due_on=DAY)

    with django_assert_num_queries(1):
        found = marked({touched, called, both}, {"busy": Touch.objects.all(), "called": Errand.objects.all()})

    assert found == {"busy": {touched, both}, "called": {called, both}}
    assert marked({called}, {"busy": Touch.objects.all()}) == {"busy": set()}
