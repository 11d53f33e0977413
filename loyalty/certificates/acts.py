"""Certificates sold, spent in parts, given back, cancelled, prolonged. What is left is never below zero. Public."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Sum
from django.utils import timezone

from clients.models import Client
from loyalty import codes
from loyalty.models import Certificate, CertificateMove, MoveKind, NotGood, PaidBy
from loyalty.models.certificates import number_key
from stores.models import Employee, Store

NOTHING = Decimal(0)
# So long a certificate holds at least, from the day on which something comes back to it.
AGAIN = timedelta(days=14)


class CertificateRefusedError(Exception):
    """The certificate pays for nothing: ``why``; ``certificate`` is None where there is none."""

    def __init__(self, why: NotGood, certificate: Certificate | None = None) -> None:
        super().__init__(why.value)
        self.why, self.certificate = why, certificate


class TouchedError(Exception):
    """Something happened to the certificate since: it cannot be cancelled, or prolonged from what was seen."""


class CertificateSaid(NamedTuple):
    """A certificate as it was typed at the counter."""

    amount: Decimal
    paid_by: str
    until_on: date
    client: Client | None = None


class Part(NamedTuple):
    """What a certificate pays of a receipt."""

    certificate: Certificate
    sum: Decimal


def sell(said: CertificateSaid, *, store: Store, seller: Employee | None, on: date, form_key: UUID) -> Certificate:
    """A new certificate. The same ``form_key`` gives the first one again. Raises ValidationError."""
    if again := Certificate.objects.filter(form_key=form_key).first():
        return again
    facts = {**said._asdict(), "left": said.amount, "code_key": codes.make(codes.CERTIFICATE)}
    made = Certificate(store=store, seller=seller, sold_on=on, form_key=form_key, **facts)
    made.full_clean(validate_unique=False)
    try:
        with transaction.atomic():
            made.save(force_insert=True)
            _note([Part(made, made.amount)], MoveKind.SOLD, on=on, by=seller, key=f"sold:{made.pk}")
    except IntegrityError:
        return Certificate.objects.get(form_key=form_key)
    return made


class Brought(NamedTuple):
    """A certificate of a system before, as a list says it; ``code`` is its own here, or "" for a new one."""

    amount: Decimal
    left: Decimal
    sold_on: date
    until_on: date
    number: str = ""
    code: str = ""
    client: int | None = None
    cancelled: bool = False


@transaction.atomic
def bring(said: Brought, *, store: Store, on: date, form_key: UUID) -> Certificate:
    """A certificate that another system sold, what was bought by it there already off. The key and the number are new."""
    made = Certificate(
        store=store, client_id=said.client, amount=said.amount, left=said.amount, paid_by=PaidBy.BEFORE, sold_on=said.sold_on,
        until_on=said.until_on, form_key=form_key, code_key=said.code or codes.make(codes.CERTIFICATE), number=said.number,
        number_key=number_key(said.number) or None,
    )  # fmt: skip
    made.full_clean(validate_unique=False)
    made.save(force_insert=True)
    _note([Part(made, made.amount)], MoveKind.SOLD, on=made.sold_on, by=None, key=f"sold:{made.pk}")
    if spent := made.amount - said.left:
        _move(made, -spent)
        _note([Part(made, -spent)], MoveKind.SPENT, on=on, by=None, key=f"before:{made.pk}")
        made.left = said.left
    if said.cancelled:
        cancel(made, on=on, by=None)
    return made


@transaction.atomic
def take_back(one: Certificate, left: Decimal, *, on: date) -> bool:
    """One that a list brought by mistake pays for nothing, and its number may come again. False where it was used since."""
    unused = Certificate.objects.filter(pk=one.pk, left=left, cancelled_at=None)
    if unused.filter(moves__receipt_key__gt="").exists():
        return False
    code = codes.make(codes.CERTIFICATE)  # its own goes with whoever brings it again
    if not unused.update(left=0, cancelled_at=timezone.now(), number_key=None, code_key=code):
        return False
    if left:
        _note([Part(one, -left)], MoveKind.CANCELLED, on=on, by=None, key=f"cancelled:{one.pk}")
    return True


def find(code: str) -> Certificate:
    """The certificate of a code, typed or scanned. One query. Raises CertificateRefusedError."""
    found = Certificate.objects.of_code(code).first()
    if found is None:
        raise CertificateRefusedError(NotGood.UNKNOWN)
    return found


def cover(certificates: Iterable[Certificate], to_pay: Decimal, *, on: date) -> list[Part]:
    """What certificates pay of a sum, each as much as it can, in the order of their keys; without a lock. Raises as ``hold``."""
    parts = []
    for certificate in sorted(certificates, key=lambda one: one.pk):
        if why := certificate.refused_on(on):
            raise CertificateRefusedError(why, certificate)
        if part := min(certificate.left, to_pay):
            parts.append(Part(certificate, part))
            to_pay -= part
    return parts


def hold(certificates: Sequence[Certificate], to_pay: Decimal, *, on: date) -> list[Part]:
    """As ``cover``, with the certificates locked: what they pay holds until the end of the transaction.

    Raises CertificateRefusedError.
    """
    return cover(_locked([one.pk for one in certificates]), to_pay, on=on) if certificates else []


def _locked(keys: Iterable[int]) -> list[Certificate]:
    return list(Certificate.objects.select_for_update(of=("self",)).filter(pk__in=list(keys)).order_by("pk"))


def spend(parts: Sequence[Part], receipt: str, *, on: date, by: Employee | None, version: str = "0") -> None:
    """What certificates that are held pay for a receipt. Raises CertificateRefusedError."""
    for certificate, part in parts:
        if not _move(certificate, -part):
            raise CertificateRefusedError(NotGood.EMPTY, certificate)
    less = [Part(certificate, -part) for certificate, part in parts]
    _note(less, MoveKind.SPENT, on=on, by=by, key=f"{receipt}:{version}", receipt=receipt)


def knows(receipt: str) -> bool:
    """Whether a certificate ever paid for a receipt. One query."""
    return CertificateMove.objects.filter(receipt_key=receipt).exists()


def receipts_of(receipts: Collection[str]) -> set[int]:
    """Rows of those receipts that certificates paid for. One query."""
    moves = CertificateMove.objects.filter(receipt_key__in=receipts)
    return {row for move in moves if (row := move.receipt)}


def spent_in(receipt: str) -> Decimal:
    """What certificates pay for a receipt now. One query."""
    return -Decimal(CertificateMove.objects.filter(receipt_key=receipt).aggregate(sum=Sum("sum", default=NOTHING))["sum"])


@transaction.atomic
def follow(receipt: str, wanted: Decimal, *, version: str, on: date, by: Employee | None) -> Decimal:
    """Make what certificates pay for a receipt what is wanted; one query where none does. Returns what came back to them.

    What is wanted again comes from those that paid before. Raises CertificateRefusedError where it was spent elsewhere since.
    """
    moves = CertificateMove.objects.filter(receipt_key=receipt).order_by("certificate")
    stands = {pk: -Decimal(net) for pk, net in moves.values_list("certificate").annotate(Sum("sum"))}
    excess = sum(stands.values(), NOTHING) - wanted
    if not stands or not excess:
        return NOTHING
    held = _locked(stands)
    if excess > 0:
        _give_back(_dealt(reversed(held), [stands[one.pk] for one in reversed(held)], excess), receipt, version, on, by)
        return excess
    parts = _dealt(held, [one.left for one in held], -excess)
    if sum((part.sum for part in parts), NOTHING) < -excess:
        raise CertificateRefusedError(NotGood.EMPTY, held[0])
    spend(parts, receipt, on=on, by=by, version=version)
    return NOTHING


def _move(certificate: Certificate, by: Decimal, **more: date) -> bool:
    """From what stood there when it was locked: False where something else stands there. The base keeps it above zero."""
    as_held = Certificate.objects.filter(pk=certificate.pk, left=certificate.left)
    return bool(as_held.update(left=certificate.left + by, **more))


def _dealt(certificates: Iterable[Certificate], most: Iterable[Decimal], amount: Decimal) -> list[Part]:
    parts = []
    for certificate, room in zip(certificates, most, strict=True):
        if part := min(room, amount):
            parts.append(Part(certificate, part))
            amount -= part
    return parts


def _give_back(parts: Sequence[Part], receipt: str, version: str, on: date, by: Employee | None) -> None:
    for certificate, part in parts:
        _move(certificate, part, until_on=max(certificate.until_on, on + AGAIN))
    _note(parts, MoveKind.BACK, on=on, by=by, key=f"{receipt}:{version}", receipt=receipt)


@transaction.atomic
def cancel(certificate: Certificate, *, on: date, by: Employee | None) -> None:
    """It was sold by mistake. Raises TouchedError where something was bought by it, or it was cancelled before."""
    untouched = Certificate.objects.filter(pk=certificate.pk, left=certificate.amount, cancelled_at=None)
    if not untouched.update(left=0, cancelled_at=timezone.now()):
        raise TouchedError
    _note([Part(certificate, -certificate.amount)], MoveKind.CANCELLED, on=on, by=by, key=f"cancelled:{certificate.pk}")


def prolong(certificate: Certificate, until: date, *, seen: date) -> None:
    """It holds until another day. Raises TouchedError where its day is not the one that was seen."""
    if not Certificate.objects.filter(pk=certificate.pk, until_on=seen, cancelled_at=None).update(until_on=until):
        raise TouchedError


def _note(parts: Iterable[Part], kind: MoveKind, *, on: date, by: Employee | None, key: str, receipt: str = "") -> None:
    CertificateMove.objects.bulk_create(
        CertificateMove(
            certificate=certificate, kind=kind, sum=part, on=on, by=by, receipt_key=receipt,
            key=f"{key}:{kind.value}:{certificate.pk}",
        )
        for certificate, part in parts
    )  # fmt: skip
