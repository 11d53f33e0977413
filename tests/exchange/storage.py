"""MoySklad as its description has it (github.com/moysklad/api-remap-1.2-doc): pages by filter, order, limit and offset; 45 requests
in three seconds, told by headers of milliseconds; answers only to who takes them packed.
"""

import gzip
import json
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.exchange.adapters.test_moysklad import demand, position

BEGAN = datetime(2026, 5, 5, 12)


class Storage:
    """An account. ``rows`` by kind; ``refusals``: what the next requests are answered instead, as (status, headers)."""

    def __init__(self) -> None:
        self.rows: dict[str, list[dict[str, Any]]] = {"retaildemand": [], "retailsalesreturn": []}
        self.bin: dict[str, list[dict[str, Any]]] = {"retaildemand": [], "retailsalesreturn": []}
        self.refusals: list[tuple[int, dict[str, str]]] = []
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.remaining, self.token = 44, "secret-token"
        self.before_page: Callable[[], None] = lambda: None
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}/api/remap/1.2"

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def sells(self, number: int, *, after: timedelta = timedelta(0), **more: Any) -> dict[str, Any]:
        """A sale that was changed so long after the beginning."""
        row = demand(
            id=f"s-{number}", name=str(number), updated=written(BEGAN + after), positions={"rows": [position(discount=0, price=100_000)]},
            noCashSum=100_000.0, cheque=None, agent=None, retailStore={"name": "luxury"}, owner=None, **more,
        )  # fmt: skip
        self.rows["retaildemand"].append(row)
        return row

    def takes_back(self, number: int, *, after: timedelta = timedelta(0)) -> None:
        href = f"{self.address}/entity/retaildemand/s-{number}"
        row = demand(
            "retailsalesreturn", id=f"r-{number}", updated=written(BEGAN + after), demand={"meta": {"href": href}}, cheque=None,
            positions={"rows": [position(discount=0, price=100_000)]}, agent=None, retailStore={"name": "luxury"},
        )  # fmt: skip
        self.rows["retailsalesreturn"].append(row)

    def changes(self, key: str, *, after: timedelta, **facts: Any) -> None:
        """A document is changed in place, so long after the beginning."""
        for row in self._all():
            if row["id"] == key:
                row.update(facts, updated=written(BEGAN + after))

    def deletes(self, key: str, *, after: timedelta) -> None:
        """A document goes into the bin."""
        self._move(key, self.rows, self.bin, deleted=written(BEGAN + after))

    def restores(self, key: str, *, after: timedelta) -> None:
        self._move(key, self.bin, self.rows, updated=written(BEGAN + after))

    def _move(self, key: str, come: dict[str, Any], go: dict[str, Any], **facts: str) -> None:
        for kind, rows in come.items():
            for row in [row for row in rows if row["id"] == key]:
                rows.remove(row)
                go[kind].append({**row, **facts})

    def _all(self) -> list[dict[str, Any]]:
        return [row for kind in self.rows for row in (*self.rows[kind], *self.bin[kind])]

    def _page(self, kind: str, said: dict[str, str]) -> dict[str, Any]:
        is_gone = said["filter"].startswith("isDeleted=true;")
        rows, moment = (self.bin[kind], "deleted") if is_gone else (self.rows[kind], "updated")
        since = said["filter"].rpartition(f"{moment}>=")[2]
        found = sorted((row for row in rows if row[moment] >= since), key=lambda row: str(row[moment]))
        offset, limit = int(said["offset"]), int(said["limit"])
        assert (limit <= 100, said["order"]) == (True, f"{moment},asc")
        return {"meta": {"size": len(found), "limit": limit, "offset": offset}, "rows": found[offset : offset + limit]}

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        storage = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                parts = urlsplit(self.path)
                kind, said = parts.path.rpartition("/")[2], {name: one[0] for name, one in parse_qs(parts.query).items()}
                storage.asked.append((kind, said))
                storage.before_page()
                if storage.refusals:
                    self._answer(
                        *storage.refusals.pop(0), {"errors": [{"error": "Превышено ограничение на количество запросов"}]}
                    )
                elif self.headers["Authorization"] != f"Bearer {storage.token}":
                    self._answer(401, {}, {"errors": [{"error": "Ошибка аутентификации", "code": 1056}]})
                elif "gzip" not in self.headers.get("Accept-Encoding", ""):
                    self._answer(415, {}, {"errors": []})
                else:
                    headers = {"X-RateLimit-Remaining": str(storage.remaining), "X-Lognex-Retry-TimeInterval": "3000"}
                    self._answer(200, headers, storage._page(kind, said))

            def _answer(self, status: int, headers: dict[str, str], told: dict[str, Any]) -> None:
                self.send_response(status)
                for name, value in {**headers, "Content-Encoding": "gzip", "Content-Type": "application/json"}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(gzip.compress(json.dumps(told).encode()))

            def log_message(self, *args: Any) -> None:
                """Says nothing."""

        return Handler


def written(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S}.{moment.microsecond // 1000:03d}"
