"""Thousands of messages through a gateway while workers are killed, Redis is flushed, PostgreSQL crashes and a clock jumps.

``python -m tests.drills.outbox --through kannel --messages 10000 --kills 12`` prints a line of JSON and fails unless, at
the phones' end, nothing came twice; every message is final or in doubt; no more are in doubt than were on their way in
the killed workers; the rest was sent within two minutes of the last trouble; and each trouble met messages that waited or
were on their way, as the far end is so slow that they outlast the troubles.
"""

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from tests.drills import machinery
from tests.drills.machinery import Outbox, Postgres, Program, Redis
from tests.drills.provider import Provider, slowed
from tests.messaging.kannel import PASSWORD, Kannel

WINDOW = {"kannel": 32, "stub": 10}
RECOVERY_SECONDS = 120
SECRET = "drill"
# About what Redis, PostgreSQL and the worker whose clock is ahead take to come back.
RESTARTS_SECONDS = 12
# With the monotonic clock moved too, workers on PostgreSQL and Redis send nothing; without it, those on SQLite take no tasks.
AHEAD = {"postgres": ("env", "FAKETIME_DONT_FAKE_MONOTONIC=1", "faketime", "-f", "+1h"), "sqlite": ("faketime", "-f", "+1h")}


class NeverBegunError(Exception):
    """No message reached a phone while nothing was in its way; says what the programs said last."""


