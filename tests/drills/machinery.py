"""The parts of a running Carat as processes of its own that a drill can kill: PostgreSQL, Redis, web, workers, beats."""

import os
import random
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg

from tests import migrated
from tests.migrated import POSTGRES

ROOT = Path(__file__).resolve().parent.parent.parent
BIN = Path(sys.executable).parent


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def wait_until(holds: Callable[[], bool], what: str, seconds: float = 60) -> None:
    """Raises TimeoutError, with the words, if it does not come to hold."""
    ends = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > ends:
            raise TimeoutError(what)
        time.sleep(0.1)


def last_words(folder: Path) -> str:
    """The end of each log below the folder: why what was waited for did not come."""
    logs = sorted(path for ending in ("log", "out") for path in folder.rglob(f"*.{ending}"))
    return "\n".join(f"--- {path.relative_to(folder)}\n{path.read_text(errors='replace')[-1_500:]}" for path in logs)


def listens(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
    except OSError:
        return False
    return True


class Program:
    """A process with its children, its words in a file; ``kill`` is ``kill -9`` of all of them."""

    def __init__(self, name: str, command: list[str], *, folder: Path, env: Mapping[str, str]) -> None:
        self.name, self.command, self.folder, self.env = name, command, folder, dict(env)
        self.process: subprocess.Popen[bytes] | None = None

    def start(self, *before: str) -> "Program":
        """Start it; ``before`` is put before the command, for example ``faketime``."""
        log = (self.folder / f"{self.name}.log").open("ab")
        self.process = subprocess.Popen(
            [*before, *self.command], cwd=ROOT, env=self.env, stdout=log, stderr=subprocess.STDOUT, start_new_session=True
        )
        return self

    def kill(self) -> None:
        if self.process:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


class Postgres:
    """A cluster of the drill's own, that can be stopped as a power cut does."""

    def __init__(self, folder: Path) -> None:
        self.port, self.data = free_port(), folder / "postgres"
        self.data.mkdir()
        folder.chmod(0o755)
        if os.geteuid() == 0:
            shutil.chown(self.data, "postgres")
        self._run(str(POSTGRES / "initdb"), "-A", "trust", "-U", "postgres", "-D", str(self.data), "--no-sync")
        self.url = f"postgres://postgres@127.0.0.1:{self.port}/postgres"

    def start(self) -> "Postgres":
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={self.data}"
        self._run(str(POSTGRES / "pg_ctl"), "-D", str(self.data), "-w", "-l", str(self.data / "log"), "-o", options, "start")
        return self

    def crash(self) -> None:
        """Stop without a word to anybody; recovery happens at the next start."""
        self._run(str(POSTGRES / "pg_ctl"), "-D", str(self.data), "-m", "immediate", "stop")

    def stop(self) -> None:
        self.crash()

    def _run(self, *command: str) -> None:
        as_postgres = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        subprocess.run([*as_postgres, *command], check=True, stdout=subprocess.DEVNULL, cwd="/", timeout=120)


class Redis:
    """A Redis of the drill's own that keeps nothing."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        command = ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        self.program = Program("redis", command, folder=folder, env=os.environ)
        self.url = f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> "Redis":
        self.program.start()
        wait_until(lambda: listens(self.port), "redis")
        return self

    def flush(self) -> None:
        subprocess.run(["redis-cli", "-p", str(self.port), "flushall"], check=True, stdout=subprocess.DEVNULL, timeout=10)

    def kill(self) -> None:
        self.program.kill()


def worker(number: int, *, folder: Path, env: Mapping[str, str]) -> Program:
    """A Celery worker with one process, so that it has one window of messages on their way."""
    command = [
        str(BIN / "celery"), "-A", "crm_site", "worker", "-l", "warning", "-c", "1", "-Q", "celery,urgent",
        "-n", f"drill{number}@%h", "--without-gossip", "--without-mingle", "--without-heartbeat",
    ]  # fmt: skip
    return Program(f"worker{number}", command, folder=folder, env=env)


def beat(number: int, *, folder: Path, env: Mapping[str, str]) -> Program:
    command = [str(BIN / "celery"), "-A", "crm_site", "beat", "-l", "warning", "--pidfile="]
    return Program(f"beat{number}", command, folder=folder, env=env)


def web(port: int, *, folder: Path, env: Mapping[str, str]) -> Program:
    command = [
        str(BIN / "granian"), "--interface", "wsgi", "crm_site.wsgi:application", "--host", "127.0.0.1", "--port", str(port),
        "--workers", "1", "--blocking-threads", "8", "--no-ws",
    ]  # fmt: skip
    return Program("web", command, folder=folder, env=env)


def manage(*words: str, env: Mapping[str, str]) -> None:
    subprocess.run([sys.executable, "manage.py", *words], cwd=ROOT, env=dict(env), check=True, timeout=300)


def migrate(env: Mapping[str, str], **rules: int) -> None:
    """The tables of a drill's base, copied where tests or a drill have made them before, and what the chain decided."""
    url = env.get("DATABASE_DIRECT_URL") or env.get("DATABASE_URL")
    base, copy = Path(env["DATA_DIR"]) / "carat.sqlite3", migrated.kept(".dump" if url else ".sqlite3")
    with migrated.one_at_a_time():
        if not copy.exists():
            manage("migrate", "-v0", env=env)
            if url:
                migrated.dump(url)
            else:
                new = copy.with_suffix(".new")
                with closing(sqlite3.connect(base)) as source, closing(sqlite3.connect(new)) as target:
                    source.backup(target)
                new.rename(copy)
        elif url:
            restore = [str(POSTGRES / "pg_restore"), "--no-owner", "--single-transaction", "-d", url, str(copy)]
            subprocess.run(restore, check=True, timeout=300)
        else:
            base.parent.mkdir(mode=0o700, exist_ok=True)
            shutil.copy(copy, base)
    rows = [(name, str(value)) for name, value in rules.items()]
    if url:
        with psycopg.connect(url) as connection:
            connection.cursor().executemany("INSERT INTO stores_rule (name, value) VALUES (%s, %s)", rows)
    else:
        with closing(sqlite3.connect(base)) as file, file:
            file.executemany("INSERT INTO stores_rule (name, value) VALUES (?, ?)", rows)


def pause(chance: random.Random, at_most: float) -> None:
    time.sleep(chance.uniform(0.2, at_most))


class Outbox:
    """The table of messages, asked without a process of Carat's: PostgreSQL by its address, else SQLite."""

    def __init__(self, url: str, path: Path) -> None:
        self.url, self.path = url, path

    def backlog(self) -> int:
        """Messages that wait or are on their way."""
        return self._count("state IN ('pending', 'sending')")

    def from_the_future(self) -> int:
        """Messages that a worker whose clock is ahead is sending now."""
        soon = (datetime.now(UTC) + timedelta(minutes=30)).strftime("%Y-%m-%d %H:%M:%S")
        return self._count(f"state = 'sending' AND claimed_at > '{soon}{'+00' if self.url else ''}'")

    def _count(self, where: str) -> int:
        asked = f"SELECT count(*) FROM messaging_message WHERE {where}"
        opened: Any = psycopg.connect(self.url) if self.url else sqlite3.connect(f"file:{self.path}?mode=ro", uri=True)
        with closing(opened) as connection:
            return int(connection.execute(asked).fetchone()[0])
