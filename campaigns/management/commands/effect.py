"""``manage.py effect FILE [--json]``: what a comparison of two arms allows to say, by the pages' own computation."""

import csv
import json
from argparse import ArgumentParser
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from analytics.figures import experiments
from analytics.figures.experiments import Stratum

COLUMNS = ("stratum", "arm", "bought", "sum", "before")
ARMS = ("treated", "held")


class Command(BaseCommand):
    help = (
        "Reads rows of stratum;arm;bought;sum;before (arm: treated or held; bought: 0 or 1; an optional column planned_held "
        "in per cent) and says what they allow to say."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--json", action="store_true", dest="as_json")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with options["file"].open(encoding="utf-8-sig", newline="") as file:
                strata = read_strata(csv.DictReader(file, delimiter=";"))
        except (OSError, UnicodeDecodeError) as wrong:
            raise CommandError(f"The file cannot be read: {wrong}") from None
        said = experiments.judge(strata)
        told = {"share": said.share._asdict(), "money": said.money._asdict(), "arms_fit": said.arms_fit}
        self.stdout.write(json.dumps(told) if options["as_json"] else json.dumps(told, indent=2))


def read_strata(rows: Iterable[Mapping[str, str | None]]) -> list[Stratum]:
    """The rows by stratum and planned holdout, which are never added. Raises CommandError with the number of a wrong row."""
    strata: dict[tuple[str, float | None], Stratum] = {}
    for number, row in enumerate(rows, start=1):
        missing = [column for column in COLUMNS if row.get(column) is None]
        if missing:
            raise CommandError(f"Row {number}: no {', '.join(missing)}. The columns are {';'.join(COLUMNS)}.")
        arm, bought = str(row["arm"]).strip(), str(row["bought"]).strip()
        if arm not in ARMS or bought not in ("0", "1"):
            raise CommandError(f"Row {number}: arm is treated or held, bought is 0 or 1.")
        planned = _number(row.get("planned_held"), number) / 100 if (row.get("planned_held") or "").strip() else None
        stratum = strata.setdefault((str(row["stratum"]), planned), Stratum(planned=planned))
        side = stratum.treated if arm == "treated" else stratum.held
        side.add(bought=bought == "1", total=_number(row["sum"], number), before=_number(row["before"], number))
    return list(strata.values())


def _number(text: str | None, row: int) -> float:
    """A plain number, with a point or a comma; nothing is nought."""
    try:
        return float((text or "0").strip().replace(",", ".") or 0)
    except ValueError:
        raise CommandError(f"Row {row}: {text!r} is no number.") from None
