"""The bill of a sale: what its lines cost this client today, by which it is shown, quoted and saved."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple, Protocol

from catalogue.kinds import Tariff
from clients.models import Client
from loyalty import pricing, selectors, settling
from loyalty import services as loyalty_services
from loyalty.models import Member, Right, Terms
from loyalty.offers.acts import RightRefusedError
from loyalty.offers.words import words_of
from loyalty.pricing import UNIT, Bill, Line, Refused, Rules, Standing, Wish
from loyalty.services import NotEnoughError
from loyalty.settling import Book


class Tagged(NamedTuple):
    """A line before loyalty: what it is to cost, and what is off its tag by then."""

    price: Decimal
    discount: Decimal
    tariff: Tariff = Tariff.TAG
    kind: str = ""


class Typed(Protocol):
    """A line as it was typed at the counter."""

    @property
    def article(self) -> str: ...
    @property
    def price(self) -> Decimal: ...
    @property
    def discount(self) -> Decimal: ...
    @property
    def tariff(self) -> Tariff: ...
    @property
    def kind(self) -> str: ...


class CodeNeededError(Exception):
    """More than ``above`` bonuses were asked for, which the client is to confirm by a code; None: the code was another."""

    def __init__(self, above: int | None = None) -> None:
        super().__init__(f"a code is needed above {above}")
        self.above = above


class Quote(NamedTuple):
    """A bill under the terms that hold (None: none), for who has this share in an account (None: none yet), by a right."""

    bill: Bill
    terms: Terms | None
    member: Member | None
    right: Right | None = None
    book: Book | None = None

    @property
    def needs_code(self) -> bool:
        """Whether so many bonuses are spent that the client confirms it."""
        return self.terms is not None and self.terms.wants_code(self.bill.spent)


def quote(
    lines: Iterable[Tagged], client: Client | None, member: Member | None, day: date, wish: Wish, right: Right | None = None, *,
    held: int = 0, is_held: bool = False,
) -> Quote | None:  # fmt: skip
    """What the lines cost this client on the day, and what they earn; None where nothing comes of it. At most three queries.

    ``held``: bonuses that were promised to another basket. ``is_held``: the member's account is locked, so its lots are read once
    for the bill and for what is written.
    """
    terms, steps = selectors.terms_and_steps(day) if client else (None, [])
    if terms is None and right is None:
        return None
    facts = [Line(kopecks(line.price + line.discount), kopecks(line.discount), 0, line.tariff, str(line.kind)) for line in lines]
    book = settling.open_book(member, on=day) if is_held and member and terms and terms.gives_bonuses else None
    balance = (sum(lot.left for lot in book.usable()) if member and member.may_spend else 0) if book else None
    standing = Standing()
    if client and terms:
        standing = selectors.standing_of(client.pk, member, terms, day, steps=steps, balance=balance)
    standing = standing._replace(balance=max(0, standing.balance - held))
    bill = pricing.bill(facts, standing, wish, terms.rules if terms else Rules(), right.offer if right else None)
    return Quote(bill, terms, member, right, book)


def binding(
    lines: Sequence[Tagged], client: Client | None, day: date, wish: Wish, right: Right | None = None, *, proven: bool = False
) -> Quote | None:
    """The quote by which a receipt is saved, the account locked. ``proven``: the client said the code.

    Raises NotEnoughError where more is wished than may be spent, RightRefusedError, CodeNeededError.
    """
    made = quote(lines, client, loyalty_services.hold(client.pk) if client else None, day, wish, right, is_held=True)
    if right and made and (why := refused(made, client, day)) not in (Refused.NOT, Refused.LESS):
        raise RightRefusedError(why, right)
    most = made.bill.most if made else 0
    if wish != "most" and wish > most:
        raise NotEnoughError(most)
    if made and made.needs_code and not proven:
        raise CodeNeededError(made.terms.code_from if made.terms else None)
    return made


def refused(made: Quote, client: Client | None, day: date) -> Refused:
    """Why the right of a quote takes nothing off."""
    standing = made.right.refused_to(client.pk if client else None, day) if made.right else Refused.NOT
    return standing or made.bill.refused


def kopecks(money: Decimal) -> int:
    return int(money * UNIT)


def roubles(kopecks: int) -> Decimal:
    return Decimal(kopecks) / UNIT


class ToldLine(NamedTuple):
    """A line of the bill for the eye."""

    article: str
    tag: Decimal
    off: Decimal
    tier: Decimal
    right: Decimal
    bonus: int
    paid: Decimal
    earns: int
    why: str


class Told(NamedTuple):
    """The bill for the eye; ``over`` is how much more was wished than may be spent.

    ``right`` takes something off, or ``refused`` says why it does not; ``has_terms``: bonuses are spoken of.
    """

    lines: list[ToldLine]
    balance: int
    most: int
    spent: int
    over: int
    to_pay: Decimal
    earns: int
    usable_from: date
    right: Right | None
    refused: str
    has_terms: bool
    needs_code: bool = False


def shown(lines: Sequence[Typed], client: Client | None, day: date, wish: Wish, right: Right | None = None) -> Told | None:
    """The bill of a sale while it is typed; None where nothing comes of it. At most seven queries."""
    tagged = [Tagged(line.price, line.discount, line.tariff, line.kind) for line in lines]
    made = quote(tagged, client, selectors.member_of(client.pk) if client else None, day, wish, right)
    if made is None:
        return None
    bill = made.bill
    told = [
        ToldLine(
            line.article, roubles(one.tag), roubles(one.off), roubles(one.tier), roubles(one.right), one.bonus // UNIT,
            roubles(one.paid), one.earns, str(one.why.label) if made.terms else "",
        )
        for line, one in zip(lines, bill.lines, strict=True)
    ]  # fmt: skip
    over = 0 if wish == "most" else max(0, wish - bill.most)
    usable, why = loyalty_services.birth_of(made.terms, day).from_on, refused(made, client, day)
    words = words_of(RightRefusedError(why, right)) if why and lines else ""
    return Told(
        told, selectors.spendable(made.member, day), bill.most, bill.spent, over, roubles(bill.to_pay), bill.earns, usable,
        right, words, made.terms is not None, made.needs_code,
    )  # fmt: skip
