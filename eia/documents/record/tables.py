"""The tables of a record: groups, actions and signatures; and the sentences that both versions open with."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from eia.documents.record.paper import Block, Cell, Facts, Line, Notice, Prose, Table, cell
from eia.documents.record.words import Words
from eia.domain.facts import ActionState, SignatureOutcome
from eia.domain.record import GroupFinding, Promise, Record, SignatureLine, Standing, short_hash


def facts(record: Record, words: Words) -> Facts:
    """What heads the paper: which assessment, whose, and how it stands to the decision."""
    named = (
        ("reference", words("version", reference=record.reference, version=record.version)),
        ("department", record.department),
        ("lead", "; ".join(record.leads)),
        ("champion", "; ".join(record.champions)),
        ("stage", _stage(record, words)),
        ("decision", _decision(record, words)),
        ("outcome", record.decision_outcome),
        ("approved", _approved(record, words)),
        ("review", words.day(record.review_on) if record.review_on else ""),
        ("printed", words.day(record.printed_on)),
    )
    return Facts(rows=tuple((words(name), text) for name, text in named if text))


def _stage(record: Record, words: Words) -> str:
    if record.ended_on is None:
        return record.stage
    return words("stage_since", stage=record.stage, day=words.day(record.ended_on))


def _approved(record: Record, words: Words) -> str:
    if record.approved_on is None:
        return "" if record.ended_on else words("not_approved")
    return words.day(record.approved_on)


def _decision(record: Record, words: Words) -> str:
    if record.decision_on is None:
        return words("no_decision_date", body=record.decision_body) if record.decision_body else ""
    day = words.day(record.decision_on)
    return words("decision_by_on", body=record.decision_body, day=day) if record.decision_body else day


def notices(record: Record, words: Words) -> Iterator[Notice]:
    """That it was assessed after the decision, or is not approved, where that is so."""
    if not record.after_decision or record.decision_on is None:
        if record.approved_on is None and record.ended_on is None:
            yield Notice(text=words("draft"))
        return
    yield Notice(text=_after(record, record.decision_on, words))


def _after(record: Record, decision_on: date, words: Words) -> str:
    decided, approved, ended = words.day(decision_on), record.approved_on, record.ended_on
    if approved and approved > decision_on:
        return words("assessed_after", decided=decided, approved=words.day(approved))
    if approved is None and ended is None:
        return words("assessed_late", decided=decided)
    if approved is None and ended and ended > decision_on:
        return words("assessed_over", decided=decided, ended=words.day(ended))
    return words("assessed_begun_late", decided=decided)


def affected(record: Record, words: Words) -> Iterator[Block]:
    """The groups that are affected, in a table; the others in a line for each way of not being so."""
    rows = tuple(_group(each, record, words) for each in record.standing(Standing.AFFECTED))
    if rows:
        header = tuple(words(name) for name in ("group", "impact", "what_happens", "what_we_do"))
        columns = 4 if any(row[-1] for row in rows) else 3  # where all gain, there is nothing to be done
        yield Table(
            summary=words("affected_table"),
            header=header[:columns],
            rows=tuple(row[:columns] for row in rows),
            widths=(16, 12, 38, 34)[:columns],
            is_by_name=True,
        )
    elif not record.standing(Standing.NOT_ASSESSED):
        yield Prose(text=words("nobody_affected"))
    yield from _others(record, words, Standing.NO_DIFFERENCE)
    yield from _others(record, words, Standing.NOT_RELEVANT)
    yield from _others(record, words, Standing.NOT_ASSESSED)


def _others(record: Record, words: Words, standing: Standing) -> Iterator[Prose]:
    groups = record.standing(standing)
    if groups:
        yield Prose(label=words(standing.value), text=", ".join(each.group for each in groups))


def _group(finding: GroupFinding, record: Record, words: Words) -> tuple[Cell, ...]:
    said = tuple(Line(text=text) for text in (finding.what, finding.who) if text)
    done = tuple(Line(text=text) for text in (finding.mitigation,) if text)
    kept = (Line(label=words("harm_left"), text=finding.justification),) if finding.justification else ()
    answer = (*done, *kept) or cell(_instead(finding, record, words))
    return cell(finding.group), cell(finding.rating), said, answer


def _instead(finding: GroupFinding, record: Record, words: Words) -> str:
    if any(promise.group == finding.group for promise in record.promises):
        return words("see_actions")
    return words("no_answer_to_harm") if finding.needs_answer else ""


def days(first: date, last: date, words: Words) -> str:
    """A span of days, or the one day that it is."""
    if first == last:
        return words.day(first)
    return words("from_to", first=words.day(first), last=words.day(last))


def actions(record: Record, words: Words) -> Block:
    """Every action with who does it and by when."""
    if not record.promises:
        return Prose(text=words("no_actions"))
    return Table(
        summary=words("actions_table"),
        header=(words("action"), words("who"), words("when")),
        rows=tuple(_action(each, words) for each in record.promises),
        widths=(54, 24, 22),
    )


def _action(promise: Promise, words: Words) -> tuple[Cell, ...]:
    what = [Line(text=promise.what)]
    if promise.group:
        what.append(Line(text=words("for_group", group=promise.group)))
    if promise.outcome:
        what.append(Line(text=words("success", outcome=promise.outcome)))
    return tuple(what), cell("; ".join(promise.leads) or words("nobody")), _when(promise, words)


def _when(promise: Promise, words: Words) -> Cell:
    lines = [promise.target]
    if promise.latest and (day := words.day(promise.latest)) != promise.target:
        lines.append(words("latest", day=day))
    if promise.slips:
        lines.append(words("slipped", times=promise.slips, days=promise.slip_days))
    if promise.is_overdue:
        lines.append(words("overdue"))
    if promise.state is not ActionState.OPEN:
        state = words(f"state_{promise.state.value}")
        lines.append(f"{state}: {promise.note}" if promise.note else state)
    return tuple(Line(text=line) for line in lines if line)


def signatures(record: Record, words: Words) -> Iterator[Block]:
    """Who signed or refused, and which text of this version each was given."""
    if record.signatures:
        header = tuple(words(name) for name in ("name", "answer", "signed_on", "content"))
        rows = tuple(_signature(each, words) for each in record.signatures)
        yield Table(
            summary=words("signed_table"), header=header, rows=rows, widths=(38, 18, 20, 24), is_by_name=True
        )
    else:
        yield Prose(text=words("nobody_did_sign" if record.ended_on else "nobody_signed"))
    if record.content_hash:
        yield Prose(text=words("content_of_this", hash=short_hash(record.content_hash)))


def _signature(line: SignatureLine, words: Words) -> tuple[Cell, ...]:
    post = line.job_title or words.role(line.role.value)
    who = [Line(text=f"{line.name}, {post}")]
    if line.comment:
        who.append(Line(text=words("comment", comment=line.comment)))
    if line.subject_to:
        who.append(Line(text=words("subject_to", actions="; ".join(line.subject_to))))
    content = [Line(text=short_hash(line.content_hash))]
    if line.outcome is SignatureOutcome.SIGNED and not line.counts:
        content.append(Line(text=words("lapsed")))
    return tuple(who), cell(words(f"outcome_{line.outcome.value}")), cell(words.day(line.on)), tuple(content)
