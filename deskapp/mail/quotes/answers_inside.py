"""Whether a person says that their answers stand inside the copy of the old mail below.

Such a copy is not folded: nothing else tells their words from the old ones. In doubt it is said,
which costs a long message and loses nothing.
"""

import re

MAX_LINES = 60
MAX_LENGTH = 4000

_SAID = re.compile(
    r"""(?:answer|repl(?:y|ies)|respon|comment|note)\w*\b.{0,40}
        \b(?:in-?line|in\ line|below|underneath|in\ (?:red|blue|green|bold|caps|capitals|the\ text))
    |\bsee\ (?:below|in-?line)|\bin\ (?:red|blue)\ below
    |(?:trả\ lời|phản\ hồi|ghi\ chú|tra\ loi).{0,30}(?:dưới|duoi|
        trong\ (?:mail|email|thư|nội\ dung)|màu\ đỏ|chữ\ đỏ|in\ đậm)|chữ\ (?:màu\ )?(?:đỏ|xanh)
    |(?:见|見|在|如|请看|請看|详见|詳見).{0,6}(?:下方|下面|下文|原文|正文|紅字|红字|蓝字|藍字)
    |(?:红|紅|蓝|藍)(?:色)?字|红色部分|紅色部分|(?:回复|回覆|答复|答覆).{0,8}(?:下面|下方|文中|原文)
    |отве(?:т|ч)\w*.{0,40}(?:ниже|в\ тексте|по\ тексту|внутри|красным|синим|цветом|жирным)
    |(?:ниже|смотрите|см\.).{0,20}(?:в\ тексте|по\ тексту|красным)
    |відпові\w*.{0,40}(?:нижче|у\ тексті|в\ тексті|червоним)
    |(?:antwort|kommentar|anmerkung)\w*.{0,40}(?:unten|im\ text|in\ rot|rot|farbig|fett)
    |siehe\ unten
    |(?:réponse|commentaire)\w*.{0,40}(?:ci-dessous|plus\ bas|en\ rouge|dans\ le\ texte)
    |(?:respuesta|comentario|respond|contest)\w*.{0,40}(?:abajo|debajo|en\ rojo|en\ el\ texto)
    |(?:resposta|respond|coment)\w*.{0,40}(?:abaixo|em\ vermelho|no\ texto)
    |(?:rispost|rispond|comment)\w*.{0,40}(?:sotto|in\ rosso|nel\ testo)
    |(?:antwoord|reactie)\w*.{0,40}(?:hieronder|onder|in\ rood|in\ de\ tekst)
    |(?:odpowied|odpowiad)\w*.{0,40}(?:poniżej|niżej|na\ czerwono|w\ tekście)
    |(?:odpověd|odpovíd)\w*.{0,40}(?:níže|červeně|v\ textu)
    |(?:svar)\w*.{0,40}(?:nedan|nedenfor|under|i\ rött|i\ rødt|i\ teksten)
    |vasta\w*.{0,40}(?:alla|punaisella|tekstissä)
    |(?:cevap|yanıt)\w*.{0,40}(?:aşağıda|kırmızı)
    |(?:válasz)\w*.{0,40}(?:lent|alább|piros)
    |(?:răspuns)\w*.{0,40}(?:mai\ jos|roșu)
    |(?:απαντ)\w*.{0,40}(?:παρακάτω|κόκκινα)
    |(?:jawab|balas)\w*.{0,40}(?:di\ bawah|merah)
    |(?:回答|返信|返答).{0,15}(?:下記|以下|赤字|文中|本文中)|赤字で|インラインで
    |(?:답변|답장).{0,15}(?:아래|빨간|본문)|ตอบ.{0,15}(?:ด้านล่าง|สีแดง)
    |(?:أجب|إجاب|ردود|رد).{0,30}(?:أدناه|بالأحمر)|(?:תשוב|עניתי).{0,30}(?:למטה|באדום|בגוף)""",
    re.IGNORECASE | re.VERBOSE,
)


def tells_of_answers_inside(written: list[str]) -> bool:
    """Given the lines above the copy."""
    return _SAID.search("\n".join(written[-MAX_LINES:])[-MAX_LENGTH:]) is not None
