"""Files on the sections of an assessment: put there, handed out, and taken away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from eia import content
from eia.domain.attachment import MOST, Attachment, hash_of, safe_name
from eia.domain.errors import Invalid, NotAllowed, NotFound
from eia.domain.facts import AssessmentFacts
from eia.domain.people import Actor
from eia.store import attachments
from eia.store.load_facts import load_facts
from eia.store.unit_of_work import UnitOfWork
from eia.usecases.kept_files import as_added
from eia.usecases.sections import names, why_closed
from eia.usecases.services import Services
from eia.usecases.uploads import Upload, kind_of
from eia.usecases.writing import must_see, wrote

NO_FILES_HERE = ("actions", "sign_off")
"""An action has its own evidence of being done, and a signature is nothing but a signature."""

TOO_MANY = "There are 50 files on this assessment already. Remove one that is not needed first"


@dataclass(frozen=True, kw_only=True)
class AttachmentsPage:
    """Every file of an assessment; `shut` says of a section why this person may not change its files."""

    facts: AssessmentFacts
    items: tuple[Attachment, ...]
    sections: tuple[str, ...]
    shut: Mapping[str, str]

    @property
    def open(self) -> tuple[str, ...]:
        """The sections to which this person may add and from which they may remove."""
        return tuple(section for section in self.sections if section not in self.shut)

    def on(self, section: str) -> tuple[Attachment, ...]:
        """The files on one section."""
        return tuple(item for item in self.items if item.section == section)

    def item(self, attachment_id: UUID) -> Attachment:
        """One of the files. Raises `NotFound`."""
        return _known(self.items, attachment_id)


def attachments_page(services: Services, actor: Actor, assessment_id: UUID) -> AttachmentsPage:
    """The files of this assessment. Raises `NotFound` for whoever may not see it."""
    with services.database.read() as connection:
        facts = load_facts(connection, actor.body_id, assessment_id)
        must_see(actor, facts)
        items = attachments.of_assessment(connection, facts.id)
    sections = sections_with_files(facts)
    reasons = {section: why_closed(actor, facts, section) for section in sections}
    return AttachmentsPage(
        facts=facts,
        items=items,
        sections=sections,
        shut={section: reason for section, reason in reasons.items() if reason},
    )


def may_attach(actor: Actor, facts: AssessmentFacts, section: str) -> bool:
    """Whether the actor may add a file to the section now."""
    return section in sections_with_files(facts) and why_closed(actor, facts, section) is None


def add_attachment(
    services: Services, actor: Actor, assessment_id: UUID, section: str, upload: Upload
) -> UUID:
    """The file on the section; the same file there once more is the one that is there already.

    Raises `Invalid` for a file that is not what we take, `NotAllowed` where the actor may not write.
    """
    with services.database.read() as connection:  # before anybody's file is opened
        _must_be_open(actor, load_facts(connection, actor.body_id, assessment_id), section)
    kind = kind_of(upload.content)
    sha256 = hash_of(upload.content)
    with services.database.write() as work:
        facts = work.assessment(actor.body_id, assessment_id)
        _must_be_open(actor, facts, section)
        there = attachments.of_assessment(work.connection, facts.id)
        if same := next((each for each in there if (each.section, each.sha256) == (section, sha256)), None):
            return same.id
        if len(there) >= MOST:
            raise Invalid({"file": TOO_MANY})
        item = Attachment(
            id=services.new_id(),
            assessment_id=facts.id,
            section=section,
            name=safe_name(upload.name, kind),
            kind=kind,
            size=len(upload.content),
            sha256=sha256,
            added_by=actor.id,
            by=actor.name,
            added_at=services.now(),
        )
        # First the bytes: a file that no row names does no harm, and is swept away.
        services.files.keep(item.stored_as, upload.content)
        attachments.add(work.connection, item)
        _record(services, work, actor, facts, "attachment_added", item)
    return item.id


def read_attachment(
    services: Services, actor: Actor, assessment_id: UUID, attachment_id: UUID
) -> tuple[Attachment, bytes]:
    """The file and its bytes, as they were added. Raises `Unavailable` when they are no longer that."""
    item = attachments_page(services, actor, assessment_id).item(attachment_id)
    return item, as_added(services, item)


def remove_attachment(services: Services, actor: Actor, assessment_id: UUID, attachment_id: UUID) -> None:
    """The file is no longer there; the history keeps that it was, and its hash."""
    with services.database.write() as work:
        facts = work.assessment(actor.body_id, assessment_id)
        must_see(actor, facts)
        item = _known(attachments.of_assessment(work.connection, facts.id), attachment_id)
        _must_be_open(actor, facts, item.section)
        attachments.remove(work.connection, item.id)
        _record(services, work, actor, facts, "attachment_removed", item)
    services.files.discard(item.stored_as)


def sections_with_files(facts: AssessmentFacts) -> tuple[str, ...]:
    """The sections that files can stand on, in the order in which they are worked on."""
    named = names(content.workflow(facts.workflow))
    return tuple(section for section in named if section not in NO_FILES_HERE)


def _must_be_open(actor: Actor, facts: AssessmentFacts, section: str) -> None:
    must_see(actor, facts)
    if section not in sections_with_files(facts):
        raise NotFound
    if closed := why_closed(actor, facts, section):
        raise NotAllowed(closed)


def _known(items: tuple[Attachment, ...], attachment_id: UUID) -> Attachment:
    found = next((item for item in items if item.id == attachment_id), None)
    if found is None:
        raise NotFound
    return found


def _record(
    services: Services, work: UnitOfWork, actor: Actor, facts: AssessmentFacts, event: str, item: Attachment
) -> None:
    """The record says which bytes and where, and never the name, which may be a person's."""
    data = {"attachment": str(item.id), "section": item.section, "sha256": item.sha256}
    wrote(services, work, actor, facts, event, data)
