"""Which signatures count, and whose is still awaited."""

from __future__ import annotations

from eia.domain.facts import SignatureFacts, SignatureOutcome, WorkflowFacts
from eia.domain.people import Role
from eia.domain.workflow.definition import Signing


def counting(facts: WorkflowFacts) -> tuple[SignatureFacts, ...]:
    """Signatures given to exactly this content and not lapsed since."""
    return tuple(
        item
        for item in facts.signatures
        if item.outcome is SignatureOutcome.SIGNED
        and not item.lapsed
        and item.content_hash == facts.content_hash
    )


def signed_roles(facts: WorkflowFacts) -> frozenset[Role]:
    """The roles in which this content has been signed."""
    return frozenset(item.role for item in counting(facts))


def complete(signing: Signing, facts: WorkflowFacts) -> bool:
    """Whether as many of the roles have signed as the workflow asks for."""
    return len(signed_roles(facts).intersection(signing.roles)) >= signing.needed


def awaited(signing: Signing, facts: WorkflowFacts) -> tuple[Role, ...]:
    """The roles that may sign next: where order matters the first without a signature, else all of them."""
    if complete(signing, facts):
        return ()
    signed = signed_roles(facts)
    left = tuple(role for role in signing.roles if role not in signed)
    return left[:1] if signing.in_order else left
