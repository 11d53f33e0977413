"""The pictures of the README, taken from the running product: ``make screenshots`` (needs Chromium).

Starts a server on a demo chain in a temporary folder, signs in, looks, and writes PNG files to docs/pictures/.
"""

import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
LOOKS = (
    ("manager", "returning", "/returning/?period=last-month", 1280, "light", 1100),
    ("seller", "today", "/", 1280, "light", 800),
    ("seller", "card", "/clients/{regular}/", 1280, "light", 800),
    ("seller", "sale", "/sales/new/?client={regular}", 1280, "dark", 560),
    ("seller", "phone", "/clients/{regular}/", 390, "light", 844),
    ("manager", "silent", "/silent/", 1280, "light", 900),
    ("manager", "ask", "/ask/?w0=kind&g0=0&p0_kind=ring&p0_least=2&w1=silent&g1=1&p1_days=0", 1280, "light", 900),
    ("seller", "desk", "/service/", 1280, "light", 900),
    ("manager", "merge", "/clients/merge/{pair}/", 1280, "light", 900),
    ("admin", "lists", "/lists/", 1280, "light", 620),
)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def serve(folder: str, port: int) -> subprocess.Popen[bytes]:
    """A server on a demo chain of its own."""
    env = {**os.environ, "DEBUG": "1", "DATA_DIR": folder}
    for command in (["migrate", "-v0"], ["load_demo", "--clients", "1500"], ["collectstatic", "--noinput", "-v0"]):
        subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=env, check=True, stderr=subprocess.DEVNULL)
    granian = str(Path(sys.executable).parent / "granian")
    command = [
        granian,
        "--interface",
        "wsgi",
        "crm_site.wsgi:application",
        "--port",
        str(port),
        "--blocking-threads",
        "4",
        "--no-ws",
    ]
    server = subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _try in range(100):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/health/?format=json")
            return server
        except OSError:
            time.sleep(0.2)
    raise SystemExit("the server did not start")


def regular(folder: str) -> int:
    """The card of a client who comes often."""
    with sqlite3.connect(Path(folder) / "carat.sqlite3") as base:
        row = base.execute("SELECT client_id FROM visits_clientactivity ORDER BY visit_days DESC, client_id LIMIT 1").fetchone()
    return int(row[0])


def pair(folder: str) -> str:
    """Two cards that wait for a decision, as the address has them."""
    with sqlite3.connect(Path(folder) / "carat.sqlite3") as base:
        first, second = base.execute("SELECT first_id, second_id FROM clients_pair ORDER BY score DESC, id LIMIT 1").fetchone()
    return f"{first}/{second}"


def sign_in(page: Page, address: str, who: str) -> None:
    page.goto(f"{address}/accounts/login/")
    page.fill("#id_login", who)
    page.fill("#id_password", "carat-demo")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}/")


def importing(page: Page, address: str, folder: str) -> None:
    """The pictures of the manual: a list's columns, its preview, a decision."""
    page.goto(f"{address}/lists/")
    page.set_input_files("#id_file", ROOT / "tests" / "data" / "legacy-list" / "clients.csv")
    page.get_by_role("button", name="Загрузить и посмотреть").click()
    page.wait_for_url("**/columns/")
    page.screenshot(path=PICTURES / "importing-columns.png")
    page.get_by_role("button", name="Подготовить предпросмотр").click()
    work = "from imports.passes import engine; from imports.models import ListImport; engine.advance(ListImport.objects.first())"
    env = {**os.environ, "DEBUG": "1", "DATA_DIR": folder}
    subprocess.run([sys.executable, "manage.py", "shell", "-c", work], cwd=ROOT, env=env, check=True)
    page.get_by_role("button", name="Записать в базу").wait_for()
    page.screenshot(path=PICTURES / "importing-preview.png")
    page.get_by_role("link", name="Решить").first.click()
    page.locator(".decisions").wait_for()
    page.screenshot(path=PICTURES / "importing-decide.png")


def main() -> None:
    chromium = os.environ.get("CHROMIUM_PATH") or shutil.which("chromium")
    if not chromium:
        raise SystemExit("skipped: no Chromium")
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        port = free_port()
        server = serve(folder, port)
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for who, name, path, width, theme, height in LOOKS:
            context = browser.new_context(viewport={"width": width, "height": height}, locale="ru-RU")
            context.add_cookies([{"name": "theme", "value": theme, "url": f"http://127.0.0.1:{port}"}])
            page = context.new_page()
            sign_in(page, f"http://127.0.0.1:{port}", who)
            page.goto(f"http://127.0.0.1:{port}{path.format(regular=regular(folder), pair=pair(folder))}")
            page.wait_for_load_state("networkidle")
            page.screenshot(path=PICTURES / f"{name}.png")
            context.close()
        page = browser.new_page(viewport={"width": 1280, "height": 860}, locale="ru-RU")
        sign_in(page, f"http://127.0.0.1:{port}", "admin")
        importing(page, f"http://127.0.0.1:{port}", folder)
        browser.close()
        server.terminate()
        server.wait()


if __name__ == "__main__":
    main()
