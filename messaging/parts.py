"""What messages keep about clients."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, ClassVar

from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clients import moving
from clients.models import Client, Merge
from messaging import holdings
from messaging.models import (
    GONE,
    PUSH,
    Chat,
    ChatCode,
    Errand,
    Message,
    MessageState,
    OneTimeCode,
    Pause,
    Reason,
    Reply,
    TurnedOff,
)

TABLES = (Message, Reply, Pause, Errand, OneTimeCode, Chat, ChatCode)
# A message that reached the client, may have, or waits to: its twin of the other card is not sent.
COUNTS = (*GONE, MessageState.PENDING)


class MessagingPart:
    """The ``ClientPart`` of messaging."""

    stays: ClassVar[Mapping[str, str | Promise]] = {"messages": gettext_lazy("the card stays: it has messages")}

    def appeared(self, clients: Collection[int]) -> None:
        """Nothing waits here for a card."""

    def holdings(self, clients: Collection[int]) -> dict[int, str]:
        """Clients with messages, answers, holds, errands, chats or topics turned off."""
        tables = (Message, Reply, Pause, Errand, Chat, ChatCode, TurnedOff)
        kept = (model.objects.filter(client__in=clients).values_list("client") for model in tables)
        return {pk: "messages" for rows in kept for (pk,) in rows if pk}

    def counted(self, client: int) -> dict[str, int]:
        """One query each."""
        return {
            _("messages"): Message.objects.filter(client=client).count(),
            _("errands"): Errand.objects.filter(client=client).count(),
        }

    def move(self, absorbed: int, survivor: int) -> dict[str, Any]:
        """Everything moves; what an occasion has brought to one of the cards goes to neither of them again."""
        quieted, made = _one_of_each(absorbed, survivor)
        silenced = _one_chat_each(absorbed, survivor)
        moved = moving.move_rows(TABLES, absorbed, survivor)
        topics = _turn_off_too(absorbed, survivor)
        return {**moved, "quieted": quieted, "made": made, "silenced": silenced, "topics": topics}

    def restore(self, moved: Mapping[str, Any], absorbed: int, survivor: int) -> None:
        """What waited waits again, as long as it is not too late; what is the absorbed card's since then goes with it."""
        Message.objects.filter(pk__in=moved.get("made", []), reason=Reason.MERGED).delete()
        quieted = Message.objects.filter(pk__in=moved.get("quieted", []), reason=Reason.MERGED, expires_at__gt=timezone.now())
        quieted.update(state=MessageState.PENDING, reason="")
        moving.restore_rows(TABLES, moved, absorbed, survivor)
        TurnedOff.objects.filter(pk__in=moved.get("topics", []), client=survivor).update(client=absorbed)
        _let_speak_again(moved.get("silenced", []))
        _give_what_came_since(absorbed, survivor)

    def describe(self, client: int) -> dict[str, list[dict[str, Any]]]:
        return holdings.describe(client)

    def reason_not_to_erase(self, client: int) -> str:
        """A message that waits is suppressed; nothing here keeps a person."""
        return ""

    def erase(self, client: int, contacts: list[str]) -> dict[str, int]:
        return holdings.erase(client, contacts)


def _one_of_each(absorbed: int, survivor: int) -> tuple[list[int], list[int]]:
    """Of each occasion (``birthday:2027:<client>``) one message for the two cards: the one that went, else the survivor's.

    Under the survivor's key a suppressed row stands where only the absorbed card had one, so that no program makes another.
    Returns the keys of what was suppressed and of what was made.
    """
    waiting = Message.objects.filter(client__in=[absorbed, survivor], state=MessageState.PENDING)
    list(waiting.select_for_update().order_by("pk").values_list("pk"))
    # A row of an earlier merge stands for a message that went.
    went = Q(state__in=COUNTS) | Q(state=MessageState.SUPPRESSED, reason=Reason.MERGED)
    theirs = _by_occasion(Message.objects.filter(went, client=absorbed), absorbed)
    mine = _by_occasion(Message.objects.filter(client=survivor), survivor)
    twins = [(theirs[occasion], mine[occasion]) for occasion in theirs.keys() & mine.keys()]
    quieted = _quiet([one for twin in twins for one in _to_quiet(*twin)])
    alone = [_standing_for(message, occasion, survivor) for occasion, message in theirs.items() if occasion not in mine]
    return quieted, [message.pk for message in Message.objects.bulk_create(alone)]


