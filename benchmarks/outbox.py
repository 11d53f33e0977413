"""10 000 messages to a provider of 20 ms through the outbox, beside one Celery task per message with the same HTTP client.

The same Celery worker with four processes on Redis serves both sides.
"""

import json
import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from benchmarks.measure import tell

MESSAGES, ROUNDS, PROCESSES = 10_000, 7, 4
REDIS = os.environ.get("BENCH_REDIS", "redis://127.0.0.1:6379/13")
BIN = Path(sys.executable).parent


def run(scale: float) -> bool:
    count = max(2_000, int(MESSAGES * scale))
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    os.environ.update(REDIS_URL=REDIS, KANNEL_URL=f"{url}/cgi-bin/sendsms", KANNEL_PASSWORD="x", DEBUG="0")
    gateway = [sys.executable, "-m", "benchmarks.slow_gateway", str(port)]
    worker = [
        str(BIN / "celery"), "-A", "benchmarks.outbox_worker", "worker", "-l", "error", "-c", str(PROCESSES), "-Q", "bench",
        "--without-gossip", "--without-mingle", "--without-heartbeat",
    ]  # fmt: skip
    with _running(gateway), _running(worker):
        time.sleep(6)
        bench = Bench(count, url)
        # The queueing before is not counted, so the clock is the bench's own.
        rounds = [(bench.ours(), bench.peer()) for _round in range(ROUNDS)]
        ours, peer = (statistics.median(seconds) for seconds in zip(*rounds, strict=True))
    rates = f"outbox: {count / ours:.0f} a second, one task per message {count / peer:.0f}\n"
    sys.stderr.write(rates)
    return tell("outbox", scale, ours, peer, faster=5)


class Bench:
    """Both sides; the messages are made before the clock of a side starts."""

    def __init__(self, count: int, url: str) -> None:
        from clients.models import Client
        from crm_site.celery import app
        from messaging.models import Budget, Route
        from stores.deciding import ruling

        ruling.decide({"quiet_from": 24, "quiet_until": 0}, by=None)  # there is no night
        app.conf.update(broker_url=REDIS, broker_transport_options={})

        self.count, self.url = count, url
        Budget.objects.update(segments=None, money=None)
        Route.objects.update(is_on=False)
        Route.objects.update_or_create(channel="sms", gateway="kannel", defaults={"is_on": True, "price": 2})
        agreed = Client.objects.complete().agreed_to("advertising_sms").filter(phone__startswith="+79")
        self.clients = list(agreed.values_list("pk", "phone")[:count])
        assert len(self.clients) == count

    def ours(self) -> float:
        from messaging.tasks import drain_outbox

        return self._through(lambda _keys: [drain_outbox.apply_async(("bulk",), queue="bench") for _process in range(PROCESSES)])

    def peer(self) -> float:
        from benchmarks.outbox_worker import send_one

        return self._through(lambda keys: [send_one.apply_async((key,), queue="bench") for key in keys])

    def _through(self, call: Any) -> float:
        """Queue the messages, call the workers, and wait until the last has gone; seconds from the call on."""
        from messaging.models import Message, MessageState

        keys = self._queue()
        self._gateway("clear")
        start = time.perf_counter()
        call(keys)
        while Message.objects.filter(state__in=(MessageState.PENDING, MessageState.SENDING)).exists():
            time.sleep(0.02)
            assert time.perf_counter() - start < 300
        took = time.perf_counter() - start
        self._check()
        return took

    def _queue(self) -> list[int]:
        from django.utils import timezone

        from messaging.models import Message, MessageEvent

        MessageEvent.objects.all()._raw_delete(using="default")
        Message.objects.all()._raw_delete(using="default")
        now = timezone.now()
        made = Message.objects.bulk_create(
            [
                Message(
                    client_id=pk, occasion_key=f"bench:{pk}", source="bench", purpose="advertising_sms", recipient=phone, text="Ура",
                    send_after=now, expires_at=now + timedelta(days=1),
                )
                for pk, phone in self.clients
            ],
            batch_size=1_000,
        )  # fmt: skip
        return [message.pk for message in made]

    def _check(self) -> None:
        """Each came, and none twice."""
        seen = self._gateway("count")
        assert seen == {"came": self.count, "twice": 0}, seen

    def _gateway(self, word: str) -> dict[str, int]:
        with urlopen(f"{self.url}/{word}", timeout=10) as answer:
            found: dict[str, int] = json.loads(answer.read())
        return found


@contextmanager
def _running(command: list[str]) -> Iterator[None]:
    process = subprocess.Popen(command, env=os.environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield
    finally:
        process.terminate()
        process.wait()
