"""A customer's mail is work: read without its quotes, answered with form, taken back, sent, and answered again.

Then the day goes on: a colleague answers meanwhile, spam goes in one stroke, and a customer closes his request himself.
"""

import asyncio
import re
import smtplib
from email.message import EmailMessage

from playwright.async_api import Page, expect

from tests.journeys.carrier import Carrier
from tests.journeys.cast import Cast
from tests.journeys.console import Console
from tests.people import TestAgent
from tests.services.process import free_port
from tests.services.smtp import SmtpServer

TO = "support@nordlink.example"
QUOTE = "\n\nOn Mon, 16 Nov 2026 at 10:00, Nordlink <support@nordlink.example> wrote:\n> Is it on?\n"
HOSTILE = (
    '<p>My <b>router</b> is dark.</p><script>parent.document.title = "owned"</script>'
    '<img src="x" onerror="parent.document.title = 1"><img src="https://tracker.example/p.png"><form><input></form>'
)


def brings(
    port: int, text: str, *, to: str = TO, html: str | None = None, answers: str | None = None,
    sender: str = "Kim Lind <kim@home.example>", subject: str = "No light",
) -> None:  # fmt: skip
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, to, subject
    mail["Message-ID"] = f"<{abs(hash(text))}@home.example>"
    if answers:
        mail["In-Reply-To"] = answers
    mail.set_content(text)
    if html:
        mail.add_alternative(html, subtype="html")
    with smtplib.LMTP("127.0.0.1", port) as client:
        client.sendmail(re.sub(r".*<|>.*", "", sender), [to], mail.as_bytes())


async def test_a_mail_is_answered_with_form_taken_back_sent_and_answered_again(
    cast: Cast, carrier: Carrier, smtp_server: SmtpServer
) -> None:
    lmtp = free_port()
    server = carrier.opens(
        ENGAGE_MAIL_LMTP_PORT=str(lmtp), ENGAGE_SMTP_URL=smtp_server.url, ENGAGE_MAIL_UNDO_SECONDS="120"
    )
    anna = await cast.agent(server.url, "anna")
    page = anna.page
    await page.goto(f"{server.url}/console/settings/mailboxes")
    await page.get_by_role("button", name="Add mailbox").click()
    await page.get_by_role("button", name="Mails are brought to us").click()
    await page.get_by_label("Name").fill("Support")
    await page.get_by_label("Address", exact=True).fill(TO)
    await page.get_by_role("button", name="Save", exact=True).click()
    await expect(page.get_by_role("switch", name="Read Support")).to_be_checked()

    await asyncio.to_thread(brings, lmtp, f"It is dark since yesterday.{QUOTE}", html=HOSTILE)
    await page.goto(f"{server.url}/console/queue")
    await expect(anna.row("Kim Lind")).to_contain_text("No light – It is dark since yesterday.")
    await anna.opens("Kim Lind")
    mail = page.locator(".mail-entry")
    await expect(mail).to_contain_text("kim@home.example")
    await expect(mail).not_to_contain_text("Is it on?")
    await mail.get_by_role("button", name="Show quoted text").click()
    await expect(mail).to_contain_text("Is it on?")

    await mail.get_by_role("button", name="Original").click()
    look = page.frame_locator(".mail-original-frame")
    await expect(look.get_by_text("My router is dark.")).to_be_visible()
    await expect(look.locator("script, form, input, [onerror], img[src^=http]")).to_have_count(0)
    await expect(page.get_by_text("Pictures from elsewhere are not loaded")).to_be_visible()
    await expect(page).not_to_have_title(re.compile("owned|^1$"))
    await page.keyboard.press("Escape")

    # it is hers to take, or is offered to her by now
    await page.get_by_role("button", name=re.compile("^(Take|Accept)")).first.click()
    editor = page.locator(".rich-editor .ProseMirror")
    await editor.click()
    await expect(editor).to_be_focused()
    await page.keyboard.type("Please press ")
    await page.keyboard.press("Control+b")
    await page.keyboard.type("Reset")
    await expect(editor.locator("strong")).to_have_text("Reset")
    await page.keyboard.press("Control+Enter")
    answer = page.locator(".bubble-mine")
    await answer.get_by_role("button", name="Take back").click()
    await expect(answer.get_by_text("Taken back")).to_be_visible()
    await expect(editor).to_contain_text("Please press Reset")

    await editor.click()
    await expect(editor).to_be_focused()
    await page.keyboard.press("Control+Enter")
    await page.locator(".bubble-mine").last.get_by_role("button", name="Send now").click()
    await expect(page.locator(".mail-delivery").last).to_contain_text("Sent")
    sent = next(each for each in await smtp_server.wait_for() if "Please press" in each.text)
    assert sent.recipients == ["kim@home.example"]

    reply_to = str(sent.message["Reply-To"] or TO)
    back = re.sub(r".*<|>.*", "", reply_to)
    await asyncio.to_thread(brings, lmtp, "It works again!", to=back, answers=str(sent.message["Message-ID"]))
    await expect(page.locator(".mail-entry").last).to_contain_text("It works again!")

    await writes_with_another_subject_and_later(page)
    await passes_it_on(page)
    lab = next(each for each in await smtp_server.wait_for(3) if "lab@partner.example" in each.recipients)
    assert (lab.subject, lab.message["Reply-To"]) == ("Fwd: No light", None)
    await takes_apart_and_puts_together(page)

    # nothing rings from here on
    await anna.goes("Offline")
    await a_colleague_answers_meanwhile(anna, lmtp)
    await spam_goes_in_one_stroke(anna, lmtp)
    await a_customer_closes_his_request(anna, cast, lmtp, smtp_server)


