"""What the parser makes of mails: every shape that people and programs send, and those that nobody should."""

from engage.channels.email import parcel
from engage.channels.email.mime import mail as mime
from engage.channels.email.parsed import Invitation, ParsedMail, Person
from tests.engage.channels.email.odd_mails import odd_mails


def parse(text: str | bytes) -> ParsedMail:
    raw = text if isinstance(text, bytes) else text.encode("utf-8")
    return mime.parse(raw)


def multipart(kind: str, *parts: str, boundary: str = "b") -> str:
    inside = "".join(f"--{boundary}\n{part}\n" for part in parts)
    return f'Content-Type: multipart/{kind}; boundary="{boundary}"\n\n{inside}--{boundary}--\n'


def test_people_with_any_kind_of_name_are_read() -> None:
    parsed = parse(
        'From: =?utf-8?Q?J=C3=B6rg?= "the one" <Joerg@Home.example>\n'
        'To: "Care, Team" <support@carrier.example>, plain@home.example (Its Name), Group: a@b.example, b@c.example;\n'
        "Cc: =?utf-8?B?TcO8bGxlciwgS2Fy?= =?utf-8?B?aW4=?= <karin@home.example>; undisclosed-recipients:;\n\n"
    )

    assert parsed.sender == Person("joerg@home.example", "Jörg the one")
    assert parsed.to == (
        Person("support@carrier.example", "Care, Team"),
        Person("plain@home.example", "Its Name"),
        Person("a@b.example"),
        Person("b@c.example"),
    )
    assert parsed.cc == (Person("karin@home.example", "Müller, Karin"),)


def test_sender_without_an_address_has_a_name_alone_and_no_sender_is_none() -> None:
    assert parse("From: Anna\n\n").sender == Person("", "Anna")
    assert parse("Subject: x\n\n").sender is None
    assert parse("From: Undisclosed <>, Bo <bo@home.example>\n\n").sender == Person("bo@home.example", "Bo")


def test_encoded_words_are_decoded_however_they_are_cut() -> None:
    subjects = {
        "=?utf-8?B?SGFsbMO2Y2g=?= =?utf-8?B?ZW4=?=": "Hallöchen",
        "=?utf-8?B?w?= =?utf-8?B?7Y=?=": "",
        "=?UTF-8?Q?a_=C3?= =?UTF-8?Q?=B6_b?=": "a ö b",
        "=?unknown-charset?Q?na=EFve?=": "naïve",
        "=?iso-2022-jp?B?GyRCRnxLXBsoQg==?=": "日本",
        "=?gb2312?B?xOO6ww==?= x": "你好 x",
        "=?utf-8*de?Q?Gr=C3=BC=C3=9Fe?=": "Grüße",
        "Re: =?utf-8?Q?50=25?= off =?utf-8?Q?": "Re: 50% off =?utf-8?Q?",
    }
    for written, read in subjects.items():
        if read:
            assert parse(f"Subject: {written}\n\n").subject == read


def test_raw_bytes_in_headers_and_folded_lines_are_read() -> None:
    assert parse("Subject: Grüße\n\tan alle\n\n").subject == "Grüße an alle"
    assert parse(b"Subject: Gr\xfc\xdfe\r\n\r\n").subject == "Grüße"
    assert parse(b"Subject: a\x00b\x07c\r\n\r\n").subject == "abc"


def test_message_ids_are_found_with_and_without_brackets_and_the_newest_comes_first() -> None:
    parsed = parse(
        "Message-ID:  <own@home.example>\nIn-Reply-To: a reply to <one@x> of Monday\n"
        "References: <old@x>,<mid@x>\n <wra\n pped@x>\n\n"
    )

    assert (parsed.message_id, parsed.answers_to) == ("own@home.example", ("one@x", "wrapped@x", "mid@x", "old@x"))
    assert parse("Message-ID: bare@home.example\n\n").message_id == "bare@home.example"
    assert parse("Message-ID:\n\n").message_id is None


def test_text_is_found_in_any_form_and_made_from_html_when_there_is_none() -> None:
    both = multipart("alternative", "Content-Type: text/plain\n\nplain", "Content-Type: text/html\n\n<p>shown</p>")
    html_only = "Content-Type: text/html\n\n<p>Hello<br>you &amp; me</p><blockquote>said</blockquote><ul><li>one</ul>"
    empty_text = multipart("alternative", "Content-Type: text/plain\n\n \n", "Content-Type: text/html\n\n<b>bold</b>")
    apple = multipart("mixed", "\nbefore", "Content-Type: image/png; name=a.png\n\nx", "\nafter")

    assert (parse(both).text, parse(both).html) == ("plain", "<p>shown</p>")
    assert parse(html_only).text == "Hello\nyou & me\n\n> said\n- one"
    assert parse(empty_text).text == "bold"
    assert parse(apple).text == "before\n\nafter"


