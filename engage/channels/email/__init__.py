"""E-mail: customers' mails in by SMTP, LMTP, IMAP or a pipe; answers, notices and transcripts out.

Nothing leaves without a mail server (`ENGAGE_SMTP_URL`, or a site's own); mails are then kept and readable.
"""

from pathlib import Path

from aiohttp import web

from engage.access.tokens import load_secret
from engage.channels import Channel
from engage.channels.email import (
    accept,
    acknowledging,
    answer,
    api,
    blob_sweep,
    bounced,
    bulk_post,
    catch_up,
    closed_notice,
    composing,
    deliver,
    forwarding,
    imap_reader,
    jobs,
    mailbox_state,
    moved,
    opt_outs,
    plain_mails,
    posting,
    received_api,
    smtp_listener,
    solved,
    trouble,
)
from engage.channels.email.addresses import ADDRESS_BOOK, AddressBook
from engage.channels.email.mail_keys import MAIL_KEYS, keys_of
from engage.channels.email.parser_pool import PARSERS, ParserPool
from engage.channels.email.smtp import LINES, POSTMAN, postman
from engage.channels.email.smtp_lines import Lines
from engage.kit.bus import BUS
from engage.kit.jobs import JOBS
from engage.kit.routes import API
from engage.kit.templates import TEMPLATES
from engage.kit.vitals import COUNTS
from engage.settings import SETTINGS

TEMPLATE_FOLDER = Path(__file__).parent / "templates"


def install(app: web.Application) -> None:
    settings = app[SETTINGS]
    old = (each.get_secret_value() for each in settings.old_secrets)
    app[MAIL_KEYS] = keys_of(load_secret(settings), *old)
    url = settings.smtp_url
    app[LINES] = Lines()
    app[POSTMAN] = postman(url.get_secret_value() if url else None, app[LINES])
    app[API].include(api.routes)
    app[API].include(received_api.routes)
    app[API].include(solved.routes)
    app[API].include(composing.routes)
    app[API].include(forwarding.routes)
    solved.add_page(app)
    opt_outs.add_page(app)
    app[TEMPLATES].add("email", TEMPLATE_FOLDER)
    app[BUS].include(answer.reactions(app))
    app[BUS].include(catch_up.reactions(app))
    app[BUS].include(closed_notice.reactions(app))
    app[BUS].include(bounced.reactions)
    app[BUS].include(acknowledging.reactions)
    app[BUS].include(moved.reactions)
    app[ADDRESS_BOOK], app[PARSERS], app[accept.GROUP] = AddressBook(app), ParserPool(), accept.group(app)
    plain_mails.install(app)
    posting.install(app)
    app[JOBS].include(jobs.table)
    for table in (deliver.jobs, bulk_post.table, acknowledging.job_table(app), catch_up.timers(app), trouble.timers):
        app[JOBS].include(table)
    app[COUNTS].append(mailbox_state.count)
    app.cleanup_ctx.append(app[PARSERS].running)
    app.on_cleanup.append(_hang_up)


def work(app: web.Application) -> None:
    app.cleanup_ctx.append(app[accept.GROUP].running)
    app.cleanup_ctx.append(smtp_listener.resource)
    app[imap_reader.READERS] = imap_reader.Readers(app)
    app.cleanup_ctx.append(imap_reader.resource)
    app.cleanup_ctx.append(blob_sweep.resource)


async def _hang_up(app: web.Application) -> None:
    app[LINES].close()


CHANNEL = Channel(
    name="email",
    label="E-mail",
    icon="mail",
    install=install,
    work=work,
    composer=("write", "files", "articles", "mail"),
    patience_seconds=24 * 3600,
    deliver=deliver.deliver,
)
