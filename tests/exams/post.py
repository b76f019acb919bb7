"""Letters for the exams: many sizes and languages, answers, copies, and ids used twice."""

from base64 import encodebytes
from collections.abc import Iterator
from email.header import Header
from random import Random

_WORDS = (
    ("Where is my parcel?", "I ordered two weeks ago and nothing came."),
    ("Đơn hàng chưa giao", "Em đặt từ hai tuần trước mà vẫn chưa nhận được hàng."),
    ("Где мой заказ?", "Я заказал две недели назад, посылка не пришла."),
    ("訂單還沒到", "我兩個星期前訂的，到現在還沒有收到。"),
)
_LARGE = 1_300_000  # above 1 MiB a mail is fetched in slices


class Post:
    """An endless bag of letters, the same for the same seed. ``written`` are all given so far."""

    def __init__(self, seed: int, *, large: bool = True) -> None:
        self._random = Random(seed)
        self._seed = seed
        self._large = large
        self.written: list[bytes] = []

    def take(self, count: int) -> list[bytes]:
        """The next letters; now and then one is an exact copy of an earlier one."""
        return [self._next() for _ in range(count)]

    def delivery(self, least: int, most: int) -> list[bytes]:
        """A random number of letters; now and then so many that a pull takes several batches."""
        backlog = not self.written or self._random.random() < 0.08
        return self.take(430 if backlog else self._random.randrange(least, most))

    def _next(self) -> bytes:
        number = len(self.written)
        if self.written and self._random.random() < 0.03:
            letter = self._random.choice(self.written)
        else:
            letter = b"".join(self._letter(number))
        self.written.append(letter)
        return letter

    def _letter(self, number: int) -> Iterator[bytes]:
        random = self._random
        subject, words = random.choice(_WORDS)
        own = number
        if number and random.random() < 0.03:
            own = random.randrange(number)  # another letter under an id that was used before
        yield f"From: =?utf-8?q?N=C3=A0ng?= <c{number % 97}@customer.example>\r\n".encode()
        yield b"To: support@shop.example\r\n"
        yield f"Subject: {Header(f'{subject} {number}', 'utf-8').encode()}\r\n".encode()
        yield f"Message-ID: <q{own}.{self._seed}@customer.example>\r\n".encode()
        if number and random.random() < 0.3:
            other = random.randrange(number)
            yield f"In-Reply-To: <q{other}.{self._seed}@customer.example>\r\n".encode()
        hour, minute = number // 60 % 24, number % 60
        yield f"Date: Sat, 21 Nov 2026 {hour:02}:{minute:02}:00 +0000\r\n".encode()
        yield b"MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
        yield b"Content-Transfer-Encoding: base64\r\n\r\n"
        lines = random.randrange(1, 200 if random.random() < 0.3 else 30)
        text = "\r\n".join(f"{words} {random.randrange(10**6)}" for _ in range(lines))
        yield encodebytes(text.encode()).replace(b"\n", b"\r\n")
        if self._large and random.random() < 0.004:
            yield b"QUJD\r\n" * (_LARGE // 6)