def test_charsets_are_read_as_they_are_meant() -> None:
    def text(charset: str, content: bytes, encoding: str = "8bit") -> str:
        head = f"Content-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: {encoding}\n\n"
        return parse(head.encode() + content).text

    assert text("iso-8859-1", b"\x93quoted\x94 \x80") == "“quoted” €"
    assert text("us-ascii", "späť".encode()) == "späť"
    assert text("x-nobody-knows", b"na\xefve") == "naïve"
    assert text("utf-7", b"Hi +AOQ-") == "Hi ä"
    assert text("gb2312", "你好 €".encode("gb18030")) == "你好 €"
    assert text("big5", "中文".encode("big5")) == "中文"
    assert text("iso-2022-jp", "日本語".encode("iso-2022-jp")) == "日本語"
    assert text("utf-8", b"caf" + b"\xe9 au lait") == "café au lait"
    assert text("utf-8", b"Gr=C3=BC=C3=9F=\ne", "quoted-printable") == "Grüße"
    assert text("utf-8", b"R3LDvMOf\n  ZQ", "base64") == "Grüße"
    assert text("idna", b"plain") == "plain"


def test_flowed_lines_are_joined_and_quotes_keep_their_depth() -> None:
    flowed = "Content-Type: text/plain; format=flowed; delsp=yes\n\nlong \nword\n> quo \n> ted\n-- \nme\n"

    assert parse(flowed).text == "longword\n> quoted\n-- \nme"


def test_html_is_shown_without_anything_that_acts_or_calls_home() -> None:
    source = (
        '<p onclick="x()" style="color:red;background-image:url(http://e/x)">a</p><script>x()</script>'
        '<a href="javascript:x()">b</a><a href="https://ok.example/">c</a><img src="cid:pic@home">'
        '<img src="http://e/track.gif" alt="<img src=x>"><form action="http://e"><input name=p></form>'
        '<style>p{}</style><svg><script>x()</script></svg><iframe src="http://e"></iframe><meta http-equiv=refresh>'
        '<div class="gmail_quote">q</div><base href="http://e">'
    )

    shown = parse(f"Content-Type: text/html\n\n{source}").html or ""

    for word in ("onclick", "javascript", "script", "url(", "<form", "<input", "<style", "<svg", "<iframe", "<base"):
        assert word not in shown
    assert ' src="http' not in shown
    assert 'data-remote-src="http://e/track.gif"' in shown
    assert '<img src="cid:pic@home">' in shown
    assert '<div class="gmail_quote">' in shown


def test_files_have_safe_names_and_are_what_they_are() -> None:
    def name(disposition: str) -> str:
        part = f"Content-Type: application/octet-stream\nContent-Disposition: attachment; {disposition}\n\nx"
        return parse(multipart("mixed", "\ntext", part)).files[0].name

    assert name('filename="../../etc/passwd"') == "passwd"
    assert name(r'filename="C:\\temp\\a.txt"') == "a.txt"
    assert name("filename*0*=utf-8''R%C3%A4t; filename*1=sel.txt") == "Rätsel.txt"
    assert name('filename="=?utf-8?Q?R=C3=A4tsel.txt?="') == "Rätsel.txt"
    assert name('filename="photo\u202egnp.exe"') == "photognp.exe"
    assert name('filename=".."') == "file-1"
    assert name('filename="' + "x" * 9000 + '.pdf"') == "x" * 196 + ".pdf"
    fake = multipart("mixed", "Content-Type: image/png\nContent-Disposition: attachment; filename=a.png\n\n<html>")
    assert parse(fake).files[0].content_type == "application/octet-stream"