async def writes_with_another_subject_and_later(page: Page) -> None:
    """The quote is looked at and left out; what is to leave tomorrow is taken back, and is all there again."""
    await expect(page.locator(".mail-signature")).to_contain_text("Anna")
    await page.get_by_role("button", name="Show it").click()
    await expect(page.locator(".mail-quote")).to_contain_text("It works again!")
    await page.get_by_label("Quote the last mail below").uncheck()
    await expect(page.locator(".mail-quote")).to_have_count(0)
    await page.get_by_label("Subject").fill("All is well")
    editor = page.locator(".rich-editor .ProseMirror")
    await editor.click()
    await expect(editor).to_be_focused()
    await page.keyboard.type("Good to hear")
    await a_copy_that_cannot_be_read_holds_it_back(page)
    await page.get_by_role("button", name="Send later").click()
    await page.get_by_role("menuitem", name="Tomorrow morning").click()
    answer = page.locator(".bubble-mine").last
    await expect(answer).to_contain_text("Leaves ")
    await answer.get_by_role("button", name="Take back").click()
    await expect(answer.get_by_text("Taken back")).to_be_visible()
    await expect(editor).to_contain_text("Good to hear")
    await expect(page.get_by_label("Subject")).to_have_value("All is well")


async def a_copy_that_cannot_be_read_holds_it_back(page: Page) -> None:
    await page.get_by_role("button", name="Add copies").click()
    copies = page.get_by_label("Cc", exact=True)
    await copies.fill("lee@park.example, kim.home.example")
    await page.locator(".composer-footer").get_by_role("button", name="Send", exact=True).click()
    await expect(page.get_by_text("Not sent: “kim.home.example” is not an e-mail address.")).to_be_visible()
    await expect(copies).to_have_value("kim.home.example")
    await copies.fill("")
    await page.get_by_role("button", name="Remove lee@park.example").click()


async def passes_it_on(page: Page) -> None:
    """By keyboard alone."""
    menu = page.locator(".mail-entry").last.get_by_role("button", name="More for this message")
    await menu.focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("menuitem", name="Forward")).to_be_focused()
    await page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    await expect(dialog.get_by_label("To", exact=True)).to_be_focused()
    await page.keyboard.type("lab@partner.example")
    await page.keyboard.press("Enter")
    await expect(dialog.locator(".mail-chip")).to_have_text("lab@partner.example")
    await dialog.get_by_role("button", name="Forward").focus()
    await page.keyboard.press("Enter")
    line = page.locator(".forward-entry")
    await expect(line).to_contain_text("lab@partner.example")
    await line.get_by_role("button", name="Send now").click()
    await expect(line.locator(".mail-delivery")).to_contain_text("Sent")


async def takes_apart_and_puts_together(page: Page) -> None:
    """The last mail becomes a conversation of its own, is merged again, and taken out once more."""
    await page.locator(".mail-entry").last.get_by_role("button", name="More for this message").click()
    await page.get_by_role("menuitem", name="Split off").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("What it is about").fill("It works")
    await dialog.get_by_role("button", name="Split off").click()
    await expect(page.get_by_text("split this off from")).to_be_visible()
    await expect(page.locator(".mail-entry")).to_have_count(1)

    await page.get_by_role("button", name="More actions").first.click()
    await page.get_by_role("menuitem", name="Merge into another conversation").click()
    await page.get_by_role("dialog").get_by_role("button", name="Merge", exact=True).click()
    merged = page.locator(".entry-line", has_text="Anna merged")
    again = page.locator(".mail-entry", has_text="It works again!")
    await expect(merged).to_be_visible()
    await expect(again).to_be_visible()
    await merged.get_by_role("button", name="Take apart").click()
    await page.get_by_role("dialog").get_by_role("button", name="Take apart").click()
    await expect(page.get_by_text("out of here again")).to_be_visible()
    await expect(again).to_have_count(0)
    await expect(merged.get_by_role("button", name="Take apart")).to_have_count(0)


