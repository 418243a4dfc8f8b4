"""What follows from how a call went. Pure."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Literal

from engage.channels.callback.request_lifecycle import Step
from engage.channels.callback.schemas import CallbackRules, Outcome

#: outcomes after which it is tried again, if there is a try left
TRIED_AGAIN: frozenset[Outcome] = frozenset({"no_answer", "busy", "voicemail"})
#: outcomes of a talk: nothing is left to call for
SPOKEN: frozenset[Outcome] = frozenset({"reached", "never_again"})
#: outcomes that need no call: both agreed on a later time in writing
WITHOUT_CALL: frozenset[Outcome] = frozenset({"call_later"})
Minutes = Literal["busy_minutes", "no_answer_minutes"]
PAUSES: Mapping[Outcome, Minutes] = {
    "busy": "busy_minutes",
    "no_answer": "no_answer_minutes",
    "voicemail": "no_answer_minutes",
    "call_later": "no_answer_minutes",
}


def step_after(outcome: Outcome, *, attempts: int, rules: CallbackRules) -> Step:
    """`attempts` counts the one that just ended."""
    if outcome in SPOKEN:
        return "finish"
    if outcome == "call_later" or (outcome in TRIED_AGAIN and attempts < rules.attempts):
        return "retry"
    return "give_up"


def again_at(outcome: Outcome, now: datetime, rules: CallbackRules) -> datetime:
    """When the policy would have us call again, whatever the hours."""
    return now + timedelta(minutes=getattr(rules, PAUSES[outcome]))
