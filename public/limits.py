"""How often one address may come: counted in this process’s memory, under a key that dies with it; no address is kept.

The limits stop a machine. Whoever meets one is never simply refused: the page shows 999, 101 and the helpline.
"""

from __future__ import annotations

import hashlib
import ipaddress
import os
import threading
from collections import OrderedDict, deque

MOST_ADDRESSES = 50_000
EVERYBODY = "everybody"
_KEY = os.urandom(32)


def nameless(address: str) -> str:
    """An address as nobody can read it back; of IPv6 the network, for a household has millions of addresses."""
    try:
        found = ipaddress.ip_address(address.strip())
    except ValueError:
        found = ipaddress.ip_address("0.0.0.0")  # noqa: S104  (none: all without an address are counted together)
    if isinstance(found, ipaddress.IPv6Address):
        found = ipaddress.IPv6Network((found, 64), strict=False).network_address
    return hashlib.blake2b(str(found).encode(), key=_KEY, digest_size=16).hexdigest()


class Limit:
    """At most `count` in `seconds`, for each who."""

    def __init__(self, count: int, seconds: float) -> None:
        self.count, self.seconds = count, seconds
        self.came: OrderedDict[str, deque[float]] = OrderedDict()
        self.lock = threading.Lock()

    def bites(self, who: str, now: float) -> bool:
        """Count this one; whether it is one too many. `now` in seconds of any steady clock."""
        with self.lock:
            times = self.came.setdefault(who, deque(maxlen=self.count + 1))
            self.came.move_to_end(who)
            while len(self.came) > MOST_ADDRESSES:
                self.came.popitem(last=False)
            while times and times[0] <= now - self.seconds:
                times.popleft()
            if len(times) >= self.count:
                return True
            times.append(now)
            return False