async def a_colleague_answers_meanwhile(anna: Console, lmtp: int) -> None:
    """She has begun to write: she sees his answer, and decides."""
    page = anna.page
    await asyncio.to_thread(brings, lmtp, "What was it?", sender="Lee Park <lee@park.example>", subject="Dark again")
    await anna.looks_at("Queue")
    await anna.opens("Lee Park")
    await page.locator(".conversation-footer").get_by_role("button", name="Take").click()
    await expect(anna.reply).to_be_focused()
    async with TestAgent(anna.url, "ben") as ben, TestAgent(anna.url, "anna", presence="offline") as herself:
        item = next(each for each in (await herself.workspace())["mine"] if each["visitor"]["name"] == "Lee Park")
        talk, parties = item["conversation_id"], f"/agent/engagements/{item['engagement_id']}/parties"
        await herself.post(parties, role="conference", agent_id=ben.id, note="")
        await ben.post(f"/agent/offers/{(await ben.is_offered(talk))['id']}/accept")
        await page.keyboard.type("It was the lamp")
        await ben.post(f"/agent/conversations/{talk}/messages", client_id="ben-answers", text="It was the cable")
        await expect(anna.bubble("It was the cable")).to_be_visible()

        await page.keyboard.press("Control+Enter")
        await expect(page.locator(".composer-warning")).to_contain_text("Ben")
        await expect(anna.bubble("It was the lamp")).to_be_hidden()
        await page.get_by_role("button", name="Send anyway").click()
        await expect(anna.bubble("It was the lamp")).to_be_visible()


async def spam_goes_in_one_stroke(anna: Console, lmtp: int) -> None:
    """Out of a view of her own; what was no spam is opened again."""
    page, bar = anna.page, anna.page.get_by_role("region", name="Selected conversations")
    for name in ("Pills", "Watches"):
        await asyncio.to_thread(brings, lmtp, f"{name}!", sender=f"{name} <{name}@spam.example>", subject=f"Buy {name}")
    await anna.looks_at("Queue")
    await page.keyboard.press("f")
    await page.get_by_label("Channel").select_option("Mail")
    await page.keyboard.press("Escape")
    await page.get_by_role("button", name="Views").click()
    await page.get_by_role("menuitem", name="Save this view").click()
    await page.get_by_label("Name").fill("Mails that wait")
    await page.get_by_label("Name").press("Enter")
    await expect(page.get_by_role("button", name="Mails that wait")).to_be_visible()
    await expect(page.get_by_role("dialog")).to_be_hidden()

    for name in ("Pills", "Watches"):
        await expect(anna.row(name)).to_contain_text(f"Buy {name}")
        await anna.row(name).hover()
        await anna.row(name).get_by_role("checkbox").check()
    await bar.get_by_role("button", name="Spam").click()
    await page.get_by_role("switch", name="Drop further mails of the senders").click()
    await page.get_by_role("button", name="Close as spam").click()
    await expect(page.get_by_text("2 conversations closed as spam")).to_be_visible()
    await expect(anna.row("Pills")).to_be_hidden()

    await anna.looks_at("Closed")
    await anna.opens("Watches")
    await page.get_by_role("button", name="Open again").click()
    await expect(anna.reply).to_be_focused()


async def a_customer_closes_his_request(anna: Console, cast: Cast, lmtp: int, smtp_server: SmtpServer) -> None:
    """By the link in his acknowledgement, in his own browser; the work goes from the queue before her eyes."""
    await anna.commands("Mails that wait", option="Mails that wait")
    await asyncio.to_thread(brings, lmtp, "My router?", sender="Rosa Blum <rosa@blum.example>", subject="My router")
    await expect(anna.row("Rosa Blum")).to_be_visible()
    while not (told := [each for each in smtp_server.mails if each.recipients == ["rosa@blum.example"]]):
        await smtp_server.wait_for(len(smtp_server.mails) + 1)
    (link,) = re.findall(r"https?://\S+/mail-solved\S+", told[0].text)
    rosa = (await cast.somebody()).page
    await rosa.goto(link)
    await rosa.get_by_role("button", name="Yes, close my request").click()
    await expect(rosa.get_by_text("Your request is closed.")).to_be_visible()
    await expect(anna.row("Rosa Blum")).to_be_hidden()
