"""A Dovecot of our own: IMAP with passwords and with XOAUTH2, on an unprivileged port, its mails in a folder."""

import base64
import imaplib
import os
import pwd
import secrets
import shutil
import signal
import socket
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import jwt

from tests.services.certificates import Certificates
from tests.services.missing import missing
from tests.services.process import ServerProcess, free_port

PASSWORD = "open-sesame"
CONFIGURATION = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = /dev/stderr
protocols = imap
listen = 127.0.0.1
{encryption}
disable_plaintext_auth = no
auth_mechanisms = plain login xoauth2
auth_failure_delay = 0
auth_cache_size = 0
mail_location = maildir:{folder}/mails/%u
mail_max_userip_connections = 100
first_valid_uid = 0
imap_idle_notify_interval = 1 mins
{users}
passdb {{
  driver = static
  mechanisms = plain login
  args = password={password}
}}
passdb {{
  driver = oauth2
  mechanisms = xoauth2
  args = {folder}/oauth2.conf
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/mails/%u
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
    ssl = {has_tls}
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
"""
OAUTH = """
introspection_mode = local
local_validation_key_dict = fs:posix:prefix={folder}/keys/
username_attribute = sub
"""


class DovecotServer:
    """Every user that somebody thinks of is there, with the same password."""

    def __init__(self, folder: Path, certificates: Certificates | None) -> None:
        self._program = shutil.which("dovecot") or shutil.which("dovecot", path="/usr/sbin") or missing("Dovecot")
        self._folder = folder
        self._key = secrets.token_bytes(32)
        self.host, self.port = "127.0.0.1", free_port()
        #: for TLS from the first byte on; 0 if it has no certificate
        self.tls_port = free_port() if certificates else 0
        self._write(certificates)
        self.start()

    def _write(self, certificates: Certificates | None) -> None:
        folder = self._folder
        folder.chmod(0o755)
        for name in ("run", "state", "mails", "keys/default/HS256"):
            (folder / name).mkdir(parents=True)
        (folder / "keys/default/HS256/default").write_text(base64.b64encode(self._key).decode())
        (folder / "oauth2.conf").write_text(OAUTH.format(folder=folder))
        # as root it has users of its own and refuses mails that are root's; else everything is ours
        owner = pwd.getpwnam("nobody") if os.getuid() == 0 else pwd.getpwuid(os.getuid())
        os.chown(folder / "mails", owner.pw_uid, owner.pw_gid)
        names = ("default_internal_user", "default_login_user")
        users = "" if os.getuid() == 0 else "\n".join(f"{name} = {owner.pw_name}" for name in names)
        ids = {"uid": owner.pw_uid, "gid": owner.pw_gid}
        chain = certificates.chain if certificates else None
        encryption = f"ssl = yes\nssl_cert = <{chain}\nssl_key = <{chain}" if chain else "ssl = no"
        tls = {"encryption": encryption, "tls_port": self.tls_port, "has_tls": "yes" if chain else "no"}
        told = CONFIGURATION.format(folder=folder, port=self.port, users=users, password=PASSWORD, **ids, **tls)
        (folder / "dovecot.conf").write_text(told)

    def start(self) -> None:
        command = [self._program, "-F", "-c", str(self._folder / "dovecot.conf")]
        self._process = ServerProcess(command, log=self._folder / "dovecot.log", cwd=self._folder)
        self._process.wait_until(self._answers)

    def stop(self) -> None:
        """Returns when its port is free, for its own processes outlive it by a moment."""
        self._process.end(signal.SIGTERM)
        deadline = time.monotonic() + 20
        while self._listens():
            assert time.monotonic() < deadline, "it listens still"
            time.sleep(0.05)

    def _listens(self) -> bool:
        with suppress(OSError), socket.create_connection((self.host, self.port), timeout=5):
            return True
        return False

    def kill(self) -> None:
        self._process.kill()

    def _answers(self) -> bool:
        try:
            imaplib.IMAP4(self.host, self.port, timeout=5).shutdown()
        except (OSError, imaplib.IMAP4.error):
            return False
        return True

    def account(self) -> str:
        """A new user with an empty inbox."""
        return f"user-{secrets.token_hex(6)}@carrier.example"

    def token(self, user: str, *, seconds: int = 3600) -> str:
        """An access token for him that ends so soon."""
        now = int(time.time())
        claims = {
            "sub": user,
            "iat": now - 7200,
            "nbf": now - 7200,
            "exp": now + seconds,
            "iss": "tests",
            "aud": "mail",
        }
        return jwt.encode(claims, self._key, algorithm="HS256")

    @contextmanager
    def signed_in(self, user: str) -> Iterator[imaplib.IMAP4]:
        client = imaplib.IMAP4(self.host, self.port, timeout=30)
        try:
            client.login(user, PASSWORD)
            yield client
        finally:
            client.logout()

    def append(self, user: str, *mails: bytes, folder: str = "INBOX") -> None:
        with self.signed_in(user) as client:
            for mail in mails:
                answer, told = client.append(folder, "", imaplib.Time2Internaldate(time.time()), mail)
                assert answer == "OK", told

    def make_anew(self, user: str, folder: str) -> None:
        """Emptied and under another UIDVALIDITY, which some versions count in seconds."""
        deadline = time.monotonic() + 20
        with self.signed_in(user) as client:
            before = now = client.status(folder, "(UIDVALIDITY)")[1]
            while now == before:
                assert time.monotonic() < deadline, "its UIDVALIDITY stays"
                client.delete(folder)
                client.create(folder)
                now = client.status(folder, "(UIDVALIDITY)")[1]

    def flags(self, user: str, folder: str = "INBOX") -> list[bytes]:
        """Of each mail, in their order."""
        with self.signed_in(user) as client:
            _, told = client.select(folder, readonly=True)
            found = client.fetch("1:*", "(FLAGS)")[1] if told != [b"0"] else []
        return [each for each in found if isinstance(each, bytes)]


@contextmanager
def run_dovecot(certificates: Certificates | None = None) -> Iterator[DovecotServer]:
    with tempfile.TemporaryDirectory(prefix="engage-dovecot-") as folder:
        server = DovecotServer(Path(folder), certificates)
        try:
            yield server
        finally:
            server.kill()
