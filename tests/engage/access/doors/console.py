from tests.engage.access.doors import Door, Signal

CONVERSATION = "/api/v1/agent/conversations/{conversation_id}"
ENGAGEMENT = "/api/v1/agent/engagements/{engagement_id}"
WORDS = {"client_id": "12345678", "text": "Hello"}
REFUSED = frozenset({"foreign_agent", "foreign_admin", "narrow", "editor"})

DOORS = [
    Door("GET /api/v1/agent/workspace", "agent"),
    Door("GET /api/v1/agent/work", "agent", query={"view": "all"}),
    Door("POST /api/v1/agent/work/next", "agent"),
    Door("POST /api/v1/agent/offers/{offer_id}/accept", "ringing"),
    Door("POST /api/v1/agent/offers/{offer_id}/decline", "ringing", {}),
    Door(f"POST {ENGAGEMENT}/pull", "desk"),
    Door(f"POST {ENGAGEMENT}/transfer", "holder", {"to_queue_id": "{queue_id}"}),
    Door(f"POST {ENGAGEMENT}/end", "holder"),
    # what is in a colleague's hands is his, or a supervisor's to judge
    Door(f"POST {ENGAGEMENT}/spam", "desk", {}, but={"colleague": 409}),
    Door(f"POST {CONVERSATION}/reopen", "desk"),
    Door(f"POST {ENGAGEMENT}/wrap-up", "holder", {}),
    Door(f"POST {ENGAGEMENT}/wrap-up/extend", "holder"),
    Door(f"POST {ENGAGEMENT}/park", "holder", {}),
    Door(f"GET {CONVERSATION}", "desk"),
    Door(f"GET {CONVERSATION}/entries", "desk"),
    Door(f"POST {CONVERSATION}/messages", "holder", WORDS, but={"narrow": 404}),
    Door(f"POST {CONVERSATION}/notes", "desk", WORDS),
    Door(f"PUT {CONVERSATION}/cursor", "desk", {"read_seq": 1}),
    Door("POST /api/v1/agent/attachments", "site", query={"site_id": "{site_id}"}),
    Door("GET /api/v1/agent/attachments/{attachment_id}", "desk"),
    Door("GET /api/v1/agent/articles", "member", query={"site_id": "{site_id}", "query": ""}),
]
SIGNALS = [
    Signal("/agent", "watch", {"conversation_id": "{conversation_id}"}, REFUSED),
    Signal("/agent", "unwatch", {}, frozenset()),
    Signal("/agent", "typing", {"conversation_id": "{conversation_id}", "on": True}, REFUSED),
]
