"""Rights issued, used, given back, revoked. A use is one conditional UPDATE: of many at once, each gets its own. Public."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from loyalty import codes
from loyalty.models import Right, RightUse
from loyalty.pricing import Benefit, Refused
from stores.models import Employee

# At least so long holds a right that a return issues again.
AGAIN = timedelta(days=14)
CHUNK = 500


class RightRefusedError(Exception):
    """The right takes nothing off: ``why``; ``right`` is None where there is none."""

    def __init__(self, why: Refused, right: Right | None = None) -> None:
        super().__init__(why.value)
        self.why, self.right = why, right


class RightSaid(NamedTuple):
    """What a right gives, as it was typed."""

    name: str
    benefit: Benefit
    value: Decimal
    from_on: date
    until_on: date
    floor: Decimal = Decimal(0)
    kinds: Sequence[str] = ()
    not_on: Sequence[str] = ()
    with_tier: bool = False
    uses: int = 1


def issue(said: RightSaid, to: Mapping[str, int | None], *, by: Employee | None) -> int:
    """A right for each occasion: its key → the client (None: open). Returns how many are new.

    An occasion that has one keeps it. Three queries a chunk of occasions. Raises ValidationError.
    """
    _right(said, "", None, by).full_clean(exclude=["occasion_key", "client", "by"], validate_unique=False)
    return sum(_issue_some(said, dict(list(to.items())[place : place + CHUNK]), by) for place in range(0, len(to), CHUNK))


@transaction.atomic
def _issue_some(said: RightSaid, to: dict[str, int | None], by: Employee | None) -> int:
    missing, made = _without(to), 0
    while missing:
        Right.objects.bulk_create([_right(said, key, to[key], by) for key in missing], ignore_conflicts=True)
        still = _without(missing)  # whose code was another's already
        made += len(missing) - len(still)
        missing = still
    return made


def _without(keys: Collection[str]) -> list[str]:
    there = set(Right.objects.filter(occasion_key__in=keys).values_list("occasion_key", flat=True))
    return [key for key in keys if key not in there]


def _right(said: RightSaid, key: str, client: int | None, by: Employee | None) -> Right:
    facts = said._asdict() | {"kinds": list(said.kinds), "not_on": list(said.not_on)}
    return Right(occasion_key=key, code_key=codes.make(codes.RIGHT), client_id=client, uses_left=said.uses, by=by, **facts)


def find(code: str) -> Right:
    """The right of a code, typed or scanned. One query. Raises RightRefusedError."""
    right = Right.objects.of_code(code).first()
    if right is None:
        raise RightRefusedError(Refused.UNKNOWN)
    return right


def use(right: Right, receipt: str, amount: Decimal, *, on: date, by: Employee | None) -> RightUse:
    """One use less. Raises RightRefusedError where another had the last one, or it was revoked meanwhile."""
    if not _draw(right.pk, on):
        raise RightRefusedError(Right.objects.get(pk=right.pk).refused_to(right.client_id, on), right)
    return RightUse.objects.create(right=right, receipt_key=receipt, amount=amount, on=on, by=by)


def _draw(right: int, day: date) -> bool:
    return bool(Right.objects.open_on(day).filter(pk=right).update(uses_left=F("uses_left") - 1))


def receipts_of(receipts: Collection[str]) -> list[int]:
    """Rows of those receipts in which a right was used. One query."""
    used = RightUse.objects.filter(receipt_key__in=receipts)
    return [row for one in used if (row := one.receipt)]


def follow(receipt: str, amount: Decimal, *, on: date) -> None:
    """What a right takes off the pieces of a receipt that are kept is this now; nothing gives it back. One query for most.

    What stands again takes a use where there is one; where there is none, it stands without.
    """
    used = RightUse.objects.filter(receipt_key=receipt).select_related("right").first()
    if used is None or (used.back_on is None) == bool(amount):
        return
    if amount:
        used.back_on, used.is_drawn = None, _draw_again(used.right_id)
    else:
        used.back_on = on
        _give_back(used, on)
    used.save(update_fields=["back_on", "is_drawn"])


def _draw_again(right: int) -> bool:
    return bool(Right.objects.filter(pk=right, uses_left__gt=0).update(uses_left=F("uses_left") - 1))


def _give_back(used: RightUse, on: date) -> None:
    """One use more; a personal right, and one of a single use, holds for some days more."""
    mine = Right.objects.filter(pk=used.right_id)
    if used.is_drawn:
        mine.update(uses_left=F("uses_left") + 1)
    mine.filter(Q(client__isnull=False) | Q(uses=1), until_on__lt=on + AGAIN).update(until_on=on + AGAIN)


def revoke(right: Right) -> bool:
    """Nobody can use it any more; what was used stays. False where it was revoked before."""
    return bool(Right.objects.filter(pk=right.pk, revoked_at=None).update(revoked_at=timezone.now()))


def give_again(right: Right) -> bool:
    """A revoked right holds again."""
    return bool(Right.objects.filter(pk=right.pk).exclude(revoked_at=None).update(revoked_at=None))


def revoke_of(client: int) -> int:
    """All personal rights of a client. Returns how many."""
    return Right.objects.filter(client=client, revoked_at=None).update(revoked_at=timezone.now())
