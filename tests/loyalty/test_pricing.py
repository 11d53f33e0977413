"""The bill: worked examples of docs/loyalty.md, and what always holds of its parts."""

from hypothesis import given
from hypothesis import strategies as st

from catalogue.kinds import Tariff
from loyalty.pricing import (
    UNIT,
    Benefit,
    BilledLine,
    Line,
    Offer,
    Refused,
    Rules,
    Standing,
    Why,
    base_of,
    bill,
    deal,
    earned,
    spread,
)

RULES = Rules(share=3_000)
FIVE = Standing(balance=50_000, earn=500)
LINES = st.lists(
    st.builds(
        lambda tag, off, scrap, tariff: Line(tag, min(off, tag), scrap, tariff),
        st.integers(0, 300_000_00), st.integers(0, 50_000_00), st.sampled_from([0, 0, 5_000_00]), st.sampled_from(Tariff),
    ),
    min_size=1, max_size=6,
)  # fmt: skip
STANDINGS = st.builds(
    Standing, balance=st.integers(0, 100_000), discount=st.sampled_from([0, 300, 1_050]), earn=st.sampled_from([0, 333, 500])
)
WISHES = st.one_of(st.integers(0, 60_000), st.just("most"))


def test_a_ring_and_bonuses_on_it() -> None:
    told = bill([Line(138_795_00)], FIVE, 20_000, RULES)

    assert (told.most, told.spent, told.to_pay, told.earns) == (41_638, 20_000, 118_795_00, 5_939)
    assert told.lines == (BilledLine(138_795_00, 0, 0, 20_000_00, 118_795_00, 5_939, Why.EARNS),)


