"""What the work of each channel takes of an agent: weights, limits, and what may come on top of what."""

from typing import Annotated, Any
from uuid import UUID

from pydantic import Field
from sqlalchemy import select

from engage.access.audit import Subject, differences
from engage.administration.desk import AdminCall, record, supervised
from engage.agents.sign_in import an_agent
from engage.channels import CHANNELS, Channel
from engage.kit.errors import Invalid
from engage.kit.routes import Routes
from engage.kit.wire import WireModel
from engage.routing.events import RoutingChanged
from engage.routing.models import ChannelRule

routes = Routes()


class UnknownChannel(Invalid):
    """There is no such channel here."""

    code = "unknown_channel"


class ChannelRuleForm(WireModel):
    channel: Annotated[str, Field(max_length=20)]
    #: units of an agent's capacity
    weight: Annotated[int, Field(ge=1, le=50)] = 1
    #: most of it at once; none: only the capacity is a limit
    maximum: Annotated[int | None, Field(ge=1, le=50)] = None
    #: nothing else beside it
    exclusive: bool = False
    #: channels whose work may come on top of it
    interrupted_by: Annotated[tuple[Annotated[str, Field(max_length=20)], ...], Field(max_length=20)] = ()


class ChannelRulesForm(WireModel):
    items: Annotated[tuple[ChannelRuleForm, ...], Field(max_length=20)]


class ChannelRuleView(ChannelRuleForm):
    label: str


class ChannelRules(WireModel):
    items: list[ChannelRuleView]


@routes.get("/api/v1/admin/sites/{site_id}/channel-rules", may=an_agent)
async def read_channel_rules(call: AdminCall, site_id: UUID) -> ChannelRules:
    """Every channel that is on, with what its work takes of an agent."""
    await supervised(call, site_id)
    return await _view(call, site_id)


@routes.put("/api/v1/admin/sites/{site_id}/channel-rules", may=an_agent)
async def change_channel_rules(call: AdminCall, site_id: UUID, body: ChannelRulesForm) -> ChannelRules:
    """Change what their work takes; it counts for whatever is queued from now on. Raises UnknownChannel."""
    site = await supervised(call, site_id)
    known = call.request.app[CHANNELS].keys()
    named = {name for each in body.items for name in (each.channel, *each.interrupted_by)}
    if named - known:
        raise UnknownChannel
    before = _told(await _view(call, site_id))
    for each in body.items:
        await call.work.db.merge(_row(site_id, each))
    await call.work.db.flush()
    view = await _view(call, site_id)
    if changes := differences(before, _told(view)):
        record(call, "channel_rules.changed", Subject(site.name, site.id, site.id), changes)
        await call.work.publish(RoutingChanged())
    return view


def _row(site_id: UUID, form: ChannelRuleForm) -> ChannelRule:
    fields = form.model_dump(exclude={"interrupted_by"})
    return ChannelRule(site_id=site_id, interrupted_by=sorted(set(form.interrupted_by)), **fields)


async def _view(call: AdminCall, site_id: UUID) -> ChannelRules:
    mine = select(ChannelRule).where(ChannelRule.site_id == site_id).execution_options(populate_existing=True)
    rows = {row.channel: row for row in await call.work.db.scalars(mine)}
    return ChannelRules(items=[_one(each, rows.get(name)) for name, each in call.request.app[CHANNELS].items()])


def _one(channel: Channel, row: ChannelRule | None) -> ChannelRuleView:
    if row is None:
        return ChannelRuleView(
            channel=channel.name, label=channel.label, weight=channel.weight, exclusive=channel.exclusive
        )
    return ChannelRuleView(
        channel=channel.name,
        label=channel.label,
        weight=row.weight,
        maximum=row.maximum,
        exclusive=row.exclusive,
        interrupted_by=tuple(row.interrupted_by),
    )


def _told(rules: ChannelRules) -> dict[str, Any]:
    return {each.channel: each.model_dump(mode="json", exclude={"channel", "label"}) for each in rules.items}
