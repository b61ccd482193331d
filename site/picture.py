"""The README's picture of a checked article: the marked page of the shipped text, as a browser shows it.

    python site/picture.py [site/marked.png]
"""

import shutil
import sys
from pathlib import Path

from build import SITE, marked_page
from playwright.sync_api import sync_playwright

from trade_lib.app.page import small


def main(path=SITE / "marked.png"):
    """Take the picture with the browser that the tests use."""
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=shutil.which("chromium") or shutil.which("google-chrome"),
                                         args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 760, "height": 620}, device_scale_factor=1.5)
        page.set_content(marked_page())
        Path(path).write_bytes(small(page.screenshot()))
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
