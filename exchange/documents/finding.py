"""Whom and what a document means by its words. Raises WaitsError where nobody knows yet."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from catalogue import kinds
from catalogue.kinds import KIND_OF_LETTER, PieceKind
from clients.models import LIVE, Client, ClientKey, ContactBeside
from clients.writing import phones
from clients.writing.identities import identity
from exchange.documents.contract import AskedLine, SoldLine, Who
from exchange.models import Meaning, Source, Subject, Wait
from loyalty import selectors as loyalty_selectors
from loyalty.models import CardStatus, Right
from loyalty.offers import acts as offers
from loyalty.offers.acts import RightRefusedError
from purchases.models import Piece
from stores.models import Employee, Store
from stores.texts.kept_words import Words
from stores.texts.kept_words import words as _

# A shorter code of a list is a number of its own, not of plastic.
SHORTEST_CARD = 6
# The warehouse of counts that name none, as 1C writes them.
NO_WAREHOUSE = "Количество"


class WaitsError(Exception):
    """A document cannot be applied yet: the reason, the word that nobody knows, and the key of what it waits for."""

    def __init__(self, reason: Wait, words: Words | str = "", waits_for: str = "") -> None:
        super().__init__(f"{reason} {words}")
        self.reason, self.words, self.waits_for = reason, words, waits_for


def key_of(subject: Subject, word: str) -> str:
    """How a word of a subject is compared, and waited for."""
    return f"{subject.value}:{folded(word)}"[:150]


def folded(word: str) -> str:
    return " ".join(word.split()).casefold()


# What a meaning of each subject points to.
JOINED = {Subject.STORE: "store", Subject.WAREHOUSE: "store", Subject.SELLER: "seller"}


def meaning_of(subject: Subject, word: str, source: Source) -> Meaning | None:
    """What a person has said of a word: of this source's first, else of everybody's. One query."""
    return meanings_of(subject, [word], source).get(folded(word))


def meanings_of(subject: Subject, words: Iterable[str], source: Source) -> dict[str, Meaning]:
    """The same of many words, by the folded word. One query, none where no word is."""
    wanted = sorted({folded(word) for word in words})
    said = Meaning.objects.filter(subject=subject, word__any=wanted) if wanted else Meaning.objects.none()
    if joined := JOINED.get(subject):
        said = said.select_related(joined)
    mine = [one for one in said if one.source_id in (None, source.pk)]
    return {one.word: one for one in sorted(mine, key=lambda one: one.source_id is not None)}


def stores_of(words: Iterable[str], source: Source) -> "dict[str, Store | WaitsError]":
    """What ``store_of`` says of many words, by the folded word. Two queries."""
    every, wanted = Store.objects.all(), list(words)
    said = meanings_of(Subject.STORE, wanted, source)
    found: dict[str, Store | WaitsError] = {}
    for word in {folded(word): word for word in wanted}.values():
        try:
            found[folded(word)] = _allowed(said[folded(word)].store if folded(word) in said else every.named(word), word, source)
        except WaitsError as error:
            found[folded(word)] = error
    return found


def warehouses_of(words: Iterable[str], source: Source) -> "dict[str, Store | WaitsError | None]":
    """Which stores' stock lies in these warehouses, by the folded word: what a person said, else a store of that code or name;
    where no warehouse is said, the only store there can be. None: of no store, or of one that this source does not tell of.
    Four queries.
    """
    wanted = {folded(word): word for word in words}
    meant, stores = meanings_of(Subject.WAREHOUSE, wanted.values(), source), stores_of(wanted.values(), source)
    found: dict[str, Store | WaitsError | None] = {}
    for key, word in wanted.items():
        named: Store | WaitsError | None = stores[key]
        if key in meant:
            named = meant[key].store
        elif isinstance(named, WaitsError) and named.reason == Wait.STORE:
            only = source.store or _only_store() if word == NO_WAREHOUSE else None
            named = only or WaitsError(Wait.STORE, word, key_of(Subject.WAREHOUSE, word))
        is_others = isinstance(named, Store) and source.store_id not in (None, named.pk)
        found[key] = None if is_others or (isinstance(named, WaitsError) and named.reason == Wait.OTHER_STORE) else named
    return found


def _only_store() -> Store | None:
    """The store of a chain that has one."""
    stores = Store.objects.all()[:2]
    return stores[0] if len(stores) == 1 else None


def store_of(word: str, source: Source) -> Store:
    """By what a person said, else by its code or name."""
    said = meaning_of(Subject.STORE, word, source)
    return _allowed(said.store if said else Store.objects.all().named(word), word, source)


def _allowed(found: Store | None, word: str, source: Source) -> Store:
    if found is None:
        raise WaitsError(Wait.STORE, word, key_of(Subject.STORE, word))
    if source.store_id and source.store_id != found.pk:
        raise WaitsError(Wait.OTHER_STORE, word)
    return found


def seller_of(word: str | None, source: Source) -> Employee | None:
    """By what a person said, else by the name to sign in or by name and surname; nobody where the till says nobody."""
    if not word:
        return None
    said = meaning_of(Subject.SELLER, word, source)
    if said:
        return said.seller
    wanted = folded(word)
    named = [one for one in Employee.objects.all() if wanted in _names(one)]
    if len(named) != 1:
        raise WaitsError(Wait.SELLER, word, key_of(Subject.SELLER, word))
    return named[0]


def _names(employee: Employee) -> set[str]:
    first, last = folded(employee.first_name), folded(employee.last_name)
    return {folded(employee.username), *({f"{first} {last}", f"{last} {first}"} if first and last else ())}


def kind_of(line: SoldLine | AskedLine, source: Source) -> PieceKind:
    """By the till's word or what a person said of it, else by the name; else what a person said of the article, or its letter."""
    if line.kind:
        known = kinds.named_kind(line.kind)
        said = None if known else meaning_of(Subject.KIND, line.kind, source)
        if not known and not said:
            raise WaitsError(Wait.KIND, line.kind, key_of(Subject.KIND, line.kind))
        return known or PieceKind(said.kind if said else "")
    if named := kinds.named_kind(line.name or ""):
        return named
    article = line.article or ""
    if said := meaning_of(Subject.ARTICLE, article, source):
        return PieceKind(said.kind)
    if letter := KIND_OF_LETTER.get(article[:1].upper()):
        return letter
    raise WaitsError(Wait.ARTICLE, article, key_of(Subject.ARTICLE, article))


