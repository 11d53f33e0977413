"""What is read of a file of 1C, and what is refused at once."""

import io
from collections.abc import Iterator
from typing import Any

import pytest

from exchange.commerceml import reading
from exchange.commerceml.reading import BadFileError, Good, Named, Offer, Package
from tests.exchange.commerceml import files


def read(content: bytes) -> list[Any]:
    return list(reading.records(io.BytesIO(content)))


@pytest.mark.parametrize("encoding", ["UTF-8", "windows-1251", "UTF-16"])
def test_a_catalogue_is_read_in_any_encoding_of_1c(encoding: str) -> None:
    found = read(files.catalogue(files.good(), encoding=encoding))

    assert [one for one in found if isinstance(one, Named)] == [
        Named("group", "g0", "Товары", {}), Named("group", "g1", "Кольца обручальные", {}),
        Named("property", "p1", "Проба", {"v1": "Au 585"}), Named("property", "p2", "Коллекция", {}),
    ]  # fmt: skip
    assert found[-2:] == [
        Package(True), Good("w1", "R5387-6925", "Кольцо с сапфиром", ["g1"], [("p1", "v1"), ("p2", "Море")], [], False)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("counts", "read_as"),
    [
        ("<Количество>3</Количество>", [("", "3")]),
        ('<Склад ИдСклада="s1" КоличествоНаСкладе="2"/><Склад ИдСклада="s2" КоличествоНаСкладе=""/>', [("s1", "2"), ("s2", "")]),
        ('<Количество>5</Количество><Склады ИдСклада="s1" КоличествоНаСкладе="5"/>', [("s1", "5")]),
        ("<Остатки><Остаток><Количество>4</Количество></Остаток></Остатки>", [("", "4")]),
        ("<Остатки><Остаток><Склад><Ид>s1</Ид><Количество>1</Количество></Склад></Остаток></Остатки>", [("s1", "1")]),
    ],
)
def test_counts_of_every_version_of_the_schema(counts: str, read_as: list[tuple[str, str]]) -> None:
    found = [one for one in read(files.offers(files.offer(counts=counts))) if isinstance(one, Offer)]

    assert [one.counts for one in found] == [read_as]


def test_changes_alone_are_no_whole_package() -> None:
    told = [files.offers(changes="true"), files.offers(root="ИзмененияПакетаПредложений"), files.offers()]

    assert [read(one)[0] for one in told] == [Package(False), Package(False), Package(True)]


def test_a_property_of_schema_2_03_has_its_words() -> None:
    content = (
        "<КоммерческаяИнформация><Классификатор><Свойства><СвойствоНоменклатуры><Ид>p</Ид><Наименование>Металл</Наименование>"
        "<ВариантыЗначений><ВариантЗначения><Ид>v</Ид><Значение>Золото</Значение></ВариантЗначения></ВариантыЗначений>"
        "</СвойствоНоменклатуры></Свойства></Классификатор></КоммерческаяИнформация>"
    )

    assert read(content.encode()) == [Named("property", "p", "Металл", {"v": "Золото"})]


LAUGHS = '<!DOCTYPE a [<!ENTITY a "ха"><!ENTITY b "&a;&a;&a;&a;">]><КоммерческаяИнформация>&b;</КоммерческаяИнформация>'
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE a SYSTEM "file:///etc/passwd"><КоммерческаяИнформация/>'


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (LAUGHS, "DOCTYPE"), (OUTSIDE, "DOCTYPE"), ("", "начинается не как XML"), ("not XML", "с ошибкой"), ("{}", "с ошибкой"),
        ("<КоммерческаяИнформация><Каталог>", "с ошибкой"), ("<html></html>", "ни каталога"),
        ("<КоммерческаяИнформация><Документ/></КоммерческаяИнформация>", "отключите обмен заказами"),
        ('<?xml version="1.0" encoding="nonsense"?><a/>', "с ошибкой"),
        ("<КоммерческаяИнформация>&чужое;</КоммерческаяИнформация>", "с ошибкой"),
        ("<КоммерческаяИнформация><Товар>" + "<a>" * 100 + "</a>" * 100 + "</Товар></КоммерческаяИнформация>", "больше, чем бывает"),
        ("<a>" * 100 + "</a>" * 100, "больше, чем бывает"),
    ],
)  # fmt: skip
def test_what_is_no_catalogue_is_refused_in_words(content: str, words: str) -> None:
    with pytest.raises(BadFileError, match=words):
        read(content.encode())


def test_one_endless_element_is_refused_before_it_fills_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_BYTES", 1 << 18)

    class Endless(io.RawIOBase):
        told = 0

        def read(self, size: int = -1) -> bytes:
            self.told += 1
            return ("<КоммерческаяИнформация><Каталог>" if self.told == 1 else "я" * 20_000).encode()

    stream = Endless()

    with pytest.raises(BadFileError, match="больше, чем бывает"):
        list(reading.records(stream))  # type: ignore[arg-type]
    assert stream.told < 20


def test_records_before_a_fault_are_told() -> None:
    found: Iterator[Any] = reading.records(io.BytesIO(files.catalogue(files.good())[:-40]))

    told = [next(found) for _record in range(6)]

    assert isinstance(told[-1], Good)
    with pytest.raises(BadFileError):
        next(found)
