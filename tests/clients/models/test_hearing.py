"""The chain's answers to how clients hear of it."""

from django.utils import translation

from clients.models import HeardFrom


def test_an_answer_speaks_the_language_that_is_spoken(db: None) -> None:
    answer = HeardFrom(name="по радио", name_en="radio")

    with translation.override("en"):
        assert str(answer) == "radio"
    assert str(answer) == "по радио"
    with translation.override("en"):
        assert str(HeardFrom(name="по радио")) == "по радио"


def test_what_is_offered_no_more_is_asked_no_more(db: None) -> None:
    HeardFrom.objects.all().delete()
    HeardFrom.objects.create(name="второе", position=2)
    HeardFrom.objects.create(name="первое", position=1)
    HeardFrom.objects.create(name="прежнее", is_active=False)

    assert [answer.name for answer in HeardFrom.objects.asked()] == ["первое", "второе"]
