"""A council whose work goes on while its processes are killed, on one database, with one mail server."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from random import Random
from uuid import UUID

from sqlalchemy import select, update

from eia.domain.facts import AnswerKey
from eia.settings import Settings
from eia.store import tables
from eia.store.database import Database
from eia.usecases.moves import make_move
from eia.usecases.reminders import sweep
from eia.usecases.unsettled import Choice, settle_all
from eia.wiring import build_mailer, build_services
from tests.bench.bench_moves import analysed
from tests.council import Council as MovingCouncil
from tests.crash.nursery import Child, Nursery
from tests.crash.roles import FileClock, deliver_all
from tests.smtp_sink import Sink
from tests.usecases.council import Council, on
from tests.usecases.letterbox import begin, officer_of

MONDAY = datetime(2027, 1, 11, 10, tzinfo=UTC)
PEOPLE = 4
CHECKED = {
    AnswerKey("quality_check", question): True
    for question in (
        "evidence_sufficient",
        "consultation_adequate",
        "impacts_explained",
        "mitigation_realistic",
        "plain_english",
    )
}
NEXT_MOVES: Mapping[str, tuple[tuple[str, str, dict[str, object]], ...]] = {
    "analysis": (("lead", "submit_for_review", {}),),
    "quality_review": (
        ("champion", "return_for_work", {"reasons": ["not_plain"], "comment": "In words that people use."}),
        ("champion", "recommend", {}),
    ),
}
SIGNERS = ("head", "director")


@dataclass
class Round:
    """What was promised in it, and how many faults there were by which a mail may have gone unrecorded.

    `in_gap` are the Message-IDs that the server had kept and we had not recorded as the fault fell.
    """

    promises: dict[str, UUID] = field(default_factory=dict)  # the words of an action, and its id
    kept_before: int = 0
    faults: int = 0
    in_gap: frozenset[str] = frozenset()
    power_cut: bool = False  # an intent does not wait for the disk where what is in doubt goes again anyway


class World:
    """Everything that a round needs; `resends` says whether what is in doubt goes again."""

    def __init__(
        self,
        database: Database,
        folder: Path,
        nursery: Nursery,
        sink: Sink,
        *,
        resends: bool = True,
        broker: str = "",
        begins: datetime = MONDAY,
        hours: str = "always",
    ) -> None:
        folder.mkdir()
        self.folder = folder
        self.children: list[Child] = []
        self.nursery, self.sink, self.resends = nursery, sink, resends
        self.environment = {
            "EIA_DATA_DIR": str(folder),
            "EIA_DATABASE_URL": database.url.render_as_string(hide_password=False),
            "EIA_BASE_URL": "https://eia.example.org",
            "EIA_BROKER_URL": broker,
            "EIA_SMTP_URL": sink.url,
            "EIA_MAIL_HOURS": hours,
            "EIA_MAIL_IN_DOUBT": "resend" if resends else "ask",
        }
        self.settings = Settings.from_environment(self.environment)
        self.clock = FileClock(folder / "clock")
        self.clock.at = begins
        self.services = build_services(self.settings, clock=self.clock)
        self.mailer = build_mailer(self.settings)
        self.council = Council(services=self.services, clock=self.clock)  # type: ignore[arg-type]
        begin(self.council)
        self.parties = [self.council.party(self.council.person(f"Lead {number}")) for number in range(PEOPLE)]
        self.movers = MovingCouncil(self.services.database)
        self.movers.services, self.movers.clock = self.services, self.clock  # type: ignore[assignment]
        self.assessment_id = self._assessment()
        self.moves = 0
        self._promised = 0

    def close(self) -> None:
        self.services.database.close()

    def child(self, role: str, **more: object) -> Child:
        """A process that works for this council."""
        order = {"do": role, "environment": self.environment, "clock": str(self.folder / "clock")}
        self.children.append(self.nursery.child(order | more))
        return self.children[-1]

    def next_day(self) -> None:
        """Ten in the morning of the next day on which people work; nothing of yesterday is open any more."""
        self.change(tables.action, state="done")
        today = self.clock.at.replace(hour=10, minute=0, second=0)
        self.clock.at = today + timedelta(days=3 if today.weekday() == 4 else 1)

    def promise(self, count: int) -> Round:
        """So many actions due today, one a lead as long as there are leads."""
        this = Round(kept_before=len(self.sink.kept))
        for number in range(count):
            self._promised += 1
            words = f"Promise {self._promised:05} is kept"
            parties = [self.parties[number % PEOPLE]]
            this.promises[words] = self.council.action(on(self.services.today()), parties=parties, text=words)
        return this

    def cut_short(self, this: Round) -> None:
        """Look, before anything is mended, which mails the server has that we do not know it has."""
        self.sink.hang_up()
        kept = {message_id(each) for each in self.sink.kept[this.kept_before :]}
        recorded = {row.message_id for row in self.mails() if row.state == "sent"}
        this.in_gap |= kept - recorded

    def mend(self) -> None:
        """What the next minutes and hours bring, as the clock rings again and again."""
        self.clock.at += timedelta(minutes=6)
        for _ in range(14):
            sweep(self.services)
            deliver_all(self.services, self.mailer)
            if not any(row.state in ("pending", "retry_wait", "claimed", "intended") for row in self.mails()):
                return
            self.clock.at += timedelta(minutes=61)

    def settle_doubts(self) -> None:
        """The officer looks each one up, so that the next round begins with nothing in doubt."""
        settle_all(
            self.services, officer_of(self.council), "in_doubt", Choice.DELIVERED, because="Asked the server"
        )
        movers = self.movers["officer"]
        settle_all(self.services, movers, "in_doubt", Choice.DELIVERED, because="Asked the server")

    def order_of_next_move(self, chance: Random) -> dict[str, object]:
        """A move that somebody could make now, as an order to a process."""
        signed = self._signatures()
        if self.stage not in NEXT_MOVES and signed == len(SIGNERS):
            self.assessment_id = self._assessment()
        if self.stage in NEXT_MOVES:
            who, move, given = chance.choice(NEXT_MOVES[self.stage])
        else:
            who, move, given = SIGNERS[signed], "sign", {"attested": True}
        return {"assessment_id": str(self.assessment_id), "who": who, "move": move, "given": given}

    def move(self, order: Mapping[str, object]) -> None:
        """The same move by somebody whom nobody kills."""
        who, given = str(order["who"]), order["given"]
        assert isinstance(given, dict)
        make_move(self.services, self.movers[who], self.assessment_id, str(order["move"]), **given)

    @property
    def stage(self) -> str:
        with self.services.database.read() as connection:
            this = tables.assessment.c.id == self.assessment_id
            found: str = connection.scalars(select(tables.assessment.c.stage).where(this)).one()
            return found

    @property
    def row_version(self) -> int:
        """How often the assessment was changed."""
        with self.services.database.read() as connection:
            this = tables.assessment.c.id == self.assessment_id
            found: int = connection.scalars(select(tables.assessment.c.row_version).where(this)).one()
            return found

    def notices(self) -> int:
        """How many mails are owed since something happened to the assessment."""
        return sum(row.payload.get("assessment_id") == str(self.assessment_id) for row in self.mails())

    def mails(self) -> list[object]:
        with self.services.database.read() as connection:
            return list(connection.execute(select(tables.outbox)))

    def change(self, table: object, **values: object) -> None:
        with self.services.database.write() as work:
            work.connection.execute(update(table).values(**values))  # type: ignore[arg-type]

    def _signatures(self) -> int:
        with self.services.database.read() as connection:
            this = tables.sign_off.c.assessment_id == self.assessment_id
            return len(connection.execute(select(tables.sign_off.c.id).where(this)).all())

    def _assessment(self) -> UUID:
        made = analysed(self.movers)
        self.movers.answer(made, CHECKED, by="champion")
        return made


def message_id(raw: bytes) -> str:
    return str(message_from_bytes(raw)["Message-ID"])


def words(raw: bytes) -> str:
    """The plain text of a mail."""
    body = message_from_bytes(raw, policy=default).get_body(("plain",))
    assert body is not None
    return str(body.get_content())