def asked_kind(line: AskedLine, source: Source) -> str:
    """The same of a basket's line; "" where nobody knows. No query where its own word tells."""
    try:
        return kind_of(line, source)
    except WaitsError:
        return ""


def right_of(codes: Sequence[str]) -> Right | None:
    """The coupon of a basket; None where it has none. One query a code. Raises WaitsError."""
    found = {}
    for code in codes:
        try:
            right = offers.find(code)
        except RightRefusedError:
            raise WaitsError(Wait.RIGHT, code) from None
        found[right.pk] = right
    if len(found) > 1:
        raise WaitsError(Wait.RIGHT, _("A receipt takes one coupon. Leave the better one."))
    return next(iter(found.values()), None)


def phone_of(who: Who | None) -> str:
    """The phone in E.164; "" where there is none that can be one."""
    return phones.normalise(who.phone) or "" if who and who.phone else ""


def client_of(who: Who | None) -> Client | None:
    """By the phone of their card, else by a card number, else by a further phone of one client alone."""
    phone = phone_of(who)
    if phone and (found := Client.objects.live().filter(phone=phone).first()):
        return found
    if who and who.card and (held := client_of_card(who.card)):
        return held
    return _beside(phone) if phone else None


def client_of_card(number: str) -> Client | None:
    """Whose plastic it is, the first of a family; else the one whom a list knows by a code as long as a card's. Two queries."""
    held = loyalty_selectors.clients_of_card(number)
    if held and held[0].status != CardStatus.BLOCKED and held[1]:
        return held[1][0]
    keys = ClientKey.objects.filter(key=number, client__state__in=LIVE).select_related("client")
    found = {key.client_id: key.client for key in keys} if len(number) >= SHORTEST_CARD else {}
    return next(iter(found.values())) if len(found) == 1 else None


def _beside(phone: str) -> Client | None:
    rows = ContactBeside.objects.filter(kind=ContactBeside.Kind.PHONE, value=phone, removed_at=None, client__state__in=LIVE)
    found = {row.client_id: row.client for row in rows.select_related("client")}
    return next(iter(found.values())) if len(found) == 1 else None


def sold_to(client: Client, wanted: Sequence[tuple[str, Decimal]], day: date) -> list[int]:
    """Receipts of a client up to a day in which all of these articles stand kept at their prices. One query."""
    found: defaultdict[int, Counter[tuple[str, Decimal]]] = defaultdict(Counter)
    kept = Piece.objects.kept().filter(purchase__client=client, purchase__sold_on__lte=day)
    for receipt, article, price in kept.values_list("purchase", "article", "price"):
        found[receipt][identity(article), price] += 1
    return [receipt for receipt, held in found.items() if Counter(wanted) <= held]