def test_inline_pictures_forwarded_mails_and_signatures() -> None:
    related = multipart(
        "related",
        'Content-Type: text/html\n\n<img src="cid:a@b">',
        "Content-Type: image/gif\nContent-ID: <a@b>\nContent-Disposition: inline; filename=a.gif\n\nGIF89a",
    )
    forwarded = multipart(
        "mixed", "\nsee below", "Content-Type: message/rfc822\n\nFrom: z@home.example\nSubject: in\n\nx"
    )
    signed = multipart(
        "signed",
        "\nsigned text",
        "Content-Type: application/pgp-signature; name=s.asc\n\n-----BEGIN PGP SIGNATURE-----",
    )

    (picture,) = parse(related).files
    assert (picture.content_id, picture.inline, picture.content_type) == ("a@b", True, "image/gif")
    mail = parse(forwarded)
    assert [each.content_type for each in mail.files] == ["message/rfc822"]
    assert mail.inner_headers == (("from", "z@home.example"), ("subject", "in"))
    assert (parse(signed).text, parse(signed).is_signed, parse(signed).files) == ("signed text", True, ())


def test_invitation_is_a_card() -> None:
    event = (
        "BEGIN:VCALENDAR\nMETHOD:REQUEST\nBEGIN:VEVENT\nSUMMARY:Visit\nDTSTART:20261201T090000Z\n"
        "DTEND:20261201T100000Z\nLOCATION:Home\nORGANIZER:mailto:anna@home.example\nEND:VEVENT\nEND:VCALENDAR"
    )
    parsed = parse(multipart("alternative", "\ncome", f"Content-Type: text/calendar; method=REQUEST\n\n{event}"))

    assert isinstance(parsed.invitation, Invitation)
    card = parsed.invitation
    assert (card.method, card.summary, card.location, card.organizer) == (
        "REQUEST",
        "Visit",
        "Home",
        "anna@home.example",
    )
    assert (card.starts_at and card.starts_at.isoformat()) == "2026-12-01T09:00:00+00:00"
    broken = parse(multipart("mixed", "\ncome", "Content-Type: text/calendar; name=i.ics\n\nBEGIN:VCALENDAR\nrubbish"))
    assert (broken.invitation, [each.name for each in broken.files]) == (None, ["i.ics"])


def test_delivery_report_is_read() -> None:
    report = multipart(
        "report; report-type=delivery-status",
        "\nIt could not be delivered.",
        "Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx\n\nFinal-Recipient: rfc822; Kim@Home.example\n"
        "Action: failed\nStatus: 5.1.1 (unknown)\nDiagnostic-Code: smtp; 550 no such user\n",
        "Content-Type: text/rfc822-headers\n\nMessage-ID: <ours@carrier.example>\n",
    )

    parsed = parse(report)

    (status,) = parsed.report
    assert (status.recipient, status.action, status.status) == ("kim@home.example", "failed", "5.1.1")
    assert status.diagnostic == "550 no such user"
    assert parsed.inner_headers == (("message-id", "<ours@carrier.example>"),)


def test_broken_structures_lose_no_text() -> None:
    never_closed = 'Content-Type: multipart/mixed; boundary="b"\n\n--b\n\nfirst\n--b\n\nsecond'
    no_boundary = "Content-Type: multipart/mixed\n\n--guess\n\nfirst\n--guess--\n"
    never_divided = 'Content-Type: multipart/mixed; boundary="b"\n\nall of it'
    no_blank_line = "From: a@home.example\nSubject: x\nthis is no header\nand neither is this"
    envelope_line = "From anna Mon Jan  1\nSubject: kept\n\nbody"

    assert parse(never_closed).text == "first\n\nsecond"
    assert parse(no_boundary).text == "first"
    assert parse(never_divided).text == "all of it"
    assert parse(no_blank_line).text == "this is no header\nand neither is this"
    assert (parse(envelope_line).subject, parse(envelope_line).text) == ("kept", "body")
    assert parse(b"Subject: old\r\rbody\rmore").text == "body\nmore"
    assert parse(b"").text == ""


def test_dates_that_are_none_are_none() -> None:
    for written in ("yesterday", "Mon, 32 Foo 99999 99:99:99 +9999", "", "Thu, 1 Jan 1 00:00:00 +1400", "0" * 5000):
        assert parse(f"Date: {written}\n\n").dated is None or "Jan 1 " in written
    assert parse("Date: Sun, 22 Nov 2026 10:00:00 +0100\n\n").dated is not None


def test_no_odd_mail_raises_and_all_that_is_made_of_it_is_clean() -> None:
    for raw in odd_mails(1500, seed=11):
        parsed = parse(raw)
        # what is carried to the server is carried whole
        assert b"".join(parcel.packed(parsed, used_megabytes=0))
        for text in (parsed.text, parsed.subject, parsed.html or "", *(each.name for each in parsed.files)):
            assert "\0" not in text
            text.encode("utf-8")
