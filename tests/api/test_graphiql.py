"""GraphiQL comes from the installation alone and needs no token; its queries do."""

import re

import pytest

from api.graphiql.page import ASSETS
from support.edge_schema import send

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "Authorization": ""}


def test_a_browser_gets_the_page_without_a_token() -> None:
    page = send("GET", headers=BROWSER)
    assert page.status_code == 200
    assert page.headers["content-type"].startswith("text/html")


def test_a_browser_with_a_query_gets_its_answer_not_the_page() -> None:
    answer = send("GET", params={"query": "{ hello }"}, headers={"Accept": BROWSER["Accept"]})
    assert answer.json() == {"data": {"hello": "Hello, world"}}


def test_the_page_names_only_files_that_the_installation_serves() -> None:
    page = send("GET", headers=BROWSER).text
    named = re.findall(r'(?:src|href)="([^"]*)"', page)
    assert len(named) == 7
    for path in named:
        served = send("GET", path, headers=BROWSER)
        assert (served.status_code, served.content) == (200, (ASSETS / path.rpartition("/")[2]).read_bytes())


def test_the_page_may_reach_nothing_but_its_origin_and_run_nothing_inline() -> None:
    page = send("GET", headers=BROWSER)
    policy = page.headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'; script-src 'self'" in policy
    assert not re.search(r"<script(?![^>]*src=)|\son\w+=|<style|https?://", page.text)


@pytest.mark.parametrize("name", ["../page.py", "%2e%2e%2fpage.py", "LICENSES.txt", "missing.js", "..%2f..%2fgate.py"])
def test_nothing_else_is_served_beside_the_assets(name: str) -> None:
    assert send("GET", f"/graphql/assets/{name}", headers=BROWSER).status_code == 404


def test_an_asset_is_compressed_for_those_who_accept_it() -> None:
    headers = {**BROWSER, "Accept-Encoding": "gzip"}
    served = send("GET", "/graphql/assets/react.js", headers=headers)
    assert served.headers["content-encoding"] == "gzip"
    assert served.content == (ASSETS / "react.js").read_bytes()


def test_every_vendored_package_names_its_version_and_licence() -> None:
    readme = (ASSETS.parent / "README.md").read_text()
    for file in sorted(path.name for path in ASSETS.iterdir()):
        assert f"assets/{file}" in readme
    assert "://" not in readme


def test_the_page_keeps_nothing_in_the_browsers_storage() -> None:
    """A history with its headers, and in them the token, would outlive the page."""
    start = (ASSETS / "start.js").read_text(encoding="utf-8")
    assert re.search(r"storage: IN_MEMORY,", start)
    assert re.search(r"shouldPersistHeaders: false,", start)
    assert set(re.findall(r"(?:local|session)Storage\b[.)]?(\w*)", start)) == {"", "removeItem"}
