"""What stands beside a call of invitation."""

from datetime import timedelta

from django.utils import timezone

from campaigns.evenings import answering, telling
from stores.models import Employee
from tests.campaigns.evenings.conftest import Invited, Make


def test_the_seller_sees_when_it_is_and_whether_seats_are_free(evening: Make, invited: Invited, manager: Employee) -> None:
    made = evening(seats=2, starts_at=timezone.now() + timedelta(days=3))
    one = invited(made)

    before = telling.facts([one.client])[one.client_id]
    answering.answer(one, "accepted", guests=1, by=manager, now=timezone.now())
    after = telling.facts([one.client])[one.client_id]

    assert [(fact.name, fact.tone) for fact in before] == [("Вечер", ""), ("Места", "good")]
    assert before[1].words == "свободно 2\xa0места; с собой можно до 2\xa0гостей"
    assert (after[1].words, after[1].tone) == ("мест нет: лист ожидания; с собой можно до 2\xa0гостей", "warn")
