"""The words mail programs put around a quote, per language.

Header names are grouped by what they say, so that a block is known by saying several different
things; verbs and phrases are those real clients write.
"""

import re


def _words(table: str) -> tuple[str, ...]:
    return tuple(" ".join(word.split()) for word in table.split("|"))


def _any_of(table: str) -> str:
    return "|".join(re.escape(word) for word in _words(table))


_HEADERS = {
    "from": """
    from | từ | 寄件者 | 寄件人 | 发件人 | 發件人 | 发信人 | 發信人 | от | від | отправитель |
    von | de | da | van
    | od | från | fra | 差出人 | 送信者 | 보낸 사람 | 보낸사람 | expéditeur | remitente |
    remetente | mittente
    | afzender | người gửi | absender | від кого | feladó | de la | από | kimden | gönderen |
    lähettäjä | من | المرسل | מאת | จาก | dari | 自 | odesílatel | avsändare | afsender | avsender
    """,
    "date": """
    date | sent | ngày | đã gửi | gửi | 日期 | 寄件日期 | 傳送日期 | 发送时间 | 發送時間 |
    发送日期 | 时间 | 時間 | 发件时间 |
    寄件時間 | 已傳送 | дата | отправлено | надіслано | gesendet | datum | envoyé | fecha |
    enviado |
    enviada em | enviado el | data | inviato | verzonden | wysłano | wysłane | skickat | sendt |
    dato | 送信日時 | 日時 | 보낸 날짜 | 날짜 | thời gian | время | send | enviada |
    verzonden op | data
    wysłania | odesláno | elküldve | dátum | trimis | στάλθηκε | ημερομηνία | gönderildi | tarih |
    gönderme tarihi | lähetetty | päivämäärä | päiväys | تم الإرسال | التاريخ | أرسلت | נשלח |
    תאריך | ส่ง | วันที่ | dikirim | tanggal
    """,
    "to": """
    to | đến | tới | 收件者 | 收件人 | кому | an | à | para | a | aan | do | till | til | 宛先 |
    받는 사람 | 받는사람 | người nhận | destinataire | destinatario | empfänger | komu |
    címzett | către | catre |
    προς | kime | alıcı | vastaanottaja | إلى | אל | ถึง | kepada | ke | 至 | mottagare | modtager |
    mottaker
    """,
    "cc": """
    cc | bcc | 副本 | 抄送 | копия | копія | kopie | kopia | dw | 참조 | cci | 密件副本 | másolat |
    κοιν. | bilgi | kopio | نسخة | עותק | สำเนา | tembusan
    """,
    "subject": """
    subject | chủ đề | tiêu đề | 主旨 | 主题 | 主題 | тема | betreff | objet | sujet | asunto |
    assunto | oggetto | onderwerp | temat | ämne | emne | 件名 | 제목 | 标题 | 標題 | předmět |
    tárgy | subiect | θέμα | konu | aihe | الموضوع | נושא | เรื่อง | perihal | subjek
    """,
    "reply-to": """
    reply-to | reply to | trả lời | 回覆 | 回复 | 回覆至 | ответить | antwort an | répondre à |
    risposta | risposta a | responder a | rispondi a | importance | priority | attachments |
    organization | x-mailer | resent-from | wichtigkeit
    """,
}
CATEGORY = {name: group for group, table in _HEADERS.items() for name in _words(table)}
LONGEST_NAME = max(map(len, CATEGORY))

_VERBS = """
    wrote | writes | has written | said | đã viết | viết | đã ghi | написал | написала | написав
    | написал(а) | написал(-а) | написали | пишет | пише | написав(ла) | a écrit | écrit |
    hat geschrieben | geschrieben | volgende geschreven | escribió | escribio | ha escrito |
    escreveu | ha scritto | scrive | scritto | napisał | napisał(a) | napisała | pisze | kirjoitti |
    wrote the following | 撰写 | 回复 | menulis | napsal | napsal(a) | napsala | yazdı |
    şunu yazdı | şunları yazdı | írta | ezt írta | a scris | έγραψε | كتب | كتب/كتبت | كتبت |
    כתב | כתבה | כתב/ה
"""
_VERBS_WITHOUT_SPACES = "写道|寫道|写|寫|書きました|のメール|작성|씀|쓴 글|เขียนว่า|เขียน"
_VERBS_BEFORE_NAME = """
    schrieb | schreef | skrev | heeft | skrev følgende | написана | napisana przez | كتب |
    كتب/كتبت | كتبت | بواسطة | вы писали | вы написали | писал | писала
"""
VERB = re.compile(
    rf"(?<!\w)(?:{_any_of(_VERBS)}|{_any_of(_VERBS_BEFORE_NAME)})(?!\w)|{_VERBS_WITHOUT_SPACES}",
    re.IGNORECASE,
)
"""Anywhere: enough where marked lines follow."""
LAST_VERB = re.compile(
    rf"(?:(?<!\w)(?:{_any_of(_VERBS)})|{_VERBS_WITHOUT_SPACES})\W{{0,6}}(?:\([^()]{{1,60}}\)\W*)?\Z"
    rf"|(?<!\w)(?:{_any_of(_VERBS_BEFORE_NAME)})(?!\w)",
    re.IGNORECASE,
)
"""Where an introduction has it: last, or before the name. "I wrote to you on Monday:" does not."""
BEGINNING = re.compile(
    r"""(?:-{2,}\s*)?(?:
    on|at|le|am|op|el|il|em|den|dnia|w\ dniu|vào|lúc|ngày|på|i|в|во|於|于|在|
    mon|tue|wed|thu|fri|sat|sun|пн|вт|ср|чт|пт|сб|вс|нд|понедельник|вторник|среда|четверг|
    пятница|суббота|воскресенье|понеділок|вівторок|середа|pon|wt|śr|czw|pt|sob|niedz|
    lun|mar|mer|jeu|ven|sam|dim|mié|jue|vie|sáb|dom|mån|tis|ons|tors|fre|lör|sön|man|tir|søn|
    thứ|cn|chủ\ nhật|seg|ter|qua|qui|sex|dne|po|út|st|čt|pá|so|ne|în|pe|la|στις|στη|pada|
    ใน|วันที่|في|בתאריך|ב-|ti|ke|su|wiadomość|od
    )[\w.]*[\s,.\d、，]|["“]?\d{1,4}[-./年\s년]""",
    re.IGNORECASE | re.VERBOSE,
)
NAMED_BEGINNING = re.compile(r"(?!mailto:)[^<>\n]{1,80}<[^<>\s]+@[^<>\s]+>")

