"""The names in a plan, and the parties that they mean."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from eia.domain.action import ActionLead, Party, PartyKind
from eia.domain.plan import PlanLead
from eia.store import parties
from eia.store.plan_readings import Reading
from eia.store.unit_of_work import UnitOfWork
from eia.usecases.services import Services


class Parties:
    """Who is named: a name that occurs twice, or stands for another in this plan, is one party."""

    def __init__(self, services: Services, work: UnitOfWork, reading: Reading) -> None:
        self._services, self._work, self._body_id = services, work, reading.body_id
        self._meant = {each.initials: each.name for each in reading.found.legend} | dict(
            reading.checks.aliases
        )
        self._known = {party.name: party for party in parties.of_body(work.connection, reading.body_id)}
        self.aliases: dict[str, UUID] = {}

    def named(self, written: str, kind: PartyKind = PartyKind.PERSON) -> Party:
        """The party that these words mean, known or new."""
        name = self._meant.get(written, written)
        party = self._known.get(name) or self._new(name, kind)
        if name != written:
            self.aliases[written] = party.id
        return party

    def leads(self, written: Iterable[PlanLead]) -> tuple[ActionLead, ...]:
        """Everybody's part in an action; whoever is named twice has the first part that was named."""
        found: dict[UUID, ActionLead] = {}
        for lead in written:
            party = self.named(lead.name, lead.party)
            found.setdefault(party.id, ActionLead(party=party, role=lead.role, post=lead.post))
        return tuple(found.values())

    def _new(self, name: str, kind: PartyKind) -> Party:
        party = Party(id=self._services.new_id(), kind=kind, name=name, holder_id=None, confirmed=False)
        parties.add(self._work.connection, self._body_id, party)
        self._known[name] = party
        return party
