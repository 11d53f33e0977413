"""A dirty list with its whole trail, beside import-export with the same trail, and beside COPY of the clean cards.

Ours reads the file, matches, stages every row, writes cards, codes, sources and history, and looks for those who resemble.
import-export is given the clean rows alone, read by the same functions, matched by phone alone, in bulk with its cached
loader of instances, which keeps all of them in memory. COPY is given the finished rows of the table of cards, with its
indexes and checks. Runs in a database of its own, emptied before each run; how long that takes is of neither side.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
from io import StringIO
from pathlib import Path

from benchmarks import dirt
from benchmarks.measure import in_turn, tell, timed

ROWS = 100_000
DATABASE = "carat_bench_import"
LIMIT_MB = 200
CHILD = "import django; django.setup(); from benchmarks import import_list; import_list.child()"


def run(scale: float) -> bool:
    """Three lines: ``import``, ``import-copy`` and the peak of memory of a process that imports."""
    from django.db import connection

    usual = connection.settings_dict["NAME"]
    _use_own_database()
    try:
        path = dirt.write(Path(tempfile.gettempdir()) / f"carat-dirt-{int(ROWS * scale)}.csv", int(ROWS * scale))
        return _compare(path, scale)
    finally:
        _point_at(usual)


def _use_own_database() -> None:
    from django.core.management import call_command
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
        there = cursor.fetchone()
    if not there:
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'CREATE DATABASE "{DATABASE}"')
    _point_at(DATABASE)
    call_command("migrate", verbosity=0)


def _point_at(name: str) -> None:
    """Leave the connection and its pool, which know the former database."""
    from django.db import connection

    connection.close()
    connection.close_pool()
    connection.settings_dict["NAME"] = name
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_database()")
        assert cursor.fetchone()[0] == name


def _compare(path: Path, scale: float) -> bool:
    clean, copied = _clean_rows(path)
    peer = timed_peer(clean)
    ours, theirs = in_turn(lambda: _apply(path), lambda: peer(), before=_empty)
    held = tell("import", scale, ours, theirs, faster=4)
    ours, theirs = in_turn(lambda: _apply(path), lambda: _copy(copied), before=_empty)
    held &= tell("import-copy", scale, ours, theirs, at_most=4)
    _empty()
    first, again = timed(lambda: _apply(path)), timed(lambda: _apply(path))
    held &= tell("import-again", scale, again, first, faster=2)
    return _peak(path, scale) and held


def _empty() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE imports_listimport, clients_client, clients_historicalclient, imports_settlement CASCADE")


def _apply(path: Path) -> dict[str, int]:
    from imports import intake
    from imports.passes import engine

    with path.open("rb") as file:
        kept = intake.keep_file("clients", file, path.name, by=None)
    done = engine.apply(intake.read(kept))
    intake.forget_file(done)
    assert sum(done.counts.values()) == done.rows_total
    return done.counts


def _clean_rows(path: Path) -> tuple[list[dict[str, str]], str]:
    """Rows that became cards, as the list writes them; and those cards as COPY writes them. Checks the outcomes' sum."""
    from django.db import connection

    from clients.models import Client
    from imports.models import StagedRow

    _empty()
    counts = _apply(path)
    made = StagedRow.objects.filter(outcome__in=["created", "incomplete"]).order_by("number")
    assert Client.objects.count() == counts["created"] + counts["incomplete"] == made.count()
    rows = [dict(zip(dirt.HEADER, raw, strict=True)) for raw in made.values_list("raw", flat=True)]
    out = StringIO()
    with connection.cursor() as cursor, cursor.copy("COPY clients_client TO STDOUT") as copy:
        for block in copy:
            out.write(bytes(block).decode())
    return rows, out.getvalue()


def _copy(text: str) -> None:
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor, cursor.copy("COPY clients_client FROM STDIN") as copy:
        copy.write(text)


