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
    | afzender | người gửi | absender
    """,
    "date": """
    date | sent | ngày | đã gửi | gửi | 日期 | 寄件日期 | 傳送日期 | 发送时间 | 發送時間 |
    发送日期 | 时间 | 時間 | 发件时间 |
    寄件時間 | 已傳送 | дата | отправлено | надіслано | gesendet | datum | envoyé | fecha |
    enviado |
    enviada em | enviado el | data | inviato | verzonden | wysłano | wysłane | skickat | sendt |
    dato | 送信日時 | 日時 | 보낸 날짜 | 날짜 | thời gian | время | send | enviada |
    verzonden op | data
    wysłania
    """,
    "to": """
    to | đến | tới | 收件者 | 收件人 | кому | an | à | para | a | aan | do | till | til | 宛先 |
    받는 사람 |
    받는사람 | người nhận | destinataire | destinatario | empfänger
    """,
    "cc": """
    cc | bcc | 副本 | 抄送 | копия | копія | kopie | kopia | dw | 참조 | cci | 密件副本
    """,
    "subject": """
    subject | chủ đề | tiêu đề | 主旨 | 主题 | 主題 | тема | betreff | objet | sujet | asunto |
    assunto | oggetto | onderwerp | temat | ämne | emne | 件名 | 제목 | 标题 | 標題
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
    schrieb | hat geschrieben | geschrieben | schreef | heeft geschreven | volgende geschreven |
    escribió | escribio | ha escrito | escreveu | ha scritto | scrive | scritto | napisał |
    napisał(a) | napisała | pisze | skrev | skrev følgende | kirjoitti | wrote the following |
    撰写 | 回复
"""
_VERBS_WITHOUT_SPACES = "写道|寫道|写|寫|書きました|のメール|작성|씀"
VERB = re.compile(rf"(?<!\w)(?:{_any_of(_VERBS)})(?!\w)|{_VERBS_WITHOUT_SPACES}", re.IGNORECASE)
BEGINNING = re.compile(
    r"""(?:-{2,}\s*)?(?:
    on|at|le|am|op|el|il|em|den|dnia|w\ dniu|vào|lúc|ngày|på|i|в|во|於|于|在|
    mon|tue|wed|thu|fri|sat|sun|пн|вт|ср|чт|пт|сб|вс|нд|понедельник|вторник|среда|четверг|
    пятница|суббота|воскресенье|понеділок|вівторок|середа|pon|wt|śr|czw|pt|sob|niedz|
    lun|mar|mer|jeu|ven|sam|dim|mié|jue|vie|sáb|dom|mån|tis|ons|tors|fre|lör|sön|man|tir|søn|
    thứ|cn|chủ\ nhật|seg|ter|qua|qui|sex
    )[\w.]*[\s,.\d、，]|["“]?\d{1,4}[-./年\s년]""",
    re.IGNORECASE | re.VERBOSE,
)
NAMED_BEGINNING = re.compile(r"(?!mailto:)[^<>\n]{1,80}<[^<>\s]+@[^<>\s]+>")

_ORIGINAL = """
    original message | forwarded message | forwarded by | reply message | original mail |
    original appointment | tin nhắn gốc | thư gốc | tin nhắn chuyển tiếp | thư chuyển tiếp | thư
    đã chuyển tiếp | tin nhắn được chuyển tiếp | 原始邮件 | 原始郵件 | 原始信件 | 转发邮件信息 |
    轉寄郵件 | 轉寄的郵件 |
    转发的邮件 | 转发邮件 | 回复的原邮件 | 回覆的原郵件 | 原邮件 | 原郵件 | 已轉寄的郵件 |
    被转发邮件信息 | исходное сообщение |
    пересылаемое сообщение | пересланное сообщение | конец пересылаемого | перенаправленное
    сообщение | вихідне повідомлення | переслане повідомлення | ursprüngliche nachricht |
    originalnachricht | weitergeleitete nachricht | original-nachricht | message d'origine |
    message d’origine | message original | message transféré | mensaje original | mensaje
    reenviado | mensagem original | mensagem encaminhada | messaggio originale | messaggio
    inoltrato | oorspronkelijk bericht | doorgestuurd bericht | wiadomość oryginalna |
    oryginalna wiadomość | wiadomość przekazana | treść oryginalnej | ursprungligt meddelande |
    vidarebefordrat | oprindelig meddelelse | videresendt | 元のメッセージ | 転送メッセージ |
    원본 메시지 | 원본 메일 |
    전달된 메시지
"""
_FORWARD_BEGINS = """
    begin forwarded message | bắt đầu thư được chuyển tiếp | 开始转发的邮件 | 下面是被转发的邮件 |
    開始轉寄郵件 |
    начало переадресованного сообщения | начало переадресованного письма | начало пересылаемого
    сообщения | anfang der weitergeleiteten nachricht | anfang der weitergeleiteten e-mail |
    début du message transféré | début du message réexpédié | inicio del mensaje reenviado |
    inizio messaggio inoltrato | início da mensagem encaminhada | begin doorgestuurd bericht |
    vidarebefordrat brev | videresendt besked | 転送されたメッセージ
"""
ORIGINAL = re.compile(
    rf"\W{{0,3}}[-_=]{{2,}}[\s*]*(?:{_any_of(_ORIGINAL)})[^\n]{{0,60}}\Z"
    rf"|\W{{0,3}}(?:{_any_of(_FORWARD_BEGINS)})\s*[:：]",
    re.IGNORECASE,
)

SIGNATURE = re.compile(
    r"""[\W_]*(?:
    sent\ (?:from|via|with|by|using)\b
    |(?:\w+\ )?from\ (?:my\ )?(?:mobile|iphone|ipad|android|phone|blackberry|galaxy)\b
    |get\ \[?outlook\ for\b|tải\ outlook
    |(?:获取|取得)\ ?outlook|скачать\ outlook|télécharger\ outlook
    |envoyé\ (?:depuis|de|à\ partir)|provenance\ :\ courrier
    |enviado\ (?:desde|do|de|a\ partir|con|via)
    |von\ mein\w+\ .{1,40}\ gesendet|gesendet\ (?:von|mit|aus)
    |diese\ nachricht\ wurde\ (?:von|mit)\ .*gesendet
    |verzonden\ (?:met|vanaf|via|van)|verstuurd\ vanaf|inviato\ (?:da|dal|con)|wysłan[eo]\ z
    |skickat\ från
    |sendt\ fra|lähetetty|отправлено\ (?:с|из|от)\b|отправлено\ через|надіслано\ з|послано\ с
    |(?:được\ )?gửi\ từ\ |đã\ gửi\ từ
    |(?:从|從|发自|發自|寄自|来自|來自)(?:我的)?.{0,40}
        (?:iphone|ipad|手机|手機|android|安卓|mail|邮箱|郵箱|郵件|
        传送|傳送|发送|發送|app|华为|小米|三星|samsung)
    |.{0,30}から送信|.{0,30}에서\ (?:보냄|전송)
    )""",
    re.IGNORECASE | re.VERBOSE,
)
