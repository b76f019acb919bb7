"""A reply shows what the person wrote; what they repeat folds, and nothing of theirs is lost."""

import pytest

from deskapp.mail.quotes import fold_text

from ..parse.cases import cases

ANSWERS = {
    "en": "Thank you, the blue one please.\nIs it in stock?",
    "vi": "Cảm ơn shop, mình lấy màu xanh nhé.\nCòn hàng không ạ?",
    "zh-Hant": "謝謝，我要藍色的。\n請問還有貨嗎？",
    "zh-Hans": "谢谢，我要蓝色的。\n请问还有货吗？",
    "ru": "Спасибо, мне синий.\nОн есть в наличии?",
}
INTRODUCTIONS = {
    "en": [
        "On Mon, Jan 5, 2026 at 2:03 PM Shop <shop@example.com> wrote:",
        "On Jan 5, 2026, at 14:03, Shop <shop@example.com> wrote:",
        "On Mon, Jan 5, 2026 at 2:03 PM A long shop name that wraps <\nshop@example.com> wrote:",
        "Shop <shop@example.com> wrote:",
        'At 2026-01-05 14:03:00, "Shop" <shop@example.com> wrote:',
    ],
    "vi": [
        "Vào Th 2, 5 thg 1, 2026 vào lúc 14:03 Cửa hàng <shop@example.com> đã viết:",
        "Vào 14:03, 5 thg 1, 2026, Cửa hàng <shop@example.com> đã viết:",
        "Vào lúc 14:03 ngày 5/1/2026, Cửa hàng viết:",
        "Ngày 05/01/2026 14:03, Cửa hàng <shop@example.com> đã viết:",
    ],
    "zh-Hant": [
        "商店 <shop@example.com> 於 2026年1月5日 週一 下午2:03寫道：",
        "於 2026年1月5日 下午2:03，商店 <shop@example.com> 寫道：",
        "在 2026/1/5 14:03, 商店 寫道:",
    ],
    "zh-Hans": [
        "商店 <shop@example.com> 于2026年1月5日周一 14:03写道：",
        "在 2026年1月5日，下午2:03，商店 <shop@example.com> 写道：",
        '在 2026-01-05 14:03:00，"商店" <shop@example.com> 写道：',
    ],
    "ru": [
        "пн, 5 янв. 2026 г. в 14:03, Магазин <shop@example.com>:",
        "5 янв. 2026 г., в 14:03, Магазин <shop@example.com> написал(а):",
        "Понедельник, 5 января 2026, 14:03 +03:00 от Магазин <shop@example.com>:",
        '05.01.2026, 14:03, "Магазин" <shop@example.com>:',
        "05.01.2026 14:03, Магазин пишет:",
    ],
}
BLOCKS = {
    "en": "From: Shop <shop@example.com>\nSent: Monday, January 5, 2026 2:03 PM\nTo: A\nSubject: B",
    "vi": "Từ: Cửa hàng <shop@example.com>\nĐã gửi: 5 Tháng Giêng 2026\nĐến: An\nChủ đề: Đèn",
    "zh-Hant": "寄件者: 商店 <shop@example.com>\n寄件日期: 2026年1月5日\n收件者: 王\n主旨: 檯燈",
    "zh-Hans": "发件人：商店 <shop@example.com>\n发送时间：2026年1月5日\n收件人：王\n主题：台灯",
    "ru": "От: Магазин <shop@example.com>\nОтправлено: 5 января 2026 г.\nКому: Иван\nТема: Лампа",
}
OLD = "We have two colours.\n\nWhich one would you like?\n\nYour shop"
MARKED = "\n".join(f"> {line}".rstrip() for line in OLD.split("\n"))
SIGNATURES = [
    "-- \nAnn Smith\n+44 20 7946 0000",
    "Sent from my iPhone",
    "Gửi từ iPhone của tôi",
    "從我的 iPhone 傳送",
    "发自我的 iPhone",
    "来自我的华为手机",
    "Отправлено с iPhone",
    "Get Outlook for Android",
]


