"""How mail programs mark what they quote, by language and program; in small letters. Grows with each one met."""

import re

#: ends or stands in the line above a quote: "On Monday, Kim wrote:"
WROTE = (
    "wrote", "writes", "schrieb", "schrieben", "geschrieben", "hat geschrieben", "a écrit", "écrit", "escribió",
    "escribio", "escrigué", "va escriure", "ha scritto", "scritto", "scrive", "schreef", "geschreven", "schreven",
    "escreveu", "napisał", "napisała", "napisal", "pisze", "skrev", "kirjoitti", "napsal", "napísal", "написал",
    "написала", "пишет", "написав", "yazdı", "írta", "a scris", "έγραψε", "kirjutas", "rakstīja", "rašė",
    "je napisao",
    "je napisala", "viết", "menulis", "작성", "写道", "寫道", "のメール", "書きました", "כתב", "כתבה", "كتب",
)  # fmt: skip
#: begins the line above a quote
BEGINS = (
    "on ", "am ", "le ", "el ", "il ", "op ", "em ", "no dia", "a ", "den ", "w dniu", "dnia ", "dne ", "dňa ", "at ",
    "pada ", "vào ", "στις ", "la data", "în ", "kuupäeval", "quoting ", "zitat von ", "citando ", "citát ",
)  # fmt: skip
DAYS = re.compile(
    r"(?:mon|tue|wed|thu|fri|sat|sun|mo|di|mi|do|fr|sa|so|lun|mar|mer|jeu|ven|sam|dim|mié|jue|vie|sáb|dom|gio|sab|"
    r"maa|din|woe|don|vri|zat|zon|pon|wt|śr|czw|pt|sob|niedz|man|tir|ons|tor|fre|lør|søn|mån|tis|lör|sön|ma|ti|ke|to|"
    r"pe|la|su|po|út|st|čt|pá|ne|пн|вт|ср|чт|пт|сб|вс|seg|ter|qua|qui|sex)[a-zäöüéáß]*\.?,? "
)
DATE = re.compile(
    r"\d{4}|\d{1,2}[:.h]\d{2}|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|"
    r"\d{1,2}(?:st|nd|rd|th|\.)? ?(?:de )?[a-zà-ž]{3,10}|[年月日년월일]"
)

#: keys of the headers that Outlook and others print above what they quote
FROM = frozenset({
    "from", "von", "de", "da", "van", "od", "från", "fra", "lähettäjä", "от", "от кого", "kimden", "feladó",
    "gönderen",
    "expéditeur", "mittente", "差出人", "发件人", "寄件者", "보낸 사람", "od:", "από", "מאת", "من", "avsändare",
    "saatja",
})  # fmt: skip
OTHERS: dict[str, frozenset[str]] = {
    "date": frozenset({
        "sent", "date", "gesendet", "datum", "envoyé", "date d'envoi", "enviado", "enviado el", "fecha", "inviato",
        "data", "verzonden", "wysłano", "data:", "skickat", "sendt", "dato", "lähetetty", "päivämäärä", "päiväys",
        "отправлено", "дата", "odesláno", "gönderme tarihi", "gönderildi", "tarih", "elküldve", "dátum", "trimis",
        "送信日時", "日付", "日時", "发送时间", "日期", "傳送時間", "보낸 날짜", "날짜", "enviada em", "enviada",
        "ημερομηνία",
        "gesendet am", "sent at", "date sent",
    }),
    "to": frozenset({
        "to", "an", "à", "a", "para", "aan", "do", "till", "til", "vastaanottaja", "кому", "komu", "kime", "alıcı",
        "címzett", "către", "宛先", "收件人", "收件者", "받는 사람", "προς", "destinataire", "destinatario",
        "empfänger",
    }),
    "subject": frozenset({
        "subject", "betreff", "objet", "asunto", "oggetto", "onderwerp", "temat", "ämne", "emne", "assunto", "aihe",
        "тема", "předmět", "konu", "tárgy", "subiect", "件名", "主题", "主旨", "제목", "θέμα", "re",
    }),
    "cc": frozenset({"cc", "kopie", "kopi", "copia", "kopia", "copie", "dw", "копия", "抄送", "bilgi", "reply-to",
    "bcc"}),
}  # fmt: skip

