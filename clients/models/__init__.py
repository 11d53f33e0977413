"""What the base keeps about people."""

from clients.models.card import LIVE, CardState, Client, ClientQuerySet, Metal, NoEmail, agrees_to_data
from clients.models.consents import (
    ASKED_AT_THE_COUNTER,
    ASKED_IN_CHATS,
    ASKED_ON_CARDS,
    AppendOnlyError,
    Consent,
    ConsentText,
    Purpose,
)
from clients.models.contacts import ContactBeside
from clients.models.hearing import HeardFrom, HeardFromQuerySet
from clients.models.households import OTHER_WAY, Kin, Kinship
from clients.models.occasions import Occasion, OccasionKind
from clients.models.sameness import Merge, Pair, Surname, SurnameManager
from clients.models.sources import ClientKey, ContactConflict, FactSource
from clients.models.trust import ContactProof, ErasedMark, Erasure
from clients.models.wearers import Relation, Wearer, WearerQuerySet

__all__ = [
    "ASKED_AT_THE_COUNTER",
    "ASKED_IN_CHATS",
    "ASKED_ON_CARDS",
    "LIVE",
    "OTHER_WAY",
    "AppendOnlyError",
    "CardState",
    "Client",
    "ClientKey",
    "ClientQuerySet",
    "Consent",
    "ConsentText",
    "ContactBeside",
    "ContactConflict",
    "ContactProof",
    "ErasedMark",
    "Erasure",
    "FactSource",
    "HeardFrom",
    "HeardFromQuerySet",
    "Kin",
    "Kinship",
    "Merge",
    "Metal",
    "NoEmail",
    "Occasion",
    "OccasionKind",
    "Pair",
    "Purpose",
    "Relation",
    "Surname",
    "SurnameManager",
    "Wearer",
    "WearerQuerySet",
    "agrees_to_data",
]
