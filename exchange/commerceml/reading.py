"""CommerceML as 1C writes it, record by record: nothing of a file is kept in memory but what is being read.

Expat reads it, which knows UTF-8, UTF-16 and windows-1251. A document type is refused before the first element, and with it every
entity, however deep; so a file can name no other file and grow no larger than it is.
"""

from collections.abc import Callable, Generator, Iterable, Iterator
from typing import IO, NamedTuple, cast
from xml.etree import ElementTree
from xml.parsers import expat

from stores.texts.kept_words import SaidError, Words
from stores.texts.kept_words import words as _

CHUNK = 1 << 16
# Between two ends of elements, in one record, and of elements within elements no honest file has more.
MOST_BYTES, MOST_PARTS, DEEPEST = 16 << 20, 300_000, 60
LONGEST_ID = 80

Element = ElementTree.Element


class BadFileError(SaidError):
    """The file is no catalogue or is not well formed; the words are for who programs 1C."""


class Package(NamedTuple):
    """A catalogue or a package of offers begins: whole, or what has changed alone."""

    whole: bool


class Named(NamedTuple):
    """What 1C calls by an id: a group, a property, a type of prices or a warehouse. ``values`` are the words of a property."""

    kind: str
    id: str
    name: str
    values: dict[str, str]


class Good(NamedTuple):
    """A good of the catalogue. ``values`` are of properties, by their ids; ``said`` of what has a name of its own."""

    id: str
    article: str
    name: str
    groups: list[str]
    values: list[tuple[str, str]]
    said: list[tuple[str, str]]
    gone: bool

    @property
    def key(self) -> str:
        """Its id without that of a characteristic."""
        return _good_of(self.id)


class Offer(NamedTuple):
    """A good as it is sold: prices by the ids of their types, counts by the ids of warehouses ("" where none is said)."""

    id: str
    article: str
    name: str
    said: list[tuple[str, str]]
    prices: list[tuple[str, str]]
    counts: list[tuple[str, str]]
    gone: bool

    @property
    def good(self) -> str:
        """The id of the good."""
        return _good_of(self.id)


def _good_of(said: str) -> str:
    """What stands before the id of a characteristic, as long as it is kept."""
    return said.partition("#")[0][:LONGEST_ID]


Record = Package | Named | Good | Offer


def records(stream: IO[bytes]) -> Iterator[Record]:
    """What a file says, in its order. Raises BadFileError, after the records before the fault."""
    found = _Records()
    parser: ElementTree.XMLPullParser[Element] = ElementTree.XMLPullParser(("start", "end"))
    since = 0
    try:
        for chunk in _chunks(stream):
            parser.feed(chunk)
            ended = yield from found.take(_events(parser))
            since = 0 if ended else since + len(chunk)
            if since > MOST_BYTES:
                raise BadFileError(_("one element is larger than a catalogue can have"))
        parser.close()
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise BadFileError(_fault(error)) from None
    yield from found.take(_events(parser))
    if not found.known:
        raise BadFileError(_("there is neither a catalogue nor offers in it: CommerceML begins with “КоммерческаяИнформация”"))


def _events(parser: "ElementTree.XMLPullParser[Element]") -> Iterable[tuple[str, Element]]:
    """Elements that begin and end: nothing else was asked for."""
    return cast("Iterable[tuple[str, Element]]", parser.read_events())


def _chunks(stream: IO[bytes]) -> Iterator[bytes]:
    """The file piece by piece, its head looked at first."""
    head = stream.read(CHUNK).lstrip(b" \t\r\n")
    _refuse_doctype(head)
    yield head
    while chunk := stream.read(CHUNK):
        yield chunk


class _SeenError(Exception):
    """The first element begins: there is no document type before it."""


def _refuse_doctype(head: bytes) -> None:
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _doctype
    parser.StartElementHandler = _seen
    try:
        parser.Parse(head, False)
    except _SeenError:
        return
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise BadFileError(_fault(error)) from None
    raise BadFileError(_("it does not begin as XML does"))


def _doctype(*_facts: object) -> None:
    raise BadFileError(_("it has a document type (<!DOCTYPE …>): files with entities are not read"))


def _seen(*_facts: object) -> None:
    raise _SeenError


def _fault(error: Exception) -> Words:
    return _("no well-formed XML: %(error)s") % {"error": error}


class _Records:
    """Elements that end, told apart: those of records whole, those around them let go as they end."""

    def __init__(self) -> None:
        self.known = False
        self.names: dict[str, str] = {}
        self.open: list[Element] = []
        self.inside = 0  # how deep within a record
        self.parts = 0

    def take(self, events: Iterable[tuple[str, Element]]) -> Generator[Record, None, bool]:
        """Records that end; tells at last whether any element has ended."""
        ended = False
        for event, element in events:
            tag = element.tag
            name = self.names.get(tag) or self.names.setdefault(tag, tag.rpartition("}")[2])
            if event == "start":
                yield from self._begin(name, element)
                continue
            ended = True
            if self.inside:
                self.inside -= 1
            if not self.inside:
                self.open.pop()
                if reader := RECORDS.get(name):
                    self.known = True
                    yield from reader(element)
                if self.open:
                    self.open[-1].clear()
                self.parts = 0
        return ended

    def _begin(self, name: str, element: Element) -> Iterator[Record]:
        if self.inside:
            self.inside, self.parts = self.inside + 1, self.parts + 1
            if self.inside > DEEPEST or self.parts > MOST_PARTS:
                raise BadFileError(_("one element is larger than a catalogue can have"))
            return
        if name in ("Документ", "Контейнер"):
            raise BadFileError(_("it has documents, not a catalogue: in 1C switch the exchange of orders off"))
        if name in PACKAGES:
            self.known = True
            yield Package(not name.startswith("Изменения") and element.get("СодержитТолькоИзменения", "false") != "true")
        if name in RECORDS:
            self.inside = 1
        elif len(self.open) > DEEPEST:
            raise BadFileError(_("one element is larger than a catalogue can have"))
        self.open.append(element)


