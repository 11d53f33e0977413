"""What was done to a receipt, in words: what stood there, and what stands there since."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.utils.translation import gettext as _

from catalogue.kinds import PieceKind
from clients.models import Client, Wearer
from purchases.changes import Change, Told
from purchases.correcting.contents import Contents, PieceFacts
from purchases.models import Correction, NoCardReason, Occasion, Purchase, TenderKind
from purchases.payments import TenderLine
from stores.texts.writing import NONE, money, short_day


class Names(NamedTuple):
    """Clients and wearers that the corrections speak of."""

    clients: dict[int, Client]
    wearers: dict[int, Wearer]


def story_of(purchase: Purchase, *, since: int = 0) -> list[Told]:
    """What was done to a receipt after a version, the newest first. Three queries."""
    rows = list(purchase.corrections.filter(version__gt=since).select_related("by"))
    states = [(Contents.from_json(row.before), Contents.from_json(row.after)) for row in rows]
    names = _names(state for pair in states for state in pair)
    return [_told(row, list(_changes(*pair, names))) for row, pair in zip(rows, states, strict=True)]


def _told(row: Correction, changes: list[Change]) -> Told:
    return Told(row.get_act_display(), row.by, row.at, changes)


def _names(states: Iterable[Contents]) -> Names:
    kept = list(states)
    clients = Client.objects.in_bulk({state.client for state in kept if state.client})
    return Names(clients, Wearer.objects.in_bulk({state.wearer for state in kept if state.wearer}))


def _changes(was: Contents, now: Contents, names: Names) -> Iterator[Change]:
    if was.client != now.client:
        yield Change(_("Client"), _client(was, names), _client(now, names))
    facts = [
        (_("For whom"), _wearer(was, names), _wearer(now, names)),
        (_("Occasion"), _label(Occasion, was.occasion), _label(Occasion, now.occasion)),
        (_("Receipt number"), was.number or NONE, now.number or NONE),
        (_("Day of sale"), short_day(was.sold_on), short_day(now.sold_on)),
        (_("Why it is void"), was.voided or NONE, now.voided or NONE),
    ]
    yield from (Change(*fact) for fact in facts if fact[1] != fact[2])
    yield from _piece_changes(was, now)
    if was.tenders != now.tenders:
        yield Change(_("Payment"), _payment(was.tenders), _payment(now.tenders))


def _piece_changes(was: Contents, now: Contents) -> Iterator[Change]:
    before, after = ({piece.pk: piece for piece in state.pieces} for state in (was, now))
    for key in dict.fromkeys([*before, *after]):
        old, new = before.get(key), after.get(key)
        if old is None or new is None or old != new:
            label = _("Piece") if old and new else _("Piece removed") if old else _("Piece added")
            yield Change(label, _piece(old), _piece(new))


def _piece(piece: PieceFacts | None) -> str:
    if piece is None:
        return NONE
    discount = _("discount %(sum)s") % {"sum": money(piece.discount)} if piece.discount else ""
    return ", ".join(filter(None, [piece.article, str(PieceKind(piece.kind).label), money(piece.price), discount, *piece.uins]))


def _client(state: Contents, names: Names) -> str:
    if state.client:
        return str(names.clients.get(state.client, NONE))
    return _("without a card: %(reason)s") % {"reason": NoCardReason(state.no_card_reason).label}


def _wearer(state: Contents, names: Names) -> str:
    wearer = names.wearers.get(state.wearer or 0)
    return wearer.first_name if wearer else NONE


def _label(choices: type[Occasion], value: str) -> str:
    return str(choices(value).label) if value else NONE


def _payment(tenders: Iterable[TenderLine]) -> str:
    return ", ".join(f"{TenderKind(kind).label} {money(paid)}" for kind, paid in tenders) or NONE
