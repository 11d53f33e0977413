"""Who sees what goes together: a fifth of the clients sees none, so that what it brings is measured."""

import hashlib

SALT = "companions"
HELD_OUT = 0.2
_EDGE = round(HELD_OUT * 2**64).to_bytes(8, "big")


def sees(client: int | None) -> bool:
    """Whether companions are shown beside this client; who has no card is in no arm and sees them."""
    return client is None or hashlib.sha256(f"{SALT}:{client}".encode()).digest()[:8] >= _EDGE
