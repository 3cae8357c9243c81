"""The words that the documents add to a report: what each figure counts, headings, and a few sentences."""

from __future__ import annotations

from collections.abc import Mapping

TITLES: Mapping[str, str] = {
    "quarterly-pack": "Equality: quarterly pack",
    "annual-report": "Equality: annual report to scrutiny",
    "annual-review": "Equality: annual review",
    "a_plan": "Action plan",
    "for_management": "For the management team",
    "for_scrutiny": "For the scrutiny committee",
    "for_everyone": "For the whole council",
    "title_of": "%(title)s, %(of)s",
    "quarter": "quarter %(quarter)s of %(year)s",
    "municipal": "municipal year %(year)s",
    "financial": "financial year %(year)s",
    "days": "%(first)s to %(last)s",
    "page_of": "Page %(page)s of %(pages)s",
}
"""What a report is called."""

FRAME: Mapping[str, str] = {
    "period": "Period",
    "from_to": "%(first)s to %(last)s",
    "department": "Department",
    "every_department": "All departments",
    "no_department": "No department",
    "as_at": "Counted to the end of",
    "printed": "Made on",
    "only_seen": (
        "These figures count only the assessments and actions that you may see: they are not the whole "
        "council's, nor a whole department's."
    ),
    "running": "The period is not over: these are its figures up to %(day)s.",
    "figures": "The figures",
    "figures_table": "Each figure, what it counts, and the same for the period before",
    "figure": "Figure",
    "now": "This period",
    "before": "Period before",
    "share": "%(percent)s%% (%(counted)s of %(out_of)s)",
    "nothing": "None to count",
    "median": "%(days)s days (median of %(number)s)",
    "unknown": "Not known: %(number)s. %(why)s",
    "by_department": "By department",
    "table_of": "%(figure)s, by department",
    "chart_of": "The share in each department. %(rows)s. The table after it has the same numbers.",
    "share_column": "Share",
    "counted_column": "Counted",
    "out_of_column": "Out of",
    "unknown_column": "Not known",
    "median_column": "Median of days",
    "definition_column": "What it counts",
    "first_day": "First day",
    "last_day": "Last day",
    "heard": "Consultation: who was heard",
    "heard_table": "In how many consultations each group was heard",
    "heard_number": "Consultations that closed in the period: %(number)s.",
    "heard_by_nobody_shown": (
        "In how many each group was heard is not shown: the numbers are below %(threshold)s, and could tell "
        "who is meant."
    ),
    "group": "Group",
    "heard_in": "Heard in",
    "too_few": "Not shown: small number",
    "small_numbers": (
        "A number below %(threshold)s, or one that would give such a number away, is not shown, so that "
        "nobody can be recognised. None and all are shown."
    ),
    "definitions": "How these are counted",
    "definitions_note": (
        "Approvals, screenings, returns and reviews are counted from the history, which nobody can rewrite, "
        "as it was at the end of the day above. Decision dates, target dates, review dates and departments "
        "are those on record today: where one was changed since, it counts as it now stands. An action's "
        "own changes of date are counted as moved dates. Lists show actions and stages as they stand today."
    ),
    "left_out": "%(number)s more are not printed here.",
    "none_listed": "None.",
}
"""Headings, columns and sentences."""

FIGURES: Mapping[str, str] = {
    "approved_before": "Approved before the decision",
    "without_assessment": "Decisions with no approved assessment",
    "in_time": "Assessments completed in the required time",
    "screened_out": "Screened out",
    "days_to_approval": "Days from draft to approval",
    "returned": "Returned at the first check",
    "consulted": "Approved with consultation",
    "actions_on_time": "Actions done on time",
    "dates_moved": "Actions whose target date was moved",
    "reviews_done": "Reviews finished when due",
}
"""What each figure is called."""

