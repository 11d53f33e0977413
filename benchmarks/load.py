"""A day's mix from 40 sellers while a list is applied and messages go, beside the same with nothing beside it.

Two cores, 100 000 clients (scale 0.1). ``python -m benchmarks.load --sellers 8 --seconds 20 --rows 2000 --messages 300`` is a small one.
Runs in a copy of the data set of its own, made anew. Nothing may fail, and the slowest hundredth takes at most three times as long.
"""

import argparse
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from pathlib import Path

import psycopg

from benchmarks import data, dirt
from benchmarks.measure import tell

# Messages go at whatever hour this runs, and nobody is stopped for looking up too many.
RULES = {"quiet_from": 24, "quiet_until": 0, "lookups_per_hour": 100_000_000}
DRAIN = """
import django; django.setup()
from messaging import services
from messaging.models import Message
while Message.objects.filter(state__in=("pending", "sending")).exists():
    services.send_due_messages("bulk", seconds=20)
"""


def run(scale: float, **wanted: float) -> bool:
    name = _own_copy(scale)
    os.environ.update(DATABASE_URL=f"{data.SERVER}/{name}")
    with _free_port() as web, _free_port() as gateway:
        ports = web, gateway
    os.environ.update(KANNEL_URL=f"http://127.0.0.1:{ports[1]}/cgi-bin/sendsms", KANNEL_PASSWORD="x")
    return _measure(scale, *ports, **wanted)


def _own_copy(scale: float) -> str:
    """The data set copied, for sales and a list would change it; Django is pointed at the copy by whoever comes next."""
    source, name = f"carat_bench_{str(scale).replace('.', '_')}", "carat_bench_load"
    from django.db import connection

    connection.close()
    connection.close_pool()
    with psycopg.connect(f"{data.SERVER}/postgres", autocommit=True) as server:
        server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        try:
            server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{source}" STRATEGY file_copy')
        except psycopg.errors.ObjectInUse:  # another benchmark looks at it
            server.execute(f'CREATE DATABASE "{name}"')
            _pour(f"{data.SERVER}/{source}", f"{data.SERVER}/{name}")
    with psycopg.connect(f"{data.SERVER}/{name}") as base:
        rows = [(rule, str(value)) for rule, value in RULES.items()]
        base.cursor().executemany("INSERT INTO stores_rule (name, value) VALUES (%s, %s)", rows)
    connection.settings_dict["NAME"] = name
    return name


def _pour(source: str, into: str) -> None:
    with subprocess.Popen(["pg_dump", "--no-owner", source], stdout=subprocess.PIPE) as dump:
        subprocess.run(["psql", "-q", "-v", "ON_ERROR_STOP=1", into], stdin=dump.stdout, stdout=subprocess.DEVNULL, check=True)
    with psycopg.connect(into, autocommit=True) as server:
        server.execute("VACUUM ANALYZE")


@contextmanager
def _free_port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        yield free.getsockname()[1]


def _measure(scale: float, web: int, gateway: int, **wanted: float) -> bool:
    from django.conf import settings
    from django.core.management import call_command

    from benchmarks import sellers

    call_command("collectstatic", interactive=False, verbosity=0)
    os.environ["STATIC_ROOT"] = str(settings.STATIC_ROOT)
    size = sellers.Size(**{name: type(getattr(sellers.Size(), name))(value) for name, value in wanted.items()})
    url, known, cookies = f"http://127.0.0.1:{web}", _known(), sellers.sessions(size.sellers)
    listed = dirt.write(Path(tempfile.gettempdir()) / f"carat-dirt-{size.rows}.csv", size.rows)
    with ExitStack() as running:
        folder = running.enter_context(tempfile.TemporaryDirectory(prefix="carat-load-"))
        running.enter_context(_running(_web(web), folder))
        running.enter_context(_running([sys.executable, "-m", "benchmarks.slow_gateway", str(gateway)], folder))
        _answers(url, cookies[0])
        sellers.work(url, cookies, known, size._replace(seconds=min(size.seconds, 2 * size.pace)))  # caches are warm
        bare = sellers.work(url, cookies, known, size)
        _queue(size.messages)
        listing = [sys.executable, "manage.py", "import_list", "clients", str(listed)]
        with _running(listing, folder) as first, _running([sys.executable, "-c", DRAIN], folder) as second:
            beside = sellers.work(url, cookies, known, size)
            ended = first.poll(), second.poll()
        left = _left()
        if bare.errors or beside.errors:
            sys.stderr.write((Path(folder) / "said").read_text()[-6_000:])
    _say("nothing beside", bare)
    _say("a list and messages beside", beside)
    told = {"list_applied": ended[0] == 0, "messages_left": left, "errors": {**bare.errors, **beside.errors}}
    sys.stderr.write(json.dumps(told) + "\n")
    held = tell("load", scale, beside.quantile(0.99), bare.quantile(0.99), at_most=3)
    return held and not told["errors"]


