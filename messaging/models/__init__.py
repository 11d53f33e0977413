"""What the base keeps about messages, and about what forbids them."""

from messaging.models.answers import Reply, StopEntry
from messaging.models.channels import EVERY_CHANNEL, PAPER, Channel, Lane
from messaging.models.codes import CodePurpose, OneTimeCode
from messaging.models.errands import Errand, ErrandStep
from messaging.models.letters import Letter
from messaging.models.messages import (
    FINAL,
    GONE,
    SECRET_SOURCES,
    TEST,
    Message,
    MessageEvent,
    MessageQuerySet,
    MessageState,
    Reason,
    may_have_gone,
)
from messaging.models.messengers import PUSH, Chat, ChatCode, ChatQuerySet, ChatUpdate, PushDevice
from messaging.models.pauses import Pause, PauseQuerySet
from messaging.models.routes import Budget, Route, Spending
from messaging.models.stamps import SendingStamp
from messaging.models.templates import Nature, Template
from messaging.models.topics import Topic, TurnedOff

__all__ = [
    "EVERY_CHANNEL",
    "FINAL",
    "GONE",
    "PAPER",
    "PUSH",
    "SECRET_SOURCES",
    "TEST",
    "Budget",
    "Channel",
    "Chat",
    "ChatCode",
    "ChatQuerySet",
    "ChatUpdate",
    "CodePurpose",
    "Errand",
    "ErrandStep",
    "Lane",
    "Letter",
    "Message",
    "MessageEvent",
    "MessageQuerySet",
    "MessageState",
    "Nature",
    "OneTimeCode",
    "Pause",
    "PauseQuerySet",
    "PushDevice",
    "Reason",
    "Reply",
    "Route",
    "SendingStamp",
    "Spending",
    "StopEntry",
    "Template",
    "Topic",
    "TurnedOff",
    "may_have_gone",
]
