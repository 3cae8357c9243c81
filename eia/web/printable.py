"""Reads what was sent without the characters that no database, document or mail can carry."""

from __future__ import annotations

import re

from flask import Flask, Request, abort, request
from werkzeug.datastructures import ImmutableMultiDict, MultiDict
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.utils import cached_property

# PostgreSQL takes no NUL, XML (and so Word) none of these; they come from pasting, or from malice.
_UNPRINTABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_BREAK = re.compile("[\x0b\x0c]")  # Word's own line break and page break

LONGEST_FIELD = 100_000
"""Characters: several times what any question takes, so that nobody loses what they wrote."""

# A whole plan; a whole form that was kept while somebody signed in; and what says itself that it is too long.
_LONGER = frozenset({"plans.import_", "sign_in.confirm", "sign_in.resume", "assessments.keep"})


class PrintableRequest(Request):
    """A request whose fields and file names hold text, and nothing that only looks like it."""

    @cached_property
    def args(self) -> ImmutableMultiDict[str, str]:
        """What stands behind the question mark."""
        return _printable(super().args)

    def _load_form_data(self) -> None:
        if "form" in self.__dict__:
            return
        super()._load_form_data()
        self.form = _printable(self.form)
        longest = max((len(value) for _, value in self.form.items(multi=True)), default=0)
        if longest > LONGEST_FIELD and self.endpoint not in _LONGER:
            raise RequestEntityTooLarge
        for file in self.files.values():
            file.filename = printable(file.filename or "")


def set_up(app: Flask) -> None:
    """Every request is read so; an address with such a character leads nowhere."""
    app.request_class = PrintableRequest
    app.before_request(_no_such_address)


def printable(text: str) -> str:
    """The text without what cannot be printed."""
    return _UNPRINTABLE.sub("", _BREAK.sub("\n", text))


def _printable(sent: MultiDict[str, str]) -> ImmutableMultiDict[str, str]:
    fields = [(printable(name), printable(value)) for name, value in sent.items(multi=True)]
    return ImmutableMultiDict(fields)


def _no_such_address() -> None:
    if _UNPRINTABLE.search(request.path):
        abort(404)
