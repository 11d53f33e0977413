"""The disk of the data folder really full (a small tmpfs): the web says so, what it said saved is saved, one start is enough after.

``python -m tests.drills.full_disk`` prints a line of JSON; without the right to mount it says so and ends well. Needs nothing but Linux.
"""

import argparse
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import Any

from tests.drills import machinery, people
from tests.drills.machinery import Program
from tests.drills.people import RECEIPTS, SOLD, Person

FULL, OLD = 507, 10  # an answer in words; seconds after which a torn file is no longer on its way
WAKE = "from messaging.tasks import drain_outbox; drain_outbox.delay('bulk')"


class Drill:
    """One drill; ``run`` returns what was seen."""

    def __init__(self, options: argparse.Namespace, folder: Path, logs: Path) -> None:
        self.options, self.folder, self.port = options, folder, machinery.free_port()
        self.env = {
            **{k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "REDIS_URL")},
            "DEBUG": "1", "DATA_DIR": str(folder), "SECRET_KEY": "drill" * 10, "PYTHONPATH": str(machinery.ROOT),
            "STATIC_ROOT": str(logs / "static"),
        }  # fmt: skip
        self.programs: list[Program] = [
            machinery.web(self.port, folder=logs, env=self.env), machinery.worker(0, folder=logs, env=self.env)
        ]  # fmt: skip
        self.answers: Counter[str] = Counter()
        self.queue = folder / "queue" / "messages"

    def run(self) -> dict[str, Any]:
        try:
            if self.options.base:
                shutil.copy(self.options.base, self.folder / "carat.sqlite3")
            machinery.migrate(self.env)
            self.seller = Person(people.made(self.env)[0], [self.port])
            self._start()
            assert self.seller.sell("BEFORE") == SOLD
            seen = self._full()
            self._stop()
            return seen | self._after()
        finally:
            self._stop()

    def _start(self) -> None:
        for program in self.programs:
            program.start()
        machinery.wait_until(lambda: machinery.listens(self.port), "web", 120)

    def _stop(self) -> None:
        for program in self.programs:
            program.kill()

    def _full(self) -> dict[str, Any]:
        """No byte is left; people go on."""
        self._stuff()
        saved: set[str] = set()
        for number in range(self.options.sales):
            try:
                status = self.seller.sell(f"FULL-{number}")
            except IndexError:  # the form itself could not be opened: what it needs could not be kept
                status = FULL if self.seller.get("/sales/new/").status == FULL else 500
            self.answers[str(status)] += 1
            if status == SOLD:
                saved.add(f"FULL-{number}")
        self.answers[f"list {self.seller.get(RECEIPTS).status}"] += 1
        subprocess.run(
            [sys.executable, "manage.py", "shell", "-v0", "-c", WAKE], cwd=machinery.ROOT, env=self.env, timeout=120,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False,
        )  # fmt: skip
        torn = [path for path in self.queue.glob("*.msg") if path.stat().st_size == 0]
        if not torn:  # the worker took it, or there was not room for its name
            self._tear()
        self.saved = saved
        return {
            "said_full": self.answers[str(FULL)] > 0,
            "no_other_answers": not {a for a in self.answers if a not in (str(SOLD), str(FULL), "list 200", f"list {FULL}")},
            "torn_by_the_disk": bool(torn),
        }

    def _stuff(self) -> None:
        with (self.folder / "stuffing").open("wb", buffering=0) as file:
            for size in (1 << 20, 4096, 1):
                try:
                    while True:
                        file.write(b"x" * size)
                except OSError:
                    continue

    def _tear(self) -> None:
        """What a disk that fills up in the middle of a file leaves."""
        (self.folder / "stuffing").unlink()
        (self.queue / "1_torn.celery.msg").write_bytes(b'{"body": "W1')
        self._stuff()

    def _after(self) -> dict[str, Any]:
        """Room again: one start of each, and all goes on."""
        (self.folder / "stuffing").unlink()
        old = time.time() - OLD
        for path in self.queue.glob("*.msg"):
            os.utime(path, (old, old))
        self._start()
        machinery.wait_until(lambda: any((self.folder / "queue" / "torn").glob("*")), "the torn file set aside", 60)
        machinery.manage("shell", "-v0", "-c", WAKE, env=self.env)
        machinery.wait_until(lambda: not any(self.queue.glob("*.msg")), "the worker takes what comes", 60)
        sold = self.seller.sell("AFTER") == SOLD
        worker = self.programs[1].process
        with closing(sqlite3.connect(self.folder / "carat.sqlite3")) as base:
            kept = {number for (number,) in base.execute("SELECT receipt_number FROM purchases_purchase")}
        full = {number for number in kept if str(number).startswith("FULL-")}
        return {
            "one_start_is_enough": sold and worker is not None and worker.poll() is None,
            "saved_is_saved": full == self.saved and {"BEFORE", "AFTER"} <= kept,
            "answers": dict(self.answers),
        }


def main() -> int:
    parser = argparse.ArgumentParser(prog="tests.drills.full_disk", description=__doc__)
    parser.add_argument("--megabytes", type=int, default=60)
    parser.add_argument("--sales", type=int, default=12)
    parser.add_argument("--base", default="", help="a migrated SQLite base to begin with")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="carat-full-") as place:
        small, logs = Path(place) / "data", Path(place) / "logs"
        for folder in (small, logs):
            folder.mkdir()
        mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={options.megabytes}m", "tmpfs", str(small)], check=False)
        if mounted.returncode:
            print("skipped: no right to mount a small disk")
            return 0
        try:
            seen = Drill(options, small, logs).run()
        finally:
            subprocess.run(["umount", "-l", str(small)], check=True)
    print(json.dumps(seen))
    wrong = [name for name, holds in seen.items() if holds is False and name != "torn_by_the_disk"]
    if wrong:
        print(f"FAILED: {wrong}", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
