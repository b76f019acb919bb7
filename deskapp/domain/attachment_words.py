"""Whether a reply says that something is attached, in the languages that our staff write.

A sentence counts that states it ("please find attached"); one that asks the customer for a file,
or speaks of the customer's, does not.
"""

import re

from .own_words import own_words

_STATES = (
    # English
    r"\b(?:attached|enclosed)\b|\b(?:i|we)(?:'m| am|'re| are)? ?(?:attach|attaching|enclose)\b"
    r"|\b(?:see|find|in|as|with|open)(?: the| an| this| our| my)? attachments?\b|\bPFA\b",
    # Vietnamese
    r"đính kèm|gửi kèm|kèm theo (?:đây|thư|email|mail|là|file|tệp|ảnh|hình)|(?:file|tệp|ảnh) kèm",
    # Chinese, both scripts
    r"附件|附上|附檔|附档|附圖|附图|[随隨](?:信|函|[邮郵]件)附|[随隨]附|夾帶檔案|如附(?![近加带帶])",
    # Russian
    r"прикрепл(?:яю|яем|ен|ён|ена|ено|ены|ённ|енн)\w*|прикрепил\w*|прилага(?:ю|ем|ется|ются)\b"
    r"|приложил\w*|приложен[аоы]?\b|во вложени\w*|вкладываю|прикладыва(?:ю|ем)\b"
    r"|смотрите (?:файл\w* )?(?:во )?вложени\w*|в приложении к (?:этому )?письму",
    # German
    r"\banbei\b|\bim anhang\b|\bangehängt\w*|\bbeigefügt\w*|\bin der anlage\b|\bals anhang\b"
    r"|\bhänge? ich\b.{0,40}\ban\b",
    # French
    r"\bci[- ]joint\w*|\ben pi[eè]ces? jointes?\b|\bje (?:vous )?joins\b"
    r"|\bnous (?:vous )?joignons\b",
    # Spanish
    r"\badjunt(?:o|os|a|as|amos|é)\b|\ben (?:el|los) (?:archivos? )?adjuntos?\b",
)
_ASKS = (
    r"\b(?:you|you've|you have|you had|they|he|she)(?: \w+)? (?:attached|enclosed)\b"
    r"|\b(?:not|n't|nothing|without|no|if|please|be)(?: an?| was| is| were)? "
    r"(?:attached|enclosed|attachments?)\b(?<!please attached)"
    r"|\byour (?:\w+ )?attachments?\b|\battachments? (?:that )?(?:you|from you)\b"
    r"|\b(?:not|n't|cannot|unable to) (?:find|see|open|read|receive|get|have) "
    r"(?:\w+ )?attachments?\b"
    r"|\b(?:can|could|would|please|kindly)\b.{0,40}\b(?:as|in) an attachment\b"
    r"|\battached (?:to|with)\b(?! (?:this|the|my|our) (?:e-?mail|mail|message|letter|reply))"
    r"|\bin your attachments?\b|\b(?:the )?(?:attached|enclosed) (?:to|with|in) your\b",
    r"(?:vui lòng|hãy|xin|nhờ|bạn|anh|chị|quý khách) (?:(?!xem|file|tệp|hóa|hoá|ảnh|bản)\w+ ){0,2}"
    r"(?:đính|gửi) kèm"
    r"|đính kèm (?:giúp|cho (?:shop|mình|bên))"
    r"|(?:chưa|không|nếu)(?: \w+){0,3} đính kèm|(?:chưa|không|nếu) đính kèm"
    r"|(?:của|mà) (?:bạn|anh|chị|quý khách)",
    r"[请請煩烦](?:您|你)?(?:再|也|先)?(?:在.{0,8})?附|[您你](?:的|附|所附|[发發寄]送?的?|上次).{0,6}附"
    r"|[您你]附|附件.{0,6}(?:打不[开開]|[无無]法|[损損][坏壞]|看不)"
    r"|[请請](?:您|你)?.{0,3}[将將把].{0,8}附"
    r"|(?:未|沒有|没有|没|沒|[无無])(?:看到|收到|[见見]到?)?.{0,4}附|附近|如果.{0,10}附",
    r"\b(?:вы|ты|вами|клиент\w*)\b.{0,24}(?:прикреп|прилож|вложен)|ваш\w* вложени\w*"
    r"|\bне (?:был\w* )?(?:прикреп|прилож)\w*|без вложени\w*|во вложении (?:ничего|нет|пусто)"
    r"|прилага\w+ к (?!письм|сообщ|ответ|этому)"
    r"|(?:пришлите|отправьте|вышлите|направьте)\b.{0,40}вложени|если.{0,30}вложени\w*",
    r"\bsie\b.{0,40}(?:angehängt|beigefügt) (?:haben|hatten)|\bihr(?:em|en|er)? anhang\b"
    r"|\bin ihrer anlage\b|\b(?:nicht|kein\w*) (?:angehängt|beigefügt|anhang)",
    r"\bvous avez\b.{0,30}joint|\bvotre pi[eè]ce jointe\b|\bveuillez (?:nous )?joindre\b"
    r"|\bsans pi[eè]ce jointe\b",
    r"\b(?:usted|su|tu) (?:archivo )?adjunt\w+|\b(?:que|nos) adjunt(?:ó|aste)\b"
    r"|\b(?:sin|no) (?:archivos? )?adjunt\w+|\b(?:por favor|puede),? adjunt(?:e|a|ar)\b",
)
_states = re.compile("|".join(_STATES), re.IGNORECASE)
_asks = re.compile("|".join(_ASKS), re.IGNORECASE)
_sentence = re.compile(r"[^.!?。！？\n]+[.!?。！？]*")


def says_attached(text: str) -> tuple[int, int] | None:
    """The place of the first words that state an attachment; None where nothing does.

    Quoted lines do not count. Time is linear in the length of ``text``.
    """
    for sentence in _sentence.finditer(own_words(text)):
        stated = _states.search(sentence[0])
        if stated is not None and not _asks.search(sentence[0]):
            return sentence.start() + stated.start(), sentence.start() + stated.end()
    return None