PACKAGES = ("Каталог", "ПакетПредложений", "ИзмененияПакетаПредложений", "ИзмененияКаталога")


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _text(element: Element) -> str:
    return (element.text or "").strip()


def _parts(element: Element) -> dict[str, str]:
    """Texts of an element's parts by their names; the first holds."""
    found: dict[str, str] = {}
    for part in element:
        found.setdefault(_local(part), _text(part))
    return found


def _groups(element: Element) -> Iterator[Named]:
    """A group and those within it."""
    waiting = [element]
    while waiting:
        one = waiting.pop()
        facts = _parts(one)
        yield Named("group", facts.get("Ид", ""), facts.get("Наименование", ""), {})
        waiting += [inner for part in one if _local(part) == "Группы" for inner in part]


def _properties(element: Element) -> Iterator[Named]:
    """A property with the words of its values: ``Справочник`` since 2.04, ``ВариантЗначения`` before."""
    facts, values = _parts(element), dict[str, str]()
    for one in element.iter():
        if _local(one) in ("Справочник", "ВариантЗначения"):
            said = _parts(one)
            values[said.get("ИдЗначения") or said.get("Ид", "")] = said.get("Значение", "")
    yield Named("property", facts.get("Ид", ""), facts.get("Наименование", ""), values)


def _called(kind: str) -> "Callable[[Element], Iterator[Named]]":
    def read(element: Element) -> Iterator[Named]:
        facts = _parts(element)
        if facts.get("Ид"):
            yield Named(kind, facts["Ид"], facts.get("Наименование", ""), {})

    return read


def _pairs(element: Element, key: str) -> Iterator[tuple[str, str]]:
    """What parts say: by their ids or their names."""
    for part in element:
        facts = _parts(part)
        if facts.get(key) and facts.get("Значение"):
            yield facts[key], facts["Значение"]


def _is_gone(element: Element, facts: dict[str, str]) -> bool:
    return element.get("Статус") == "Удален" or facts.get("Статус") == "Удален" or facts.get("ПометкаУдаления") == "true"


def _goods(element: Element) -> Iterator[Good]:
    facts = _parts(element)
    groups, values, said = list[str](), list[tuple[str, str]](), list[tuple[str, str]]()
    for part in element:
        name = _local(part)
        if name == "Группы":
            groups += [_text(one) for one in part if _local(one) == "Ид"]
        elif name == "ЗначенияСвойств":
            values += _pairs(part, "Ид")
        elif name in ("ЗначенияРеквизитов", "ХарактеристикиТовара"):
            said += _pairs(part, "Наименование")
    said += [(name, facts[name]) for name in ("Вес", "Код") if facts.get(name)]
    article, name = facts.get("Артикул", ""), facts.get("Наименование", "")
    yield Good(facts.get("Ид", ""), article, name, groups, values, said, _is_gone(element, facts))


def _offers(element: Element) -> Iterator[Offer]:
    facts = _parts(element)
    said, prices, counts = list[tuple[str, str]](), list[tuple[str, str]](), list[tuple[str, str]]()
    for part in element:
        name = _local(part)
        if name == "ХарактеристикиТовара":
            said += _pairs(part, "Наименование")
        elif name == "Цены":
            told = [_parts(price) for price in part]
            prices += [(price.get("ИдТипаЦены", ""), price["ЦенаЗаЕдиницу"]) for price in told if price.get("ЦенаЗаЕдиницу")]
        elif name in ("Склад", "Склады"):
            counts += _at_warehouses(part)
        elif name == "Остатки":
            counts += _remainders(part)
    if not counts and "Количество" in facts:
        counts = [("", facts["Количество"])]
    article, name = facts.get("Артикул", ""), facts.get("Наименование", "")
    yield Offer(facts.get("Ид", ""), article, name, said, prices, counts, _is_gone(element, facts))


def _at_warehouses(element: Element) -> Iterator[tuple[str, str]]:
    """``<Склад ИдСклада="…" КоличествоНаСкладе="2"/>``, alone or within ``Склады``."""
    for one in (element, *element):
        if one.get("ИдСклада"):
            yield one.get("ИдСклада", ""), one.get("КоличествоНаСкладе", "")


def _remainders(element: Element) -> Iterator[tuple[str, str]]:
    """``Остаток`` with a number of its own, or with those of warehouses (2.08 and later)."""
    for remainder in element:
        told = [_parts(one) for one in remainder if _local(one) == "Склад"]
        yield from ((facts.get("Ид", ""), facts.get("Количество", "")) for facts in told)
        if not told and "Количество" in (facts := _parts(remainder)):
            yield "", facts["Количество"]


RECORDS: "dict[str, Callable[[Element], Iterator[Record]]]" = {
    "Группа": _groups,
    "Свойство": _properties,
    "СвойствоНоменклатуры": _properties,
    "ТипЦены": _called("price"),
    "Склад": _called("warehouse"),
    "Товар": _goods,
    "Предложение": _offers,
}
