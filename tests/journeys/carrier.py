"""The demo carrier: its data in a folder of the test's own, adapted by hand before it opens."""

import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from engage.channels.callback.schemas import CallbackRules
from engage.sites.opening_hours import WEEKDAYS
from tests.services.engage import EngageProcess
from tests.services.forks import Forks

Start = Callable[..., EngageProcess]
RING_SECONDS = 120
#: in the database's own words
LONG_AGO, LONG_HENCE = "2026-01-01 00:00:00.000000", "2100-01-01 00:00:00.000000"


def seed(folder: Path, forks: Forks | None = None) -> None:
    """Puts the demo carrier into an empty folder by the operator's command."""
    EngageProcess(folder, {}, forks=forks).command("demo")


class Carrier:
    """Copied from a seeded folder, so that each test has it as new."""

    def __init__(self, seeded: Path, folder: Path, start: Start) -> None:
        for file in [*seeded.glob("engage.db*"), seeded / "secret"]:
            shutil.copy(file, folder)
        self._file = folder / "engage.db"
        self._start = start
        # nobody loses an offer because his machine is busy
        self.lets_offers_ring(seconds=RING_SECONDS)

    def opens(self, **settings: str) -> EngageProcess:
        return self._start(ENGAGE_DEMO="1", **settings)

    def lets_offers_ring(self, *, seconds: int) -> None:
        self._change("UPDATE queues SET offer_seconds = ?", seconds)

    def lets_offers_ring_out(self) -> None:
        """What rings now is missed as soon as the open server looks at what is due: when anything is to be done."""
        self._change("UPDATE jobs SET due_at = ? WHERE name = 'routing.expire_offers'", LONG_AGO)

    def lets_half_a_minute_pass(self) -> None:
        """For those who wait: they are told anew how long it takes, as soon as the open server looks."""
        self._change("UPDATE engagements SET told_at = ? WHERE told_at IS NOT NULL", LONG_AGO)
        self._change("UPDATE jobs SET due_at = ? WHERE name = 'routing.tell_wait'", LONG_AGO)

    def remembers_refusals(self) -> None:
        """Who declined or missed something is not asked again, however long the rest takes on a busy machine."""
        self._change("UPDATE offers SET ended_at = ? WHERE state IN ('declined', 'missed')", LONG_HENCE)

    def gives_everybody_one_at_a_time(self) -> None:
        self._change("UPDATE agents SET capacity = ?", 1)

    def opens_offers_of(self, queue: str) -> None:
        """They accept themselves at once."""
        self._change("UPDATE queues SET accept_after_seconds = 0 WHERE key = ?", queue)

    def is_closed(self) -> None:
        """Open on one day only, three days from now, so that the next opening can be said."""
        day = WEEKDAYS[(datetime.now(UTC) + timedelta(days=3)).weekday()]
        self._change("UPDATE sites SET opening_hours = ?", json.dumps({day: [["09:00", "17:00"]]}))

    def calls_at_any_hour(self) -> None:
        """Nobody has a night: the test may run at any time of the day."""
        rules = CallbackRules(on=True, countries=("DE", "GB"), quiet_from="00:00", quiet_until="00:00", slot_capacity=9)
        self._change("UPDATE callback_rules SET rules = ?", rules.model_dump_json())

    def offers_more_than_waiting(self) -> None:
        """Who is not the first in his queue may be called or answered by mail instead."""
        columns = "queue_id, depth, message, closed_message, offers_call, offers_mail"
        self._change(f"INSERT INTO queue_overflows ({columns}) SELECT id, ?, '', '', 1, 1 FROM queues", 1)

    def could_not_file_a_mail(self) -> None:
        """It waits for an admin."""
        columns = "source, sha256, size, received_at, state, tries, reason, sender, subject"
        values = "'lmtp', '', 0, created_at, 'dead_letter', 5, ?, 'kim@home.example', 'No light'"
        from_each = f"SELECT id, site_id, id, {values} FROM mailboxes WHERE protocol = 'inbound'"
        self._change(f"INSERT INTO raw_mails (id, site_id, mailbox_id, {columns}) {from_each}", "It broke the parser")

    def had_a_mail_back(self) -> None:
        """From a long address, which gets nothing but answers since."""
        values = "id, ?, '550 5.1.1 Nobody of this name lives here', NULL, NULL, created_at FROM sites"
        self._change(
            f"INSERT INTO suppressed_addresses (site_id, address, reason, until, mail_id, created_at) SELECT {values}",
            "somebody.with.a.very.long.name.indeed@far-away.example",
        )

    def may_be_embedded_by(self, origin: str) -> None:
        self._change("UPDATE sites SET origins = ?", json.dumps(["self", origin]))

    def rows(self) -> dict[str, int]:
        """How many rows each table holds now."""
        with closing(sqlite3.connect(self._file)) as database:
            tables = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
            return {name: database.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for (name,) in tables}

    def _change(self, statement: str, value: object) -> None:
        with closing(sqlite3.connect(self._file)) as database, database:
            database.execute(statement, (value,))
