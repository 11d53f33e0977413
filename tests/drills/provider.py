"""smsc.ru as nobody wants it: it hangs, cuts, answers 500 and garbage, and its receipts come twice, late, reversed, forged."""

import hashlib
import json
import queue
import random
import threading
import time
from collections import Counter
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from tests.messaging.stub import Asked, Said, Stub

# Of a hundred messages so many meet each trouble; the first two are taken, and nobody hears of it.
CUT, GARBAGE, ERROR, HANG = 1, 1, 1, 0.05
SENDERS = 4


class Provider:
    """``came`` counts what reached phones, by text. ``receipts`` is the callback address; the secret signs.

    ``latency`` is what it takes for a message, in seconds.
    """

    def __init__(self, receipts: str, secret: str, seed: int, latency: float) -> None:
        self.receipts, self.secret, self.latency = receipts, secret, latency
        self.came: Counter[str] = Counter()
        self.chance = random.Random(seed)
        self.lock = threading.Lock()
        self.to_tell: queue.Queue[tuple[float, dict[str, str]]] = queue.Queue()
        self.stub = Stub(self.answer)
        for _number in range(SENDERS):
            threading.Thread(target=self._tell, daemon=True).start()

    def answer(self, asked: Asked) -> Said:
        fields = asked.fields
        if not asked.path.endswith("send.php"):
            return Said(200, json.dumps({"status": 1, "balance": "1"}))
        time.sleep(self.latency)
        with self.lock:
            draw = self.chance.uniform(0, 100)
            if draw < ERROR:
                return Said(500, "Internal Server Error")
            self.came[fields["mes"]] += 1
            self._receipts(fields)
        if draw < ERROR + CUT:
            return Said(how="cut")
        if draw < ERROR + CUT + GARBAGE:
            return Said(200, "<html>502 Bad Gateway</html>")
        if draw < ERROR + CUT + GARBAGE + HANG:
            return Said(how="hang")
        return Said(200, json.dumps({"id": int(fields["id"]), "cnt": 1}))

    def _receipts(self, fields: dict[str, str]) -> None:
        """Delivered, often before our answer; "with the operator" before or after it; some twice; some forged."""
        orders = [("1",), ("0", "1"), ("1", "0"), ("1", "1"), ("0", "1", "0", "1")]
        for status in self.chance.choices(orders, weights=(12, 2, 2, 2, 1))[0]:
            due = time.monotonic() + self.chance.choice([0, 0, 0.2, 2])
            self.to_tell.put((due, self._signed(fields, status, self.secret)))
        if self.chance.random() < 0.05:
            self.to_tell.put((0.0, self._signed(fields, "20", "forged")))

    def _signed(self, fields: dict[str, str], status: str, secret: str) -> dict[str, str]:
        phone = fields["phones"].lstrip("+")
        md5 = hashlib.md5(f"{fields['id']}:{phone}:{status}:{secret}".encode(), usedforsecurity=False).hexdigest()
        return {"id": fields["id"], "phone": phone, "status": status, "md5": md5}

    def _tell(self) -> None:
        """Call back until it is heard: a real provider repeats too."""
        while True:
            due, fields = self.to_tell.get()
            time.sleep(max(0.0, due - time.monotonic()))
            try:
                with urlopen(f"{self.receipts}?{urlencode(fields)}", timeout=10) as answer:
                    answer.read()
            except OSError:
                self.to_tell.put((time.monotonic() + 1, fields))


def slowed(url: str, latency: float) -> Stub:
    """A gateway that takes so many seconds for a message, and hands it on to the real one at ``url``."""

    def hand_on(asked: Asked) -> Said:
        time.sleep(latency)
        headers = {name: value for name, value in asked.headers.items() if name.lower() not in ("host", "content-length")}
        try:
            with urlopen(Request(url, data=asked.body.encode(), headers=headers), timeout=10) as answer:
                return Said(answer.status, answer.read().decode())
        except HTTPError as refusal:
            return Said(refusal.code, refusal.read().decode())

    return Stub(hand_on)
