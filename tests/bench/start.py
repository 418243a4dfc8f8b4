"""Seconds from `engage serve` to the first answered request: on an empty folder, and on one that is there already."""

import json
import statistics
import tempfile
import time
from pathlib import Path

from tests.services.engage import EngageProcess

RUNS = 5


def main() -> None:
    first: list[float] = []
    again: list[float] = []
    for _ in range(RUNS):
        with tempfile.TemporaryDirectory() as folder:
            process = EngageProcess(Path(folder), {"ENGAGE_DEMO": "1"})
            first.append(_seconds_to_start(process))
            again.append(_seconds_to_start(process))
    print(json.dumps({"first_start_s": _median(first), "next_start_s": _median(again), "runs": RUNS}))  # noqa: T201  # its result


def _seconds_to_start(process: EngageProcess) -> float:
    started = time.monotonic()
    process.start()
    seconds = time.monotonic() - started
    process.stop()
    return seconds


def _median(seconds: list[float]) -> float:
    return round(statistics.median(seconds), 2)


if __name__ == "__main__":
    main()
