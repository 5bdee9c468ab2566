"""The whole product, as people use it: a real site, a real database, a real browser, no mocks."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, Request, expect, sync_playwright

import prepared

PASSWORDS = {
    "tonghop": "tong-hop-can-tho",
    "lanhdao": "lanh-dao-can-tho",
    "tuyengiao": "tuyen-giao-can-tho",
    "taichinh": "tai-chinh-can-tho",
    "quantri": "quan-tri-can-tho",
    "bk.tonghop": "tong-hop-bac-kan",
}
CHROMIUM = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DEBIAN_15 = Path("/usr/lib/postgresql/15/bin")
# How long is waited where waiting is all that happens: no promise, only an end to what would never come.
START_SECONDS = 600
PATIENCE = 120_000  # milliseconds


@dataclass(frozen=True)
class Site:
    """A running demo office: its address, and the environment in which its commands run."""

    url: str
    environment: dict[str, str]
    mail_port: int = 0  # where it looks for a mail server; a test that wants one starts it there

    def run(self, *arguments: str) -> str:
        """Run a command of the program beside the site."""
        done = subprocess.run(
            [sys.executable, "-m", "dondoc.cli", *arguments],
            env=self.environment,
            capture_output=True,
            text=True,
            check=True,
            timeout=START_SECONDS,
        )
        return done.stdout


def office_day() -> date:
    """Today where the offices are: what the site calls today, whatever the clock of this machine says."""
    return datetime.now(ZoneInfo("Asia/Ho_Chi_Minh")).date()


@dataclass
class Watch:
    """What a browser must not do: ask another machine, break the page's policy, fail in a script."""

    faults: list[str] = field(default_factory=list)

    def on(self, context: BrowserContext, base: str) -> None:
        """Watch every page of a browser's session."""
        host = urlsplit(base).netloc

        def asked(request: Request) -> None:
            parts = urlsplit(request.url)
            if parts.scheme in {"http", "https", "ws", "wss"} and parts.netloc != host:
                self.faults.append(f"asked {request.url}")

        def said(message: ConsoleMessage) -> None:
            if "status of 422" in message.text:  # a form sent back with what is wrong in it
                return
            # A request that was on its way when the page was left; of one that failed the browser speaks by itself.
            if message.text.startswith(("htmx:afterRequest", "htmx:sendError", "htmx:sendAbort")):
                return
            if message.type == "error" or "Content Security Policy" in message.text:
                self.faults.append(f"console: {message.text}")

        context.on("request", asked)
        context.on("console", said)
        context.on("weberror", lambda error: self.faults.append(f"script: {error.error}"))


