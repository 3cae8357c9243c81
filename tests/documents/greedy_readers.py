"""Readers that misbehave, each in one way; the limited child runs them by name."""

import ctypes
import os
import signal
import time
from pathlib import Path

from eia.domain.errors import Invalid


def backwards(data: bytes) -> list[str]:
    return [data[::-1].decode()]


def refuses(data: bytes) -> None:
    raise Invalid({"file": "Take the password off"})


def stumbles(data: bytes) -> None:
    raise KeyError(data.decode())


def eats_memory(data: bytes) -> int:
    return len([bytearray(1 << 20) for _ in range(4096)])


def eats_the_processor(data: bytes) -> None:
    while True:
        pass


def only_waits(data: bytes) -> None:
    time.sleep(60)


def talks_on(data: bytes) -> str:
    return "x" * 3_000_000


def nests(data: bytes) -> object:
    value: object = None
    for _ in range(100_000):
        value = [value]
    return value


def prints(data: bytes) -> int:
    print("not for you")
    return 1


def writes_a_file(data: bytes) -> str:
    Path(data.decode()).write_bytes(b"left behind")
    return "written"


def opens_too_much(data: bytes) -> int:
    return len([os.open("/", os.O_RDONLY) for _ in range(100)])


def tells_its_surroundings(data: bytes) -> list[object]:
    return [dict(os.environ), os.getcwd()]


def breaks_down(data: bytes) -> int:
    return ctypes.string_at(0)[0]


def aborts(data: bytes) -> None:
    os.kill(os.getpid(), signal.SIGABRT)


def says_half(data: bytes) -> None:
    os.write(3, b'{"value":')
    os.kill(os.getpid(), signal.SIGKILL)
