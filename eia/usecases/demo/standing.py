"""Where the demonstration's council stands: a peer challenge and its answers, a framework, a report kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from eia.documents.record.as_text import as_text
from eia.documents.record.words import Words
from eia.documents.report.layout import lay_out
from eia.documents.report.words import ENGLISH
from eia.domain.people import Actor
from eia.domain.plan_kind import PlanKind
from eia.domain.report.period import PeriodKind
from eia.domain.report.report import ReportKind
from eia.usecases.demo.cast import Cast, read
from eia.usecases.demo.timeline import Timeline
from eia.usecases.framework_pages import area_page
from eia.usecases.frameworks import AreaEntry, assess_area, link_to_area
from eia.usecases.kept_reports import Drawn, keep_report
from eia.usecases.plan_import import import_plan
from eia.usecases.plan_readings import PlanFile
from eia.usecases.reports import ReportRequest, body_calendar, period_report
from eia.usecases.services import Services


@dataclass(frozen=True, kw_only=True)
class Standing:
    """The officer looks at the whole council once, and again when something has changed."""

    services: Services
    cast: Cast

    @property
    def officer(self) -> Actor:
        """Who says where the council stands."""
        return self.cast[read("standing")["officer"]]

    def arrange(self, timeline: Timeline, today: date) -> None:
        """Puts every scene on its day."""
        year = today.year if today.month >= 4 else today.year - 1
        timeline.add(today - timedelta(days=300), 10, lambda: self._peers(year - 1))
        timeline.add(today - timedelta(days=270), 10, lambda: self._look(year - 1))
        timeline.add(today - timedelta(days=60), 10, lambda: self._look_again(year - 1))
        timeline.add(today - timedelta(days=20), 15, self._keep_report)

    def _peers(self, year: int) -> None:
        text = _dated(read("standing")["peer_challenge"], year)
        file = PlanFile(
            name="peer-challenge-action-plan.md",
            content=text.strip().encode(),
            department_id=self.cast.departments[read("standing")["department"]],
            kind=PlanKind.PEER_CHALLENGE_RESPONSE,
        )
        import_plan(self.services, self.officer, file)

    def _look(self, year: int) -> None:
        for each in read("standing")["area"]:
            self._say(each, year, page_version=0)
            for words in each["shows"]:
                self._link(each["area"], words)

    def _look_again(self, year: int) -> None:
        said = {each["area"]: each for each in read("standing")["area"]}
        for each in read("standing")["move"]:
            self._say({**said[each["area"]], **each}, year, page_version=1)

    def _say(self, said: dict[str, Any], year: int, *, page_version: int) -> None:
        names = ("level", "standing", "target_level", "target", "closes_gap", "because")
        entry = AreaEntry(**{name: _dated(said[name], year) for name in names}, page_version=page_version)
        assess_area(self.services, self.officer, read("standing")["framework"], said["area"], entry)

    def _link(self, area: str, words: str) -> None:
        name = read("standing")["framework"]
        for found in area_page(self.services, self.officer, name, area, words=words).offered[:2]:
            link_to_area(self.services, self.officer, name, area, found.kind, found.subject_id)

    def _keep_report(self) -> None:
        calendar = body_calendar(self.services, self.officer)
        period = calendar.complete(PeriodKind.QUARTER, self.services.today())
        asked = ReportRequest(kind=ReportKind.QUARTERLY, period=period)
        report = period_report(self.services, self.officer, asked)
        paper = lay_out(report, Words(said=ENGLISH, day=_day, role=str))
        keep_report(
            self.services, self.officer, report, None, Drawn(title=paper.title, content=as_text(paper))
        )


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _dated(text: str, year: int) -> str:
    """The years in the words: {fy} is the financial year that begins in `year`."""
    years = {"y": year, "y1": year + 1, "y2": year + 2}
    spans = {f"fy{turn or ''}": f"{year + turn}/{(year + turn + 1) % 100:02d}" for turn in range(3)}
    return text.format(**years, **spans)
