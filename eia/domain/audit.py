"""The audit chain: each event's exact bytes, hashed together with the hash before them.

An export is JSON lines. This file needs only the standard library and can be handed over on its own:
`python audit.py FILE` checks an export and names what does not agree.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)
START = b"\x00" * 32
CHECKPOINTS = UUID(int=0)  # the chain whose events seal the heads of all the others


@dataclass(frozen=True, kw_only=True)
class Link:
    """One stored event of a chain: where it stands, its bytes, and the hash stored beside them."""

    chain_id: UUID
    seq: int
    body: bytes
    hash: bytes


def canonical(value: Mapping[str, object]) -> bytes:
    """The one way to write a value as bytes: sorted keys, no spaces, UTF-8, no fractions.

    Raises:
        TypeError: for anything that two programs could write in two ways, such as a fraction.
    """
    _refuse_the_ambiguous(value)
    return _ENCODER.encode(value).encode()


def event_bytes(
    *,
    chain_id: UUID,
    seq: int,
    name: str,
    actor_id: UUID | None,
    at: datetime,
    data: Mapping[str, str | int],
) -> bytes:
    """What is hashed and stored for one event; an actor of "clock" is nobody."""
    return canonical(
        {
            "actor": str(actor_id) if actor_id else "clock",
            "at": at.astimezone(UTC).isoformat(timespec="microseconds"),
            "chain": str(chain_id),
            "data": dict(data),
            "name": name,
            "seq": seq,
        }
    )


def link_hash(previous: bytes, body: bytes) -> bytes:
    """The hash of an event: sha256 over the hash before it and its own bytes."""
    return hashlib.sha256(previous + body).digest()


def problems_in(chains: Mapping[UUID, Sequence[Link]]) -> list[str]:
    """What does not agree in these chains, or between them and the heads that checkpoints sealed."""
    broken = [problem for chain_id, links in chains.items() for problem in chain_problems(chain_id, links)]
    return broken + _checkpoint_problems(chains)


def chain_problems(chain_id: UUID, links: Sequence[Link]) -> list[str]:
    """What does not agree in one chain, in order; after a broken hash nothing can be trusted."""
    previous = START
    for place, link in enumerate(links, start=1):
        if link.seq != place:
            return [f"{chain_id}: event {place} is missing"]
        if link_hash(previous, link.body) != link.hash:
            return [f"{chain_id}: event {place} was changed"]
        if not _says(link.body, chain_id, place):
            return [f"{chain_id}: event {place} belongs elsewhere"]
        previous = link.hash
    return []


def _says(body: bytes, chain_id: UUID, place: int) -> bool:
    try:
        said = json.loads(body)
        return bool(said["chain"] == str(chain_id) and said["seq"] == place)
    except (ValueError, KeyError, TypeError):
        return False


def sealed_heads(checkpoints: Iterable[Link]) -> dict[UUID, tuple[int, str]]:
    """Each chain's length and last hash as the latest checkpoint that named it saw them."""
    return {chain_id: head for link in checkpoints for chain_id, head in _heads(link)}


def _checkpoint_problems(chains: Mapping[UUID, Sequence[Link]]) -> list[str]:
    problems: list[str] = []
    checkpoints = chains.get(CHECKPOINTS, ())
    if chain_problems(CHECKPOINTS, checkpoints):
        return problems  # named already; what a broken chain says about others counts for nothing
    for link in checkpoints:
        for chain_id, (seq, sealed) in _heads(link):
            links = chains.get(chain_id, ())
            if len(links) < seq or links[seq - 1].hash.hex() != sealed:
                problems.append(f"{chain_id}: not as checkpoint {link.seq} sealed it at event {seq}")
    return problems


def _heads(checkpoint: Link) -> Iterator[tuple[UUID, tuple[int, str]]]:
    for chain_id, head in json.loads(checkpoint.body)["data"].items():
        seq, _, sealed = head.partition(":")
        yield UUID(chain_id), (int(seq), sealed)


def _refuse_the_ambiguous(value: object) -> None:
    if type(value) is str or type(value) is int:
        return
    if isinstance(value, Mapping):
        for key, item in value.items():
            if not isinstance(key, str):
                raise TypeError(f"a key of an event is {type(key).__name__}, not text")
            _refuse_the_ambiguous(item)
    elif isinstance(value, (list, tuple)):
        for item in value:
            _refuse_the_ambiguous(item)
    else:
        raise TypeError(f"an event holds text and whole numbers, not {type(value).__name__}")


def export_line(link: Link) -> str:
    """One event as a line of an export; the body stays text so that its bytes can be hashed again."""
    line = {"chain": str(link.chain_id), "seq": link.seq, "hash": link.hash.hex(), "body": link.body.decode()}
    return json.dumps(line, ensure_ascii=False)


def read_export(lines: Iterable[str]) -> dict[UUID, list[Link]]:
    """The chains of an export, each in the order of its lines."""
    chains: dict[UUID, list[Link]] = {}
    for line in lines:
        entry = json.loads(line)
        chain_id = UUID(entry["chain"])
        link = Link(
            chain_id=chain_id,
            seq=entry["seq"],
            body=entry["body"].encode(),
            hash=bytes.fromhex(entry["hash"]),
        )
        chains.setdefault(chain_id, []).append(link)
    return chains


def main(arguments: Sequence[str]) -> int:
    """Checks an export: 0 when every chain agrees, 1 when one does not."""
    with open(arguments[0], encoding="utf-8") as file:
        chains = read_export(file)
    problems = problems_in(chains)
    counts = f"{len(chains)} chains, {sum(map(len, chains.values()))} events, {len(problems)} problems"
    sys.stdout.write("\n".join([*problems, counts, ""]))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
