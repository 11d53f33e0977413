"""Two webs, PgBouncer in transaction mode and a streaming replica that falls behind, dies and comes back, while people look.

``python -m tests.drills.machines`` prints a line of JSON and fails unless every page was answered, everybody saw what they wrote
themselves, and nobody was shown what is older than ten seconds. With ``--suite`` a part of the suite runs through PgBouncer first.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from threading import Event, Thread
from typing import Any

from stores.bases.replica import MOST_BEHIND, REST
from tests.drills import machinery, people
from tests.drills.bases import PgBouncer, Replica
from tests.drills.machinery import Postgres, Program
from tests.drills.people import RECEIPTS, SOLD, TABLE, Person

PAGES = (RECEIPTS, "/returning/", "/ask/?silent.days=0", "/people/", "/worth/", "/clients/", "/sales/?export")
SUITE = (
    "tests/purchases/test_services.py", "tests/analytics/figures/test_returning.py",
    "tests/imports/test_bulk.py", "tests/messaging/outbox", "tests/visits/test_derived.py",
)  # fmt: skip


class Drill:
    """One drill; ``run`` returns what was seen."""

    def __init__(self, options: argparse.Namespace, folder: Path) -> None:
        self.options, self.folder = options, folder
        self.postgres = Postgres(folder).start()
        self.bouncer = PgBouncer(self.postgres, folder).start()
        self.ports = [machinery.free_port() for _web in range(2)]
        self.env = {
            **{k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "REDIS_URL")},
            "DEBUG": "1", "DATA_DIR": str(folder / "data"), "SECRET_KEY": "drill" * 10, "PYTHONPATH": str(machinery.ROOT),
            "DATABASE_URL": self.bouncer.url, "DATABASE_DIRECT_URL": self.postgres.url,
        }  # fmt: skip
        self.webs: list[Program] = []
        self.replica: Replica | None = None
        self.answers, self.done = Counter[str](), Event()

    def run(self) -> dict[str, Any]:
        try:
            suite = self._suite() if self.options.suite else None
            somebody, other = self._begin()
            assert self.replica
            looking = [Thread(target=self._look, args=(session,)) for session in (somebody, other)]
            for thread in looking:
                thread.start()
            seen = self._behind(Person(somebody, self.ports), Person(other, self.ports))
            seen |= self._gone(Person(other, self.ports))
            self.done.set()
            for thread in looking:
                thread.join()
            for words in (("find_pairs",), ("backup", str(self.folder / "copies")), ("check_figures",)):
                machinery.manage(*words, env=self.env)
            return {**seen, "suite": suite is None or suite.wait(900) == 0, "answers": dict(self.answers)}
        finally:
            self.done.set()
            for program in self.webs:
                program.kill()
            self.bouncer.kill()
            if self.replica:
                self.replica.stop()
            self.postgres.stop()

    def _suite(self) -> "subprocess.Popen[bytes]":
        """A part of the suite, each test's transaction through PgBouncer, beside all else."""
        command = [sys.executable, "-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider", *SUITE]
        env = {k: v for k, v in self.env.items() if k not in ("DEBUG", "SECRET_KEY")}
        return subprocess.Popen(command, cwd=machinery.ROOT, env=env, stdout=sys.stderr)

    def _begin(self) -> list[str]:
        machinery.migrate(self.env, lookups_per_hour=1_000_000)
        sessions = people.made(self.env)
        self.replica = Replica(self.postgres, self.folder)
        self.replica.start()
        self.env |= {"DATABASE_REPLICA_URL": self.replica.url}
        self.webs = [machinery.web(port, folder=self.folder, env=self.env).start() for port in self.ports]
        for port in self.ports:
            machinery.wait_until(lambda port=port: machinery.listens(port), "web")  # type: ignore[misc]
        return sessions

    def _look(self, session: str) -> None:
        """Somebody who only looks, page after page, whatever happens to the replica."""
        person = Person(session, self.ports)
        while not self.done.is_set():
            for page in PAGES:
                answer = person.get(page)
                self.answers[str(answer.status) if answer.status == 200 else f"{answer.status} {page}"] += 1

    def _behind(self, seller: Person, other: Person) -> dict[str, bool]:
        """The replica stands still: who wrote sees it, others within ten seconds, and then it is read again."""
        assert self.replica
        machinery.wait_until(lambda: self._is_read(other), "the replica is read")
        self.replica.pause()
        assert seller.sell("PAUSED-1") == SOLD
        began = time.monotonic()
        seen = {"own_write_seen": seller.sees("PAUSED-1"), "others_read_the_replica": not other.sees("PAUSED-1")}
        machinery.wait_until(lambda: other.sees("PAUSED-1"), "the primary answers for a replica that is behind", 30)
        took = time.monotonic() - began
        self.replica.resume()
        machinery.wait_until(lambda: self._is_read(other), "the replica is read again", 30)
        return {**seen, "seen_within_the_bound": took < MOST_BEHIND + 3}

    def _gone(self, other: Person) -> dict[str, bool]:
        """The replica dies in the middle of looking, and comes back."""
        assert self.replica
        self.replica.crash()
        time.sleep(self.options.gone)
        answered = other.get(RECEIPTS).status == 200
        self.replica.start()
        machinery.wait_until(lambda: self._is_read(other), "the replica is read after it came back", REST + 20)
        return {"answered_without_it": answered, "read_after_it_came_back": True}

    def _is_read(self, person: Person) -> bool:
        assert self.replica
        began = datetime.now(UTC)
        person.get(RECEIPTS)
        return self.replica.was_read(TABLE, began)


def main() -> int:
    parser = argparse.ArgumentParser(prog="tests.drills.machines", description=__doc__)
    parser.add_argument("--gone", type=float, default=3.0, help="seconds that the replica is away")
    parser.add_argument("--suite", action="store_true", help="a part of the suite through PgBouncer first")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="carat-machines-") as folder:
        seen = Drill(options, Path(folder)).run()
    print(json.dumps(seen))
    wrong = [name for name, holds in seen.items() if holds is False] + [said for said in seen["answers"] if said != "200"]
    if wrong:
        print(f"FAILED: {wrong}", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