def _turn_off_too(absorbed: int, survivor: int) -> list[int]:
    """What either card wanted no letters about, the person wants none about. Returns the keys of what moved."""
    known = list(TurnedOff.objects.filter(client=survivor).values_list("topic", flat=True))
    theirs = TurnedOff.objects.filter(client=absorbed).exclude(topic__in=known)
    keys = list(theirs.order_by("pk").values_list("pk", flat=True))
    TurnedOff.objects.filter(pk__in=keys).update(client=survivor)
    return keys


def _one_chat_each(absorbed: int, survivor: int) -> list[int]:
    """Of two chats in one messenger the survivor's stays, of browsers all. Returns the keys of what ended."""
    mine = Chat.objects.live().filter(client=survivor).exclude(messenger=PUSH).values("messenger")
    theirs = list(Chat.objects.live().filter(client=absorbed, messenger__in=mine).values_list("pk", flat=True))
    Chat.objects.filter(pk__in=theirs).update(ended_at=timezone.now(), why_ended=Chat.Why.MERGED)
    return theirs


def _let_speak_again(silenced: Sequence[int]) -> None:
    """Chats that a merge ended, where nothing has taken their place since."""
    for chat in Chat.objects.filter(pk__in=silenced, why_ended=Chat.Why.MERGED):
        twins = Q(number=chat.number) | Q(client=chat.client_id)
        if not Chat.objects.live().filter(twins, messenger=chat.messenger).exists():
            Chat.objects.filter(pk=chat.pk).update(ended_at=None, why_ended="")


def _by_occasion(messages: Iterable[Message], client: int) -> dict[str, Message]:
    """Messages by what their key says before the client: those of programs alone, ``<program>:<occasion>:<client>``.

    The number at the end of any other key (``review:1``) is of a request, a receipt or a code, never of the card.
    """
    named = ((message, message.occasion_key.rpartition(":")) for message in messages)
    return {
        before: message
        for message, (before, _colon, of) in named
        if of == str(client) and before.startswith(f"{message.source}:")
    }


def _to_quiet(theirs: Message, mine: Message) -> list[Message]:
    """Which of two messages of one occasion must not go: each that waits, but for one where nothing went or will go."""
    if theirs.state == MessageState.PENDING:
        return [] if mine.state in (MessageState.FAILED, MessageState.EXPIRED) else [theirs]
    return [mine] if mine.state == MessageState.PENDING else []


def _give_what_came_since(absorbed: int, survivor: int) -> None:
    """Messages to a contact that is the absorbed card's alone, and answers from it, are its own, whichever card was meant.

    What a program sent there stands under the absorbed card's key too: its person has had it.
    """
    since = Merge.objects.filter(survivor=survivor, absorbed=absorbed, undone_at=None).latest("pk").at
    alone = _contacts(absorbed) - _contacts(survivor)
    went = Message.objects.filter(client=survivor, recipient__in=alone, created_at__gte=since)
    said = _by_occasion(went.filter(state__in=COUNTS), survivor)
    standing = [_standing_for(message, occasion, absorbed) for occasion, message in said.items()]
    Message.objects.bulk_create(standing, ignore_conflicts=True)
    went.update(client=absorbed)
    Reply.objects.filter(client=survivor, sender__in=alone, at__gte=since).update(client=absorbed)


def _contacts(client: int) -> set[str]:
    return set(filter(None, Client.objects.values_list("phone", "email").get(pk=client)))


def _quiet(messages: Sequence[Message]) -> list[int]:
    keys = [message.pk for message in messages]
    Message.objects.filter(pk__in=keys, state=MessageState.PENDING).update(state=MessageState.SUPPRESSED, reason=Reason.MERGED)
    return keys


def _standing_for(message: Message, occasion: str, client: int) -> Message:
    """A row that is never sent, under the key that a program would use for the client."""
    return Message(
        client_id=client, store_id=message.store_id, occasion_key=f"{occasion}:{client}", source=message.source,
        occasion_on=message.occasion_on, counted_from=message.counted_from, template_id=message.template_id,
        channel=message.channel, lane=message.lane, purpose=message.purpose, recipient=message.recipient,
        language=message.language, text="", state=MessageState.SUPPRESSED, reason=Reason.MERGED,
        send_after=message.send_after, expires_at=message.expires_at,
    )  # fmt: skip
