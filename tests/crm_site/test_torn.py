"""Torn files of the embedded queue are set aside; whole ones, and those that are just being written, stay."""

import os
import time
from pathlib import Path

from crm_site import torn

WHOLE = {"messages/1.celery.msg": b'{"body": ""}', "control/celery.exchange": b"[]"}
TORN = {
    "messages/2.celery.msg": b'{"bo',
    "messages/3.urgent.msg": b"",
    "control/urgent.exchange": b"[[",
    "messages/4.celery.msg": b"\xff",
}


def test_one_start_is_enough(tmp_path: Path) -> None:
    for name, content in {**WHOLE, **TORN}.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
        os.utime(path, (time.time() - 60,) * 2)
    (tmp_path / "messages/5.celery.msg").write_bytes(b"{")  # on its way

    assert (torn.set_aside(tmp_path), torn.set_aside(tmp_path)) == (4, 0)

    left = {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*.*")}
    assert left == {*WHOLE, "messages/5.celery.msg", *(f"torn/{Path(name).name}" for name in TORN)}


def test_without_a_queue_there_is_nothing_to_do(tmp_path: Path) -> None:
    assert torn.set_aside(tmp_path / "queue") == 0
