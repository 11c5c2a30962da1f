"""The pictures of the pages in docs/pictures, made anew from a fresh demonstration: `python scripts/screenshots.py`.

Needs Chromium. The demonstration's clock stands still, so that the pictures change only when the pages do.
"""

from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory
from threading import Thread

from playwright.sync_api import Page, sync_playwright

from api.app.installation import Installation
from api.app.serving import create_app
from api.app.settings import Settings
from cli.demo.command import prepared
from cli.serving import bound, server
from storage.embedded import embedded_server
from web.app import add_pages

PICTURES = Path(__file__).parent.parent / "docs" / "pictures"
TAKEN = {
    "page-home": ("Named Nurse for Safeguarding", "/", 1000, 760),
    "page-action": ("Named Nurse for Safeguarding", "/actions/FSP-11/1/A2", 1000, 1100),
    "page-past": ("Visiting inspector", "/overdue?known-at=2026-03-10&on=2026-03-10", 1000, 760),
}


def main() -> None:
    chromium = which("chromium") or which("chromium-browser") or which("google-chrome")
    with TemporaryDirectory() as folder, embedded_server(_reachable(folder)) as address:
        settings = Settings(data=_reachable(folder))
        prepared(settings, address)
        with Installation.open(address) as opened, bound("127.0.0.1", 0) as listener:
            running = server(add_pages(create_app(opened, settings), opened, settings), settings)
            thread = Thread(target=running.run, kwargs={"sockets": [listener]})
            thread.start()
            while not running.started:
                thread.join(0.01)
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
                for name, (who, path, width, height) in TAKEN.items():
                    page = browser.new_context(viewport={"width": width, "height": height}).new_page()
                    _take(page, f"http://127.0.0.1:{listener.getsockname()[1]}", who, path, name)
                browser.close()
            running.should_exit = True
            thread.join()


def _reachable(folder: str) -> Path:
    """For the account of the embedded server, which is not root."""
    Path(folder).chmod(0o711)
    return Path(folder) / "data"


def _take(page: Page, address: str, who: str, path: str, name: str) -> None:
    page.goto(f"{address}/sign-in")
    page.get_by_role("button", name=who).click()
    page.goto(f"{address}{path}")
    page.screenshot(path=PICTURES / f"{name}.png")
    print(f"{name}: {(PICTURES / f'{name}.png').stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
