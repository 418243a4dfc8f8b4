"""A customer's mail is work: read without its quotes, answered with form, taken back, sent, and answered again."""

import asyncio
import re
import smtplib
from email.message import EmailMessage

from playwright.async_api import Page, expect

from tests.journeys.carrier import Carrier
from tests.journeys.cast import Cast
from tests.services.process import free_port
from tests.services.smtp import SmtpServer

TO = "support@nordlink.example"
QUOTE = "\n\nOn Mon, 16 Nov 2026 at 10:00, Nordlink <support@nordlink.example> wrote:\n> Is it on?\n"
HOSTILE = (
    '<p>My <b>router</b> is dark.</p><script>parent.document.title = "owned"</script>'
    '<img src="x" onerror="parent.document.title = 1"><img src="https://tracker.example/p.png"><form><input></form>'
)


def brings(port: int, text: str, *, to: str = TO, html: str | None = None, answers: str | None = None) -> None:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "Kim Lind <kim@home.example>", to, "No light"
    mail["Message-ID"] = f"<{abs(hash(text))}@home.example>"
    if answers:
        mail["In-Reply-To"] = answers
    mail.set_content(text)
    if html:
        mail.add_alternative(html, subtype="html")
    with smtplib.LMTP("127.0.0.1", port) as client:
        client.sendmail("kim@home.example", [to], mail.as_bytes())


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
    await page.get_by_text("It is dark since yesterday.").first.click()
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
    await page.get_by_role("button", name="Send later").click()
    await page.get_by_role("menuitem", name="Tomorrow morning").click()
    answer = page.locator(".bubble-mine").last
    await expect(answer).to_contain_text("Leaves ")
    await answer.get_by_role("button", name="Take back").click()
    await expect(answer.get_by_text("Taken back")).to_be_visible()
    await expect(editor).to_contain_text("Good to hear")
    await expect(page.get_by_label("Subject")).to_have_value("All is well")


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
