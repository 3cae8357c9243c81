"""Fresh ids that sort by the time they were made, so that new rows land beside each other in an index."""

from __future__ import annotations

import os
import time
from uuid import UUID


def new_id() -> UUID:
    """A UUID of version 7: 48 bits of Unix milliseconds, then chance. Source: RFC 9562 section 5.7."""
    milliseconds = time.time_ns() // 1_000_000
    chance = int.from_bytes(os.urandom(10), "big")
    high = chance >> 68  # 12 bits
    low = chance & ((1 << 62) - 1)
    return UUID(int=milliseconds << 80 | 0x7 << 76 | high << 64 | 0b10 << 62 | low)
