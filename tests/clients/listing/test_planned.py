"""Cards that a preview only plans, found again by their words."""

from datetime import date

from clients.listing.planned import PlannedCards
from clients.sameness.matching import Card
from clients.writing.names import PersonName

ANNA = PersonName("Ким", "Анна", "Петровна")


def test_a_planned_card_is_found_by_any_of_its_words_with_all_its_facts() -> None:
    plan = PlannedCards()
    card = Card(None, ANNA, date(1985, 7, 3), "+79147012233", None, 3, date(2026, 1, 2), "VIP", "+79140000000", row=7)

    plan.keep([(card, {"phone:+79147012233", "code:17"})])
    found = list(plan.find(["code:17", "phone:+79147012233", "phone:нет"]))

    assert [sorted(words) for _card, words in found] == [["code:17", "phone:+79147012233"]]
    facts = [tuple(getattr(one, name) for name in Card.__slots__) for one in (found[0][0], card)]
    assert facts[0] == facts[1]
    assert list(plan.find(["code:18"])) == []


def test_a_card_that_is_filled_later_is_the_same_one() -> None:
    plan, card = PlannedCards(), Card(5, ANNA, None, None, None)
    plan.keep([(card, {"code:17"})])
    card.email = "a@example.ru"

    plan.keep([(card, {"code:17", "pk:5"})])

    by_code, by_key = ([(one.pk, one.email, one.plan) for one, _words in plan.find([word])] for word in ("code:17", "pk:5"))
    assert by_code == by_key == [(5, "a@example.ru", card.plan)]


def test_a_plan_is_nobody_elses() -> None:
    first, second = PlannedCards(), PlannedCards()

    first.keep([(Card(None, ANNA, None, None, None), {"code:17"})])

    assert list(second.find(["code:17"])) == []
