"""The least that a server can do for a card: WSGI, psycopg and one string. The yardstick of ``page``."""

import os
from collections.abc import Callable, Iterable
from typing import Any

import psycopg

connection = psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    row = connection.execute(
        "SELECT last_name, first_name, phone, email FROM clients_client WHERE id = %s", [int(environ["PATH_INFO"].strip("/"))]
    ).fetchone()
    start_response("200 OK", [("Content-Type", "text/html; charset=utf-8")])
    return [f"<!doctype html><title>{row[0]}</title><h1>{row[0]} {row[1]}</h1><p>{row[2]} {row[3]}</p>".encode()]
