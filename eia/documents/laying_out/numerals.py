"""Numbers as lists print them: `iv`, `D`, `3`."""

from __future__ import annotations

from collections.abc import Callable

_ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def numeral(value: int, style: str) -> str:
    """`value` in a style by Word's names for them; a style we do not know is written in digits."""
    write = _STYLES.get(style.lower().removeprefix("upper").removeprefix("lower"))
    written = write(value) if write else str(value)
    return written.upper() if style.startswith("upper") else written


def _roman(value: int) -> str:
    written = ""
    for worth, mark in _ROMAN:
        while value >= worth and len(written) < 20:
            written, value = written + mark, value - worth
    return written


def _letter(value: int) -> str:
    """After `z` comes `aa`, then `bb`, as in Word."""
    return chr(ord("a") + (value - 1) % 26) * min((value - 1) // 26 + 1, 5) if value > 0 else ""


_STYLES: dict[str, Callable[[int], str]] = {
    "roman": _roman,
    "letter": _letter,
    "decimalzero": lambda value: f"{value:02}",
    "none": lambda _value: "",
}