_ORIGINAL = """
    original message | reply message | original mail | original appointment | tin nhắn gốc |
    thư gốc | 原始邮件 | 原始郵件 | 原始信件 | 原始訊息 | 原始消息 | 回复的原邮件 | 回覆的原郵件 |
    原邮件 | 原郵件 | исходное сообщение | вихідне повідомлення | оригінальне повідомлення |
    ursprüngliche nachricht | originalnachricht | original-nachricht | message d'origine |
    message d’origine | message original | mensaje original | mensagem original |
    messaggio originale | oorspronkelijk bericht | wiadomość oryginalna | oryginalna wiadomość |
    treść oryginalnej | ursprungligt meddelande | oprindelig meddelelse | opprinnelig melding |
    alkuperäinen viesti | původní zpráva | původní e-mail | eredeti üzenet | mesaj original |
    mesajul original | αρχικό μήνυμα | orijinal mesaj | özgün ileti | الرسالة الأصلية |
    ההודעה המקורית | הודעה מקורית | ข้อความต้นฉบับ | pesan asli | 元のメッセージ |
    원본 메시지 | 원본 메일
"""
_FORWARDED = """
    forwarded message | forwarded by | tin nhắn chuyển tiếp | thư chuyển tiếp |
    thư đã chuyển tiếp | tin nhắn được chuyển tiếp | thư được chuyển tiếp | 转发邮件信息 |
    轉寄郵件 | 轉寄的郵件 | 轉寄訊息 | 转发的邮件 | 转发邮件 | 转发的消息 | 已轉寄的郵件 |
    被转发邮件信息 | 轉寄的訊息 | пересылаемое сообщение | пересланное сообщение |
    пересылаемое письмо | конец пересылаемого | перенаправленное сообщение |
    переслане повідомлення | weitergeleitete nachricht | message transféré | mensaje reenviado |
    mensagem encaminhada | messaggio inoltrato | doorgestuurd bericht | wiadomość przekazana |
    przekazana wiadomość | vidarebefordrat | videresendt | videresendte meddelelse |
    välitetty viesti | edelleenlähetetty viesti | přeposlaná zpráva | továbbított üzenet |
    mesaj redirecționat | προωθημένο μήνυμα | iletilen mesaj | yönlendirilmiş mesaj |
    الرسالة المعاد توجيهها | رسالة معاد توجيهها | הודעה שהועברה | ข้อความที่ส่งต่อ |
    pesan terusan | pesan yang diteruskan | 転送メッセージ | 전달된 메시지 | 전달 메시지
"""
_FORWARD_BEGINS = """
    begin forwarded message | bắt đầu thư được chuyển tiếp | bắt đầu tin nhắn được chuyển tiếp |
    开始转发的邮件 | 下面是被转发的邮件 | 以下是转发的邮件 | 開始轉寄郵件 | 以下是轉寄的郵件 |
    начало переадресованного сообщения | начало переадресованного письма | начало пересылаемого
    сообщения | початок переадресованого листа | anfang der weitergeleiteten nachricht |
    anfang der weitergeleiteten e-mail | début du message transféré | début du message réexpédié |
    inicio del mensaje reenviado | inizio messaggio inoltrato | início da mensagem encaminhada |
    begin doorgestuurd bericht | vidarebefordrat brev | videresendt besked | videresendt melding |
    początek przekazywanej wiadomości | začátek přeposílané zprávy | välitetty viesti alkaa |
    továbbított levél kezdete | 転送されたメッセージ | 전달된 메시지 시작
"""
ORIGINAL = re.compile(
    rf"\W{{0,3}}[-_=]{{2,}}[\s*]*(?:{_any_of(_ORIGINAL)})[^\n]{{0,60}}\Z", re.IGNORECASE
)
FORWARDED = re.compile(
    rf"\W{{0,3}}[-_=]{{2,}}[\s*]*(?:{_any_of(_FORWARDED)})[^\n]{{0,60}}\Z"
    rf"|\W{{0,3}}(?:{_any_of(_FORWARD_BEGINS)})\s*[:：]",
    re.IGNORECASE,
)
