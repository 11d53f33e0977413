"""``python -m benchmarks.kill_drill --rows 1000000``: a list whose worker is killed five times ends as one that was not.

Two databases; in one a process applies the list, in the other processes do, each killed by SIGKILL after a random time until
five are dead. Then every table that the list wrote is compared by the sum of the hashes of its rows, primary keys as ranks.
"""

import argparse
import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg

from benchmarks import dirt
from benchmarks.data import SERVER

KILLS = 5
WORK = """
import django; django.setup()
import sys
from pathlib import Path
from imports import engine, intake
from imports.models import ListImport
found = ListImport.objects.first()
if found is None:
    with Path(sys.argv[1]).open("rb") as file:
        found = intake.read(intake.keep_file("clients", file, "drill.csv", by=None))
print(engine.apply(found).counts)
"""
DUMPS = {
    "rows": "SELECT concat_ws('|', number, outcome, reason, raw, likeness, changes, r.rank) "
    "FROM imports_stagedrow s LEFT JOIN ranked r ON r.id = s.subject",
    "cards": "SELECT concat_ws('|', r.rank, c.state, c.last_name, c.first_name, c.middle_name, c.birth_date, c.phone, c.email, c.note, "
    "c.as_written, c.name_key, c.person_key, c.phone_reversed, c.birthday, st.name) "
    "FROM clients_client c JOIN ranked r ON r.id = c.id LEFT JOIN stores_store st ON st.id = c.home_store_id",
    "codes": "SELECT concat_ws('|', source, key, r.rank) FROM clients_clientkey k JOIN ranked r ON r.id = k.client_id",
    "sources": "SELECT concat_ws('|', fields, origin, r.rank) FROM clients_factsource f JOIN ranked r ON r.id = f.client_id",
    "history": "SELECT concat_ws('|', h.last_name, h.phone, h.email, h.history_type, h.history_change_reason, r.rank) "
    "FROM clients_historicalclient h JOIN ranked r ON r.id = h.id",
    "conflicts": "SELECT concat_ws('|', field, offered, decision, r.rank) FROM clients_contactconflict x JOIN ranked r ON r.id = x.client_id",
    "list": "SELECT concat_ws('|', state, rows_total, rows_done, counts) FROM imports_listimport",
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="kill_drill")
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=2018)
    options = parser.parse_args()
    path = dirt.write(Path(tempfile.gettempdir()) / f"carat-dirt-{options.rows}.csv", options.rows)
    seconds = _run("carat_drill_whole", path, [])
    print(f"uninterrupted: {options.rows} rows in {seconds:.0f} s, {options.rows / seconds:.0f} rows a second", flush=True)
    chance = random.Random(options.seed)
    _run("carat_drill_killed", path, sorted(chance.uniform(2, seconds / KILLS) for _kill in range(KILLS)))
    whole, killed = _dump("carat_drill_whole"), _dump("carat_drill_killed")
    for name in DUMPS:
        print(f"{name}: {whole[name][0]} rows, {'equal' if whole[name] == killed[name] else 'DIFFERENT'}")
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    print(f"peak of the processes that imported: {peak} MB")
    return 0 if whole == killed else 1


def _run(database: str, path: Path, kills: list[float]) -> float:
    """Apply the list in a fresh database, killing the worker after each of these seconds. Returns the seconds in all."""
    with psycopg.connect(f"{SERVER}/postgres", autocommit=True) as server:
        server.execute(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")
        server.execute(f"CREATE DATABASE {database}")
    environment = {
        **os.environ, "DATABASE_URL": f"{SERVER}/{database}", "DEBUG": "0", "HTTPS": "0", "SECRET_KEY": "drill-alone" * 6,
        "DJANGO_SETTINGS_MODULE": "crm_site.settings", "DATA_DIR": tempfile.mkdtemp(prefix="carat-drill-"),
    }  # fmt: skip
    subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], env=environment, check=True)
    start = time.perf_counter()
    for after in [*kills, None]:
        worker = subprocess.Popen([sys.executable, "-c", WORK, str(path)], env=environment)
        try:
            worker.wait(timeout=after)
        except subprocess.TimeoutExpired:
            worker.send_signal(signal.SIGKILL)
            worker.wait()
            print(f"killed after {after:.1f} s", flush=True)
    assert worker.returncode == 0
    return time.perf_counter() - start


def _dump(database: str) -> dict[str, tuple[int, str]]:
    """Rows and sum of their hashes of each table."""
    with psycopg.connect(f"{SERVER}/{database}") as base:
        base.execute("CREATE TEMP TABLE ranked AS SELECT id, row_number() OVER (ORDER BY id) AS rank FROM clients_client")
        base.execute("ANALYZE ranked")
        return {
            name: base.execute(
                f"SELECT count(*), sum(hashtextextended(said, 0)::numeric)::text FROM ({sql}) AS t(said)"
            ).fetchone()
            for name, sql in DUMPS.items()
        }


if __name__ == "__main__":
    sys.exit(main())
