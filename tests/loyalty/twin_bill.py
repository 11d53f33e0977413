"""The discounts of a bill by plain loops over kopecks: slow, obvious, and nothing of the product's."""

from dataclasses import dataclass, field
from fractions import Fraction


@dataclass
class TwinLine:
    tag: int
    off: int
    by_tag: bool
    kind: str


@dataclass
class TwinRight:
    benefit: str
    value: int
    floor: int = 0
    kinds: list[str] = field(default_factory=list)
    not_on: list[str] = field(default_factory=list)
    with_tier: bool = False


def share_out(total: int, weights: list[int], caps: list[int]) -> list[int]:
    """Kopeck by kopeck what each is entitled to; then what is left over goes to the largest fraction, the first of equal ones."""
    given = [0] * len(weights)
    while total > sum(given):
        open_ = [n for n in range(len(weights)) if weights[n] > 0 and given[n] < caps[n]]
        left, whole = total - sum(given), sum(weights[n] for n in open_)
        exact = {n: Fraction(left * weights[n], whole) for n in open_}
        parts = {n: int(exact[n]) for n in open_}
        rest = left - sum(parts.values())
        for n in sorted(open_, key=lambda n: (-(exact[n] - parts[n]), n))[:rest]:
            parts[n] += 1
        for n in open_:
            given[n] = min(caps[n], given[n] + parts[n])
    return given


def half_up(amount: Fraction) -> int:
    return int(amount + Fraction(1, 2))


def discounts(lines: list[TwinLine], tier: int, right: TwinRight | None, least: int) -> tuple[list[int], list[int]]:
    """(what the tier takes off, what the right takes off) each line; percents in hundredths."""
    tags = [line.tag if line.by_tag else 0 for line in lines]
    whole = half_up(Fraction(sum(tags) * tier, 10_000))
    by_tier = [max(0, part - line.off) for part, line in zip(share_out(whole, tags, [whole] * len(tags)), lines, strict=True)]
    nothing = [0] * len(lines)
    if right is None:
        return by_tier, nothing
    fits = [
        n for n, line in enumerate(lines)
        if line.by_tag and line.kind not in right.not_on and (line.kind in right.kinds or not right.kinds)
    ]  # fmt: skip
    if right.benefit == "gift":
        return _with_gift(lines, by_tier, right, [n for n in fits if 0 < lines[n].tag <= right.value])
    if not fits or sum(lines[n].tag - lines[n].off for n in fits) < right.floor:
        return by_tier, nothing
    base = {n: lines[n].tag - lines[n].off - by_tier[n] if right.with_tier else lines[n].tag for n in fits}
    caps = [max(0, base[n] - least) for n in fits]
    whole = half_up(Fraction(sum(base.values()) * right.value, 10_000)) if right.benefit == "percent" else right.value
    taken = list(nothing)
    for n, part in zip(fits, share_out(min(whole, sum(caps)), [base[n] for n in fits], caps), strict=True):
        taken[n] = part if right.with_tier else max(0, part - lines[n].off)
    return _better(by_tier, taken, fits, right)


def _with_gift(lines: list[TwinLine], by_tier: list[int], right: TwinRight, fits: list[int]) -> tuple[list[int], list[int]]:
    taken = [0] * len(lines)
    if not fits:
        return by_tier, taken
    given = next(n for n in fits if lines[n].tag == max(lines[m].tag for m in fits))
    others = sum(line.tag - line.off for n, line in enumerate(lines) if line.by_tag and n != given)
    if others < right.floor:
        return by_tier, taken
    taken[given] = lines[given].tag - lines[given].off - (by_tier[given] if right.with_tier else 0)
    return _better(by_tier, taken, [given], right)


def _better(by_tier: list[int], taken: list[int], fits: list[int], right: TwinRight) -> tuple[list[int], list[int]]:
    if sum(taken) <= (0 if right.with_tier else sum(by_tier[n] for n in fits)):
        return by_tier, [0] * len(by_tier)
    if right.with_tier:
        return by_tier, taken
    return [0 if n in fits else part for n, part in enumerate(by_tier)], taken
