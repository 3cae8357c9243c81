"""The words around dates that say tentative, event, end of year, or nothing at all."""

from __future__ import annotations

import re

from eia.domain.target_date.phrases import MARK

_I = re.IGNORECASE
PROVISIONAL = re.compile(
    r"\(?\b(?:tbc|t\.b\.c\.?|tba|tbd"
    r"|to be (?:confirmed|agreed|announced|determined|decided|advised|finali[sz]ed)"
    r"|subject to (?:confirmation|approval|agreement|funding|change|review|resources)"
    r"|(?:date )?not yet (?:known|agreed|confirmed|set)|provisional(?:ly)?|approximately|approx\b\.?|circa"
    r"|estimated?|est\.|indicative|anticipated|expected|proposed|around|about|roughly|possibly|probably"
    r"|hopefully|likely)(?!\w)\)?|\bc\. ?(?=[a-z\d])|\bc ?(?=\d{4})|\?+|~",
    _I,
)
NONE = re.compile(r"[\s.\-/]*(?:n/?a|none|nil|not applicable|no date)?[\s.\-/]*", _I)
_NEAR = r"(?:short|medium|long)(?:er)?"
VAGUE = re.compile(
    r"(?:at|from) an early (?:stage|opportunity|date)|at the earliest (?:opportunity|possible \w+)"
    rf"|(?:in|over|within) the {_NEAR}(?:[ -]to[ -]{_NEAR}|/{_NEAR})?[ -]term|{_NEAR}[ -]term"
    r"|as soon as (?:possible|practicable|practical)|asap|shortly|soon|immediate(?:ly)?|later|over time"
    r"|in (?:due course|the near future|the coming (?:weeks|months|years?))"
    r"|when (?:resources|funds) (?:allow|permit)"
    r"|(?:along|to|within|on) (?:the|an) (?:agreed|planned|project|set) (?:timetable|time-?scales?|programme)"
    r"|(?:for|in|from|before|during) the (?:next|coming|following|new)"
    r" (?:(?:municipal|financial|council|civic|academic|calendar) )?year",
    _I,
)
"""Says that there is a time, and not which; `next year` cannot be told without the document's own date."""

_DURATION = (
    r"(?:\d+|an?|one|two|three|four|five|six|nine|ten|twelve)(?: ?(?:-|to|or) ?\d+)?"
    r" (?:working |calendar )?(?:days?|weeks?|months?|years?)"
)
_NOT_A_DATE = (
    rf"(?!(?: the)?(?: end)?(?: of)? ?{MARK}\W*$)"  # "after the March 2009 elections" has no date yet
)
EVENT = re.compile(
    rf"(?:(?:within|in)? ?{_DURATION}"
    rf"|(?:following|after|before|prior to|in advance of|ahead of){_NOT_A_DATE}"
    rf"|until(?!(?: the)?(?: end)?(?: of)? ?{MARK})"
    r"|once|when(?:ever)?|upon|pending|dependent|depending|contingent|subject to|as soon as(?! possible)"
    r"|unless|if"
    r"|on (?:the )?(?:completion|receipt|approval|publication|adoption|agreement|launch|appointment|return"
    r"|implementation|introduction|opening|renewal|request)"
    r"|at (?:the )?(?:next|time|point|same time|start of each)"
    r"|in line with|linked to|in conjunction with|to coincide with|alongside|in time for|as part of"
    r"|by the (?:next|time)|to follow|at each)\b",
    _I,
)
DEADLINE_VERBS = re.compile(
    r"\b(?:to be |all )?(?:complete[d]?|implement(?:ed)?|achieved?|deliver(?:ed)?|in place|finish(?:ed)?"
    r"|publish(?:ed)?|establish(?:ed)?)(?= (?:by|in|from)\b)",
    _I,
)
YEAR_END = re.compile(
    r"(?:by )?(?:the )?(?:end of (?:the )?(?:financial |current |plan |this )*year"
    r"|(?:financial )?year[- ]end)",
    _I,
)
THIS_YEAR = re.compile(
    r"(?:within |in |during )?(?:the |this )?(?:(?:current|same) (?:financial )?|financial |plan )year", _I
)
FILLERS = re.compile(
    r"\b(?:in|during|on|within|the|of|at|for|target|deadline|date|due|completion|end date|milestones?|is"
    r"|month|to be|by|financial year|and|both|all)\b|[\s.,;:()\[\]/&+-]+",
    _I,
)
SEPARATOR = re.compile(r"\s*(?:[;,&+]|/|\band\b|\bthen\b)\s*", _I)
DOUBTFUL_NAME = re.compile(
    r"\b(?:or|was|were|slipp\w*|revised|moved|deferred|delayed|extended|not|instead|original\w*|previous\w*|except"
    r"|now|if|unless|from|to|until|by|before|after|each|every)\b",
    _I,
)
"""Beside one of several dates these may change which of them is meant."""