@pytest.mark.parametrize(
    ("language", "introduction"),
    [(lang, each) for lang in INTRODUCTIONS for each in INTRODUCTIONS[lang]],
)
@pytest.mark.parametrize("old", [MARKED, OLD], ids=["marked", "unmarked"])
def test_the_answer_above_a_quote_stands_alone(language: str, introduction: str, old: str):
    assert fold_text(f"{ANSWERS[language]}\n\n{introduction}\n\n{old}\n") == ANSWERS[language]


@pytest.mark.parametrize(
    ("language", "introduction"),
    [(lang, each) for lang in INTRODUCTIONS for each in INTRODUCTIONS[lang]],
)
def test_the_answer_below_a_marked_quote_stands_alone(language: str, introduction: str):
    assert fold_text(f"{introduction}\n{MARKED}\n\n{ANSWERS[language]}\n") == ANSWERS[language]


@pytest.mark.parametrize("language", [*BLOCKS])
@pytest.mark.parametrize(
    "rule", ["", "________________________________\n", "-----Original Message-----\n"]
)
def test_a_header_block_opens_the_old_mail(language: str, rule: str):
    assert (
        fold_text(f"{ANSWERS[language]}\n\n{rule}{BLOCKS[language]}\n\n{OLD}") == ANSWERS[language]
    )


@pytest.mark.parametrize("signature", SIGNATURES)
@pytest.mark.parametrize("language", [*ANSWERS])
def test_a_signature_folds_with_and_without_a_quote(signature: str, language: str):
    answer = ANSWERS[language]
    assert fold_text(f"{answer}\n\n{signature}") == answer
    assert (
        fold_text(f"{answer}\n\n{signature}\n\n{INTRODUCTIONS[language][0]}\n\n{MARKED}") == answer
    )


def test_answers_between_quotes_all_stay_with_their_context():
    text = f"Hello\n\n{INTRODUCTIONS['en'][0]}\n> One?\nYes.\n> Two?\nNo.\n"
    folded = fold_text(text)
    assert folded == "Hello\n\n> One?\nYes.\n> Two?\nNo."


@pytest.mark.parametrize(
    "text",
    [
        "> only a quote",
        "I tried the following:\n1. switch it on\n2. wait until 14:03\nNothing happens.",
        "The label says:\nFrom: Hanoi\nweight 2 kg\nplease check.",
        "My order 2026-01-05 has a fault.\n-----\nIt is broken.",
        "He wrote:\nnothing at all.\nSo I ask again.",
        "Please send it from my shop to your store.\nThanks",
        "Giá:\n100.000\nCòn hàng không?",
        "订单号：12345\n收件人：王小明\n请尽快发货",
        "Sent from my iPhone",
        "-- \nAnn",
    ],
)
def test_in_doubt_everything_stays(text: str):
    assert fold_text(text) == text.strip("\n")


def test_a_forwarded_mail_alone_shows_its_text():
    text = f"---------- Forwarded message ---------\n{BLOCKS['en']}\n\nHello inside\n"
    assert fold_text(text) == "Hello inside"


def test_folding_never_adds_a_line():
    for language, answer in ANSWERS.items():
        text = f"{answer}\n\n{INTRODUCTIONS[language][0]}\n\n{MARKED}"
        remaining = iter(text.split("\n"))
        assert all(line in remaining for line in fold_text(text).split("\n"))


def test_published_replies_fold_as_their_makers_say():
    folder = cases("email_reply_trimmer") / "test"
    names = sorted(each.name for each in (folder / "emails").glob("*.txt"))
    exact = 0
    for name in names:
        wanted = (folder / "trimmed" / name).read_text("utf-8").strip()
        exact += fold_text((folder / "emails" / name).read_text("utf-8")).strip() == wanted
    assert len(names) >= 60
    assert exact / len(names) >= 0.95
