"""What a till's document is: its fields, and what in it must agree. Sums are of a whole line, whatever its quantity."""

import json
import re
from decimal import Decimal
from typing import Annotated, Any, Final, Literal, Self

from ninja import Schema
from pydantic import AfterValidator, AwareDatetime, ConfigDict, Field, StringConstraints, TypeAdapter, model_validator
from pydantic_core import PydanticCustomError

from stores import rules

FIRST_YEAR, LAST_YEAR = 1990, 2100
MOST_PIECES = 200
NOTHING = Decimal(0)
UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")

ResponseWord = Literal["received", "applied", "waits", "refused"]


def _seen(text: str) -> str:
    if UNSEEN.search(text):
        raise PydanticCustomError("unseen_signs", "signs that nobody can see")
    return text


def _known_year(moment: AwareDatetime) -> AwareDatetime:
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise PydanticCustomError("no_such_day", "a day out of all bounds")
    return moment


def _within_bound(sum_: Decimal) -> Decimal:
    bound = rules.current().price_bound
    if sum_ > bound:
        raise PydanticCustomError("less_than_equal", "Input should be less than or equal to {le}", {"le": bound})
    return sum_


def _whole(bonuses: Decimal) -> Decimal:
    if bonuses != bonuses.to_integral_value():
        raise PydanticCustomError("bonuses_are_whole", "bonuses are whole")
    return bonuses


def text(longest: int, pattern: str | None = None) -> StringConstraints:
    """A text or a number, as tills write either."""
    return StringConstraints(strip_whitespace=True, min_length=1, max_length=longest, pattern=pattern)


SEEN = AfterValidator(_seen)
Money = Annotated[Decimal, Field(ge=0, max_digits=12, decimal_places=2), AfterValidator(_within_bound)]
Bonuses = Annotated[Money, AfterValidator(_whole)]
Moment = Annotated[AwareDatetime, AfterValidator(_known_year)]
Id = Annotated[str, text(64), SEEN]
Word = Annotated[str, text(120), SEEN]
Name = Annotated[str, text(60), SEEN]
Article = Annotated[str, text(40), SEEN]
Drive = Annotated[str, text(16, r"^[0-9]+$")]
Number = Annotated[str, text(10, r"^[0-9]+$")]
UinNumber = Annotated[str, text(16, r"^[0-9]{16}$")]


class Part(Schema):
    """A part of a document. What it says besides is kept with it and not read."""

    model_config = ConfigDict(extra="ignore", coerce_numbers_to_str=True)


class FiscalPart(Part):
    """How the tax office knows it; zeros in front do not count."""

    fn: Drive
    fd: Number
    fp: Number | None = None

    def key(self) -> tuple[str, str]:
        return self.fn.zfill(16), self.fd.lstrip("0") or "0"


class Who(Part):
    """The client, by a phone in any writing, by the number of a card, or by both."""

    card: Id | None = None
    phone: Article | None = None


class DeductionPart(Part):
    """A part of what was taken off a line. Bonuses are whole."""

    source: Literal["tier", "right", "bonus", "hand", "markdown"]
    sum: Money

    @model_validator(mode="after")
    def _bonuses_are_whole(self) -> Self:
        if self.source == "bonus":
            _whole(self.sum)
        return self


class LinePart(Part):
    """One or several pieces of one article: what was paid for the line, and what its tag said."""

    article: Article
    quantity: int = Field(1, ge=1, le=MOST_PIECES)
    paid: Money


class SoldLine(LinePart):
    kind: Word | None = None
    name: Word | None = None
    uins: list[UinNumber] = Field([], max_length=MOST_PIECES)
    tariff: Literal["tag", "weight", "markdown", "investment"] = "tag"
    tag: Money | None = None
    deductions: list[DeductionPart] = Field([], max_length=20)

    @model_validator(mode="after")
    def _tag_covers(self) -> Self:
        off = sum((one.sum for one in self.deductions), NOTHING)
        if self.tag is not None and self.tag < self.paid + off:
            raise PydanticCustomError("tag_too_small", "tag", {"tag": str(self.tag), "sum": str(self.paid + off)})
        return self

    def taken(self, source: str) -> Decimal:
        """What a source has taken off the line."""
        return sum((one.sum for one in self.deductions if one.source == source), NOTHING)


class PaymentPart(Part):
    by: Literal["cash", "card", "certificate", "prepayment", "transfer"]
    sum: Money


class Document(Part):
    """What sales and returns have in common. ``at`` has its offset: the day is the store's own."""

    id: Id
    source: Name | None = None
    at: Moment
    store: Word
    fiscal: FiscalPart | None = None
    client: Who | None = None


