"""Both sides in turn, at least seven times, and one line of JSON about it."""

import json
import statistics
import time
from collections.abc import Callable

ROUNDS = 7


def timed(work: Callable[[], object]) -> float:
    """Seconds that a call takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def in_turn(
    ours: Callable[[], object], peer: Callable[[], object], rounds: int = ROUNDS, before: Callable[[], object] = lambda: None
) -> tuple[float, float]:
    """Median seconds of both sides, run one after the other so that a busy machine is busy for both; ``before`` each, untimed."""
    mine, theirs = [], []
    for _round in range(rounds):
        before()
        mine.append(timed(ours))
        before()
        theirs.append(timed(peer))
    return statistics.median(mine), statistics.median(theirs)


def tell(name: str, scale: float, ours: float, peer: float, *, faster: float = 0, at_most: float = 0) -> bool:
    """Print the line; ``faster``: ours must be so many times faster, ``at_most``: ours may take so many times as long."""
    ratio = peer / ours if faster else ours / peer
    holds = ratio >= faster if faster else ratio <= at_most
    demand = f">= {faster} times faster" if faster else f"<= {at_most} times"
    line = {"name": name, "scale": scale, "ours": round(ours, 6), "peer": round(peer, 6), "ratio": round(ratio, 3)}
    print(json.dumps({**line, "demand": demand, "holds": holds}), flush=True)
    return holds


def tell_share(name: str, scale: float, ours: float, peer: float, *, at_least: float) -> bool:
    """Print the line of a figure that is a share: ours must be so high, whatever the peer's is."""
    holds = ours >= at_least
    line = {"name": name, "scale": scale, "ours": round(ours, 4), "peer": round(peer, 4), "ratio": round(ours / (peer or 1), 3)}
    print(json.dumps({**line, "demand": f">= {at_least}", "holds": holds}), flush=True)
    return holds
