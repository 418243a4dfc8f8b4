"""A peer for the mail bench: django-helpdesk from the package registry, with PostgreSQL, an IMAP mailbox and SMTP.

It runs in an environment of its own, and does what its own command for a mailbox does, which cron calls in production.
"""

import os
import subprocess
import sys
import venv
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

PEER = ("django-helpdesk==2.6.1", "psycopg[binary]==3.2.13")
APPS = ("auth", "contenttypes", "sessions", "sites", "messages", "staticfiles", "admin", "humanize")
SETTINGS = """
SECRET_KEY = "of the bench"
USE_TZ = True
SITE_ID = 1
INSTALLED_APPS = [{apps}, "rest_framework", "helpdesk"]
DATABASES = {{"default": {{"ENGINE": "django.db.backends.postgresql", "NAME": "{database}", "USER": "{user}",
    "HOST": "127.0.0.1", "PORT": {postgres}}}}}
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"
ROOT_URLCONF = "peer_urls"
EMAIL_HOST, EMAIL_PORT = "127.0.0.1", {smtp}
MEDIA_ROOT = r"{folder}/media"
HELPDESK_TEAMS_MODE_ENABLED = False
SILENCED_SYSTEM_CHECKS = ["admin.E402", "admin.E404", "admin.E408", "admin.E409", "admin.E410"]
TEMPLATES = [{{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}}]
"""
URLS = """
from django.urls import include, path
urlpatterns = [path("", include("helpdesk.urls", namespace="helpdesk"))]
"""
QUEUE = """
from django.contrib.sites.models import Site
from helpdesk.models import Queue
Site.objects.update_or_create(id=1, defaults={{"domain": "localhost", "name": "localhost"}})
Queue.objects.create(title="Support", slug="support", email_address="support@carrier.example", locale="en",
    allow_email_submission=True, email_box_type="imap", email_box_host="127.0.0.1", email_box_port={port},
    email_box_ssl=False, email_box_user="{user}", email_box_pass="{password}", email_box_imap_folder="INBOX",
    email_box_interval=0)
"""
COUNT = "from helpdesk.models import Ticket; print(Ticket.objects.count())"


@dataclass(frozen=True)
class Around:
    """The servers around it, the same as around us."""

    #: port, user and name of an empty database
    postgres: int
    database_user: str
    database: str
    imap: int
    mailbox: str
    password: str
    smtp: int


class Peer:
    def __init__(self, folder: Path, around: Around) -> None:
        self._folder = folder
        self._python = folder / "venv" / "bin" / "python"
        folder.mkdir(parents=True)
        venv.create(folder / "venv", with_pip=True)
        self._run("-m", "pip", "install", "--quiet", *PEER)
        self._write_settings(around)
        self._run("-m", "django", "migrate", "--verbosity", "0")
        self._run("-m", "django", "loaddata", "emailtemplate.json", "--verbosity", "0")
        queue = QUEUE.format(port=around.imap, user=around.mailbox, password=around.password)
        self._run("-m", "django", "shell", "-c", queue)

    def _write_settings(self, around: Around) -> None:
        apps = ", ".join(f'"django.contrib.{app}"' for app in APPS)
        names = {"database": around.database, "user": around.database_user, "postgres": around.postgres}
        settings = SETTINGS.format(folder=self._folder, apps=apps, smtp=around.smtp, **names)
        (self._folder / "peer_settings.py").write_text(settings)
        (self._folder / "peer_urls.py").write_text(URLS)

    def take(self) -> float:
        """Reads its mailbox; how many seconds that took."""
        began = perf_counter()
        self._run("-m", "django", "get_email", "--quiet")
        return perf_counter() - began

    def tickets(self) -> int:
        return int(self._run("-m", "django", "shell", "--verbosity", "0", "-c", COUNT).split()[-1])

    def _run(self, *arguments: str) -> str:
        where = {"PYTHONPATH": str(self._folder), "DJANGO_SETTINGS_MODULE": "peer_settings"}
        done = subprocess.run(
            [self._python, *arguments], cwd=self._folder, env=os.environ | where, capture_output=True, check=False,
            text=True,
        )  # fmt: skip
        if done.returncode:
            sys.exit(f"The peer failed: {done.stderr[-2000:]}")
        return done.stdout
