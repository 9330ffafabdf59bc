"""Where a webhook may go. In production never inside: a subscriber could otherwise knock on any door of the force's network."""

from __future__ import annotations

import ipaddress
import socket
from urllib.parse import urlsplit

from django.conf import settings

HTTPS_WANTED = "The address must start with https:// and name a host."
NOT_INSIDE = "The address leads inside the force's own network. Webhooks go outside only."
UNKNOWN = "No such host was found."


class BadAddress(Exception):
    """The sentence may be shown as it is."""


def checked(url: str) -> str:
    """The address as it was given, when it may be told. Raises BadAddress."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise BadAddress(HTTPS_WANTED) from None
    schemes = {"https", "http"} if settings.WEBHOOKS_MAY_GO_INSIDE else {"https"}
    if parts.scheme not in schemes or not host or not url.isascii() or any(map(str.isspace, url)):
        raise BadAddress(HTTPS_WANTED)
    if parts.username is not None or parts.fragment:
        raise BadAddress("The address must hold no user name, password or fragment.")
    return url


def where(host: str, port: int) -> str:
    """The one IP address that is called: resolved once and then used, so that no second answer leads elsewhere.

    Every address of the host must lie outside; one inside is enough to refuse. Raises BadAddress.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise BadAddress(UNKNOWN) from None
    addresses = [str(entry[4][0]) for entry in found]
    if not settings.WEBHOOKS_MAY_GO_INSIDE and not all(map(lies_outside, addresses)):
        raise BadAddress(NOT_INSIDE)
    return addresses[0]


def lies_outside(address: str) -> bool:
    """Public, and neither a way round (a v4 address in a v6 one, a 6to4 or Teredo gate) nor many at once."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo[1] if found.teredo else None)
        if inner is not None or found in ipaddress.ip_network("64:ff9b::/96"):
            return False
    return found.is_global and not found.is_multicast
