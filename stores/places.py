"""Whether an address of the network is the internet's own: what strangers name must not lead inside the chain's network."""

import ipaddress

# Addresses of one protocol that carry those of the other.
CARRIERS = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("2002::/16"))


def is_public(number: str) -> bool:
    """Whether a number is one of the internet's, of whichever protocol, carried by none of the other."""
    address = ipaddress.ip_address(number.partition("%")[0])
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    if mapped is not None:
        return mapped.is_global and not mapped.is_multicast
    return address.is_global and not address.is_multicast and not any(address in carrier for carrier in CARRIERS)
