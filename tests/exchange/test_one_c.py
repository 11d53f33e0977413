"""1C's own exchange: as it calls, and as it is answered."""

import base64
import io
import zipfile
from typing import Any

import pytest
from django.test import Client as Browser

from catalogue.models import Article, Stock
from exchange import one_c
from exchange.models import FileState, GoodsFile
from stores.models import Store
from tests.exchange.commerceml import files
from tests.exchange.conftest import MakeTill, Till


class OneC:
    """A base of 1C: its key, and the cookie that it was given."""

    def __init__(self, till: Till) -> None:
        self.till, self.browser = till, Browser()

    def ask(self, mode: str, body: bytes | None = None, **said: str) -> Any:
        said = {"type": "catalog", "mode": mode, **said}
        address = "/1c?" + "&".join(f"{name}={value}" for name, value in said.items())
        if body is None:
            return self.browser.get(address)
        return self.browser.post(address, body, content_type="application/octet-stream")

    def sign_in(self, password: str = "") -> Any:
        secret = password or self.till.browser.defaults["HTTP_AUTHORIZATION"].removeprefix("Bearer ")
        coded = base64.b64encode(f"carat:{secret}".encode()).decode()
        answer = self.browser.get("/1c/?type=catalog&mode=checkauth", headers={"Authorization": f"Basic {coded}"})
        lines = answer.content.decode().split("\n")
        if lines[0] == "success":
            self.browser.cookies[lines[1]] = lines[2]
        return answer

    def send(self, name: str, content: bytes, parts: int = 1) -> list[str]:
        size = -(-len(content) // parts)
        return [lines(self.ask("file", content[at : at + size], filename=name))[0] for at in range(0, len(content), size)]


def lines(answer: Any) -> list[str]:
    text: str = answer.content.decode()
    return text.splitlines()


@pytest.fixture
def base(make_till: MakeTill, store: Store) -> OneC:
    made = OneC(make_till("1C", may_fill=True))
    made.sign_in()
    return made


def test_an_exchange_from_the_first_request_to_the_last(base: OneC) -> None:
    assert lines(base.ask("init")) == ["zip=yes", "file_limit=4194304"]
    catalogue, offers = files.catalogue(files.good(), encoding="windows-1251"), files.offers(files.offer())
    assert base.send("import.xml", catalogue, parts=3) + base.send("offers.xml", offers) == ["success"] * 4
    assert base.send("import_files/ab/ab12.jpg", b"\xff\xd8picture") == ["success"]

    answers = [lines(base.ask("import", filename=name)) for name in ("import.xml", "offers.xml", "import_files/ab/ab12.jpg")]

    assert [answer[0] for answer in answers] == ["success"] * 3
    assert lines(base.ask("complete")) == ["success"]
    assert (Article.objects.get().collection, Stock.objects.get().count) == ("Море", 2)
    assert list(GoodsFile.objects.order_by("pk").values_list("name", "state")) == [
        ("import.xml", FileState.APPLIED), ("offers.xml", FileState.APPLIED),
    ]  # fmt: skip


def zipped(**entries: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name.replace("__", "."), content)
    return out.getvalue()


def test_an_archive_in_parts_is_read_by_the_names_within_it(base: OneC) -> None:
    base.ask("init")
    base.send("v8_1.zip", zipped(import__xml=files.catalogue(files.good()), offers__xml=files.offers(files.offer())), parts=4)

    answers = [lines(base.ask("import", filename=name))[0] for name in ("import.xml", "offers.xml")]

    assert (answers, Stock.objects.get().count) == (["success", "success"], 2)


@pytest.mark.parametrize("name", ["../../etc/cron.d/x", "/etc/passwd", "C:\\\\boot.ini", "", "a/../../b.xml"])
def test_a_name_that_leads_out_is_refused_at_once(base: OneC, name: str) -> None:
    answer = base.ask("file", b"<x/>", filename=name)

    assert (lines(answer)[0], GoodsFile.objects.count()) == ("failure", 0)


def test_an_archive_whose_names_lead_out_or_that_is_a_bomb_is_not_opened(base: OneC, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("exchange.commerceml.keeping.DENSE", 1_000_000)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("../import.xml", files.catalogue(files.good()))
    base.send("out.zip", out.getvalue())
    base.send("bomb.zip", zipped(import__xml=b" " * 5_000_000))

    answers = [lines(base.ask("import", filename=name)) for name in ("out.zip", "bomb.zip")]

    assert [answer[0] for answer in answers] == ["failure", "failure"]
    assert Article.objects.count() == 0


def test_a_document_type_is_a_failure_with_words(base: OneC) -> None:
    base.send("import.xml", '<!DOCTYPE x [<!ENTITY a "b">]><КоммерческаяИнформация>&a;</КоммерческаяИнформация>'.encode())

    first, second = lines(base.ask("import", filename="import.xml"))

    assert (first, "DOCTYPE" in second, GoodsFile.objects.get().state) == ("failure", True, FileState.REFUSED)


def test_what_is_still_being_read_is_progress(base: OneC, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("exchange.tasks.wake_reader", lambda: None)
    monkeypatch.setattr(one_c, "WAITS", 0)
    base.send("import.xml", files.catalogue(files.good()))

    assert lines(base.ask("import", filename="import.xml"))[0] == "progress"


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"mode": "query", "type": "sale"}, "type=catalog"), ({"mode": "nonsense"}, "init"),
        ({"mode": "import", "filename": "other.xml"}, "filename"), ({"mode": "file", "filename": "a.xml"}, "POST"),
    ],
)  # fmt: skip
def test_what_1c_cannot_have_is_said(base: OneC, asked: dict[str, str], words: str) -> None:
    answer = lines(base.ask(asked.pop("mode"), None, **asked))

    assert (answer[0], words in answer[1]) == ("failure", True)


def test_without_the_key_nothing_is_let_in(make_till: MakeTill, store: Store) -> None:
    stranger, till = OneC(make_till("other", may_fill=False)), OneC(make_till("1C", may_fill=True))
    answers = [stranger.sign_in("wrong"), stranger.ask("init"), stranger.sign_in()]
    till.sign_in()

    till.till.source.keys.update(revoked_at="2026-01-01T00:00:00Z")

    assert [(answer.status_code, lines(answer)[0]) for answer in [*answers, till.ask("init")]] == [
        (401, "failure"), (401, "failure"), (200, "failure"), (401, "failure"),
    ]  # fmt: skip


def test_one_source_does_not_read_the_files_of_another(base: OneC, make_till: MakeTill) -> None:
    base.send("import.xml", files.catalogue(files.good()))
    other = OneC(make_till("1C-2", may_fill=True))
    other.sign_in()

    assert lines(other.ask("import", filename="import.xml"))[0] == "failure"


def test_files_that_never_came_whole_are_said_when_the_next_exchange_begins(base: OneC) -> None:
    base.send("import.xml", b"<torn")
    base.sign_in()

    base.ask("init")

    file = GoodsFile.objects.get()
    assert (file.state, "целиком" in file.words) == (FileState.REFUSED, True)
