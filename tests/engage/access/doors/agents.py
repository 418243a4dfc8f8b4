from tests.engage.access.doors import Door, Signal

DOORS = [
    # whoever is signed in already signs in anew; a wrong password is refused like a stranger's
    Door("POST /api/v1/agent/session", "our page", {"email": "anna@nordlink.example", "password": "wrong"}),
    Door("DELETE /api/v1/agent/session", "agent"),
    Door("GET /api/v1/agent/me", "agent"),
    Door("POST /api/v1/agent/socket-ticket", "agent"),
    Door("PUT /api/v1/agent/presence", "agent", {"presence": "busy"}),
]
SIGNALS = [Signal("/agent", "alive", {}, frozenset())]
