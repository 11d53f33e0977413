"""Thousands of documents of tills, each twice and in any order, from ten threads, while workers are killed and Redis is flushed.

``python -m tests.drills.receipts --documents 10000 --kills 5`` prints a line of JSON and fails unless each sale is there once,
each return once, every document is applied, the text of each can be read, and the figures say what the rows say.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread
from typing import Any

import psycopg
import urllib3

from tests.drills import machinery
from tests.drills.machinery import Postgres, Program, Redis

CLEARED_WITHIN = 300
AGAIN = 429  # a counter of requests that was flushed away says so once
COUNTS = {
    "sales": "SELECT count(*) FROM purchases_purchase",
    "returned": "SELECT count(*) FROM purchases_piece WHERE returned_on IS NOT NULL",
    "documents": "SELECT count(*) FROM exchange_tilldocument",
    "read": "SELECT count(*) FROM exchange_tilldocument WHERE raw::json ->> 'id' = external_id",
}
OPEN = "SELECT count(*) FROM exchange_tilldocument WHERE state <> 'applied'"
MADE = """
from django.utils import timezone
from exchange import rehearsal, services
from exchange.models import Source
from exchange.rehearsal import Chain
from stores.models import Store
from tests import factories
import json
Store.objects.get_or_create(code="drill", defaults={"name": "Drill"})
phones = [str(factories.ClientFactory.create().phone) for _number in range(50)]
_key, secret = services.issue_key(Source.objects.create(name="drill", a_minute=1_000_000))
told = rehearsal.documents(%(receipts)d, Chain(["drill"], phones), last=timezone.now(), seed=%(seed)d)
print(json.dumps({"key": secret, "documents": told}))
"""


class Drill:
    """One drill; ``run`` returns what was seen."""

    def __init__(self, options: argparse.Namespace, folder: Path) -> None:
        self.options, self.chance = options, random.Random(options.seed)
        self.postgres, self.redis, self.port = Postgres(folder), Redis(folder), machinery.free_port()
        self.env = {
            **{k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "REDIS_URL")},
            "DEBUG": "1", "DATA_DIR": str(folder / "data"), "SECRET_KEY": "drill" * 10, "PYTHONPATH": str(machinery.ROOT),
            "DATABASE_URL": self.postgres.url, "REDIS_URL": self.redis.url, "DJANGO_SETTINGS_MODULE": "crm_site.settings",
        }  # fmt: skip
        self.workers = [machinery.worker(n, folder=folder, env=self.env) for n in range(options.workers)]
        self.others: list[Program] = [machinery.beat(0, folder=folder, env=self.env)]
        self.others.append(machinery.web(self.port, folder=folder, env=self.env))
        self.answers: Counter[int] = Counter()

    def run(self) -> dict[str, Any]:
        try:
            told = self._begin()
            began = time.monotonic()
            threads = [Thread(target=self._send, args=(told["key"], hand)) for hand in self._hands(told["documents"])]
            for thread in threads:
                thread.start()
            self._trouble()
            for thread in threads:
                thread.join()
            sent = time.monotonic()
            machinery.wait_until(lambda: self._count(OPEN) == 0, "every document applied", CLEARED_WITHIN)
            return self._verdict(told["documents"], sent - began, time.monotonic() - sent)
        finally:
            for program in [*self.workers, *self.others]:
                program.kill()
            self.redis.kill()
            self.postgres.stop()

    def _begin(self) -> Any:
        self.postgres.start()
        self.redis.start()
        machinery.migrate(self.env)
        made = MADE % {"receipts": self.options.documents, "seed": self.options.seed}
        said = subprocess.run(
            [sys.executable, "manage.py", "shell", "-v0", "-c", made],
            cwd=machinery.ROOT, env=self.env, check=True, stdout=subprocess.PIPE, text=True, timeout=300,
        ).stdout  # fmt: skip
        for program in [*self.others, *self.workers]:
            program.start()
        machinery.wait_until(lambda: machinery.listens(self.port), "web")
        return json.loads(said[said.index("{") :])

    def _hands(self, documents: Sequence[Any]) -> list[list[Any]]:
        """Everything twice, dealt to the threads in any order; half of them go backwards."""
        twice = [*documents, *documents]
        self.chance.shuffle(twice)
        hands = [twice[part :: self.options.threads] for part in range(self.options.threads)]
        return [hand if place % 2 else hand[::-1] for place, hand in enumerate(hands)]

    def _send(self, key: str, documents: Sequence[Any]) -> None:
        pool = urllib3.PoolManager(headers={"Authorization": f"Bearer {key}", "Content-Type": "application/json"}, retries=3)
        for document in documents:
            while (status := self._status(pool, document)) == AGAIN:
                time.sleep(1)
            self.answers[status] += 1

    def _status(self, pool: urllib3.PoolManager, document: Any) -> int:
        return pool.request("POST", f"http://127.0.0.1:{self.port}/api/receipts/", body=json.dumps(document)).status

    def _trouble(self) -> None:
        for number in range(self.options.kills):
            machinery.pause(self.chance, self.options.pause)
            victim = self.chance.choice(self.workers)
            victim.kill()
            victim.start()
            if number == self.options.kills // 2:
                self.redis.flush()

    def _count(self, asked: str) -> int:
        with closing(psycopg.connect(self.postgres.url)) as connection:
            return int(connection.execute(asked).fetchone()[0])  # type: ignore[index]

    def _verdict(self, documents: Sequence[Any], sending: float, clearing: float) -> dict[str, Any]:
        wanted = Counter(one["operation"] for one in documents)
        seen = {name: self._count(asked) for name, asked in COUNTS.items()}
        machinery.manage("check_figures", env=self.env)
        whole = (seen["sales"], seen["returned"]) == (wanted["sale"], wanted["return"])
        read = seen["documents"] == seen["read"] == len(documents)
        return {
            "drill": "receipts", "sent": sum(self.answers.values()), "answers": dict(self.answers), **seen,
            "kills": self.options.kills, "a_second": round(len(documents) / (sending + clearing)),
            "seconds": round(sending), "cleared_after": round(clearing),
            "holds": whole and read and set(self.answers) == {200, 202},
        }  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(prog="tests.drills.receipts")
    for name, default in (("documents", 10_000), ("kills", 5), ("threads", 10), ("workers", 3), ("seed", 2018)):
        parser.add_argument(f"--{name}", type=int, default=default)
    parser.add_argument("--pause", type=float, default=20, help="seconds between two kills at most")
    with tempfile.TemporaryDirectory() as folder:
        seen = Drill(parser.parse_args(), Path(folder)).run()
    print(json.dumps({**seen, "at": datetime.now(UTC).isoformat(timespec="seconds")}))
    return 0 if seen["holds"] else 1


if __name__ == "__main__":
    sys.exit(main())
