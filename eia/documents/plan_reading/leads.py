"""Who is named at the end of a cell: people by initials, posts, groups, support, nobody yet."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from eia.documents.plan_reading.cells import Cell, joined
from eia.domain.action import LeadRole, PartyKind
from eia.domain.plan import PlanLead

_UP, _LOW = "A-ZÀ-ÖØ-ÞŴŶ", "a-zß-öø-ÿŵŷ"
_WORD = rf"[{_UP}][{_LOW}]+(?:[-'’][{_UP}]?[{_LOW}]+)*"
_SURNAME = rf"(?:(?:Mc|Mac|Fitz|[ODÓ]['’])[{_UP}][{_LOW}]+|(?:de |van |von |St\.? )?{_WORD})"
_TITLE = r"(?:(?:Cllr|Councillor|Dr|Mrs|Mr|Ms|Miss|Prof)\.?\s)?"
_NAME = rf"{_TITLE}(?:(?:[{_UP}](?:\.\s?|\s)){{1,3}}|(?P<caps>[{_UP}]{{2,3}})\s){_SURNAME}"
_PLAIN_NAME = _NAME.replace("(?P<caps>", "(?:")
_OFFICE = r"(?:Heads?|Directors?|Managers?|Officers?|Executives?|Champions?|Leads?|Co-?ordinators?|Secretary)"
_SEVERAL = re.compile(r"\b(?:Heads|Directors|Managers|Officers|Executives|Champions|Leads|Co-?ordinators)\b")
_GROUPS = (
    r"(?:heads|managers|directors|officers|staff|teams?|services|divisions|departments|directorates|leads)"
)

_TOKEN = re.compile(
    rf"(?P<support>\(?(?:all\s)?(?:with\s)?support(?:ed)?\s(?:from|by)\s"
    rf"(?P<supporters>{_PLAIN_NAME}(?:(?:\s?[,/&]\s?|\sand\s){_PLAIN_NAME})*)\)?)"
    r"|(?P<tbc>\(?\b(?:[Tt]o be (?:confirmed|appointed|agreed|determined|advised|identified)|TBC|tbc|TBA|tba"
    r"|[Vv]acant|[Vv]acancy)\b\)?)"
    rf"|(?P<group>\b[Aa]ll\s(?:[{_LOW}{_UP}]+\s){{0,3}}{_GROUPS}\b)"
    rf"|(?<![\w.'’])(?P<name>{_NAME})(?![\w'’])(?:\s*\((?!all\b|with\b|support)(?P<post>[^()]{{1,120}})\))?"
    rf"|(?P<office>\b(?:[{_UP}][{_LOW}]+\s){{0,3}}{_OFFICE}\b"
    rf"(?:,?\s(?:of|for)\s{_WORD}(?:(?:,|\sand|\s&)?\s{_WORD})*)?)"
)
LONGEST_LIST = 500
"""Characters; a longer list of names written out is prose."""

_BETWEEN = re.compile(r"[\s/&,;:.()]*(?:\band\b)?[\s/&,;:.()]*")
_INTRODUCED = re.compile(r"\(?\s*\b(?:lead|responsible|owner)s?(?: officers?)?s?\s*[:–-]\s*$", re.IGNORECASE)
_SEPARATOR = re.compile(r"\s*(?:/|&|,|;|\band\b)\s*(?![^(]*\))")
_WITH_POST = re.compile(r"(?P<name>[^()]*?)\s*(?:\((?P<post>[^()]*)\))?")
_ACRONYMS = frozenset(
    {"AA", "BME", "EIA", "EU", "GP", "HR", "ICT", "IS", "IT", "LSP", "NHS", "PR", "PRD", "QA", "UK"}
)  # `ICT Services` is no person
_OPEN_ENDED = re.compile(r"\b(?:the|of|a|an|our|to|for|with|by|and|or|each|its|their)$", re.IGNORECASE)
_WRITTEN_OUT = re.compile(rf"{_TITLE}{_WORD}(?:\s(?:{_WORD}|[{_UP}]\.?)){{1,2}}")


@dataclass(frozen=True, kw_only=True)
class Mention:
    """A lead in the place where it is named, or a place that still waits for a name."""

    lead: PlanLead | None


@dataclass(frozen=True, kw_only=True)
class Named:
    """The words of a cell, and those named at their end."""

    words: str
    mentions: tuple[Mention, ...] = ()
    doubt: str = ""  # why it may have been read wrongly

    @property
    def leads(self) -> tuple[PlanLead, ...]:
        """Everybody named; several who lead together are joint."""
        found = [mention.lead for mention in self.mentions if mention.lead]
        return tuple(found)

    @property
    def places(self) -> tuple[Mention, ...]:
        """Those named in order, support left out, to be matched by position."""
        return tuple(m for m in self.mentions if m.lead is None or m.lead.role is not LeadRole.SUPPORT)

    @property
    def support(self) -> tuple[str, ...]:
        """Those who support whoever leads."""
        return tuple(lead.name for lead in self.leads if lead.role is LeadRole.SUPPORT)

    @property
    def awaits_a_name(self) -> bool:
        """Whether a lead is still to be confirmed."""
        return any(mention.lead is None for mention in self.mentions)


def named_at_the_end(text: str) -> Named:
    """Parts a heading from the leads written after it; all of the text may be leads."""
    tokens = [token for token in _TOKEN.finditer(text) if token["caps"] not in _ACRONYMS]
    first = len(tokens)
    end = len(text)
    while first and _BETWEEN.fullmatch(text[tokens[first - 1].end() : end]):
        first -= 1
        end = tokens[first].start()
    while first < len(tokens) and _belongs_to_words(text[: tokens[first].start()], tokens[first]):
        first += 1
    words = text[: tokens[first].start()] if first < len(tokens) else text
    mentions = tuple(mention for token in tokens[first:] for mention in _mentions(token))
    if mentions:
        words = _INTRODUCED.sub("", words).rstrip(" (")
    return Named(words=words.strip(" ,;:/-–"), mentions=mentions)


def _belongs_to_words(before: str, token: re.Match[str]) -> bool:
    """`the role of Equality Officer` names no lead, `Improve Access Equality Officer` cannot be told."""
    if not before.strip() or token["support"]:
        return False
    if _OPEN_ENDED.search(before.rstrip()):
        return True
    return bool(token["office"]) and before.split()[-1][:1].isupper()


def _mentions(token: re.Match[str]) -> list[Mention]:
    if token["support"]:
        names = re.finditer(_PLAIN_NAME, token["supporters"])
        return [Mention(lead=PlanLead(name=name[0], role=LeadRole.SUPPORT)) for name in names]
    if token["tbc"]:
        return [Mention(lead=None)]
    if token["group"]:
        return [Mention(lead=PlanLead(name=token["group"], party=PartyKind.GROUP))]
    if token["office"]:
        party = PartyKind.GROUP if _SEVERAL.search(token["office"]) else PartyKind.POST
        return [Mention(lead=PlanLead(name=token["office"], party=party))]
    return [Mention(lead=PlanLead(name=token["name"].strip(), post=(token["post"] or "").strip()))]


def only_leads(text: str) -> Named | None:
    """The leads of a cell that holds nothing else, names written out included; None for other words."""
    named = named_at_the_end(text)
    if named.mentions and not named.words:
        return named
    if len(text) > LONGEST_LIST:
        return None
    pieces = [piece for piece in _SEPARATOR.split(text.strip()) if piece]
    if not pieces or not all(_is_written_out(piece) or _is_lead(piece) for piece in pieces):
        return None
    return Named(words="", mentions=tuple(mention for piece in pieces for mention in _piece(piece)))


def written_out(cell: Cell) -> set[str]:
    """The names of a cell that stand alone on a line or between marks; longer runs may be several."""
    pieces = (piece for block in cell for piece in _SEPARATOR.split(block.text.strip()))
    return {piece for piece in pieces if len(piece.split()) == 2 and _is_written_out(piece)}


def listed_leads(cell: Cell, known: Collection[str]) -> Named | None:
    """The leads of a cell that holds nothing else, names run together parted where one is `known`."""
    if not cell or len(joined(cell)) > LONGEST_LIST:
        return None
    each = [_run_together(block.text, known) or only_leads(block.text) for block in cell]
    named = [one for one in each if one is not None]
    if len(named) < len(each):
        return only_leads(joined(cell))
    doubts = " ".join(one.doubt for one in named if one.doubt)
    return Named(words="", mentions=tuple(m for one in named for m in one.mentions), doubt=doubts)


def _run_together(text: str, known: Collection[str]) -> Named | None:
    """`Ann Hall Equality Champions` where Ann Hall is named alone elsewhere; a marked list is no run."""
    pieces = _parted(text, known)
    if text in known or _SEPARATOR.search(text):
        return None
    named = [only_leads(piece) for piece in pieces]
    if len(pieces) < 2 or None in named:
        return None
    mentions = tuple(mention for one in named if one for mention in one.mentions)
    return Named(words="", mentions=mentions, doubt=f"'{text}' is read as {' and '.join(pieces)}: confirm.")


def _parted(text: str, known: Collection[str]) -> list[str]:
    """Known names, and the words between them."""
    words, pieces = text.split(), [""]
    while words:
        pair = " ".join(words[:2])
        if pair in known:
            pieces += [pair, ""]
            words = words[2:]
        else:
            pieces[-1] = f"{pieces[-1]} {words.pop(0)}".strip()
    return [piece for piece in pieces if piece]


def as_written(text: str) -> Named:
    """A lead kept word for word, for a person to say who is meant."""
    return Named(words="", mentions=(Mention(lead=PlanLead(name=text, party=PartyKind.UNCLEAR)),))


def _is_lead(piece: str) -> bool:
    named = named_at_the_end(piece)
    return bool(named.mentions) and not named.words


def _piece(piece: str) -> tuple[Mention, ...]:
    if _is_lead(piece):
        return named_at_the_end(piece).mentions
    name, post = _name_and_post(piece)
    return (Mention(lead=PlanLead(name=name, post=post, party=PartyKind.UNCLEAR)),)


def _is_written_out(piece: str) -> bool:
    return bool(_WRITTEN_OUT.fullmatch(_name_and_post(piece)[0]))


def _name_and_post(piece: str) -> tuple[str, str]:
    match = _WITH_POST.fullmatch(piece)
    return (match["name"], match["post"] or "") if match else (piece, "")


def as_joint(leads: Sequence[PlanLead]) -> tuple[PlanLead, ...]:
    """Several who were named to lead one action lead it jointly."""
    leading = [lead for lead in leads if lead.role is LeadRole.LEAD]
    if len(leading) < 2:
        return tuple(leads)
    return tuple(replace(lead, role=LeadRole.JOINT) if lead.role is LeadRole.LEAD else lead for lead in leads)


def likely_aliases(names: Sequence[str]) -> list[tuple[str, str]]:
    """Pairs of spellings that look like one person: same surname, initials that agree."""
    by_surname: dict[str, list[str]] = {}
    for name in sorted(set(names)):
        by_surname.setdefault(_key(name)[1], []).append(name)
    return [
        (one, other)
        for spellings in by_surname.values()
        for one, other in combinations(spellings, 2)
        if _alike(_key(one)[0], _key(other)[0])
    ]


def _alike(initials: str, others: str) -> bool:
    return initials.startswith(others) or others.startswith(initials)


def _key(name: str) -> tuple[str, str]:
    """Initials and surname: `MN Smith`, `M. N. Smith` and `M N Smith` are `("mn", "smith")`."""
    *before, surname = re.sub(rf"^{_TITLE}", "", name).replace(".", " ").split()
    initials = "".join(part if part.isupper() else part[:1] for part in before)
    return initials.casefold(), surname.casefold()
