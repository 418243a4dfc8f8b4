from tests.engage.access.doors import Door, Signal

ENGAGEMENT = "/api/v1/agent/engagements/{engagement_id}"
#: the work is in the hands of the keeper, and whoever has a board may take it from him
NARROW = {"narrow": 404}
REFUSED = frozenset({"foreign_agent", "foreign_admin", "narrow", "editor", "colleague"})

DOORS = [
    Door("GET /api/v1/agent/sites/{site_id}/board", "supervise"),
    Door(
        f"POST {ENGAGEMENT}/push",
        "supervise",
        {"agent_id": "{agent_id}"},
        but={**NARROW, "supervisor": 409, "admin": 409},
    ),
    Door(f"POST {ENGAGEMENT}/boost", "supervise", {"minutes": 5}, but={**NARROW, "supervisor": 409, "admin": 409}),
    Door(f"POST {ENGAGEMENT}/move", "supervise", {"queue_id": "{queue_id}"}, but=NARROW),
    Door("PUT /api/v1/agent/colleagues/{agent_id}/presence", "supervise", {"presence": "away"}),
]
SIGNALS = [
    Signal("/agent", "watch_board", {"site_id": "{site_id}"}, REFUSED),
    Signal("/agent", "unwatch_board", {}, frozenset()),
]
