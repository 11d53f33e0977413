"""Sources with their keys, what they sent, and what their words mean."""

from exchange.models.documents import DocumentState, TillDocument, Wait
from exchange.models.doors import DoorCount
from exchange.models.goods import FileState, GoodsFile, Term, Ware
from exchange.models.hooks import CallState, Hook, HookCall, HookKind
from exchange.models.meanings import Meaning, Subject
from exchange.models.pulls import Pull
from exchange.models.sources import Source, SourceKey

__all__ = [
    "CallState", "DocumentState", "DoorCount", "FileState", "GoodsFile", "Hook", "HookCall", "HookKind", "Meaning", "Pull",
    "Source", "SourceKey", "Subject", "Term", "TillDocument", "Wait", "Ware",
]  # fmt: skip
