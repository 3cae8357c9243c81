"""Somebody who has no mouse: Tab, Space, Enter, arrows and letters do everything."""

from __future__ import annotations

from playwright.sync_api import Locator

from tests.browser.hands import Hands

FAR = 300  # more presses of Tab than any page should ask for
# Before or after what has the focus; a page that has just been opened has it nowhere.
DIRECTION = """(wanted) => {
  const now = document.activeElement;
  if (now === wanted) return '';
  const behind = now.compareDocumentPosition(wanted) & Node.DOCUMENT_POSITION_PRECEDING;
  return behind && now !== document.body ? 'Shift+Tab' : 'Tab';
}"""
# GOV.UK's boxes are drawn by their labels, and so is their focus.
IS_SEEN = """(focused) => {
  const isBox = ['radio', 'checkbox'].includes(focused.type);
  const style = isBox ? getComputedStyle(focused.labels[0], '::before') : getComputedStyle(focused);
  const isOutlined = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
  return style.boxShadow !== 'none' || (isOutlined && style.outlineColor !== 'rgba(0, 0, 0, 0)');
}"""


class Keys(Hands):
    """One person with a keyboard."""

    def press(self, button: Locator) -> None:
        self.go_to(button)
        self.page.keyboard.press("Enter")

    def tick(self, box: Locator) -> None:
        if box.get_attribute("type") == "radio":
            self.choose(box)
        else:
            self.go_to(box)
        if not box.is_checked():
            self.page.keyboard.press("Space")

    def choose(self, radio: Locator) -> None:
        """Tab comes to a group once: at what is chosen, or at its first; arrows lead on from there."""
        name = radio.get_attribute("name")
        group = self.page.locator(f'main [type=radio][name="{name}"]')
        chosen = group.and_(self.page.locator(":checked"))
        self.go_to(chosen if chosen.count() else group.first)
        for _ in range(group.count()):
            if self.direction(radio) == "":
                return
            self.page.keyboard.press("ArrowDown")

    def type(self, field: Locator, text: str) -> None:
        self.go_to(field)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(text)

    def pick(self, field: Locator, value: str) -> None:
        """Types the beginning of what the list calls it."""
        self.go_to(field)
        called = field.locator(f'option[value="{value}"]').inner_text()
        self.page.keyboard.type(called.strip()[:20])

    def go_to(self, wanted: Locator) -> None:
        """Presses Tab until it has the focus, and sees that it has; an AssertionError when it never does."""
        for _ in range(FAR):
            key = self.direction(wanted)
            if key == "":
                assert wanted.evaluate(IS_SEEN), f"focus cannot be seen on {wanted} of {self.here()}"
                return
            self.page.keyboard.press(key)
        raise AssertionError(f"the keyboard never reaches {wanted} of {self.here()}")

    def direction(self, wanted: Locator) -> str:
        key: str = wanted.evaluate(DIRECTION)
        return key
