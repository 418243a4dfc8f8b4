from tests.engage.access.doors import Door

# a mail that one may not see is simply not there
DOORS = [
    # only a mail's link closes a request
    Door("POST /api/v1/mail-links/solved", "public", {"token": "no.token"}),
    Door("GET /api/v1/agent/mails", "agent"),
    Door("GET /api/v1/agent/mails/{mail_id}", "desk", but={"editor": 404}),
    Door("POST /api/v1/agent/mails/{mail_id}/retry", "desk", but={"editor": 404}),
    Door("GET /api/v1/agent/conversations/{conversation_id}/mails", "desk"),
    Door("GET /api/v1/agent/conversations/{conversation_id}/mail-frame", "desk"),
    Door("POST /api/v1/agent/conversations/{conversation_id}/address-check", "desk", {"addresses": ["a@b.example"]}),
    # the message is of another conversation
    Door(
        "POST /api/v1/agent/conversations/{conversation_id}/forward",
        "desk",
        {"client_id": "forward-1", "entry_id": "{entry_id}", "to": ["a@b.example"]},
        but=dict.fromkeys(("colleague", "supervisor", "admin"), 404),
    ),
    # a chat is not split, and it is in the colleague's hands
    Door(
        "POST /api/v1/agent/conversations/{conversation_id}/split",
        "desk",
        {"entry_id": "{entry_id}"},
        but=dict.fromkeys(("colleague", "supervisor", "admin"), 409),
    ),
    # there was no such merge
    Door(
        "POST /api/v1/agent/conversations/{conversation_id}/unmerge",
        "desk",
        {"merge_id": "{entry_id}"},
        but=dict.fromkeys(("colleague", "supervisor", "admin"), 404),
    ),
    Door("POST /api/v1/agent/mails/{mail_id}/withdraw", "desk", but={"editor": 404}),
    Door("PUT /api/v1/agent/mails/{mail_id}/time", "desk", body={"send_at": None}, but={"editor": 404}),
]
