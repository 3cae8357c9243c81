"""The audit chain: each event's exact bytes, hashed together with the hash before them.

An export is JSON lines. This file needs only the standard library and can be handed over on its own:
`python audit.py FILE` checks an export and names what does not agree.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

START = b"\x00" * 32


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
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


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


def heads_hash(heads: Iterable[tuple[UUID, int, bytes]]) -> bytes:
    """What a checkpoint seals: every chain's id, length and last hash, in order of chain id."""
    digest = hashlib.sha256()
    for chain_id, seq, last in sorted(heads, key=lambda head: head[0].hex):
        digest.update(f"{chain_id.hex}:{seq}:{last.hex()}\n".encode())
    return digest.digest()


def chain_problems(chain_id: UUID, links: Sequence[Link]) -> list[str]:
    """What does not agree in one chain, in order; after a broken hash nothing can be trusted."""
    previous, problems = START, []
    for place, link in enumerate(links, start=1):
        if link.seq != place:
            problems.append(f"{chain_id}: event {place} is missing")
            break
        if link_hash(previous, link.body) != link.hash:
            problems.append(f"{chain_id}: event {place} was changed")
            break
        problems += _says_otherwise(chain_id, link)
        previous = link.hash
    return problems


def _says_otherwise(chain_id: UUID, link: Link) -> list[str]:
    said = json.loads(link.body)
    if said.get("chain") != str(chain_id) or said.get("seq") != link.seq:
        return [f"{chain_id}: event {link.seq} belongs elsewhere"]
    return []


def _refuse_the_ambiguous(value: object) -> None:
    if isinstance(value, Mapping):
        for key, item in value.items():
            if not isinstance(key, str):
                raise TypeError(f"a key of an event is {type(key).__name__}, not text")
            _refuse_the_ambiguous(item)
    elif isinstance(value, (list, tuple)):
        for item in value:
            _refuse_the_ambiguous(item)
    elif isinstance(value, bool) or not isinstance(value, (str, int)):
        raise TypeError(f"an event holds text and whole numbers, not {type(value).__name__}")


def export_line(link: Link) -> str:
    """One event as a line of an export; the body stays text so that its bytes can be hashed again."""
    line = {"chain": str(link.chain_id), "seq": link.seq, "hash": link.hash.hex(), "body": link.body.decode()}
    return json.dumps(line, ensure_ascii=False)


def checkpoint_line(day: str, heads: bytes, chains: int) -> str:
    """One sealed checkpoint as a line of an export."""
    return json.dumps({"checkpoint": day, "heads": heads.hex(), "chains": chains})


def read_export(lines: Iterable[str]) -> dict[UUID, list[Link]]:
    """The chains of an export, each in the order of its lines."""
    chains: dict[UUID, list[Link]] = {}
    for line in lines:
        entry = json.loads(line)
        if "chain" not in entry:
            continue
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
    problems = [problem for chain_id, links in chains.items() for problem in chain_problems(chain_id, links)]
    counts = f"{len(chains)} chains, {sum(map(len, chains.values()))} events, {len(problems)} problems"
    sys.stdout.write("\n".join([*problems, counts, ""]))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
