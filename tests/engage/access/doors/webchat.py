from tests.engage.access.doors import Door, Signal

CONVERSATION = "/api/v1/visitor/conversations/{conversation_id}"
IDENTITY = {"site_key": "nordlink", "jwt": "no.to.ken", "attempt": "12345678"}

DOORS = [
    Door("GET /api/v1/sites/{key}/widget", "public"),
    Door("GET /api/v1/sites/{key}/home", "public"),
    Door("GET /api/v1/sites/{key}/articles", "public", query={"query": "bill"}),
    Door("GET /api/v1/sites/{key}/articles/{slug}", "public"),
    Door("POST /api/v1/sites/{key}/articles/{slug}/feedback", "public", {"helpful": True}),
    Door("POST /api/v1/visitor/sessions", "public", {"site_key": "nordlink"}),
    # only the site's signature opens it
    Door(
        "POST /api/v1/visitor/identity", "public", {"site_key": "nordlink", "jwt": "no.to.ken", "attempt": "12345678"}
    ),
    Door("POST /api/v1/visitor/sign-out", "visitor"),
    Door("POST /api/v1/visitor/trail", "visitor", {"items": []}),
    Door("GET /api/v1/visitor/me", "visitor"),
    Door("POST /api/v1/visitor/conversations", "visitor", {"client_id": "12345678", "text": "Hello"}),
    Door(f"GET {CONVERSATION}", "his own"),
    Door(f"GET {CONVERSATION}/entries", "his own"),
    Door(f"POST {CONVERSATION}/messages", "his own", {"client_id": "12345678", "text": "Hello"}),
    Door(f"PUT {CONVERSATION}/cursor", "his own", {"read_seq": 1}),
    Door(f"POST {CONVERSATION}/end", "his own"),
    Door(f"POST {CONVERSATION}/mail", "his own", {"email": "thief@shop.example"}),
    Door(f"POST {CONVERSATION}/rating", "his own", {"score": 5}),
    Door(f"POST {CONVERSATION}/transcript", "his own", {"email": "thief@shop.example"}),
    Door("POST /api/v1/visitor/attachments", "visitor"),
    Door("GET /api/v1/visitor/attachments/{attachment_id}", "his own"),
]
SIGNALS = [
    Signal("/visitor", "alive", {}, frozenset()),
    Signal("/visitor", "typing", {"conversation_id": "{conversation_id}", "on": True}, frozenset({"other_visitor"})),
]
