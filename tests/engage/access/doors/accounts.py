from typing import Any

from tests.engage.access.doors import COLLEAGUES, FOREIGNERS, Door

ACCOUNT = "/api/v1/agent/account"
SITE = "/api/v1/admin/sites/{site_id}"
PERSON = f"{SITE}/people/{{agent_id}}"
PROOF = {"password": "a guess"}
PROVIDER = {
    "label": "Nordlink",
    "issuer": "https://id.nordlink.example",
    "client_id": "engage",
    "domains": ["nordlink.example"],
}
#: it is the colleague's own browser
NOT_HIS = dict.fromkeys((*FOREIGNERS, *(each for each in COLLEAGUES if each != "colleague")), 404)

DOORS = [
    Door("POST /api/v1/agent/session/code", "our page", {"ticket": "forged", "code": "123456"}),
    Door("POST /api/v1/agent/session/second-factor", "our page", {"ticket": "forged"}),
    Door(
        "POST /api/v1/agent/session/second-factor/confirm",
        "our page",
        {"ticket": "forged", "sealed": "x", "code": "123456"},
    ),
    Door("POST /api/v1/agent/password-reset", "our page", {"email": "nobody@nordlink.example"}),
    Door("POST /api/v1/agent/account-links/look", "our page", {"token": "forged"}),
    Door("POST /api/v1/agent/account-links/use", "our page", {"token": "forged", "password": "a good password"}),
    Door(f"GET {ACCOUNT}", "agent"),
    Door(f"PUT {ACCOUNT}", "agent", {"name": "Somebody else"}),
    Door(f"POST {ACCOUNT}/password", "agent", {"old": "a guess", "new": "a good password"}),
    Door(f"POST {ACCOUNT}/second-factor", "agent", PROOF),
    Door(f"POST {ACCOUNT}/second-factor/confirm", "agent", {"sealed": "x", "code": "123456"}),
    Door(f"POST {ACCOUNT}/second-factor/remove", "agent", PROOF),
    Door(f"POST {ACCOUNT}/recovery-codes", "agent", PROOF),
    Door(f"GET {ACCOUNT}/sign-ins", "agent"),
    Door(f"DELETE {ACCOUNT}/sign-ins", "agent"),
    Door(f"DELETE {ACCOUNT}/sign-ins/{{sign_in_id}}", "agent", but=NOT_HIS),
    Door(f"GET {SITE}/people", "administer"),
    Door(f"POST {SITE}/people", "administer", {"email": "new@nordlink.example", "role": "admin"}),
    Door(f"PUT {PERSON}", "administer", {"role": "admin", "capacity": 50}),
    Door(f"DELETE {PERSON}", "administer"),
    Door(f"POST {PERSON}/invite", "administer"),
    Door(f"POST {PERSON}/suspend", "administer"),
    Door(f"POST {PERSON}/resume", "administer"),
    Door(f"POST {PERSON}/reset-second-factor", "administer"),
    Door(f"PUT {SITE}/sign-in-rules", "administer", {"requires_second_factor": True}),
    Door(f"GET {SITE}/keys", "administer"),
    Door(f"POST {SITE}/keys", "administer", {"name": "Shop", "scopes": ["contacts:read"]}),
    Door("DELETE /api/v1/admin/keys/{key_id}", "administer"),
    Door("GET /api/v1/agent/sso", "public"),
    Door("POST /api/v1/agent/sso", "our page", {"site_id": "{site_id}"}),
    Door(f"GET {SITE}/single-sign-on", "administer"),
    Door(f"PUT {SITE}/single-sign-on", "administer", PROVIDER),
    Door(f"DELETE {SITE}/single-sign-on", "administer"),
    Door(f"POST {SITE}/single-sign-on/test", "administer", {"issuer": "https://id.nordlink.example"}),
]


async def a_key(town: Any, ids: dict[str, str]) -> str:
    path = f"/admin/sites/{ids['site_id']}/keys"
    made = await town.people["admin"].post(path, name="Shop", scopes=["contacts:read"])
    return str(made["row"]["id"])


async def a_colleague(town: Any, _ids: dict[str, str]) -> str:
    return str(town.people["colleague"].id)


async def a_browser(town: Any, _ids: dict[str, str]) -> str:
    (row,) = (await town.people["colleague"].get("/agent/account/sign-ins"))["items"]
    return str(row["id"])


MADE = {"key_id": a_key, "agent_id": a_colleague, "sign_in_id": a_browser}
