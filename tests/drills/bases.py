"""What stands between Carat and its base on more than one machine: a streaming replica, and PgBouncer in transaction mode."""

import os
import subprocess
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

import psycopg

from tests.drills.machinery import Postgres, Program, free_port, listens, wait_until
from tests.migrated import POSTGRES

PGBOUNCER = "/usr/sbin/pgbouncer"
AS_POSTGRES = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []


def told(url: str, sql: str) -> Any:
    """The first value of an answer."""
    with closing(psycopg.connect(url, autocommit=True)) as connection:
        return (connection.execute(sql).fetchone() or (None,))[0]


class Replica(Postgres):
    """A real streaming replica of a running server."""

    def __init__(self, primary: Postgres, folder: Path) -> None:
        self.port, self.data = free_port(), folder / "replica"
        base = [str(POSTGRES / "pg_basebackup"), "-h", "127.0.0.1", "-p", str(primary.port), "-U", "postgres"]
        subprocess.run(["install", "-d", "-m", "700", *self._owner(), str(self.data)], check=True)
        self._run(*base, "-D", str(self.data), "-R", "-X", "stream", "-c", "fast", "--no-sync")
        self.url = f"postgres://postgres@127.0.0.1:{self.port}/postgres"

    @staticmethod
    def _owner() -> list[str]:
        return ["-o", "postgres"] if os.geteuid() == 0 else []

    def pause(self) -> None:
        """Goes on receiving, and shows nothing new."""
        told(self.url, "SELECT pg_wal_replay_pause()")
        wait_until(lambda: bool(told(self.url, "SELECT pg_get_wal_replay_pause_state() = 'paused'")), "replay paused")

    def resume(self) -> None:
        told(self.url, "SELECT pg_wal_replay_resume()")

    def was_read(self, table: str, since: datetime) -> bool:
        """Whether a connection of Carat's asked it about a table."""
        sql = "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
        return bool(told(self.url, f"{sql} AND query LIKE '%{table}%' AND query_start > '{since.isoformat()}'"))


class PgBouncer:
    """A pooler that gives a connection back after each transaction; fewer of them than there are who ask."""

    def __init__(self, server: Postgres, folder: Path, *, size: int = 3) -> None:
        self.port = free_port()
        home = folder / "pgbouncer"
        home.mkdir()
        settings = home / "pgbouncer.ini"
        settings.write_text(
            f"[databases]\n* = host=127.0.0.1 port={server.port}\n[pgbouncer]\nlisten_addr = 127.0.0.1\n"
            f"listen_port = {self.port}\nunix_socket_dir =\nauth_type = any\nadmin_users = postgres\npool_mode = transaction\n"
            f"default_pool_size = {size}\nmax_client_conn = 400\nserver_reset_query_always = 0\n"
        )
        # Whoever it is that comes, the server knows them as postgres.
        settings.write_text(settings.read_text().replace(f"port={server.port}", f"port={server.port} user=postgres"))
        command = [*AS_POSTGRES, PGBOUNCER, str(settings)]
        self.program = Program("pgbouncer", command, folder=folder, env=os.environ)
        self.url = f"postgres://postgres@127.0.0.1:{self.port}/postgres"

    def start(self) -> "PgBouncer":
        self.program.start()
        wait_until(lambda: listens(self.port), "pgbouncer")
        return self

    def kill(self) -> None:
        self.program.kill()
