"""E-mail, outgoing: agents' answers, transcripts. Needs `ENGAGE_SMTP_URL`; without it mails are kept and readable."""

from aiohttp import web

from engage.access.tokens import load_secret
from engage.channels import Channel
from engage.channels.email import api, service
from engage.channels.email.mail_keys import MAIL_KEYS, keys_of
from engage.channels.email.smtp import POSTMAN, postman
from engage.kit.bus import BUS
from engage.kit.routes import API
from engage.kit.templates import TEMPLATES
from engage.settings import SETTINGS


def install(app: web.Application) -> None:
    settings = app[SETTINGS]
    old = (each.get_secret_value() for each in settings.old_secrets)
    app[MAIL_KEYS] = keys_of(load_secret(settings), *old)
    url = settings.smtp_url
    app[POSTMAN] = postman(url.get_secret_value() if url else None)
    app[API].include(api.routes)
    app[TEMPLATES].add("email", service.TEMPLATE_FOLDER)
    app[BUS].include(service.reactions(app))


CHANNEL = Channel(name="email", label="E-mail", icon="mail", install=install, deliver=service.deliver)
