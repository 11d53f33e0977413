"""A question put together press by press, all of it in the address."""

from django.http import QueryDict

from analytics.asking.building import Builder
from analytics.asking.segments import MOST_CONDITIONS

TWO = "w0=kind&g0=0&p0_kind=ring&p0_least=2&w3=silent&g3=1&n3=on&p3_days=10&page=2"


def test_groups_stand_in_their_order_and_the_next_place_is_free() -> None:
    builder = Builder(QueryDict(TWO))

    assert [(group, [form.number for form in forms]) for group, forms in builder.groups] == [(0, [0]), (1, [3])]
    assert builder.next == (4, 2)
    assert [told["what"] for group in builder.definition for told in group] == ["kind", "silent"]


def test_an_empty_question_begins_at_nought() -> None:
    assert Builder(QueryDict("")).next == (0, 0)


def test_a_condition_goes_with_all_that_it_was_filled_with() -> None:
    left = Builder(QueryDict(TWO + "&out=3")).without("3")

    assert left.urlencode() == "w0=kind&g0=0&p0_kind=ring&p0_least=2"


def test_one_more_is_still_to_be_filled() -> None:
    more = Builder(QueryDict("w0=never&g0=0&add=silent")).with_one_more("1", "silent")

    assert more.urlencode() == "w0=never&g0=0&w1=silent&g1=1"


def test_a_condition_without_fields_is_whole_at_once() -> None:
    assert [Builder.asks_for_more(what) for what in ("never", "silent", "nonsense")] == [False, True, False]


def test_where_there_are_enough_no_more_are_taken() -> None:
    full = "&".join(f"w{n}=never&g{n}={n}" for n in range(MOST_CONDITIONS))

    builder = Builder(QueryDict(full))

    assert builder.is_full
    assert builder.with_one_more("1").urlencode() == full


def test_every_condition_belongs_to_one_family() -> None:
    names = [condition.name for _family, conditions in Builder(QueryDict("")).families for condition in conditions]

    assert len(names) == len(set(names)) > 20
