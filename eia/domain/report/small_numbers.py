"""Small numbers that could tell who is meant are not printed, nor what would give them away."""

from __future__ import annotations

THRESHOLD = 10
LOWEST_THRESHOLD = 5


def shown(count: int, out_of: int, *, threshold: int = THRESHOLD) -> int | None:
    """The count, or None where it, or what is left of `out_of`, is from 1 to below the threshold.

    None of them and all of them are told: it is what people must know, and points at nobody. A threshold
    below 5 is raised to 5.
    """
    least = max(threshold, LOWEST_THRESHOLD)
    if count in (0, out_of):
        return count
    return None if _is_small(count, least) or _is_small(out_of - count, least) else count


def _is_small(count: int, least: int) -> bool:
    return 0 < count < least
