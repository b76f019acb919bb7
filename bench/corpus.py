"""Mail to measure with: about 18 KB each, in our customers' languages, in threads.

Run by itself it prints how published and own mail is read: every bench/corpus_*.py in turn.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from random import Random

START = datetime(2026, 8, 1, tzinfo=UTC)

_PEOPLE = (
    ("Nguyễn Thị Minh Châu", "vi"),
    ("Harriet Oyelaran", "en"),
    ("Иван Петрович Соколов", "ru"),
    ("陳怡君", "zh"),
    ("Tom Becker", "en"),
    ("Trần Quốc Anh", "vi"),
    ("Мария Кузнецова", "ru"),
    ("李伟", "zh"),
)
_SENTENCES = {
    "en": (
        "I ordered a rain jacket two weeks ago and it still has not arrived.",
        "The tracking page has said the same thing since Monday.",
        "Could you please check with the carrier and tell me when to expect it?",
        "If it is lost I would rather have my money back than wait any longer.",
        "The zip of the tent broke on the second night.",
    ),
    "vi": (
        "Em đặt áo mưa từ hai tuần trước mà đến nay vẫn chưa nhận được hàng.",
        "Trang theo dõi vẫn báo y nguyên từ thứ Hai tới giờ.",
        "Shop kiểm tra với bên vận chuyển giúp em và báo em ngày giao nhé.",
        "Nếu thất lạc thì cho em xin hoàn tiền, em không chờ thêm được.",
        "Khóa kéo của lều bị hỏng ngay đêm thứ hai.",
    ),
    "ru": (
        "Я заказал дождевик две недели назад, но посылка до сих пор не пришла.",
        "На странице отслеживания с понедельника ничего не меняется.",
        "Уточните, пожалуйста, у перевозчика, когда её ждать.",
        "Если посылка потеряна, верните, пожалуйста, деньги.",
        "Молния палатки сломалась на вторую ночь.",
    ),
    "zh": (
        "我兩個星期前訂了一件雨衣，到現在還沒有收到。",
        "物流頁面從星期一開始就沒有更新。",
        "請幫我向快遞公司確認一下什麼時候可以送到。",
        "如果寄丟了，我想退款，不想再等了。",
        "帳篷的拉鍊第二個晚上就壞了。",
    ),
}
_SUBJECTS = {
    "en": "Where is order #{n}?",
    "vi": "Đơn hàng #{n} chưa giao",
    "ru": "Где заказ #{n}?",
    "zh": "訂單 #{n} 還沒到",
}


def mails(count: int, seed: int = 1) -> Iterator[bytes]:
    """``count`` mails, the same ones for the same seed; every third answers an earlier one."""
    random = Random(seed)
    threads: list[tuple[str, str, str, str]] = []
    for number in range(count):
        if threads and number % 3 == 2:
            parent, name, language, subject = threads[random.randrange(len(threads))]
        else:
            name, language = random.choice(_PEOPLE)
            parent, subject = "", _SUBJECTS[language].replace("{n}", str(10_000 + number))
        own = f"bench{number}.{seed}@mail.example"
        threads.append((own, name, language, subject))
        yield _mail(random, number, own, parent, name, language, subject)


def _mail(
    random: Random, number: int, own: str, parent: str, name: str, language: str, subject: str
) -> bytes:
    mail = EmailMessage()
    mail["From"] = f"{name} <customer{number % 900}@mail.example>"
    mail["To"] = "Lotus <support@shop.example>"
    mail["Subject"] = f"Re: {subject}" if parent else subject
    mail["Date"] = format_datetime(START + timedelta(minutes=20 * number))
    mail["Message-ID"] = f"<{own}>"
    if parent:
        mail["In-Reply-To"] = mail["References"] = f"<{parent}>"
    for hop in range(4):
        mail["Received"] = f"from relay{hop}.example by mx{hop}.example; {mail['Date']}"
    text = _text(random, language, 14)
    if parent:
        quoted = "\n".join(f"> {line}" for line in _text(random, language, 10).splitlines())
        text += f"\nOn 2026-08-01, Lotus wrote:\n{quoted}\n"
    mail.set_content(text)
    mail.add_alternative(_html(random, text, language), subtype="html")
    if number % 4 == 0:
        data = random.randbytes(random.randrange(18_000, 48_000))
        mail.add_attachment(data, maintype="image", subtype="jpeg", filename=f"photo {number}.jpg")
    return mail.as_bytes()


def _text(random: Random, language: str, lines: int) -> str:
    chosen = random.choices(_SENTENCES[language], k=lines)
    return "\n".join(f"{line} ({random.randrange(10**6)})" for line in chosen) + "\n"


def _html(random: Random, text: str, language: str) -> str:
    rows = "".join(
        f'<tr><td style="padding:4px;color:#333">{line}</td><td>{random.randrange(10**6)}</td></tr>'
        for line in text.splitlines()
    )
    return (
        f'<html lang="{language}"><body><table width="600" cellpadding="0">{rows}</table>'
        f'<p style="font-size:12px">{_text(random, language, 6)}</p>'
        '<img src="https://pixel.example/o.gif" width="1" height="1"></body></html>'
    )


if __name__ == "__main__":
    import runpy

    for part in ("reading", "quotes", "bounces", "languages"):
        print(f"\n== {part}")
        runpy.run_module(f"bench.corpus_{part}", run_name="__main__")