#: between dashes, or alone at the head of a quote
ORIGINAL = (
    "original message", "original-nachricht", "originalnachricht", "ursprüngliche nachricht", "ursprüngl. mitteilung",
    "ursprüngliche e-mail", "original e-mail", "original email", "message d'origine", "message original",
    "message d’origine", "mensaje original", "messaggio originale", "mensagem original", "oorspronkelijk bericht",
    "oorspronkelijke e-mail", "originele bericht", "wiadomość oryginalna", "oryginalna wiadomość",
    "oryginalna wiad.", "originalmeddelande", "ursprungligt meddelande", "oprindelig meddelelse",
    "opprinnelig melding", "alkuperäinen viesti", "исходное сообщение", "původní zpráva", "pôvodná správa",
    "eredeti üzenet", "orijinal mesaj", "mesaj original", "元のメッセージ", "原始邮件", "原始郵件", "원본 메시지",
    "reply message", "antwort nachricht", "reply above this line", "please type your reply above this line",
    "bitte antworten sie oberhalb dieser zeile", "type your response above this line",
)  # fmt: skip
#: what follows was passed on to us to be read
FORWARDED = (
    "forwarded message", "begin forwarded message", "forwarded by", "weitergeleitete nachricht",
    "anfang der weitergeleiteten", "message transféré", "début du message", "message réexpédié", "mensaje reenviado",
    "inicio del mensaje reenviado", "messaggio inoltrato", "inizio messaggio inoltrato", "doorgestuurd bericht",
    "begin doorgestuurd bericht", "mensagem encaminhada", "mensagem reencaminhada", "início da mensagem",
    "przekazana wiadomość", "wiadomość przekazana", "treść przekazanej wiadomości", "vidarebefordrat meddelande",
    "videresendt meddelelse", "videresendt melding", "välitetty viesti", "пересылаемое сообщение", "переслано",
    "přeposlaná zpráva", "továbbított üzenet", "iletilen mesaj", "转发的邮件", "転送メッセージ",
)  # fmt: skip

#: begins lines that a program sets below what somebody wrote; one of `DEVICES` stands in them, too
SENT_FROM = (
    "sent from", "sent via", "sent with", "sent using", "get outlook for", "get bluemail for", "outlook for ios",
    "outlook für", "outlook für ios", "outlook für android", "laden sie outlook", "holen sie sich outlook",
    "von meinem", "von meiner", "gesendet von", "gesendet mit", "gesendet über", "diese nachricht wurde von meinem",
    "mobil gesendet", "envoyé de", "envoyé depuis", "envoyé à partir", "télécharger outlook", "obtenez outlook",
    "provenance : courrier", "enviado desde", "enviado do", "enviado de", "enviado a partir", "obtener outlook",
    "descargar outlook", "enviado via", "obter o outlook", "obtenha o outlook", "inviato da", "inviato dal",
    "inviato con", "scarica outlook", "ottieni outlook", "verzonden vanaf", "verzonden met", "verzonden via",
    "verstuurd vanaf", "outlook voor ios", "outlook voor android", "download outlook", "wysłane z", "wysłano z",
    "pobierz outlook", "pobierz aplikację outlook", "skickat från", "hämta outlook", "sendt fra", "hent outlook",
    "få outlook", "lähetetty", "hanki outlook", "отправлено с", "отправлено из", "odesláno z", "získat outlook",
    "iphone'umdan gönderildi", "ios için outlook", "iphoneから送信", "androidから送信", "发自我的", "從我的",
    "내 iphone에서",
    "posted from", "written on my", "typed on my", "yahoo mail for", "yahoo mail per", "yahoo mail pour",
    "virus-free", "virenfrei", "libre de virus", "sans virus", "senza virus",
)  # fmt: skip
DEVICES = (
    "iphone", "ipad", "ipod", "android", "samsung", "galaxy", "phone", "handy", "smartphone", "mobil", "móvil",
    "movil",
    "telefon", "telefoon", "téléphone", "tablet", "blackberry", "huawei", "xiaomi", "redmi", "pixel", "nokia", "mail",
    "outlook", "yahoo", "proton", "windows", "web.de", "gmx", "k-9", "mac", "spark", "app", "telekom", "avast", "avg",
    "celular", "cellulare", "courrier", "courriel", "komórk", "puhelin", "айфон", "телефон", "webmail", "gmail",
)  # fmt: skip
#: begins a paragraph that nobody wrote for this mail, if one of `LAWYERS` stands in it
LEGAL = (
    "confidentiality notice", "confidential:", "disclaimer", "this e-mail and any", "this email and any",
    "this e-mail is confidential", "this email is confidential", "this message is confidential",
    "this e-mail may contain", "this email may contain", "this message may contain",
    "this message contains confidential",
    "this e-mail contains confidential", "this email contains confidential", "the information contained in this",
    "the information in this e", "the contents of this e", "this transmission", "this communication is intended",
    "this message and any", "please consider the environment", "please think of the environment",
    "please don't print",
    "diese e-mail enthält", "diese e-mail kann", "diese e-mail ist vertraulich", "diese nachricht enthält",
    "diese nachricht ist vertraulich", "der inhalt dieser e-mail", "vertraulichkeitshinweis",
    "die information in dieser",
    "ce message et", "ce message est confidentiel", "ce courriel", "cet e-mail", "ce message peut contenir",
    "este mensaje", "este correo", "la información contenida", "aviso legal", "questo messaggio", "questa e-mail",
    "le informazioni contenute", "informativa privacy", "dit bericht", "deze e-mail", "de informatie in dit",
    "esta mensagem", "este e-mail", "as informações contidas", "ta wiadomość", "niniejsza wiadomość",
    "treść tej wiadomości", "informacje zawarte", "denna e-post", "detta meddelande", "denne e-mail", "denne e-post",
)  # fmt: skip
LAWYERS = (
    "confiden", "privileg", "intended", "recipient", "addressee", "unauthori", "environment", "virus", "print",
    "vertraul", "empfänger", "unbefugt", "destina", "riservat", "bestemd", "geadresseerde", "vertrouwelijk", "poufn",
    "adresat", "odbiorc", "konfiden", "mottagare", "modtager", "legal", "privacy",
)  # fmt: skip
