"""``python -m benchmarks --scale 0.1 [NAME ...]``: every benchmark, one JSON line each; exits 1 if a demand does not hold."""

import argparse
import sys
from importlib import import_module

from benchmarks import data

NAMES = (
    "report", "report_raw", "sale", "ledger", "companions", "bonuses_end", "tiers", "catalogue", "search", "remembered", "typo", "match", "linkage", "pairs", "import_list", "birthdays", "programs", "freezing",
    "outbox", "segment", "exchange", "quote", "commerceml", "load",
    "figures", "page", "status", "phone_field",
)  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(prog="benchmarks")
    parser.add_argument("--scale", type=float, default=0.1)
    parser.add_argument("names", nargs="*", help=", ".join(NAMES))
    options = parser.parse_args()
    data.use(options.scale)
    held = [import_module(f"benchmarks.{name}").run(options.scale) for name in options.names or NAMES]
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main())
