"""Small pictures as the points of an SVG, drawn by the server: nothing to load; their numbers stand beside in words."""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

Value = Decimal | float | None
STEPS = (1, 2, 5, 10)
WIDTH, HEIGHT = 120, 32


class Spark(NamedTuple):
    """A line in a box of ``WIDTH`` × ``HEIGHT``: its points, and those of what is under it."""

    line: str
    under: str


def spark(values: Sequence[Value]) -> Spark | None:
    """The course of some values from nought up; None of fewer than two, or where all are nought. Nothing is told of a None."""
    told = [(n, float(value)) for n, value in enumerate(values) if value is not None]
    top = max((value for _n, value in told), default=0)
    if len(told) < 2 or top <= 0:
        return None
    room = HEIGHT - 4
    points = [(round(WIDTH * n / (len(values) - 1), 1), round(2 + room * (1 - max(0.0, value) / top), 1)) for n, value in told]
    line = _written(points)
    under = f"{points[0][0]},{HEIGHT} {line} {points[-1][0]},{HEIGHT}"
    return Spark(line, under)


class Mark(NamedTuple):
    """A line across the picture, or a day under it."""

    at: float
    value: float


class Course(NamedTuple):
    """Two lines over the same days in per cent of their box; marks at round sums and at days; where the first line ends."""

    now: str
    before: str
    sums: list[Mark]
    days: list[Mark]
    x: float
    y: float


def course(now: Sequence[Decimal], before: Sequence[Decimal]) -> Course | None:
    """How a sum grew day by day against how it grew then; None where nothing grew. ``before`` has every day of the span."""
    top = float(max([*now, *before], default=Decimal(0)))
    if not now or top <= 0:
        return None
    step = _round_step(top)
    ceiling = step * -(-top // step)
    days = max(len(now), len(before))

    def place(n: int, value: Decimal | float) -> tuple[float, float]:
        return round(100 * n / max(1, days - 1), 2), round(100 * (1 - float(value) / ceiling), 2)

    points = [place(n, value) for n, value in enumerate(now)]
    sums = [Mark(place(0, value)[1], value) for value in _rising(step, ceiling)]
    marks = [Mark(place(n, 0)[0], n + 1) for n in range(0, days, 7)]
    return Course(_written(points), _written([place(n, value) for n, value in enumerate(before)]), sums, marks, *points[-1])


class Fall(NamedTuple):
    """A bar of a waterfall in per cent of its width: where it begins, how wide it is, and which way it goes (-1, 0, 1)."""

    name: str
    moved: float
    start: float
    width: float
    way: int


def waterfall(before: float, steps: Sequence[tuple[str, float]], now: float, *, first: str, last: str) -> list[Fall]:
    """From one sum to another by what moved it; the steps add up to the difference. ``first`` and ``last`` name the two sums."""
    heights, at = [before, now], before
    for _name, moved in steps:
        at += moved
        heights.append(at)
    low, high = min(0.0, *heights), max(0.0, *heights)
    room = (high - low) or 1.0

    def bar(name: str, moved: float, one: float, other: float, way: int) -> Fall:
        start, width = (min(one, other) - low) / room, abs(one - other) / room
        return Fall(name, moved, round(100 * start, 2), round(100 * width, 2), way)

    bars, at = [bar(first, before, 0, before, 0)], before
    for name, moved in steps:
        bars.append(bar(name, moved, at, at + moved, 1 if moved >= 0 else -1))
        at += moved
    return [*bars, bar(last, now, 0, now, 0)]


def _written(points: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{x:g},{y:g}" for x, y in points)


def _round_step(top: float) -> float:
    """A step of 1, 2 or 5 with noughts, so that two to five of them reach the top."""
    power = 10.0 ** (len(str(int(top))) - 1)
    return next(step * power / 5 for step in STEPS if top <= step * power)


def _rising(step: float, ceiling: float) -> list[float]:
    return [step * n for n in range(1, round(ceiling / step) + 1)]