DEFINITIONS: Mapping[str, str] = {
    "approved_before": (
        "Of the decisions taken in the period on what was not screened out: those whose assessment had its "
        "last signature on or before the day of the decision."
    ),
    "without_assessment": (
        "Of all decisions taken in the period: those with neither an approved assessment nor a screening out "
        "on or before the day. A decision that nobody entered here is not known."
    ),
    "in_time": (
        "Of the assessments whose target date fell in the period: those approved, or screened out, by that "
        "date."
    ),
    "screened_out": "Of the screenings decided in the period: those that needed no full assessment.",
    "days_to_approval": (
        "Calendar days from the day its lead began the work, or a new version was opened, to its last "
        "signature: as many of those approved in the period took longer as took less."
    ),
    "returned": (
        "Of the screenings and assessments checked for the first time in the period: those sent back for "
        "more work."
    ),
    "consulted": (
        "Of the assessments approved in the period: those with a consultation that had closed by then."
    ),
    "actions_on_time": (
        "Of the actions whose target date fell in the period: those done by the latest day that its words "
        "allow."
    ),
    "dates_moved": "Of the actions that were open in the period: those whose target date was moved in it.",
    "reviews_done": (
        "Of the approved assessments whose review date fell in the period: those whose review was finished, "
        "or led to a new version, by the day above."
    ),
}
"""What each figure counts, out of what."""

UNKNOWN: Mapping[str, str] = {
    "approved_before": "They were approved in the period, and have no decision date.",
    "in_time": "They are open and have no target date.",
    "consulted": "A consultation is recorded without the day it closed.",
    "actions_on_time": "They are open and have no day to be done by.",
}
"""Why a figure cannot say."""

PARTS: Mapping[str, str] = {
    "approved_after": "approved after the decision: %(number)s",
    "never_approved": "not approved at all: %(number)s",
    "full_in_time": "full assessments in time: %(number)s",
    "screened_in_time": "screened out in time: %(number)s",
    "finished_late": "finished late: %(number)s",
    "not_finished": "not finished: %(number)s",
    "to_be_verified": "done, to be verified: %(number)s",
    "done_late": "done late: %(number)s",
    "dropped": "dropped: %(number)s",
    "carried_forward": "carried forward: %(number)s",
    "still_open": "still open: %(number)s",
    "times_moved": "times moved: %(number)s",
    "review_begun": "begun, not finished: %(number)s",
    "review_not_begun": "not begun: %(number)s",
}
"""What a figure is made of."""

LISTS: Mapping[str, str] = {
    "without": "Decisions taken without an approved assessment",
    "decided": "Decisions of the period",
    "coming": "Decisions to come in the next three months",
    "overdue": "Actions overdue",
    "due_next": "Actions due in the next three months",
    "done": "Actions done in the period",
    "plan": "Actions",
    "decisions_table": "%(of)s, with their assessments",
    "actions_table": "%(of)s, table %(number)s: action, target date, lead, outcome and progress",
    "decision_what": "Assessment",
    "decision_when": "Decision",
    "decision_how": "How the assessment stood",
    "approved_first": "Approved on %(day)s, before the decision",
    "approved_late": "Approved on %(day)s, after the decision",
    "screened": "Screened out before the decision",
    "not_approved": "Not approved",
    "stage_now": "Now: %(stage)s",
    "led_by": "Lead: %(lead)s",
    "no_lead": "No lead yet",
    "objective": "Objective",
    "action": "Action",
    "target": "Target date",
    "lead": "Lead",
    "outcome": "Outcome",
    "progress": "Progress",
    "no_lead_named": "Nobody named",
    "no_target": "No date given",
    "overdue_since": "Overdue",
    "state_open": "Open",
    "state_done": "Done, to be verified",
    "state_verified": "Done and verified",
    "state_dropped": "Dropped",
    "state_carried_forward": "Carried forward",
    "progress_on_track": "On track",
    "progress_delayed": "Delayed",
    "progress_moved": "Date moved",
    "progress_done": "Done",
    "progress_verified": "Verified",
    "progress_not_verified": "Not verified",
    "progress_dropped": "Dropped",
    "progress_carried_forward": "Carried forward",
    "noted": "%(kind)s, %(day)s",
    "list": "List",
    "label": "Number",
    "state": "State",
    "yes": "Yes",
    "no": "No",
    "owner": "From",
    "latest": "Latest day",
}
"""Lists, their columns, and how things stand."""


def _under(prefix: str, words: Mapping[str, str]) -> dict[str, str]:
    return {f"{prefix}.{name}": text for name, text in words.items()}


ENGLISH: Mapping[str, str] = {
    **TITLES,
    **FRAME,
    **LISTS,
    **_under("figure", FIGURES),
    **_under("definition", DEFINITIONS),
    **_under("unknown", UNKNOWN),
    **_under("part", PARTS),
}
"""Every word by its name, in English; %(places)s are filled when it is said."""
