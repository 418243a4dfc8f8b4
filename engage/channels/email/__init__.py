"""E-mail: customers' mails in by SMTP, LMTP, IMAP or a pipe, answers and transcripts out.

Without `ENGAGE_SMTP_URL` what would go out is kept and readable.
"""

from aiohttp import web

from engage.access.tokens import load_secret
from engage.channels import Channel
from engage.channels.email import accept, api, jobs, service, smtp_listener, threads
from engage.channels.email.addresses import ADDRESS_BOOK, AddressBook
from engage.channels.email.mail_keys import MAIL_KEYS, keys_of
from engage.channels.email.parser_pool import PARSERS, ParserPool
from engage.channels.email.smtp import POSTMAN, postman
from engage.kit.bus import BUS
from engage.kit.jobs import JOBS
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
    app[BUS].include(threads.reactions)
    app[ADDRESS_BOOK], app[PARSERS], app[accept.GROUP] = AddressBook(app), ParserPool(), accept.group(app)
    app[JOBS].include(jobs.table)
    app.cleanup_ctx.append(app[PARSERS].running)


def work(app: web.Application) -> None:
    app.cleanup_ctx.append(app[accept.GROUP].running)
    app.cleanup_ctx.append(smtp_listener.resource)


CHANNEL = Channel(name="email", label="E-mail", icon="mail", install=install, work=work, deliver=service.deliver)