@contextmanager
def debian_server(folder: Path) -> Iterator[str]:
    """Start Debian's PostgreSQL 15 in a folder of its own and give the address of an empty database."""
    assert DEBIAN_15.exists(), "PostgreSQL 15 is missing: apt-get install postgresql-15 (make test does it for root)"
    port = prepared.free_port()
    runuser = shutil.which("runuser", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin") or "runuser"
    as_server = [runuser, "-u", "postgres", "--"] if os.geteuid() == 0 else []
    if as_server:
        shutil.chown(folder, "postgres")
        folder.chmod(0o755)
    data = folder / "data"

    def command(*words: str) -> None:
        subprocess.run([*as_server, *words], check=True, capture_output=True, cwd="/")

    made = ["-D", str(data), "-E", "UTF8", "--locale=C.UTF-8", "-A", "trust", "-U", "dondoc", "--no-sync"]
    command(str(DEBIAN_15 / "initdb"), *made)
    with (data / "postgresql.auto.conf").open("a") as settings:
        settings.write(prepared.UNSAFE_BUT_QUICK)
    options = f"-p {port} -c listen_addresses=127.0.0.1 -k {folder}"
    start = ["-D", str(data), "-o", options, "-w", "-t", str(START_SECONDS), "-l", str(folder / "log"), "start"]
    command(str(DEBIAN_15 / "pg_ctl"), *start)
    try:
        command(str(DEBIAN_15 / "createdb"), "-h", "127.0.0.1", "-p", str(port), "-U", "dondoc", "office")
        yield f"postgresql://dondoc@127.0.0.1:{port}/office"
    finally:
        command(str(DEBIAN_15 / "pg_ctl"), "-D", str(data), "-m", "immediate", "-w", "stop")


@contextmanager
def running_site(home: Path, database: str | None) -> Iterator[Site]:
    """Start the demo office as `make demo` does, and wait until it answers."""
    port = prepared.free_port()
    mail_port = prepared.free_port()
    environment = prepared.environment(home) | {
        "PYTHONUNBUFFERED": "1",
        "DONDOC_SITE_URL": f"http://127.0.0.1:{port}",
        "DONDOC_MAIL_URL": f"smtp://127.0.0.1:{mail_port}",
    }
    if database:
        environment["DATABASE_URL"] = database
    log = (home.parent / f"{home.name}.log").open("w+")
    process = subprocess.Popen(
        [sys.executable, "-m", "dondoc.cli", "demo", "--port", str(port)], env=environment, stdout=log, stderr=log
    )
    url = f"http://127.0.0.1:{port}"
    try:
        until = time.monotonic() + START_SECONDS
        while True:
            assert process.poll() is None, Path(log.name).read_text()
            try:
                urllib.request.urlopen(f"{url}/login/", timeout=10).close()
                break
            except OSError:
                assert time.monotonic() < until, Path(log.name).read_text()
                time.sleep(0.2)
        yield Site(url, environment, mail_port)
    finally:
        process.terminate()
        process.wait(START_SECONDS)
        log.close()


@pytest.fixture(scope="session")
def sites() -> Iterator[Callable[[str], Site]]:
    """Start each demo office that is asked for once, whatever other one was used meanwhile."""
    with ExitStack() as running:
        started: dict[str, Site] = {}

        def start(kind: str) -> Site:
            if kind not in started:
                folder = Path(tempfile.mkdtemp(prefix="ddf-"))
                running.callback(shutil.rmtree, folder, ignore_errors=True)
                folder.chmod(0o755)
                started[kind] = running.enter_context(office(kind, folder))
            return started[kind]

        yield start


@contextmanager
def office(kind: str, folder: Path) -> Iterator[Site]:
    """The demo office on a copy of what the embedded PostgreSQL holds; Debian's begins with an empty database."""
    if kind == "embedded":
        with running_site(prepared.copied(prepared.with_demo(), folder / "home"), None) as site:
            yield site
    else:
        (folder / "pg").mkdir()
        with debian_server(folder / "pg") as database, running_site(folder / "home", database) as site:
            yield site


@pytest.fixture(scope="session", params=["embedded", "debian-15"])
def site(request: pytest.FixtureRequest, sites: Callable[[str], Site]) -> Site:
    """The demo office on the embedded PostgreSQL, and again on Debian's PostgreSQL 15."""
    return sites(request.param)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, for one file: until it ends Playwright keeps an event loop running in this very thread.

    Django and the job queue refuse to work under a running loop, and the next file in this process may need them.
    """
    path = shutil.which("chromium")
    assert path, "Chromium is missing: apt-get install chromium (make test does it for root)"
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=path, args=CHROMIUM)
        yield found
        found.close()


@pytest.fixture
def watch() -> Iterator[Watch]:
    """Fails the test if a page did what no page may do."""
    found = Watch()
    yield found
    assert found.faults == []


@contextmanager
def signed_in(
    browser: Browser,
    site: Site,
    watch: Watch,
    user: str,
    *,
    width: int = 1440,
    height: int = 900,
    scheme: str = "light",
) -> Iterator[Page]:
    """A browser in which somebody has signed in by hand."""
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",  # a page that still glides is looked at halfway, and the sooner the slower the machine
        accept_downloads=True,
        locale="en-US",
    )
    context.set_default_timeout(PATIENCE)
    watch.on(context, site.url)
    page = context.new_page()
    page.goto(f"{site.url}/login/")
    page.fill("#id_login", user)
    page.fill("#id_password", PASSWORDS[user])
    page.click("button.btn-primary")
    page.wait_for_url(f"{site.url}/today/")
    page.goto(f"{site.url}/")
    yield page
    context.close()


def write_day(page: Page, field: str, day: str) -> None:
    """Type a day into a field, once the page's script has made it one of day, month and year.

    Before that it is the browser's own, which takes no such words and stands empty without a complaint.
    """
    page.locator(f".dayfield {field}").fill(day)


def follow(page: Page, link: Locator) -> None:
    """Press a link or a button and wait until the page it leads to is there; a click alone does not wait."""
    with page.expect_navigation():
        link.click()
