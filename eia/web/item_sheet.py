"""The page on which an item of a section is written: the same round for a source, a gap and an activity."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from eia.domain.errors import Invalid, NotAllowed, Stale
from eia.domain.forms.pages import PageDefinition
from eia.store.section_items import I
from eia.usecases.section_items import ItemPage
from eia.usecases.writing import token_of
from eia.web.question_form import QuestionForm


@dataclass(frozen=True, kw_only=True)
class ItemSheet(Generic[I]):
    """A form about one item. `section` names the blueprint and its templates; a new item is None as yet."""

    section: str
    page: ItemPage[I]
    asked: PageDefinition
    form: QuestionForm
    item: I | None = None

    def fill_in(self, save: Callable[[], object], done: str) -> ResponseReturnValue:
        """The form until it can be saved, with both texts when somebody else was quicker; then the list."""
        if not self.form.validate_on_submit():
            return self._show()
        try:
            save()
        except Invalid as refusal:
            self.form.refuse(refusal.problems)
            return self._show()
        except Stale:
            self.form.page_token.data = token_of(self.item)
            return render_template(f"{self.section}/stale.html", **self._shown()), 409
        return back_to_list(self.section, self.page, done)

    def _show(self) -> ResponseReturnValue:
        shown = render_template(f"{self.section}/form.html", **self._shown())
        return shown, 422 if self.form.errors else 200

    def _shown(self) -> dict[str, object]:
        return {"page": self.page, "asked": self.asked, "form": self.form, "item": self.item}


def taken_out(section: str, page: ItemPage[I], item: I, remove: Callable[[], None]) -> ResponseReturnValue:
    """Asks once more, then takes the item out."""
    if request.method == "GET":
        return render_template(f"{section}/remove.html", page=page, item=item)
    remove()
    return back_to_list(section, page, gettext("Removed. The history keeps that it was there."))


def back_to_list(section: str, page: ItemPage[I], done: str) -> ResponseReturnValue:
    """Says what was done, where all the items are."""
    flash(done)
    return redirect(url_for(f"{section}.index", assessment_id=page.facts.id))


def must_be_open(page: ItemPage[I]) -> None:
    """Raises `NotAllowed` where nothing can be written now."""
    if page.closed is not None:
        raise NotAllowed(page.closed)
