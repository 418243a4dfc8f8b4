from tests.engage.access.doors import Door

DOORS = [
    # any scope will do to ask whose key it is
    Door("GET /api/v1/key", "key", but={"weak_key": 200}),
]
