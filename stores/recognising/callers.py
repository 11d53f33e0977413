"""Who calls: the one reader of a caller's address, and how often one address may do a thing. Public.

What a proxy says of the address counts only where the proxy is one of ours (``TRUSTED_PROXIES``): a caller can write any
``X-Forwarded-For``, our proxies add what they saw at its end, and so it is read from there.
"""

from functools import lru_cache
from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django_ratelimit.core import is_ratelimited

NOBODY = "0.0.0.0"  # noqa: S104 — where nothing tells: a socket file without a proxy
WHOLE_NETWORK = 64  # bits: a household or a store gets so much of IPv6, and changes addresses inside it at will


def address_of(request: HttpRequest) -> str:
    """The address that called, as it is counted and logged."""
    seen = str(request.META.get("REMOTE_ADDR", ""))
    if not settings.BEHIND_PROXY:
        return _read(seen) or NOBODY
    for said in (seen, *reversed(request.META.get("HTTP_X_FORWARDED_FOR", "").split(","))):
        address = _read(said)
        if said and address is None:
            break  # nobody of ours writes what is no address
        if address and not _is_ours(address, tuple(settings.TRUSTED_PROXIES)):
            return address
    return _read(seen) or NOBODY


def counted_as(request: HttpRequest) -> str:
    """What limits count together: an address, and of IPv6 the network that one subscriber has."""
    address = ip_address(address_of(request))
    return str(ip_network((address, WHOLE_NETWORK), strict=False)) if isinstance(address, IPv6Address) else str(address)


def digest_of(request: HttpRequest) -> str:
    """What is kept of a caller where their address itself must not be."""
    return salted_hmac("stores.callers", counted_as(request), algorithm="sha256").hexdigest()


def is_over(request: HttpRequest, group: str, rate: str, *, who: str = "") -> bool:
    """Whether the caller's address has done this more often than ``rate``; counts this once more.

    ``who``, where somebody is known, is counted instead: thousands of phones share one address of their operator.
    """
    return bool(is_ratelimited(request, group=group, key=lambda *_: who or counted_as(request), rate=rate, increment=True))


@lru_cache(maxsize=1024)
def _read(text: str) -> str | None:
    """An address in its one writing; the port and the brackets that some proxies add are none of it."""
    bare = text.strip()
    if bare.startswith("["):
        bare = bare[1:].partition("]")[0]
    elif bare.count(":") == 1:
        bare = bare.partition(":")[0]
    try:
        read = ip_address(bare)
    except ValueError:
        return None
    return str(getattr(read, "ipv4_mapped", None) or read)


@lru_cache(maxsize=1024)
def _is_ours(address: str, proxies: tuple[str, ...]) -> bool:
    read = ip_address(address)
    return any(read in ip_network(network, strict=False) for network in proxies)
