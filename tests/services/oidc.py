"""A real OpenID Connect provider, certified by its foundation, where everybody may be whom he likes."""

import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.services.engage import ROOT
from tests.services.missing import missing
from tests.services.process import ServerProcess, free_port

CLIENT_ID = "engage"
CLIENT_SECRET = "a secret of two & more"


@contextmanager
def run_provider(folder: Path, *, redirect_uri: str, algorithm: str = "RS256") -> Iterator[str]:
    """Its issuer."""
    node = shutil.which("node") or missing("node")
    port = free_port()
    script = ROOT / "tests" / "services" / "oidc_provider.mjs"
    command = [node, str(script), str(port), redirect_uri, algorithm]
    process = ServerProcess(command, log=folder / "provider.log", cwd=ROOT, environment={"PATH": "/usr/bin:/bin"})
    try:
        process.wait_until(lambda: _answers(port))
        yield f"http://127.0.0.1:{port}"
    finally:
        process.kill()


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