class Drill:
    """One drill; ``run`` returns what was seen."""

    def __init__(self, options: argparse.Namespace, folder: Path) -> None:
        self.options, self.folder = options, folder
        self.chance = random.Random(options.seed)
        self.postgres = Postgres(folder) if options.database == "postgres" else None
        self.redis = Redis(folder) if options.database == "postgres" else None
        self.port = machinery.free_port()
        self.env = self._environment()
        self.workers = [machinery.worker(n, folder=folder, env=self.env) for n in range(options.workers)]
        self.others: list[Program] = [machinery.beat(n, folder=folder, env=self.env) for n in range(2)]
        self.others.append(machinery.web(self.port, folder=folder, env=self.env))
        self.came: Callable[[], Counter[str]] = Counter
        self.outbox = Outbox(self.postgres.url if self.postgres else "", folder / "data" / "carat.sqlite3")
        self.backlogs: list[int] = []
        self.far_end = ExitStack()

    def _environment(self) -> dict[str, str]:
        site = f"http://127.0.0.1:{self.port}"
        own = {
            "DEBUG": "1", "DATA_DIR": str(self.folder / "data"), "SITE_URL": site, "PYTHONPATH": str(machinery.ROOT),
            "SECRET_KEY": "drill" * 10, "PYTHONUNBUFFERED": "1",
            "DATABASE_URL": self.postgres.url if self.postgres else "", "REDIS_URL": self.redis.url if self.redis else "",
            "DJANGO_SETTINGS_MODULE": "crm_site.settings", "SMSC_CALLBACK_SECRET": SECRET,
        }  # fmt: skip
        return {
            **{k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "REDIS_URL")},
            **{k: v for k, v in own.items() if v},
        }

    def run(self) -> dict[str, Any]:
        try:
            self._begin()
            began = time.monotonic()
            self._trouble()
            calm = time.monotonic()
            self._wait_until_none_is("pending", "sending")
            cleared = time.monotonic() - calm
            self._wait_until_none_is("sent")
            return self._verdict(cleared, time.monotonic() - began)
        finally:
            for program in [*self.workers, *self.others]:
                program.kill()
            self.far_end.close()
            if self.redis:
                self.redis.kill()
            if self.postgres:
                self.postgres.stop()

    def _begin(self) -> None:
        if self.postgres and self.redis:
            self.postgres.start()
            self.redis.start()
        machinery.migrate(self.env, quiet_from=24, quiet_until=0)
        self._far_end()
        self._script("fill", str(self.options.messages), self.options.through)
        for program in [*self.others, *self.workers]:
            program.start()
        machinery.wait_until(lambda: machinery.listens(self.port), "web")
        try:
            machinery.wait_until(lambda: sum(self.came().values()) > 0, "the first message", 150)
        except TimeoutError as error:
            raise NeverBegunError(machinery.last_words(self.folder)) from error

    def _far_end(self) -> None:
        """The gateway's other side, and what the workers need to know of it."""
        if self.options.through == "kannel":
            kannel = Kannel(self.folder / "kannel", replies=f"http://127.0.0.1:{self.port}/nowhere/").start()
            self.far_end.callback(kannel.stop)
            self.came = lambda: Counter(text for _phone, text in kannel.texts())
            slow = self.far_end.enter_context(slowed(kannel.url, self._latency()).running())
            own = {"KANNEL_URL": slow.url, "KANNEL_PASSWORD": PASSWORD}
        else:
            secret = self._script("secret", "smsc").strip()
            receipts = f"http://127.0.0.1:{self.port}/receipts/smsc/{secret}/"
            provider = Provider(receipts, SECRET, self.options.seed, self._latency())
            self.far_end.enter_context(provider.stub.running())
            self.came = lambda: Counter(provider.came)
            own = {"SMSC_URL": provider.stub.url, "SMSC_LOGIN": "carat", "SMSC_PASSWORD": "secret"}
        for program in [*self.workers, *self.others]:
            program.env |= own
        self.env |= own

    def _latency(self) -> float:
        """Seconds that the far end takes for a message: the workers together need longer than the troubles last."""
        troubles = self.options.kills * self.options.pause + RESTARTS_SECONDS
        seconds: float = self.options.workers * WINDOW[self.options.through] * troubles / self.options.messages
        return seconds

    def _trouble(self) -> None:
        """Kills at random moments; Redis, PostgreSQL and the clock get theirs on the way.

        From before the middle on one worker lives an hour later, and the last kill hits it while it sends.
        """
        kills, ahead = self.options.kills, self.chance.choice(self.workers)
        turns = (kills - 1) // 2
        for number in range(kills):
            machinery.pause(self.chance, self.options.pause)
            last = number == kills - 1
            if last:
                machinery.wait_until(lambda: self.outbox.from_the_future() > 0, "a message sent by a clock that is ahead")
            victim = ahead if last or number == turns else self.chance.choice(self.workers)
            self._meet()
            victim.kill()
            victim.start(*(AHEAD[self.options.database] if victim is ahead and number >= turns else ()))
            if number == kills // 3 and self.redis:
                self._meet()
                self.redis.flush()
                self.redis.kill()
                time.sleep(1)
                self.redis.start()
            if number == 2 * kills // 3 and self.postgres:
                self._meet()
                self.postgres.crash()
                time.sleep(2)
                self.postgres.start()

    def _meet(self) -> None:
        """Remember how many messages wait or are on their way when a trouble comes: one that meets none proves nothing."""
        self.backlogs.append(self.outbox.backlog())

    def _wait_until_none_is(self, *states: str) -> None:
        ends = time.monotonic() + RECOVERY_SECONDS * 2
        while time.monotonic() < ends and any(self._states().get(state) for state in states):
            time.sleep(2)

    def _verdict(self, cleared: float, lasted: float) -> dict[str, Any]:
        states, came = self._states(), self.came()
        twice = [text for text, times in came.items() if times > 1]
        most = self.options.kills * WINDOW[self.options.through]
        doubts = states.get("unknown", 0) - (self._doubts() if self.options.through == "stub" else 0)
        seen = {
            "drill": "outbox", "through": self.options.through, "database": self.options.database,
            "messages": self.options.messages, "kills": self.options.kills, "states": states, "came": sum(came.values()),
            "twice": len(twice), "lost_at_most": most, "lost": doubts, "cleared_seconds": round(cleared, 1),
            "least_backlog": min(self.backlogs), "seconds": round(lasted, 1),
        }  # fmt: skip
        settled = sum(states.get(s, 0) for s in ("delivered", "failed", "expired", "suppressed", "unknown"))
        seen["holds"] = (
            not twice and settled == self.options.messages and doubts <= most and cleared <= RECOVERY_SECONDS
            and sum(came.values()) >= states.get("delivered", 0) and min(self.backlogs) > 0
        )  # fmt: skip
        return seen

    def _states(self) -> dict[str, int]:
        found: dict[str, int] = json.loads(self._script("states"))
        return found

    def _doubts(self) -> int:
        """Messages in doubt because the provider gave no clear answer, not because a worker was killed."""
        return int(self._script("doubts"))

    def _script(self, *words: str) -> str:
        command = [sys.executable, "-m", "tests.drills.inside", *words]
        done = subprocess.run(command, cwd=machinery.ROOT, env=self.env, capture_output=True, text=True, timeout=300)
        if done.returncode:
            raise RuntimeError(done.stderr[-2_000:])
        return done.stdout


def _seen(options: argparse.Namespace) -> dict[str, Any]:
    folder = Path(tempfile.mkdtemp(prefix="carat-drill-"))
    try:
        return Drill(options, folder).run()
    finally:
        if options.keep:
            print(folder, file=sys.stderr)
        else:
            shutil.rmtree(folder, ignore_errors=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--through", choices=["kannel", "stub"], default="kannel")
    parser.add_argument("--database", choices=["postgres", "sqlite"], default="postgres")
    parser.add_argument("--messages", type=int, default=10_000)
    parser.add_argument("--kills", type=int, default=12)
    parser.add_argument("--workers", type=int, default=4)
    parser.add_argument("--pause", type=float, default=4, help="at most so many seconds between kills")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", action="store_true", help="keep the folder with the logs")
    options = parser.parse_args()
    try:
        seen = _seen(options)
    except NeverBegunError as why:
        print(f"nothing was sent before the first trouble, so nothing was tried; once more\n{why}", file=sys.stderr)
        seen = _seen(options)
    print(json.dumps(seen, ensure_ascii=False))
    return 0 if seen["holds"] else 1


if __name__ == "__main__":
    sys.exit(main())
