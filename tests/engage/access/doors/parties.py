from tests.engage.access.doors import Door

ENGAGEMENT = "/api/v1/agent/engagements/{engagement_id}"
NOBODY = "00000000-0000-7000-8000-000000000000"

DOORS = [
    Door(f"GET {ENGAGEMENT}/targets", "desk"),
    Door(
        f"POST {ENGAGEMENT}/parties",
        "holder",
        {"role": "consult", "agent_id": NOBODY},
        # what he may not see does not exist
        but={"narrow": 404},
    ),
    Door(f"DELETE {ENGAGEMENT}/parties/{{agent_id}}", "holder", but={"narrow": 404}),
    Door(f"POST {ENGAGEMENT}/parties/{{agent_id}}/complete", "holder"),
    Door(f"POST {ENGAGEMENT}/leave", "holder"),
]
