"""Calls of webhooks are sent until they are taken, signed as Standard Webhooks has it."""

import base64
import hashlib
import hmac
import secrets
from datetime import timedelta

import structlog
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from exchange import sealing
from exchange.gateways import Answer, UnreachableError, post
from exchange.hooks import happening
from exchange.models import CallState, Hook, HookCall
from stores.texts.kept_words import joined
from stores.texts.kept_words import words as _

log = structlog.get_logger(__name__)
# How long after each try the next one is due; who does not take it then is not told.
WAITS = [
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    *(timedelta(hours=hours) for hours in (2, 5, 10, 14, 20, 24)),
]
# A worker that was killed while it sent; an address that takes nothing; calls that are kept no longer.
LEASE, OFF_AFTER, KEPT = timedelta(minutes=5), timedelta(days=5), timedelta(days=30)
AT_ONCE = 200
PREFIX = "whsec_"


def give_secret(hook: Hook) -> str:
    """Sign by a new secret from now on: 32 bytes of chance, as receivers expect them. It is told here and never again."""
    secret = PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()
    hook.secret = sealing.sealed(secret)
    hook.save()
    return secret


@transaction.atomic
def switch_on(hook: Hook) -> None:
    """The address is told of what happens from now on."""
    hook.since = {kind: happening.newest(kind) for kind in hook.kinds}
    hook.off_at = hook.failing_since = None
    hook.save(update_fields=["since", "off_at", "failing_since"])


@transaction.atomic
def switch_off(hook: Hook) -> None:
    """By hand: nothing is told any more; what waited is not sent."""
    Hook.objects.filter(pk=hook.pk).update(off_at=timezone.now(), failing_since=None)
    _call_off(hook)


def _call_off(hook: Hook) -> None:
    HookCall.objects.filter(hook=hook, state=CallState.WAITING).update(state=CallState.FAILED, answer=_("switched off"))


def send_again(call: HookCall) -> None:
    """Send a call once more, whatever became of it."""
    HookCall.objects.filter(pk=call.pk).update(state=CallState.WAITING, tries=0, due_at=timezone.now())


def tell(*, limit: int = AT_ONCE) -> int:
    """Notice what has happened and send what is due. Returns how many were taken."""
    happening.notice()
    taken = 0
    for _turn in range(limit):
        call = _claim()
        if call is None:
            break
        taken += _send(call)
    return taken


@transaction.atomic
def _claim() -> HookCall | None:
    """The call that is due longest, for this worker alone; one that a dead worker left is due again."""
    due = HookCall.objects.filter(state__in=[CallState.WAITING, CallState.SENDING], due_at__lte=timezone.now(), hook__off_at=None)
    call = due.select_for_update(skip_locked=True, of=("self",)).select_related("hook").order_by("due_at").first()
    if call is not None:
        call.state, call.due_at, call.tries = CallState.SENDING, timezone.now() + LEASE, call.tries + 1
        call.save(update_fields=["state", "due_at", "tries"])
    return call


def signed(call: HookCall, at: int) -> dict[str, str]:
    """The headers of Standard Webhooks: the same id at every try, so that a receiver knows what came before. Raises SealError."""
    key = base64.b64decode(sealing.opened(call.hook.secret).removeprefix(PREFIX))
    told = f"msg_{call.pk}.{at}.{call.body}".encode()
    signature = base64.b64encode(hmac.new(key, told, hashlib.sha256).digest()).decode()
    return {"webhook-id": f"msg_{call.pk}", "webhook-timestamp": str(at), "webhook-signature": f"v1,{signature}"}


def _send(call: HookCall) -> bool:
    """Outside of any transaction: one request, its answer written down."""
    at = int(timezone.now().timestamp())
    try:
        answer = post(call.hook.address, call.body.encode(), signed(call, at))
    except UnreachableError as error:
        answer = Answer(0, error.words)
    except sealing.SealError:
        answer = Answer(0, _("the key of the server was replaced: give the webhook a new secret"))
    taken = 200 <= answer.status < 300
    _settle(call, answer, taken=taken)
    _judge(call.hook, taken=taken)
    return taken


def _settle(call: HookCall, answer: Answer, *, taken: bool) -> None:
    said = [str(answer.status or ""), answer.words]
    call.answer, call.answered_at = joined(" ", [part for part in said if part]), timezone.now()
    if taken:
        call.state = CallState.SENT
    elif call.tries > len(WAITS):
        call.state = CallState.FAILED
    else:
        call.state, call.due_at = CallState.WAITING, timezone.now() + WAITS[call.tries - 1]
    call.save(update_fields=["answer", "answered_at", "state", "due_at"])


def _judge(hook: Hook, *, taken: bool) -> None:
    """An address that has taken nothing for days is switched off; its page, the admin's start and the log say so."""
    now = timezone.now()
    if taken:
        Hook.objects.filter(pk=hook.pk).exclude(failing_since=None).update(failing_since=None)
        return
    Hook.objects.filter(pk=hook.pk, failing_since=None).update(failing_since=now)
    if Hook.objects.filter(pk=hook.pk, off_at=None, failing_since__lt=now - OFF_AFTER).exists():
        log.error("hook.switched_off", hook=hook.name)
        Hook.objects.filter(pk=hook.pk).update(off_at=now)
        _call_off(hook)


def forget() -> int:
    """Take old calls away; what they told of is told no more. Returns how many."""
    old = HookCall.objects.filter(Q(state=CallState.SENT) | Q(state=CallState.FAILED), made_at__lt=timezone.now() - KEPT)
    for hook in Hook.objects.all():
        for kind, key in old.filter(hook=hook).order_by("key").values_list("kind", "key"):
            hook.since[kind] = max(int(hook.since.get(kind, 0)), key)
        hook.save(update_fields=["since"])
    return old.delete()[0]
