"""Sources and their keys, and what a person says of documents that wait."""

import hashlib
import secrets
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from catalogue.kinds import PieceKind
from clients.locking import lock
from clients.models import Client
from exchange.commerceml import working
from exchange.documents import applying, finding
from exchange.models import DocumentState, Meaning, Source, SourceKey, Subject, TillDocument, Wait
from loyalty.plastic import acts as plastic
from purchases.models import Purchase
from stores.chain_day import day_of
from stores.models import Employee, Store

# So often the use of a key is written down: a till asks twenty times a second.
NOTED = timedelta(minutes=1)


class SettledError(Exception):
    """The document waits no more: somebody settled it, or it was applied."""


@transaction.atomic
def issue_key(source: Source) -> tuple[SourceKey, str]:
    """A new key of a source, with its text: shown once, kept as a digest. Older keys hold until they are revoked."""
    secret = f"till_{secrets.token_urlsafe(32)}"
    return SourceKey.objects.create(source=source, beginning=secret[:10], digest=_digest(secret)), secret


def key_of(secret: str) -> SourceKey | None:
    """The key with this text, if it holds. One query."""
    return SourceKey.objects.select_related("source").filter(digest=_digest(secret), revoked_at=None).first()


def source_of(secret: str) -> Source | None:
    """Whose key it is; the use is noted. One query, two once a minute."""
    key = key_of(secret)
    if key is None:
        return None
    now = timezone.now()
    if key.used_at is None or key.used_at < now - NOTED:
        SourceKey.objects.filter(pk=key.pk).update(used_at=now)
    return key.source


def revoke_key(key: SourceKey) -> None:
    """The key opens nothing from now on."""
    SourceKey.objects.filter(pk=key.pk, revoked_at=None).update(revoked_at=timezone.now())


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


@transaction.atomic
def say_meaning(
    subject: Subject, word: str, *, by: Employee, store: Store | None = None, seller: Employee | None = None,
    kind: PieceKind | None = None, source: Source | None = None,
) -> int:  # fmt: skip
    """A word means this from now on, in every source or in this one. What waited for it goes on.

    Returns how many documents and files.
    """
    meant = {"store": store, "seller": seller, "kind": kind.value if kind else "", "by": by}
    Meaning.objects.update_or_create(subject=subject, word=finding.folded(word), source=source, defaults=meant)
    files = working.wake() if subject == Subject.WAREHOUSE else 0
    return files + applying.wake([finding.key_of(subject, word)])


@transaction.atomic
def choose_prices(source: Source, price_type: str) -> int:
    """Of 1C's types of prices this one stands on the tags. What waited for it is read. Returns how many files."""
    Source.objects.filter(pk=source.pk).update(price_type=price_type)
    return working.wake()


@transaction.atomic
def give_card(number: str, client: Client, *, by: Employee) -> int:
    """A number of plastic is this client's. What waited for it goes on. Returns how many documents.

    Raises CardTakenError, NoNumberError.
    """
    held = lock(client) or client
    plastic.give(held.pk, number, on=day_of(timezone.now()), by=by)
    return applying.wake([f"card:{number}"])


@transaction.atomic
def decide(document: TillDocument, *, by: Employee, purchase: Purchase | None = None, **said: bool) -> None:
    """What a person says of one document: the price is right, it is another receipt, it is this one. Raises SettledError."""
    held = _waiting(document)
    held.decided |= {**said, **({"purchase": purchase.pk} if purchase else {})}
    held.state, held.reason, held.words, held.waits_for = DocumentState.RECEIVED, "", "", ""
    held.settled_by = by
    held.save(update_fields=["decided", "state", "reason", "words", "waits_for", "settled_by"])


@transaction.atomic
def put_aside(document: TillDocument, *, by: Employee) -> None:
    """A person has seen to it otherwise: nothing is made of it, and its text stays. Raises SettledError."""
    held = _waiting(document)
    held.state, held.reason, held.waits_for, held.settled_by = DocumentState.REFUSED, Wait.PUT_ASIDE, "", by
    held.save(update_fields=["state", "reason", "waits_for", "settled_by"])


@transaction.atomic
def take_up(document: TillDocument, *, by: Employee) -> None:
    """What was put aside is to be applied after all. Raises SettledError."""
    held = TillDocument.objects.select_for_update(of=("self",)).get(pk=document.pk)
    if held.reason != Wait.PUT_ASIDE:
        raise SettledError
    held.state, held.reason, held.words, held.settled_by = DocumentState.RECEIVED, "", "", by
    held.save(update_fields=["state", "reason", "words", "settled_by"])


def _waiting(document: TillDocument) -> TillDocument:
    held = TillDocument.objects.select_for_update(of=("self",)).get(pk=document.pk)
    if held.state != DocumentState.WAITS:
        raise SettledError
    return held
