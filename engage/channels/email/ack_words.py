"""What an acknowledgement and the page behind its link say, in each language."""

from collections.abc import Mapping

from engage.kit.languages import Language

ACK: Mapping[Language, dict[str, str]] = {
    "en": {
        "subject": "We have your message: {subject}",
        "greeting": "Hello,",
        "came": "thank you for your message. It is with us, and somebody will answer you.",
        "promise": "You will hear from us by {day}, {clock}.",
        "no_promise": "We answer as soon as we can.",
        "reference": "Your reference is {reference}. To add something, simply answer this mail.",
        "add": "To add something, simply answer this mail.",
        "articles": "Perhaps one of these answers helps you at once:",
        "solved": "That solved it, close my request",
        "address": "If the button does not work, open this address:",
    },
    "de": {
        "subject": "Wir haben Ihre Nachricht: {subject}",
        "greeting": "Guten Tag,",
        "came": "danke für Ihre Nachricht. Sie ist bei uns angekommen, und Sie bekommen eine Antwort.",
        "promise": "Sie hören von uns bis {day}, {clock} Uhr.",
        "no_promise": "Wir antworten, so bald wir können.",
        "reference": "Ihr Zeichen ist {reference}. Wenn Sie etwas hinzufügen möchten, antworten Sie einfach auf diese "
        "E-Mail.",
        "add": "Wenn Sie etwas hinzufügen möchten, antworten Sie einfach auf diese E-Mail.",
        "articles": "Vielleicht hilft Ihnen eine dieser Antworten sofort:",
        "solved": "Das hat geholfen, meine Anfrage schließen",
        "address": "Wenn der Knopf nicht geht, öffnen Sie diese Adresse:",
    },
}
PAGE: Mapping[Language, Mapping[str, str]] = {
    "en": {
        "title": "Is your question answered?",
        "ask": "Then we close your request. If you write again, we take it up again.",
        "close": "Yes, close my request",
        "done": "Your request is closed. Thank you for telling us.",
        "gone": "This link is not good any more.",
        "failed": "This did not work. Please try again.",
        "no_script": "This page needs JavaScript.",
    },
    "de": {
        "title": "Ist Ihre Frage beantwortet?",
        "ask": "Dann schließen wir Ihre Anfrage. Wenn Sie wieder schreiben, nehmen wir sie wieder auf.",
        "close": "Ja, meine Anfrage schließen",
        "done": "Ihre Anfrage ist geschlossen. Danke, dass Sie es uns sagen.",
        "gone": "Dieser Link gilt nicht mehr.",
        "failed": "Das hat nicht geklappt. Bitte versuchen Sie es noch einmal.",
        "no_script": "Diese Seite braucht JavaScript.",
    },
}
