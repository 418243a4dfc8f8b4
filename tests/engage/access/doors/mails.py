from tests.engage.access.doors import Door

# a mail that one may not see is simply not there
DOORS = [
    # only a mail's link closes a request
    Door("POST /api/v1/mail-links/solved", "public", {"token": "no.token"}),
    Door("GET /api/v1/agent/mails", "agent"),
    Door("GET /api/v1/agent/mails/{mail_id}", "desk", but={"editor": 404}),
    Door("POST /api/v1/agent/mails/{mail_id}/retry", "desk", but={"editor": 404}),
    Door("GET /api/v1/agent/conversations/{conversation_id}/mails", "desk"),
    Door("POST /api/v1/agent/mails/{mail_id}/withdraw", "desk", but={"editor": 404}),
    Door("PUT /api/v1/agent/mails/{mail_id}/time", "desk", body={"send_at": None}, but={"editor": 404}),
]
