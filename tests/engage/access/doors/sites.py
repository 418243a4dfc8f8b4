from tests.engage.access.doors import Door

SITE = "/api/v1/admin/sites/{site_id}"
#: an admin of any site may add one
NO_ADMINS = dict.fromkeys(("foreign_agent", "narrow", "editor", "colleague", "supervisor"), 403)
NEW = {"name": "Westlink", "key": "westlink", "origin": "https://westlink.example", "queues": ["Sales"]}
GENERAL = {"name": "Nordlink", "locale": "en", "time_zone": "Europe/Berlin"}
LOOK = {"accent": "#2f6f5e", "position": "left"}
HOURS = {"always": False, "time_zone": "UTC", "spans": [{"day": "mon", "begin": "08:00", "end": "18:00"}]}

DOORS = [
    Door("GET /api/v1/admin/site-key", "agent", query={"name": "Westlink"}, but=NO_ADMINS),
    Door("POST /api/v1/admin/sites", "agent", NEW, but=NO_ADMINS),
    Door(f"GET {SITE}", "administer"),
    Door(f"PUT {SITE}/general", "administer", GENERAL),
    Door(f"PUT {SITE}/origins", "administer", {"origins": ["https://nordlink.example"]}),
    Door(f"GET {SITE}/look", "administer"),
    Door(f"PUT {SITE}/look", "administer", LOOK),
    Door(f"GET {SITE}/opening-hours", "administer"),
    Door(f"PUT {SITE}/opening-hours", "administer", HOURS),
    Door(f"POST {SITE}/opening-hours/preview", "administer", HOURS),
]
