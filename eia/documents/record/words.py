"""The words that the documents add to a record: headings, short labels and a few sentences."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

ENGLISH: Mapping[str, str] = {
    "whole": "Equality impact assessment: the whole record",
    "committee": "Equality impact assessment: summary for decision",
    "reference": "Reference",
    "version": "%(reference)s, version %(version)s",
    "department": "Department",
    "lead": "Lead",
    "champion": "Checked by",
    "stage": "Stage",
    "stage_since": "%(stage)s, %(day)s",
    "decision": "Decision",
    "decision_by_on": "%(body)s, %(day)s",
    "no_decision_date": "%(body)s, no date yet",
    "outcome": "Decided",
    "approved": "Approved",
    "not_approved": "Not yet",
    "review": "To be reviewed",
    "printed": "As it stood on",
    "assessed_after": (
        "Assessed after the decision: it was decided on %(decided)s and the assessment was approved on "
        "%(approved)s."
    ),
    "assessed_late": (
        "Assessed after the decision: it was due on %(decided)s, and the assessment is not approved yet."
    ),
    "assessed_over": (
        "Assessed after the decision: it was decided on %(decided)s and the assessment came to its end on "
        "%(ended)s."
    ),
    "assessed_begun_late": (
        "Assessed after the decision: it was decided on %(decided)s, before the assessment was begun."
    ),
    "draft": "Not approved yet: what stands here may still change.",
    "proposed": "What is proposed",
    "recommended": "What is recommended",
    "screened": "What screening came to",
    "affected": "Who is affected and how",
    "affected_table": "Each group that is affected, how, and what will be done about it",
    "group": "Group",
    "impact": "Impact",
    "what_happens": "What happens, and to whom",
    "what_we_do": "What will be done about it",
    "harm_left": "Justified because",
    "no_answer_to_harm": "Nothing is said yet",
    "see_actions": "See the actions",
    "several_groups": "People in several groups at once",
    "no_difference": "No difference found",
    "not_relevant": "Not affected",
    "not_relevant_why": "Not affected, and why",
    "not_assessed": "Not assessed yet",
    "nobody_affected": "No group was found to be affected.",
    "heard": "What was heard",
    "nobody_asked": "Nobody has been consulted yet.",
    "nobody_was_asked": "Nobody was consulted.",
    "nothing_heard": "Nothing has been written yet about what people said.",
    "from_to": "%(first)s to %(last)s",
    "when_asked": "When",
    "invited": "Who was invited",
    "reached": "Groups it set out to reach",
    "heard_from": "Heard from",
    "not_heard_from": "Not heard from",
    "not_heard_because": "Why they were not heard from",
    "what_was_said": "What people said",
    "changed": "What changed because of it",
    "nothing_changed": "No change has been recorded.",
    "evidence": "Evidence",
    "evidence_count": "Sources of evidence: %(sources)s. Gaps admitted: %(gaps)s.",
    "evidence_table": "Sources of evidence and what each says",
    "source": "Source",
    "about": "About",
    "says": "What it says",
    "undated": "No date",
    "gaps": "What is not known",
    "gaps_table": "Gaps in the evidence and what will be done about each",
    "gap": "Gap",
    "gap_closed_by": "How it will be closed",
    "gap_open": "No action yet",
    "actions": "What will be done, by whom and when",
    "actions_table": "Actions with who does them and by when",
    "no_actions": "No action has been promised.",
    "action": "Action",
    "who": "Who",
    "when": "By when",
    "latest": "at the latest %(day)s",
    "nobody": "Nobody named yet",
    "overdue": "Overdue",
    "for_group": "For: %(group)s",
    "success": "Aim: %(outcome)s",
    "state_done": "Done, to be verified",
    "state_verified": "Done and verified",
    "state_dropped": "Dropped",
    "state_carried_forward": "Carried forward",
    "signed": "Who signed",
    "signed_table": "Signatures, with the version that each was given to",
    "nobody_signed": "Nobody has signed this version yet.",
    "nobody_did_sign": "Nobody signed this version.",
    "name": "Name and post",
    "answer": "Answer",
    "signed_on": "On",
    "content": "Version signed",
    "outcome_signed": "Signed",
    "outcome_refused": "Refused to sign",
    "subject_to": "Subject to: %(actions)s",
    "slipped": "Times its date moved later: %(times)s; days in all: %(days)s",
    "lapsed": "lapsed: the text has changed since",
    "comment": "Comment: %(comment)s",
    "attested": "Each signatory attested",
    "content_of_this": (
        "The text of this version has the content number %(hash)s. A signature counts for the text whose "
        "number it carries, and for no other."
    ),
    "left_out": "%(mark)s marks where words are left out. The whole record %(reference)s has them.",
    "page_of": "Page %(page)s of %(pages)s",
    "files": "Attached files",
    "files_table": "Attached files, with the fingerprint of each",
    "file": "File",
    "file_about": "%(kind)s, %(size)s kB",
    "file_on": "Belongs to",
    "fingerprint": "Fingerprint (SHA-256)",
    "kind_service_data": "Service data",
    "kind_workforce_data": "Workforce data",
    "kind_census": "Census or other statistics",
    "kind_survey": "Survey",
    "kind_research": "Research",
    "kind_complaints": "Complaints",
    "kind_engagement": "Engagement",
    "kind_professional_view": "Professional view",
    "kind_gap": "Gap",
}
"""Every word by its name, in English; %(places)s are filled when it is said."""


@dataclass(frozen=True, kw_only=True)
class Words:
    """The documents' words in one language; `role` says what a role is called."""

    said: Mapping[str, str]
    day: Callable[[date], str]
    role: Callable[[str], str]

    def __call__(self, name: str, **places: object) -> str:
        """The word or sentence of this name with its places filled. Raises KeyError."""
        said = self.said[name]
        return said % places if places else said
