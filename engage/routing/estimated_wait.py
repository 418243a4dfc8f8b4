"""How long a visitor will wait. Pure; a rough promise, given as a range by whoever shows it."""

#: an hour without an acceptance tells nothing: we say a minute a place
DEFAULT_SECONDS_EACH = 60
#: acceptances looked at
LOOKED_BACK_SECONDS = 900
LONGEST_SECONDS = 3600


def expected_wait(position: int, *, accepted_lately: int) -> int:
    """Seconds until the one at this position (1 = next) is accepted, from the rate of the last 15 minutes."""
    each = LOOKED_BACK_SECONDS / accepted_lately if accepted_lately else DEFAULT_SECONDS_EACH
    return round(min(position * min(each, 4 * DEFAULT_SECONDS_EACH), LONGEST_SECONDS))
