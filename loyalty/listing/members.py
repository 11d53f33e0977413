"""Members of a program as a list: whose a card is, and who shares bonuses with whom. What goes out comes in again.

Tiers and balances go out with them and are not read: a tier is what was bought (the list of purchases), bonuses come by their own list.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clients import locking
from clients import selectors as clients_selectors
from clients.models import Client
from clients.writing import phones
from imports.cells import is_no_total, own_number
from imports.models import Decision, Outcome, StagedRow
from imports.specs import BACK, OWN, Column, ListContext, ListSpec, SourceRow, Verdict
from loyalty import services
from loyalty.models import Account, Lot, LoyaltyCard, Member
from loyalty.models.cards import key_of
from loyalty.plastic import acts

APART = re.compile(r"[,;/]+")
MAY_NOT = re.compile(r"нельзя|запрещ|не может|may not|cannot|false", re.IGNORECASE)
# An account that a preview plans, by the client with whom it begins.
Planned = tuple[str, int]
Share = int | Planned


class Line(NamedTuple):
    """A row as it was read; ``may_spend`` is None where it says nothing."""

    own: int | None
    name: str
    phone: str
    cards: dict[str, str]
    family: str
    may_spend: bool | None


class Known(NamedTuple):
    """What the base has of the rows of a chunk."""

    by_own: dict[int, Client]
    by_phone: dict[str, int]
    cards: dict[str, int]
    shares: dict[int, Member]


class MembersHandler:
    """Rows against the base: a client gets a card, or a share in the account of the first of the same family."""

    def __init__(self, context: ListContext) -> None:
        self.context = context
        self.families: dict[str, Share] = {}
        self.joined: dict[int, Share] = {}
        self.cards: dict[str, Share] = {}
        if context.write:
            self._remember()

    def _remember(self) -> None:
        """Families that this list has begun before it was interrupted. Two queries."""
        rows = StagedRow.objects.filter(list_import=self.context.import_id, target__isnull=False, outcome=Outcome.CREATED)
        begun = {target or 0: said["family"][1] for target, said in rows.values_list("target", "changes") if "family" in said}
        accounts = Member.objects.filter(pk__in=list(begun)).values_list("pk", "account")
        self.families |= {begun[member]: account for member, account in accounts}

    def decide(self, rows: Sequence[SourceRow]) -> list[Verdict]:
        """As ``Handler.decide``. Four queries, and some ten for each row that is written."""
        read = [_read(row.values) for row in rows]
        known = _known(read)
        if self.context.write:
            locking.lock_all([*known.by_phone.values(), *known.by_own, *known.shares])
        return [self._verdict(line, known) for line in read]

    def _verdict(self, line: Line, known: Known) -> Verdict:
        client = self._client(line, known)
        if client is None:
            return Verdict(Outcome.REJECTED, "client unknown" if line.own or line.phone or line.cards else "who")
        mine = self.joined.get(client) or (known.shares[client].account_id if client in known.shares else None)
        share: Share = (self.families.get(line.family) if line.family else None) or mine or ("new", client)
        if mine and share != mine:
            return Verdict(Outcome.CONFLICT, "another account", client=client)
        if any(self._holder(key, known) not in (None, share) for key in line.cards):
            return Verdict(Outcome.CONFLICT, "card of another", client=client)
        changes = self._changes(line, client, share, known, is_in=bool(mine))
        if line.family:
            self.families[line.family] = share
        self.joined[client] = share
        self.cards |= dict.fromkeys(line.cards, share)
        if not changes:
            return Verdict(Outcome.UNCHANGED, client=client)
        target = self._write(line, client, share, changes) if self.context.write else None
        return Verdict(Outcome.CREATED, client=client, key=f"member:{client}", target=target, changes=changes)

    def _client(self, line: Line, known: Known) -> int | None:
        """By the number that Carat gave, which name or phone confirm; by phone; by a card that one client has."""
        own = known.by_own.get(line.own or 0)
        if own and (line.phone == own.phone or (line.name and line.name.casefold() == own.full_name.casefold())):
            return own.pk
        if line.phone:
            return known.by_phone.get(line.phone)
        accounts = {known.cards[key] for key in line.cards if key in known.cards}
        sharing = [client for client, member in known.shares.items() if member.account_id in accounts]
        return sharing[0] if len(sharing) == 1 else None

    def _holder(self, key: str, known: Known) -> Share | None:
        return self.cards.get(key) or known.cards.get(key)

    def _changes(self, line: Line, client: int, share: Share, known: Known, *, is_in: bool) -> dict[str, list[Any]]:
        changes: dict[str, list[Any]] = {}
        if new := [shown for key, shown in line.cards.items() if self._holder(key, known) is None]:
            changes["card"] = ["", ", ".join(new)]
        if line.family and not is_in:
            changes["family"] = ["", line.family]
        may = known.shares[client].may_spend if client in known.shares else True
        if line.may_spend not in (None, may) and (is_in or changes):
            changes["may_spend"] = [str(may), str(line.may_spend)]
        return changes

    def _write(self, line: Line, client: int, share: Share, changes: Mapping[str, Any]) -> int:
        today = self.context.today
        if isinstance(share, tuple):
            account = services.open_account(share[1], on=today)
            self.families |= {family: account.pk for family, one in self.families.items() if one == share}
            self.joined |= {key: account.pk for key, one in self.joined.items() if one == share}
            self.cards |= {number: account.pk for number, one in self.cards.items() if one == share}
        else:
            account = Account.objects.select_for_update().get(pk=share)
        member = services.join(account, Client.objects.get(pk=client), on=today)
        for shown in line.cards.values():
            acts.give(client, shown, on=today, by=None)
        if "may_spend" in changes:
            Member.objects.filter(pk=member.pk).update(may_spend=line.may_spend)
        return member.pk

    def undo(self, rows: Sequence[StagedRow]) -> list[str]:
        """As ``Handler.undo``: who has bonuses by now stays in their account, a card that was ended since stays."""
        members = Member.objects.select_related("client").in_bulk([row.target for row in rows if row.target])
        return [_take_back(row, members.get(row.target or 0)) if row.outcome == Outcome.CREATED else "" for row in rows]


def _take_back(row: StagedRow, member: Member | None) -> str:
    if member is None or member.until:
        return "stays: changed since"
    locking.lock(member.client)
    if "card" in row.changes:
        keys = [key_of(shown) for shown in row.changes["card"][1].split(", ")]
        LoyaltyCard.objects.filter(number_key__in=keys, account=member.account_id, ended_on=None).delete()
    if "may_spend" in row.changes:
        member.may_spend = row.changes["may_spend"][0] == "True"
        member.save(update_fields=["may_spend"])
    if "family" in row.changes:
        others = Member.objects.present().filter(account=member.account_id).exclude(pk=member.pk).exists()
        if not others and Lot.objects.filter(account=member.account_id).exists():
            return "stays: changed since"
        member.delete()
    return BACK


def _read(values: Mapping[str, str]) -> Line:
    written = [one.strip() for one in APART.split(values.get("card", "")) if key_of(one)]
    spends = values.get("may_spend", "")
    return Line(
        own_number(values.get("own", "")), values.get("full_name", "").strip(), phones.normalise(values.get("phone", "")) or "",
        {key_of(one): one for one in written}, values.get("family", "").strip(), not MAY_NOT.search(spends) if spends else None,
    )  # fmt: skip


def _known(lines: Sequence[Line]) -> Known:
    live = Client.objects.live()
    own = live.in_bulk({line.own for line in lines if line.own})
    by_phone = dict(live.filter(phone__in={line.phone for line in lines if line.phone}).values_list("phone", "pk"))
    keys = {key for line in lines for key in line.cards}
    cards = dict(LoyaltyCard.objects.filter(number_key__in=keys).values_list("number_key", "account"))
    mine = Q(client__in={*own, *by_phone.values()}) | Q(account__in=set(cards.values()))
    shares = {member.client_id: member for member in Member.objects.present().filter(mine)}
    return Known(own, {str(phone): pk for phone, pk in by_phone.items()}, cards, shares)


MEMBERS = ListSpec(
    kind="members",
    label=_("Members: cards and families"),
    columns=(
        OWN,
        Column("full_name", _("Full name"), ("фио", "клиент", "участник", "имя", "full name", "client", "member", "name"), r"\bфио\b"),
        Column("phone", _("Phone"), ("телефон", "тел", "моб тел", "phone", "номер телефона", "мобильный телефон"), r"телефон|phone|\bтел\b"),
        Column("card", _("Card number"), ("карта", "номер карты", "дисконтная карта", "бонусная карта", "код карты", "card", "card number"), r"карт|card"),
        Column("family", _("Family account"), ("семья", "семейный счет", "общий счет", "счет", "family", "household", "account"), r"семь|семей|family|household"),
        Column("may_spend", _("Spends bonuses"), ("списывает", "может списывать", "may spend"), r"списыва|spend"),
    ),
    needs=(("phone", "own", "card"),),
    handler=MembersHandler,
    is_row=is_no_total,
    reasons={
        "who": _("neither the number of a card nor a phone is clear"),
        "client unknown": _("no such client in the base: bring the list of clients first"),
        "card of another": _("the card is another client's"),
        "another account": _("has bonuses of their own, or another family: join them on the card, where it says what becomes of them"),
    },
    decisions={"card of another": (Decision.SKIP,), "another account": (Decision.SKIP,)},
    facts=clients_selectors.facts_of_card,
    writes=(Member, LoyaltyCard),
)  # fmt: skip
