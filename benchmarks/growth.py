"""How what people wait for grows with the base: ``python -m benchmarks.growth 0.02 0.1 1`` prints a row for each size (docs/scaling.md).

Medians of milliseconds; the night (all standard figures of all stores and the chain) in seconds. Sales are rolled back.
"""

import json
import random
import statistics
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from decimal import Decimal

from benchmarks import data
from benchmarks.measure import timed

LAST = date(2024, 12, 31)


def measure(scale: float) -> dict[str, float]:
    data.use(scale)
    from django.db import connection, transaction

    from analytics import snapshots
    from analytics.asking import segments
    from analytics.asking.segments import single
    from analytics.figures.returning import group_sums
    from catalogue.kinds import PieceKind
    from clients import selectors
    from clients.models import Client
    from purchases import services
    from stores.models import Store

    chance = random.Random(2018)
    keys = list(Client.objects.order_by("pk").values_list("pk", flat=True)[:20_000])
    people, store = list(Client.objects.filter(pk__in=chance.sample(keys, 60))), Store.objects.order_by("pk").first()
    line = services.PieceLine("R1", PieceKind.RING, Decimal(100))
    silent = [[single("kind", kind="ring", least=3)], [single("spent", sum=500_000)], [single("silent", days=0)]]

    def rolled_back(work: Callable[[], object]) -> None:
        with transaction.atomic():
            work()
            transaction.set_rollback(True)

    def median(works: list[Callable[[], object]]) -> float:
        return round(1_000 * statistics.median(timed(work) for work in works), 2)

    def ask() -> None:
        assert segments.clients_of(silent, today=LAST, stores=None).count() >= 0

    names = [str(one.last_name)[:6] for one in people]
    phones = [str(one.phone)[-5:] for one in people]
    with connection.cursor() as cursor:
        cursor.execute("SELECT (SELECT count(*) FROM purchases_piece), pg_database_size(current_database())")
        pieces, size = cursor.fetchone()
    return {
        "scale": scale, "clients": Client.objects.count(), "pieces": pieces, "gigabytes": round(size / (1 << 30), 2),
        "search_ms": median([lambda text=text: selectors.find_clients(text) for text in [*names, *phones]]),  # type: ignore[misc]
        "sale_ms": median([lambda who=who: rolled_back(lambda: services.sell([line], store=store, seller=None, client=who)) for who in people]),  # type: ignore[misc]
        "report_store_month_ms": median([lambda: group_sums(date(2024, 12, 1), LAST, store.pk)] * 7),
        "report_chain_month_ms": median([lambda: group_sums(date(2024, 12, 1), LAST, 0)] * 7),
        "report_chain_year_ms": median([lambda: group_sums(date(2024, 1, 1), LAST, 0)] * 7),
        "ask_ms": median([ask] * 7),
        "night_s": round(timed(lambda: snapshots.recompute_all(LAST)), 1),
    }  # fmt: skip


def main() -> int:
    if len(sys.argv) == 2:
        print(json.dumps(measure(float(sys.argv[1]))), flush=True)
        return 0
    return max(subprocess.call([sys.executable, "-m", "benchmarks.growth", scale]) for scale in sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
