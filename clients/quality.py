"""How good the base is: what cards lack, which contacts are in doubt, what differs and who may be there twice."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from clients.models import LIVE, Client, ClientQuerySet, ContactConflict, ContactProof, Pair
from stores.models import Employee, Store

# Below so many cards a share says nothing.
FEW = 30
LACKS = {
    "first_name": Q(first_name="") | Q(last_name=""),
    "birth_date": Q(birth_date=None),
    "phone": Q(phone=None),
    "email": Q(email=None),
}


OTHERS = ("doubtful", "conflicting", "pairs", "no_email", "no_data")


class QualityLine(NamedTuple):
    """The cards of a store, or those that a seller registered: how many, and how many of them …"""

    key: int | None
    name: str
    cards: int
    lacking: int
    first_name: int
    birth_date: int
    phone: int
    email: int
    doubtful: int
    conflicting: int
    pairs: int
    no_email: int = 0
    no_data: int = 0

    @property
    def whole(self) -> float | None:
        """Share of cards that lack nothing, the consent to data included, in per cent; None where there are too few to say."""
        return 100 - 100 * self.lacking / self.cards if self.cards >= FEW else None


def by_store(stores: Sequence[Store]) -> list[QualityLine]:
    """A line for each store, and one for the cards without a home. Six queries, each one pass over its table."""
    names: dict[int | None, str] = {None: ""}
    names |= {store.pk: str(store) for store in stores}
    cards = Client.objects.live().of_stores(list(stores))
    return _lines("home_store", names, cards, _asked_for_email("home_store", cards))


def by_seller(stores: Sequence[Store]) -> list[QualityLine]:
    """A line for each employee who registered cards that are at home in the stores, or asked for an e-mail. Seven queries."""
    cards = Client.objects.live().filter(home_store__in=stores, registered_by__isnull=False)
    names = {employee.pk: employee.short_name for employee in Employee.objects.filter(stores__in=stores)}
    asked = _asked_for_email("no_email_by", Client.objects.live().of_stores(list(stores)))
    return _lines("registered_by", names, cards, asked)


def _asked_for_email(side: str, cards: ClientQuerySet) -> dict[int | None, int]:
    """Clients who have no e-mail or did not want to give it: by store, or by the seller who asked."""
    asked = cards.exclude(no_email="").order_by()
    return dict(asked.values_list(side).annotate(times=Count("pk")))


def _lines(side: str, names: Mapping[Any, str], cards: ClientQuerySet, no_email: Mapping[int | None, int]) -> list[QualityLine]:
    lacking = Q()
    for condition in LACKS.values():
        lacking |= condition
    counted = cards.order_by().values(side).annotate(
        cards=Count("pk"), lacking=Count("pk", filter=lacking),
        **{f"no_{field}": Count("pk", filter=condition) for field, condition in LACKS.items()},
    )  # fmt: skip
    doubts, asked, twice = _doubtful(side), _conflicting(side), _twice(side)
    unasked = {
        row[side]: row
        for row in cards.without_data_consent().order_by().values(side).annotate(
            cards=Count("pk"), else_whole=Count("pk", filter=~lacking)
        )
    }  # fmt: skip
    rows = {row[side]: row for row in counted}
    found = []
    for key in (rows.keys() | no_email.keys()) & names.keys():
        row = rows.get(key, {})
        lacks = {field: row.get(f"no_{field}", 0) for field in LACKS}
        no_data = unasked.get(key, {"cards": 0, "else_whole": 0})
        others = (doubts.get(key, 0), asked.get(key, 0), twice.get(key, 0), no_email.get(key, 0), no_data["cards"])
        told = dict(zip(OTHERS, others, strict=True))
        lacking_any = row.get("lacking", 0) + no_data["else_whole"]
        found.append(QualityLine(key, names[key], row.get("cards", 0), lacking_any, **lacks, **told))
    return sorted(found, key=lambda line: (line.key is None, line.name))


def doubtful_proofs() -> "QuerySet[ContactProof]":
    """The newest word about a contact that a live card has now, where it is a doubt."""
    newer = ContactProof.objects.filter(
        client=OuterRef("client"), field=OuterRef("field"), value=OuterRef("value"), pk__gt=OuterRef("pk")
    )
    present = Q(field="phone", value=F("client__phone")) | Q(field="email", value=F("client__email"))
    present |= Q(field="postal_address", value=F("client__postal_address"))
    doubts = ContactProof.objects.filter(present, state=ContactProof.State.DOUBTFUL, client__state__in=LIVE)
    return doubts.filter(~Exists(newer)).order_by()


def _doubtful(side: str) -> dict[int | None, int]:
    return _by(f"client__{side}", doubtful_proofs())


def _conflicting(side: str) -> dict[int | None, int]:
    open_ones = ContactConflict.objects.filter(decision=ContactConflict.Decision.OPEN, client__state__in=LIVE)
    return _by(f"client__{side}", open_ones)


def _twice(side: str) -> dict[int | None, int]:
    """Open pairs, counted where the newer card is: it is the one that need not have been made."""
    return _by(f"second__{side}", Pair.objects.filter(state=Pair.State.OPEN), "pk")


def _by(
    side: str, rows: "QuerySet[ContactProof] | QuerySet[ContactConflict] | QuerySet[Pair]", of: str = "client"
) -> dict[int | None, int]:
    return dict(rows.order_by().values_list(side).annotate(times=Count(of, distinct=True)))


def cards_behind(what: str, stores: Sequence[Store], *, store: int | None, seller: int | None) -> ClientQuerySet:
    """The cards that a number of the page counts. ``what``: a field that they lack, and the rest."""
    cards = Client.objects.live().of_stores(list(stores)).select_related("home_store").with_data_word()
    if store:
        cards = cards.filter(home_store=store)
    if seller:
        cards = cards.filter(**{"no_email_by" if what == "no_email" else "registered_by": seller})
    if what == "doubtful":
        return cards.filter(pk__in=doubtful_proofs().values("client"))
    if what == "no_data":
        return cards.without_data_consent()
    if what == "no_email":
        return cards.exclude(no_email="")
    if what == "conflicting":
        asked = ContactConflict.objects.filter(decision=ContactConflict.Decision.OPEN)
        return cards.filter(pk__in=asked.values("client"))
    return cards.filter(LACKS.get(what, Q(pk__in=[])))
