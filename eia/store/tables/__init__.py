"""Every table. Rows belong to a body, names are the domain's words, and only `eia.store` sees these."""

from eia.store.tables.assessments import (
    assessment,
    assignment,
    assignment_section,
    authorship,
    sign_off,
    snapshot,
    stage_history,
)
from eia.store.tables.attachments import attachment, source_file
from eia.store.tables.audit import audit_event
from eia.store.tables.bodies import body, department, instance, person, role_grant, web_session, welcome
from eia.store.tables.chasing import invitation, one_use_link, sign_off_condition
from eia.store.tables.columns import metadata
from eia.store.tables.frameworks import framework_area, framework_link, framework_move
from eia.store.tables.mail import mail_hold, outbox, reminder, sweep
from eia.store.tables.plans import (
    action_recommendation,
    objective,
    plan_alias,
    plan_change,
    plan_reading,
    plan_step,
    plan_version,
    recommendation,
)
from eia.store.tables.promises import action, action_lead, action_progress, party, plan
from eia.store.tables.reminding import absence, calendar_feed, reminder_choice
from eia.store.tables.reports import kept_report
from eia.store.tables.writing import (
    answer,
    answer_history,
    comment,
    comment_thread,
    consultation,
    draft,
    evidence,
    passage,
    source,
)

__all__ = [
    "absence",
    "action",
    "action_lead",
    "action_progress",
    "action_recommendation",
    "answer",
    "answer_history",
    "assessment",
    "assignment",
    "assignment_section",
    "attachment",
    "audit_event",
    "authorship",
    "body",
    "calendar_feed",
    "comment",
    "comment_thread",
    "consultation",
    "department",
    "draft",
    "evidence",
    "framework_area",
    "framework_link",
    "framework_move",
    "instance",
    "invitation",
    "kept_report",
    "mail_hold",
    "metadata",
    "objective",
    "one_use_link",
    "outbox",
    "party",
    "passage",
    "person",
    "plan",
    "plan_alias",
    "plan_change",
    "plan_reading",
    "plan_step",
    "plan_version",
    "recommendation",
    "reminder",
    "reminder_choice",
    "role_grant",
    "sign_off",
    "sign_off_condition",
    "snapshot",
    "source",
    "source_file",
    "stage_history",
    "sweep",
    "web_session",
    "welcome",
]
