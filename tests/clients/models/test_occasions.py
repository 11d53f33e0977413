"""Days that a client keeps every year."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from clients.models import Client, Occasion, OccasionKind


@pytest.fixture
def met(db: None) -> OccasionKind:
    return OccasionKind.objects.create(name="день знакомства", name_en="day we met")


@pytest.mark.parametrize(("language", "name"), [("ru", "именины"), ("en", "именины")])
def test_a_kind_without_an_english_name_keeps_its_own(language: str, name: str) -> None:
    assert OccasionKind(name="именины").called(language) == name


def test_a_kind_is_called_in_the_language_that_is_spoken(met: OccasionKind) -> None:
    said = []
    for language in ("ru", "en"):
        with translation.override(language):
            said.append(str(Occasion(kind=met, day=214)))

    assert said == ["день знакомства: 14.02", "day we met: 14.02"]


@pytest.mark.parametrize(("year", "shown"), [(None, "14.02"), (2015, "14.02.2015")])
def test_a_day_is_shown_with_its_year_where_it_is_known(year: int | None, shown: str) -> None:
    assert Occasion(day=214, year=year).shown == shown


@pytest.mark.parametrize("day", [214, 100, 1232])
def test_a_card_keeps_one_day_of_a_kind_and_it_is_a_day(card: Client, met: OccasionKind, day: int) -> None:
    Occasion.objects.create(client=card, kind=met, day=214)
    kind = met if day == 214 else OccasionKind.objects.create(name="именины")

    with pytest.raises(IntegrityError), transaction.atomic():
        Occasion.objects.create(client=card, kind=kind, day=day)

    assert Occasion.objects.get().day == 214
