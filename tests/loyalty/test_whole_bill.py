"""The discounts of a bill against a plain-Python twin."""

from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.kinds import Tariff
from loyalty.pricing import UNIT, Benefit, Line, Offer, Rules, Standing, bill
from tests.loyalty.twin_bill import TwinLine, TwinRight, discounts

KINDS = ("ring", "chain", "watch")
LINES = st.lists(
    st.builds(
        lambda tag, off, tariff, kind: Line(tag, min(off, tag), 0, tariff, kind),
        st.integers(0, 300_000_00), st.sampled_from([0, 0, 300_00, 50_000_00]),
        st.sampled_from([Tariff.TAG, Tariff.TAG, Tariff.MARKDOWN]), st.sampled_from(KINDS),
    ),
    min_size=1, max_size=6,
)  # fmt: skip
SOME = st.lists(st.sampled_from(KINDS), max_size=2, unique=True)
RIGHTS = st.builds(
    TwinRight, benefit=st.sampled_from(["percent", "sum", "gift"]), value=st.integers(1, 10_000), floor=st.sampled_from([0, 20_000_00]),
    kinds=SOME, not_on=SOME, with_tier=st.booleans(),
)  # fmt: skip


def offer_of(right: TwinRight) -> Offer:
    return Offer(
        Benefit(right.benefit), right.value, right.floor, frozenset(right.kinds), frozenset(right.not_on), right.with_tier
    )


@settings(max_examples=500, deadline=None)
@given(LINES, st.sampled_from([0, 300, 1_050]), RIGHTS, st.sampled_from([UNIT, 500 * UNIT]), st.booleans())
def test_what_comes_off_each_line_is_the_twins(lines: list[Line], tier: int, right: TwinRight, least: int, big: bool) -> None:
    if right.benefit != "percent" and big:
        right.value *= 1_000
    twins = [TwinLine(line.tag, line.off, line.tariff == Tariff.TAG, line.kind) for line in lines]

    told = bill(lines, Standing(discount=tier), 0, Rules(least=least), offer_of(right))

    assert ([line.tier for line in told.lines], [line.right for line in told.lines]) == discounts(twins, tier, right, least)


@given(LINES, st.integers(0, 60_000), RIGHTS)
def test_the_parts_add_up_to_the_kopeck(lines: list[Line], wish: int, right: TwinRight) -> None:
    told = bill(lines, Standing(50_000, 500, 500), wish, Rules(3_000), offer_of(right))

    for line in told.lines:
        assert line.off + line.tier + line.right + line.bonus + line.paid == line.tag
        assert line.paid >= (UNIT if line.bonus else 0)
    assert sum(line.paid for line in told.lines) == told.to_pay
    assert told.by_right == sum(line.right for line in told.lines)
    assert not (told.by_right and told.refused)


@given(LINES, RIGHTS)
def test_who_has_a_right_never_pays_more(lines: list[Line], right: TwinRight) -> None:
    with_it, without = (bill(lines, Standing(discount=500), 0, Rules(), one) for one in (offer_of(right), None))

    assert with_it.to_pay <= without.to_pay
