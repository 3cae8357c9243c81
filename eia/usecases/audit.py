"""Whether the record is as it was written: verified in place, sealed daily, exported for others to check."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from eia.domain.attachment import Attachment, SourceFile
from eia.domain.audit import CHECKPOINTS, Link, chain_problems, export_line, problems_in
from eia.store import attachments, audit, settle, source_files, sweeps
from eia.store.audit import HistoryLine, SignedHash
from eia.usecases.kept_files import file_problems
from eia.usecases.services import Services

ROUND = "checkpoint"
Chain = Mapping[int, Mapping[str, str | int]]
"""What the events of one chain say, by their place in it."""


@dataclass(frozen=True, kw_only=True)
class Verified:
    """What was looked at, and every disagreement as a sentence."""

    chains: int
    events: int
    checkpoints: int
    moves: int
    signatures: int
    files: int
    problems: tuple[str, ...]


def verify(services: Services) -> Verified:
    """Holds every chain against its hashes, checkpoints, stage history, stages, signatures and files."""
    with services.database.read() as connection:
        chains = _by_chain(audit.every_link(connection))
        lines = audit.history_lines(connection)
        stages = audit.stages(connection)
        signatures = audit.signed_hashes(connection)
        contents = settle.contents(connection)
        files: tuple[Attachment | SourceFile, ...] = (
            *attachments.every(connection),
            *source_files.every(connection),
        )
    # What a broken chain says counts for nothing; it is named, and not held against anything else.
    broken = {chain_id for chain_id, links in chains.items() if chain_problems(chain_id, links)}
    said = {chain_id: _said(links) for chain_id, links in chains.items() if chain_id not in broken}
    return Verified(
        chains=len(chains.keys() - {CHECKPOINTS}),
        events=sum(map(len, chains.values())),
        checkpoints=len(chains.get(CHECKPOINTS, ())),
        moves=len(lines),
        signatures=len(signatures),
        files=len(files),
        problems=(
            *problems_in(chains),
            *_history_problems([line for line in lines if line.chain_id not in broken], said),
            *_stage_problems(_without(stages, broken), said),
            *_content_problems(_without(contents, broken), said),
            *_signature_problems([each for each in signatures if each.assessment_id not in broken], said),
            *file_problems(services, files),
        ),
    )


def seal(services: Services) -> int:
    """Adds today's checkpoint; how many chains moved since the one before. Twice a day does no harm."""
    now = services.now()
    with services.database.write() as work:
        moved = work.seal(services.today(), at=now)
        sealed = sweeps.Sweep(name=ROUND, started_at=now, finished_at=services.now(), created=moved, note="")
        sweeps.record(work.connection, services.new_id(), sealed)
    return moved


def export(services: Services) -> Iterator[str]:
    """Every event as a line of JSON; `eia/domain/audit.py` alone can check it."""
    with services.database.read() as connection:
        yield from map(export_line, audit.every_link(connection))


def _by_chain(links: Iterator[Link]) -> dict[UUID, list[Link]]:
    chains: dict[UUID, list[Link]] = defaultdict(list)
    for link in links:
        chains[link.chain_id].append(link)
    return dict(chains)


def _said(links: Sequence[Link]) -> Chain:
    return {link.seq: json.loads(link.body)["data"] for link in links}


def _history_problems(lines: Sequence[HistoryLine], said: Mapping[UUID, Chain]) -> Iterator[str]:
    """Each change of stage has its event, and each event that tells of a move has its line."""
    known = {(line.chain_id, line.seq): (line.move, line.to_stage) for line in lines}
    for line in lines:
        event = said.get(line.chain_id, {}).get(line.seq, {})
        if line.from_stage not in (None, line.to_stage) and event.get("to") != line.to_stage:
            yield f"{line.chain_id}: the history's move {line.seq} to {line.to_stage} has no event"
    for chain_id, chain in said.items():
        for seq, event in chain.items():
            if "move" in event and known.get((chain_id, seq)) != (event["move"], event["to"]):
                yield f"{chain_id}: event {seq}, {event['move']} to {event['to']}, is not in the history"


def _stage_problems(stages: Mapping[UUID, str], said: Mapping[UUID, Chain]) -> Iterator[str]:
    """An assessment stands where its last move left it."""
    for assessment_id, stage in stages.items():
        moves = [event["to"] for _, event in sorted(said.get(assessment_id, {}).items()) if "to" in event]
        if moves and moves[-1] != stage:
            yield f"{assessment_id}: stands at {stage}, but its last event led to {moves[-1]}"


def _content_problems(contents: Mapping[UUID, str], said: Mapping[UUID, Chain]) -> Iterator[str]:
    """What an assessment says is what it said after its last event."""
    for assessment_id, content in contents.items():
        chain = said.get(assessment_id, {})
        hashes = [event["content"] for _, event in sorted(chain.items()) if "content" in event]
        if not hashes or hashes[-1] != content:
            yield f"{assessment_id}: its content is not what its last event left"


def _without(values: Mapping[UUID, str], broken: Collection[UUID]) -> dict[UUID, str]:
    return {key: value for key, value in values.items() if key not in broken}


def _signature_problems(signatures: Sequence[SignedHash], said: Mapping[UUID, Chain]) -> Iterator[str]:
    """A signature names the hash that its event names."""
    recorded = {
        (chain_id, str(event["signature"])): event["content_hash"]
        for chain_id, chain in said.items()
        for event in chain.values()
        if "signature" in event
    }
    for each in signatures:
        if recorded.get((each.assessment_id, str(each.signature_id))) != each.content_hash:
            yield f"{each.assessment_id}: signature {each.signature_id} is not as it was given"
