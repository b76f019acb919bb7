"""The texts that are written in every charset, and those that the reader was not made with.

Everything here is written by us; nothing is taken from real mail.
"""

from collections.abc import Iterator
from pathlib import Path

Words = tuple[str, str, str, str]  # body, subject, name, file name
HELD_OUT = Path(__file__).resolve().parent / "held_out"
WORDS: dict[str, tuple[Words, ...]] = {
    "vi": (
        (
            "Chào shop, em đặt áo mưa từ hai tuần trước mà đến nay vẫn chưa nhận được hàng.\n"
            "Shop kiểm tra với bên vận chuyển giúp em nhé. Em cảm ơn nhiều!",
            "Đơn hàng số 10234 chưa giao tới nơi",
            "Nguyễn Thị Minh Châu",
            "hóa đơn tháng mười một.pdf",
        ),
        (
            "Tôi muốn đổi chiếc lều màu xanh sang màu đỏ vì khóa kéo bị hỏng ngay đêm thứ hai.\n"
            "Nếu hết hàng thì cho tôi xin hoàn tiền, tôi không chờ thêm được nữa.",
            "Xin đổi hàng: lều bị hỏng khóa kéo",
            "Trần Quốc Đạt",
            "ảnh chụp chỗ hỏng.jpg",
        ),
    ),
    "zh-Hant": (
        (
            "您好，我兩個星期前訂了一件雨衣，到現在還沒有收到。\n請幫我向快遞公司確認一下什麼時候"
            "可以送到，謝謝。",
            "訂單 10234 還沒有收到，請協助查詢",
            "陳怡君",
            "退貨申請單.pdf",
        ),
        (
            "帳篷的拉鍊第二個晚上就壞了，我想換一個新的。\n如果沒有庫存，請直接退款到原來的信用卡，"
            "麻煩您了。",
            "帳篷拉鍊損壞，想要換貨或退款",
            "林志明",
            "損壞照片與發票.jpg",
        ),
    ),
    "zh-Hans": (
        (
            "您好，我两个星期前订了一件雨衣，到现在还没有收到。\n请帮我向快递公司确认一下什么时候"
            "可以送到，谢谢。",
            "订单 10234 还没有收到，请协助查询",
            "李伟",
            "退货申请单.pdf",
        ),
        (
            "帐篷的拉链第二个晚上就坏了，我想换一个新的。\n如果没有库存，请直接退款到原来的银行卡，"
            "麻烦您了。",
            "帐篷拉链损坏，想要换货或退款",
            "王小明",
            "损坏照片和发票.jpg",
        ),
    ),
    "ru": (
        (
            "Здравствуйте! Я заказал дождевик две недели назад, но посылка до сих пор не пришла.\n"
            "Уточните, пожалуйста, у перевозчика, когда её ждать.",
            "Где мой заказ номер 10234?",
            "Иван Петрович Соколов",
            "счёт за ноябрь.pdf",
        ),
        (
            "Молния палатки сломалась на вторую ночь, хочу обменять её на новую.\n"
            "Если такой больше нет, верните, пожалуйста, деньги на карту.",
            "Возврат: сломалась молния палатки",
            "Мария Кузнецова",
            "фотография поломки.jpg",
        ),
    ),
    "ja": (
        (
            "いつもお世話になっております。二週間前に注文したレインコートがまだ届きません。\n"
            "配送業者に確認していただけますか。よろしくお願いいたします。",
            "注文番号 10234 の商品が届きません",
            "山田花子",
            "請求書と領収書.pdf",
        ),
        (
            "テントのファスナーが二日目の夜に壊れてしまいました。\n新しいものと交換できない場合は、"
            "返金をお願いします。",
            "テントのファスナーが壊れました",
            "佐藤健一",
            "破損箇所の写真.jpg",
        ),
    ),
}


def held_out() -> dict[str, tuple[Words, ...]]:
    """Twenty more texts per language, short and long, that the reader was not written with: a
    file each, "## subject | name | file name" above each body."""
    return {file.stem: tuple(_blocks(file)) for file in sorted(HELD_OUT.glob("*.txt"))}


def _blocks(file: Path) -> Iterator[Words]:
    for block in file.read_text("utf-8").removeprefix("## ").split("\n## "):
        head, _, body = block.partition("\n")
        subject, name, filename = head.split(" | ")
        yield body.strip("\n"), subject, name, filename
