"""Secrets of webhooks and tokens of others as the base keeps them."""

from stores import sealing
from stores.sealing import SealError

__all__ = ["SealError", "opened", "sealed"]
USE = "exchange.hooks"


def sealed(secret: str) -> str:
    return sealing.sealed(secret, USE)


def opened(kept: str) -> str:
    """Raises SealError."""
    return sealing.opened(kept, USE)
