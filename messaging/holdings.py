"""What messages keep about a person: for themselves to read, and to be taken out."""

from typing import Any

from django.db.models import Case, F, Q, Value, When
from django.utils.translation import gettext as _

from clients import moving
from messaging.models import (
    FINAL,
    SECRET_SOURCES,
    Chat,
    ChatCode,
    Errand,
    ErrandStep,
    Message,
    MessageEvent,
    MessageState,
    OneTimeCode,
    Pause,
    PushDevice,
    Reason,
    Reply,
    StopEntry,
    TurnedOff,
)

GONE_WORDS = "—"


def describe(client: int) -> dict[str, list[dict[str, Any]]]:
    """One query a heading."""
    return {
        _("Messages"): moving.describe_rows(
            Message.objects.filter(client=client).exclude(source__in=SECRET_SOURCES).order_by("pk"),
            ("created_at", "channel", "recipient", "text", "state", "sent_at"),
        ),
        _("Answers"): moving.describe_rows(Reply.objects.filter(client=client).order_by("pk"), ("at", "sender", "text")),
        _("Errands"): moving.describe_rows(
            Errand.objects.filter(client=client).order_by("pk"), ("due_on", "reason", "script", "outcome")
        ),
        _("What came of errands"): moving.describe_rows(
            ErrandStep.objects.filter(errand__client=client).order_by("pk"), ("at", "kind", "words", "next_on")
        ),
        _("Topics turned off"): moving.describe_rows(
            TurnedOff.objects.filter(client=client).select_related("topic").order_by("pk"), ("topic", "at")
        ),
        _("Chats in messengers"): moving.describe_rows(
            Chat.objects.filter(client=client).order_by("pk"), ("messenger", "number", "linked_at", "ended_at", "why_ended")
        ),
        _("Devices with notifications"): moving.describe_rows(
            PushDevice.objects.filter(chat__client=client).order_by("pk"), ("title",)
        ),
        _("Holds on advertising"): moving.describe_rows(
            Pause.objects.filter(client=client).order_by("pk"), ("at", "reason", "until")
        ),
    }


def erase(client: int, contacts: list[str]) -> dict[str, int]:
    """Texts and recipients go; that a message went, when and at what cost stays for the sums."""
    messages = Message.objects.filter(Q(client=client) | Q(client=None, source__in=SECRET_SOURCES, recipient__in=contacts))
    MessageEvent.objects.filter(message__in=messages).update(words="")
    stopped = Case(
        When(state__in=FINAL, then=F("state")),
        When(state=MessageState.PENDING, then=Value(MessageState.SUPPRESSED)),
        default=F("state"),
    )
    reason = Case(When(state=MessageState.PENDING, then=Value(Reason.CONTACT)), default=F("reason"))
    kept = messages.update(state=stopped, reason=reason, recipient="", subject="", text=GONE_WORDS, words="")
    Reply.objects.filter(Q(client=client) | Q(sender__in=contacts)).update(sender="", text="")
    Errand.objects.filter(client=client, outcome=Errand.Outcome.OPEN).update(outcome=Errand.Outcome.DROPPED)
    Errand.objects.filter(client=client).update(reason=GONE_WORDS, script="")
    ErrandStep.objects.filter(errand__client=client).update(words="")
    Pause.objects.filter(client=client).update(reason=GONE_WORDS)
    TurnedOff.objects.filter(client=client).delete()
    OneTimeCode.objects.filter(Q(client=client) | Q(recipient__in=contacts)).delete()
    ChatCode.objects.filter(client=client).delete()
    Chat.objects.filter(client=client).delete()
    # Whoever comes again is asked for every consent anew: nothing goes to this number by itself.
    StopEntry.objects.filter(recipient__in=contacts).delete()
    return {"messages": kept}