class Sale(Document):
    operation: Literal["sale"]
    number: Article | None = None
    seller: Word | None = None
    quote: Article | None = None
    rights: list[Id] = Field([], max_length=20)
    lines: list[SoldLine] = Field(min_length=1, max_length=100)
    paid: list[PaymentPart] = Field([], max_length=20)

    @model_validator(mode="after")
    def _payments_agree(self) -> Self:
        if sum(line.quantity for line in self.lines) > MOST_PIECES:
            raise PydanticCustomError("too_many_pieces", "too many pieces")
        told = sum((part.sum for part in self.paid), NOTHING)
        if self.paid and told not in (self._sum(by_piece=False), self._sum(by_piece=True)):
            raise PydanticCustomError("payments_differ", "payments", {"paid": str(told), "lines": str(self._sum(by_piece=False))})
        return self

    def _sum(self, *, by_piece: bool) -> Decimal:
        return sum((line.paid * (line.quantity if by_piece else 1) for line in self.lines), NOTHING)

    @property
    def is_by_piece(self) -> bool:
        """Whether the till wrote the sums of one piece of each line: only so do its payments agree."""
        told = sum((part.sum for part in self.paid), NOTHING)
        return bool(self.paid) and told != self._sum(by_piece=False)


class Of(Part):
    """Which sale it was: by the number that its till gave it, or by its fiscal pair."""

    id: Id | None = None
    fiscal: FiscalPart | None = None

    @model_validator(mode="after")
    def _names_something(self) -> Self:
        if not (self.id or self.fiscal):
            raise PydanticCustomError("names_no_sale", "names no sale")
        return self


class Return(Document):
    operation: Literal["return"]
    of: Of | None = None
    lines: list[LinePart] = Field(min_length=1, max_length=100)


AnyDocument = Annotated[Sale | Return, Field(discriminator="operation")]
DOCUMENT: Final[TypeAdapter[Sale | Return]] = TypeAdapter(AnyDocument)


class AskedLine(Part):
    """A line of a basket: its tag, and what came off it before loyalty."""

    n: int | None = None
    article: Article | None = None
    kind: Word | None = None
    name: Word | None = None
    quantity: int = Field(1, ge=1, le=MOST_PIECES)
    tag: Money
    off: Money = NOTHING
    tariff: Literal["tag", "weight", "markdown", "investment"] = "tag"

    @model_validator(mode="after")
    def _off_is_of_the_tag(self) -> Self:
        if self.off > self.tag:
            raise PydanticCustomError("off_above_tag", "off above tag")
        return self


class Ask(Part):
    """A basket: what it costs this client, and what it earns. ``spend``: bonuses wished, or ``most``."""

    basket: Id | None = None
    quote: Article | None = None
    store: Word
    client: Who | None = None
    rights: list[Id] = Field([], max_length=20)
    spend: Bonuses | Literal["most"] = NOTHING
    lines: list[AskedLine] = Field(min_length=1, max_length=100)


ASK: Final[TypeAdapter[Ask]] = TypeAdapter(Ask)

ProofWord = Literal["sent", "proven"]


class Proof(Part):
    """The code that the client read out."""

    code: Annotated[str, text(6, r"^[0-9]{6}$")]


PROOF: Final[TypeAdapter[Proof]] = TypeAdapter(Proof)


def body_of(adapter: TypeAdapter[Any]) -> dict[str, Any]:
    """The body of a request for OpenAPI, its parts written where they stand."""
    schema = adapter.json_schema(mode="validation")
    parts = schema.pop("$defs", {})
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": _whole_schema(schema, parts)}}}}


def _whole_schema(schema: Any, parts: dict[str, Any]) -> Any:
    if isinstance(schema, list):
        return [_whole_schema(one, parts) for one in schema]
    if not isinstance(schema, dict):
        return schema
    if reference := schema.get("$ref"):
        return _whole_schema(parts[reference.rpartition("/")[2]], parts)
    return {name: _whole_schema(one, parts) for name, one in schema.items() if name != "discriminator"}


class UnreadableError(Exception):
    """The text is no JSON: ``at`` says where it breaks, "" where nobody can say."""

    def __init__(self, at: str = "") -> None:
        super().__init__(at)
        self.at = at


def plain(raw: str) -> Any:
    """The JSON of a text. Raises UnreadableError."""
    try:
        return json.loads(raw, parse_float=Decimal, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        raise UnreadableError(f"{error.lineno}:{error.colno}") from None
    except (ValueError, RecursionError):
        raise UnreadableError from None


def _no_number(word: str) -> Any:
    raise ValueError(word)
