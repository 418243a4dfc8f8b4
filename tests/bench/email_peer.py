"""A peer for the mail bench: django-helpdesk from the package registry, which reads the same mails from a folder.

It runs in an environment of its own with its own database, and is asked by nothing but its own command.
"""

import os
import sqlite3
import subprocess
import sys
import venv
from pathlib import Path
from time import perf_counter

PEER = "django-helpdesk==2.6.1"
APPS = ("auth", "contenttypes", "sessions", "sites", "messages", "staticfiles", "admin", "humanize")
SETTINGS = """
SECRET_KEY = "of the bench"
USE_TZ = True
SITE_ID = 1
INSTALLED_APPS = [{apps}, "rest_framework", "helpdesk"]
DATABASES = {{"default": {{"ENGINE": "django.db.backends.sqlite3", "NAME": r"{folder}/peer.db"}}}}
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"
ROOT_URLCONF = "peer_urls"
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
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
    allow_email_submission=True, email_box_type="local", email_box_local_dir=r"{mails}/", email_box_interval=0)
"""


class Peer:
    """Its mails are answered into nothing, so that no mail server holds it up."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._python = folder / "venv" / "bin" / "python"
        self._mails = folder / "mails"
        self._mails.mkdir(parents=True)
        venv.create(folder / "venv", with_pip=True)
        self._run("-m", "pip", "install", "--quiet", PEER)
        apps = ", ".join(f'"django.contrib.{app}"' for app in APPS)
        (folder / "peer_settings.py").write_text(SETTINGS.format(folder=folder, apps=apps))
        (folder / "peer_urls.py").write_text(URLS)
        self._run("-m", "django", "migrate", "--verbosity", "0")
        self._run("-m", "django", "loaddata", "emailtemplate.json", "--verbosity", "0")
        self._run("-m", "django", "shell", "-c", QUEUE.format(mails=self._mails))

    def rate(self, mails: list[bytes]) -> float:
        """Tickets a second, without the time in which the program starts."""
        starting = self._take()
        for number, mail in enumerate(mails):
            (self._mails / f"{number:06}").write_bytes(mail)
        before = self._tickets()
        seconds = self._take() - starting
        return (self._tickets() - before) / seconds

    def _take(self) -> float:
        began = perf_counter()
        self._run("-m", "django", "get_email", "--quiet")
        return perf_counter() - began

    def _tickets(self) -> int:
        with sqlite3.connect(self._folder / "peer.db") as database:
            return int(database.execute("SELECT count(*) FROM helpdesk_ticket").fetchone()[0])

    def _run(self, *arguments: str) -> None:
        where = {"PYTHONPATH": str(self._folder), "DJANGO_SETTINGS_MODULE": "peer_settings"}
        done = subprocess.run(
            [self._python, *arguments], cwd=self._folder, env=os.environ | where, capture_output=True, check=False,
            text=True,
        )  # fmt: skip
        if done.returncode:
            sys.exit(f"The peer failed: {done.stderr[-2000:]}")
