"""Files of a test run are of no worth when it is over: they lie in memory where there is room for them.

A copy of a database takes a tenth of the time there, and nobody waits for a disk. Nothing of the program knows it.
"""

import os
import shutil
import tempfile
from pathlib import Path

#: Linux's own file system in memory; containers often have a small one
MEMORY = Path("/dev/shm")  # noqa: S108  # files in it have names that `tempfile` makes
#: two workers need a tenth of it
ROOM_BYTES = 4 * 1024**3


def holds_temporary_files() -> None:
    """For this process and whatever it starts, unless somebody has named a place himself."""
    if "TMPDIR" not in os.environ and _has_room():
        os.environ["TMPDIR"] = tempfile.tempdir = str(MEMORY)


def _has_room() -> bool:
    return MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM_BYTES