def _say(what: str, seen: object) -> None:
    from benchmarks.sellers import MIX, Seen

    assert isinstance(seen, Seen)
    shares = {deed: [round(seen.quantile(q, deed) * 1_000) for q in (0.5, 0.95, 0.99)] for deed in MIX}
    line = {"requests": len(seen.asked), "ms_p50_p95_p99": shares, "generator_cores": round(seen.own_cpu, 3)}
    sys.stderr.write(f"load, {what}: {json.dumps(line)}\n")


def _known() -> object:
    from benchmarks.sellers import Known
    from clients.models import Client

    some = Client.objects.order_by("pk").values_list("pk", "last_name", "phone")[:20_000:10]
    typed = [str(phone)[-4:] if pk % 2 else last[:5] for pk, last, phone in some]
    return Known([pk for pk, _last, _phone in some], typed)


def _queue(count: int) -> None:
    from django.utils import timezone

    from clients.models import Client
    from messaging.models import Budget, Message, Route

    Budget.objects.update(segments=None, money=None)
    Route.objects.update(is_on=False)
    Route.objects.update_or_create(channel="sms", gateway="kannel", defaults={"is_on": True, "price": 2})
    agreed = Client.objects.complete().agreed_to("advertising_sms").filter(phone__startswith="+79")
    now = timezone.now()
    Message.objects.bulk_create(
        [
            Message(
                client_id=pk, occasion_key=f"load:{pk}", source="load", purpose="advertising_sms", recipient=phone, text="Ура",
                send_after=now, expires_at=now + timedelta(days=1),
            )
            for pk, phone in agreed.values_list("pk", "phone")[:count]
        ],
        batch_size=1_000,
    )  # fmt: skip


def _left() -> int:
    from messaging.models import Message

    return Message.objects.filter(source="load", state__in=("pending", "sending")).count()


def _web(port: int) -> list[str]:
    granian = str(Path(sys.executable).with_name("granian"))
    return [granian, "--interface", "wsgi", "crm_site.wsgi:application", "--host", "127.0.0.1", "--port", str(port), "--workers", "1",
            "--blocking-threads", "8", "--no-ws", "--log-level", "warning"]  # fmt: skip


@contextmanager
def _running(command: list[str], folder: str) -> Iterator["subprocess.Popen[bytes]"]:
    with (Path(folder) / "said").open("ab") as said:
        process = subprocess.Popen(command, env={**os.environ, "DATA_DIR": folder}, stdout=said, stderr=said)
    try:
        yield process
    finally:
        process.terminate()
        process.wait()


def _answers(url: str, cookie: str) -> None:
    import urllib3

    for _try in range(300):
        try:
            answer = urllib3.request(
                "GET", f"{url}/search/?q=x", headers={"Cookie": f"sessionid={cookie}"}, redirect=False, retries=False
            )
        except urllib3.exceptions.HTTPError:
            time.sleep(0.2)
            continue
        assert answer.status == 200, answer.status
        return
    raise AssertionError(f"{url} does not answer")


def main() -> int:
    parser = argparse.ArgumentParser(prog="benchmarks.load", description=__doc__)
    parser.add_argument("--scale", type=float, default=0.1)
    for name in ("sellers", "pace", "seconds", "rows", "messages"):
        parser.add_argument(f"--{name}", type=float)
    options = vars(parser.parse_args())
    scale = options.pop("scale")
    data.use(scale)
    return 0 if run(scale, **{name: value for name, value in options.items() if value is not None}) else 1


if __name__ == "__main__":
    sys.exit(main())
