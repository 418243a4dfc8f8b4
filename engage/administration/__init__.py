"""Administration: what a site's admin sets up in the console, with every act in the audit log."""

from aiohttp import web

from engage.administration import (
    account_mails,
    api_keys,
    audit_log,
    blocks,
    canned_replies,
    centres,
    channel_rules,
    chat_rules,
    contact_fields,
    decline_reasons,
    identity,
    incoming_mails,
    invitations,
    labels,
    look,
    mail_consent,
    mail_rules,
    mail_sending,
    mailbox_trials,
    mailboxes,
    opening_hours,
    outcomes,
    people,
    person_routing,
    pictures,
    presence_reasons,
    promises,
    queue_overflow,
    queue_rules,
    queues,
    side_panel,
    single_sign_on,
    sites,
    skills,
    spam,
    suppressed_addresses,
    teams,
)
from engage.kit.bus import BUS
from engage.kit.routes import API
from engage.kit.templates import TEMPLATES


def install(app: web.Application) -> None:
    app[TEMPLATES].add("administration", account_mails.TEMPLATE_FOLDER)
    app[BUS].include(account_mails.reactions(app))
    app.router.add_get(mailboxes.RETURN_PATH, mail_consent.come_back)
    for noun in (
        sites,
        look,
        opening_hours,
        people,
        pictures,
        invitations,
        queues,
        queue_rules,
        queue_overflow,
        skills,
        centres,
        person_routing,
        channel_rules,
        promises,
        teams,
        chat_rules,
        mail_sending,
        suppressed_addresses,
        mailboxes,
        mailbox_trials,
        mail_consent,
        mail_rules,
        incoming_mails,
        single_sign_on,
        outcomes,
        decline_reasons,
        presence_reasons,
        canned_replies,
        labels,
        identity,
        contact_fields,
        side_panel,
        blocks,
        spam,
        api_keys,
        audit_log,
    ):
        app[API].include(noun.routes)