def test_bonuses_are_spread_over_what_takes_part_and_the_rest_is_told_why_not() -> None:
    lines = [Line(10_000_00), Line(5_000_00), Line(7_000_00, off=2_000_00, tariff=Tariff.MARKDOWN), Line(0)]

    told = bill(lines, FIVE, "most", RULES)

    assert [(line.bonus // UNIT, line.paid // UNIT, line.earns, line.why) for line in told.lines] == [
        (3_000, 7_000, 350, Why.EARNS), (1_500, 3_500, 175, Why.EARNS), (0, 5_000, 0, Why.MARKDOWN), (0, 0, 0, Why.NOTHING),
    ]  # fmt: skip
    assert told.to_pay == 15_500_00


def test_of_three_equal_lines_the_first_gets_what_is_left_over() -> None:
    told = bill([Line(1_000_00)] * 3, FIVE, 100, RULES)

    assert [line.bonus // UNIT for line in told.lines] == [34, 33, 33]


def test_a_discount_by_hand_is_a_part_of_the_tiers() -> None:
    five_percent = Standing(discount=500)

    told = bill([Line(10_000_00, off=300_00), Line(10_000_00, off=700_00), Line(10_000_00)], five_percent, 0, Rules())

    assert [(line.off, line.tier, line.paid) for line in told.lines] == [
        (300_00, 200_00, 9_500_00), (700_00, 0, 9_300_00), (0, 500_00, 9_500_00),
    ]  # fmt: skip


def parts(offer: Offer, *lines: Line, tier: int = 0) -> list[tuple[int, int, int]]:
    """(tier, right, paid) of each line, in roubles."""
    told = bill(lines, Standing(discount=tier), 0, Rules(), offer)
    return [(line.tier // UNIT, line.right // UNIT, line.paid // UNIT) for line in told.lines]


RINGS_TEN = Offer(Benefit.PERCENT, 1_000, kinds=frozenset({"ring"}))
RING, CHAIN = Line(20_000_00, kind="ring"), Line(3_000_00, kind="chain")


def test_a_coupon_of_ten_percent_on_rings() -> None:
    assert parts(RINGS_TEN, RING, CHAIN) == [(0, 2_000, 18_000), (0, 0, 3_000)]


def test_of_tier_and_coupon_the_better_stands_on_what_the_coupon_is_for() -> None:
    assert parts(RINGS_TEN, RING, CHAIN, tier=500) == [(0, 2_000, 18_000), (150, 0, 2_850)]
    assert parts(RINGS_TEN, RING, CHAIN, tier=1_000) == [(2_000, 0, 18_000), (300, 0, 2_700)]


def test_both_where_the_coupon_says_so() -> None:
    assert parts(RINGS_TEN._replace(with_tier=True), RING, CHAIN, tier=500) == [(1_000, 1_900, 17_100), (150, 0, 2_850)]


def test_a_sum_off_from_a_floor() -> None:
    two_thousand = Offer(Benefit.SUM, 2_000_00, floor=20_000_00)

    assert parts(two_thousand, RING, CHAIN) == [(0, 1_739, 18_260), (0, 260, 2_739)]
    assert parts(two_thousand._replace(floor=23_000_01), RING, CHAIN) == [(0, 0, 20_000), (0, 0, 3_000)]
    assert parts(two_thousand, Line(1_500_00), Line(20_000_00)) == [(0, 139, 1_360), (0, 1_860, 18_139)]


def test_a_chain_as_a_gift_to_a_purchase() -> None:
    gift = Offer(Benefit.GIFT, 3_000_00, floor=20_000_00, kinds=frozenset({"chain"}))

    assert parts(gift, RING, CHAIN) == [(0, 0, 20_000), (0, 3_000, 0)]
    assert parts(gift, RING, CHAIN, tier=500) == [(1_000, 0, 19_000), (0, 3_000, 0)]
    assert parts(gift, CHAIN, Line(4_000_00, kind="chain")) == [(0, 0, 3_000), (0, 0, 4_000)]


def test_why_a_right_takes_nothing_off_is_said() -> None:
    told = [
        bill([CHAIN], Standing(), 0, Rules(), RINGS_TEN),
        bill([RING], Standing(), 0, Rules(), RINGS_TEN._replace(floor=20_000_01)),
        bill([RING], Standing(discount=1_000), 0, Rules(), RINGS_TEN),
        bill([RING], Standing(), 0, Rules(), RINGS_TEN),
    ]

    assert [one.refused for one in told] == [Refused.KINDS, Refused.FLOOR, Refused.LESS, Refused.NOT]


def test_old_gold_earns_nothing() -> None:
    assert bill([Line(10_000_00, scrap=4_000_00)], FIVE, 0, RULES).earns == 300
    assert base_of(10_000_00, Line(10_000_00, scrap=4_000_00)) == 6_000_00


def test_terms_without_bonuses_say_so() -> None:
    told = bill([Line(10_000_00)], Standing(), "most", Rules())

    assert (told.lines[0].why, told.most, told.to_pay) == (Why.TERMS, 0, 10_000_00)


@given(LINES, STANDINGS, WISHES, st.sampled_from([0, 3_000, 10_000]))
def test_the_parts_add_up_to_the_kopeck(lines: list[Line], standing: Standing, wish: int, share: int) -> None:
    told = bill(lines, standing, wish, Rules(share))

    for line in told.lines:
        assert line.off + line.tier + line.bonus + line.paid == line.tag
        assert line.paid >= (UNIT if line.bonus else 0)
        assert line.bonus % UNIT == 0
    assert sum(line.bonus for line in told.lines) == told.spent * UNIT
    assert sum(line.paid for line in told.lines) == told.to_pay
    assert sum(line.earns for line in told.lines) == told.earns
    assert told.spent <= told.most <= standing.balance


@given(LINES, STANDINGS, st.integers(0, 60_000), st.integers(0, 60_000))
def test_who_spends_more_pays_less_and_earns_no_more(lines: list[Line], standing: Standing, one: int, other: int) -> None:
    less, more = (bill(lines, standing, wish, RULES) for wish in sorted((one, other)))

    assert less.spent <= more.spent
    assert less.to_pay >= more.to_pay
    assert less.earns >= more.earns


@given(LINES, STANDINGS)
def test_a_line_that_takes_no_part_spoils_nothing(lines: list[Line], standing: Standing) -> None:
    alone = bill(lines, standing, "most", RULES)
    beside = bill([*lines, Line(9_000_00, tariff=Tariff.INVESTMENT)], standing, "most", RULES)

    assert beside.lines[:-1] == alone.lines
    assert beside.lines[-1].paid == 9_000_00


@given(st.lists(st.tuples(st.integers(0, 1_000), st.integers(0, 50)), min_size=1, max_size=8), st.data())
def test_what_is_spread_adds_up_within_the_caps(rows: list[tuple[int, int]], data: st.DataObject) -> None:
    weights, caps = [weight for weight, _cap in rows], [cap if weight else 0 for weight, cap in rows]
    total = data.draw(st.integers(0, sum(caps)))

    parts = spread(total, weights, caps)

    assert sum(parts) == total
    assert all(0 <= part <= cap for part, cap in zip(parts, caps, strict=True))


def test_what_is_earned_is_the_floor_of_the_receipts() -> None:
    assert earned([199_00, 199_00, 199_00], 500) == [10, 10, 9]


def test_lots_go_to_lines_in_their_order() -> None:
    assert deal([(7, 100), (8, 50), (None, 10)], [120, 0, 40]) == [[(7, 100), (8, 20)], [], [(8, 30), (None, 10)]]