def timed_peer(rows: list[dict[str, str]]):
    """import-export with bulk and the same trail: staged row, source and history of each card."""
    import tablib
    from django.utils import timezone
    from import_export import resources
    from import_export.instance_loaders import CachedInstanceLoader
    from simple_history.utils import bulk_create_with_history

    from clients.models import CardState, Client, FactSource
    from clients.writing.person import understand
    from imports.models import ListImport, StagedRow

    names = {"ФИО": "full_name", "Дата рожд.": "birth_date", "Моб. тел.": "phone", "E-mail": "email"}

    class Peer(resources.ModelResource):
        class Meta:
            model = Client
            fields = ("last_name", "first_name", "middle_name", "birth_date", "phone", "email", "state")
            import_id_fields = ("phone",)
            use_bulk, batch_size, skip_diff = True, 1000, True
            instance_loader_class = CachedInstanceLoader

        def before_import(self, dataset, **kwargs):
            """What a row says, read by the product's own functions, into columns of import-export."""
            said = [understand({names[k]: v for k, v in row.items() if k in names}, timezone.localdate()) for row in dataset.dict]
            for at, name in enumerate(("last_name", "first_name", "middle_name")):
                dataset.append_col([person.name[at] for person in said], header=name)
            dataset.append_col([person.birth_date or "" for person in said], header="birth_date")
            dataset.append_col([person.phone or "" for person in said], header="phone")
            dataset.append_col([person.email or "" for person in said], header="email")
            states = [CardState.INCOMPLETE if person.missing else CardState.COMPLETE for person in said]
            dataset.append_col([state.value for state in states], header="state")

        def before_save_instance(self, instance, row, **kwargs):
            instance.prepare()

        def bulk_create(self, *args, **kwargs):
            made = bulk_create_with_history(self.create_instances, Client, batch_size=1000)
            FactSource.objects.bulk_create(
                [FactSource(client=c, fields="last_name,first_name", origin="peer", at=timezone.now()) for c in made]
            )
            first = StagedRow.objects.filter(list_import=self.held).count()
            StagedRow.objects.bulk_create(
                [StagedRow(list_import=self.held, number=first + n, raw=raw, outcome="created", subject=c.pk)
                 for n, (c, raw) in enumerate(zip(made, self.raws, strict=True), 1)]
            )  # fmt: skip
            self.create_instances, self.raws = [], []

        def after_save_instance(self, instance, row, **kwargs):
            self.raws.append([row[name] for name in dirt.HEADER])

    def work() -> None:
        data = tablib.Dataset(*[list(row.values()) for row in rows], headers=list(rows[0]))
        peer = Peer()
        peer.raws, peer.held = [], ListImport.objects.create(spec="clients", file_name="x", rows_total=len(rows))
        result = peer.import_data(data, raise_errors=True)
        assert not result.has_errors()
        assert StagedRow.objects.count() == len(rows)

    return work


def _peak(path: Path, scale: float) -> bool:
    """Memory of a process of its own that imports the file once, in MB."""
    asked = subprocess.run(
        [sys.executable, "-c", CHILD, str(path)], capture_output=True, text=True, check=True,
        env={**os.environ, "DATABASE_URL": os.environ["DATABASE_URL"].rpartition("/")[0] + f"/{DATABASE}"},
    )  # fmt: skip
    peak = json.loads(asked.stdout.splitlines()[-1])
    line = {"name": "import-memory", "scale": scale, "ours": peak, "peer": LIMIT_MB, "ratio": round(peak / LIMIT_MB, 3)}
    print(json.dumps({**line, "demand": f"<= {LIMIT_MB} MB", "holds": peak <= LIMIT_MB}), flush=True)
    return peak <= LIMIT_MB


def child() -> None:
    """Import once and say how much memory that took: the peak of the memory that came with this program.

    Not ``ru_maxrss``: it goes through fork and exec, and a child of a large process reports that one's size as its own peak.
    """
    _empty()
    _apply(Path(sys.argv[1]))
    peak = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text(encoding="utf-8"))
    assert peak
    print(int(peak[1]) // 1024)
