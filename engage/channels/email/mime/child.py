"""The parser's process: reads orders, takes mails apart, and is killed by its parent when one takes too long.

Started by the path of this file. The front pages of the packages above it are not run, for they would bring the whole
server along.
"""

import re
import resource
import sys
from pathlib import Path
from types import ModuleType

HERE = Path(__file__).resolve().parent
MEGABYTE = 1024 * 1024


def _stand_in_for_the_packages() -> None:
    for name, folder in (
        ("engage", HERE.parents[2]),
        ("engage.channels", HERE.parents[1]),
        ("engage.channels.email", HERE.parent),
    ):
        package = ModuleType(name)
        package.__path__ = [str(folder)]
        sys.modules[name] = package


def main() -> None:
    memory, cpu_seconds = int(sys.argv[1]), int(sys.argv[2])
    _stand_in_for_the_packages()
    from engage.channels.email import parcel  # noqa: PLC0415
    from engage.channels.email.mime import mail  # noqa: PLC0415

    resource.setrlimit(resource.RLIMIT_DATA, (memory * MEGABYTE, memory * MEGABYTE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))
    for line in sys.stdin.buffer:
        _allow(cpu_seconds)
        content = Path(line.decode().rstrip("\n")).read_bytes()
        try:
            answer = parcel.packed(mail.parse(content), used_megabytes=_most_used())
        except Exception as problem:  # noqa: BLE001  # whatever it was, the parent counts it as a try
            answer = parcel.failure(f"{type(problem).__name__}: {problem}")
        for piece in answer:
            sys.stdout.buffer.write(piece)
        sys.stdout.buffer.flush()


def _allow(seconds: int) -> None:
    """So much from now on; then the system ends us."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + seconds + 1, resource.RLIM_INFINITY))


def _most_used() -> int:
    """In megabytes. `getrusage` would count what our parent used before we were begun."""
    try:
        told = re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())
    except OSError:
        return 0
    return int(told[1]) // 1024 if told else 0


if __name__ == "__main__":
    main()
