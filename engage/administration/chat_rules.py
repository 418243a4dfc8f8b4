"""How a site's chats go: the form before them, the widget's words, files, and the rating."""

from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, model_validator

from engage.administration.desk import AdminCall, administered, note_change
from engage.agents.sign_in import an_agent
from engage.kit.routes import Routes
from engage.kit.wire import WireModel
from engage.settings import SETTINGS
from engage.sites import chat_rules
from engage.sites.chat_rules import AskedField, RatingRule, UploadRule, Wording

routes = Routes()


class PreChatForm(WireModel):
    #: none asks the usual: name and e-mail
    fields: Annotated[tuple[AskedField, ...], Field(max_length=20)] = ()

    @model_validator(mode="after")
    def holds_together(self) -> Self:
        chat_rules.check_form(self.fields)
        return self


class TextsForm(WireModel):
    """The widget's own words by language; an empty text is our default."""

    texts: Annotated[Wording, Field(max_length=30)]


class TextsView(TextsForm):
    #: languages that the site speaks, the main one first
    locales: list[str]


class ChatRules(WireModel):
    rating: RatingRule
    uploads: UploadRule


class ChatRulesView(ChatRules):
    #: what the server takes at most
    server_max_bytes: int


@routes.get("/api/v1/admin/sites/{site_id}/pre-chat", may=an_agent)
async def read_pre_chat(call: AdminCall, site_id: UUID) -> PreChatForm:
    """The form before a chat."""
    return PreChatForm.model_validate({"fields": (await administered(call, site_id)).pre_chat})


@routes.put("/api/v1/admin/sites/{site_id}/pre-chat", may=an_agent)
async def change_pre_chat(call: AdminCall, site_id: UUID, body: PreChatForm) -> PreChatForm:
    """Asked from the next chat on; what was answered before stays as it is."""
    site = await administered(call, site_id)
    before = {"fields": site.pre_chat}
    site.pre_chat = body.model_dump(mode="json")["fields"]
    await note_change(call, site, "site.form_changed", before, {"fields": site.pre_chat})
    return body


@routes.get("/api/v1/admin/sites/{site_id}/texts", may=an_agent)
async def read_texts(call: AdminCall, site_id: UUID) -> TextsView:
    """The widget's words, where the site says them its own way."""
    site = await administered(call, site_id)
    return TextsView(texts=site.texts, locales=[site.locale, *site.locales])


@routes.put("/api/v1/admin/sites/{site_id}/texts", may=an_agent)
async def change_texts(call: AdminCall, site_id: UUID, body: TextsForm) -> TextsView:
    """Say the widget's words another way."""
    site = await administered(call, site_id)
    before = dict(site.texts)
    kept = {locale: {key: text for key, text in texts.items() if text} for locale, texts in body.texts.items()}
    site.texts = {locale: texts for locale, texts in kept.items() if texts}
    gone: dict[str, None] = dict.fromkeys(before)
    await note_change(call, site, "site.texts_changed", before, {**gone, **site.texts})
    return TextsView(texts=site.texts, locales=[site.locale, *site.locales])


@routes.get("/api/v1/admin/sites/{site_id}/chat-rules", may=an_agent)
async def read_chat_rules(call: AdminCall, site_id: UUID) -> ChatRulesView:
    """Rating and files."""
    site = await administered(call, site_id)
    return _view(call, ChatRules(rating=RatingRule(**site.rating), uploads=UploadRule.model_validate(site.uploads)))


@routes.put("/api/v1/admin/sites/{site_id}/chat-rules", may=an_agent)
async def change_chat_rules(call: AdminCall, site_id: UUID, body: ChatRules) -> ChatRulesView:
    """Whether visitors rate, and which files they may send."""
    site = await administered(call, site_id)
    before = {"rating": site.rating, "uploads": site.uploads}
    after = body.model_dump(mode="json")
    site.rating, site.uploads = after["rating"], after["uploads"]
    await note_change(call, site, "site.chat_rules_changed", before, after)
    return _view(call, body)


def _view(call: AdminCall, rules: ChatRules) -> ChatRulesView:
    most = call.request.app[SETTINGS].upload_max_bytes
    return ChatRulesView(rating=rules.rating, uploads=rules.uploads, server_max_bytes=most)
