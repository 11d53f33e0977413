"""By night the base is searched and swept."""

from datetime import timedelta

from django.utils import timezone

from clients import tasks
from clients.models import Client, Pair, Surname, Wearer


def test_the_nightly_search_says_how_many_pairs_are_new(two: tuple[Client, Client]) -> None:
    Surname.objects.create(key="никто")

    assert [tasks.find_pairs(), tasks.find_pairs()] == [1, 0]
    assert Pair.objects.count() == 1
    assert set(Surname.objects.values_list("key", flat=True)) == {"иванова", "иваонва"}


def test_who_was_forgotten_a_day_ago_is_swept(wife: Wearer) -> None:
    Wearer.objects.create(client=wife.client, first_name="Вера", forgotten_at=timezone.now() - timedelta(hours=23))
    Wearer.objects.create(client=wife.client, first_name="Анна", forgotten_at=timezone.now() - timedelta(hours=25))

    assert [tasks.sweep_wearers(), tasks.sweep_wearers()] == [1, 0]
    assert set(Wearer.objects.values_list("first_name", flat=True)) == {"Мария", "Вера"}
