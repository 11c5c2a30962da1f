"""Signing in by an account of a real provider, and all that a provider or a stranger may say that does not count."""

import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet
from oidc_provider_mock import User, run_server_in_thread

from api.app.settings import Settings, SettingsError, load_settings
from support.browser import ADDRESS, Browser, Site
from support.partnership_world import World
from web.signing_in.accounts.people import PeopleFault, Rule, rules_of, subject_of
from web.signing_in.accounts.provider import NotVouchedFor, Provider

POLICE, STRANGER = "sergeant", "stranger"
PEOPLE = [
    User(
        sub=POLICE,
        claims={
            "name": "Duty Sergeant",
            "email": "duty@police.example",
            "email_verified": True,
            "groups": ["gt-police", "all"],
        },
    ),
    User(sub=STRANGER, claims={"name": "Somebody", "email": "who@else.example", "groups": ["all"]}),
]
RULES = """
- claims: {groups: gt-police}
  partnership: knowsley
  role: AGENCY
  agency: police
"""


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    with run_server_in_thread(user_claims=PEOPLE, require_nonce=True) as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture
def people(tmp_path: Path) -> Path:
    file = tmp_path / "people.yaml"
    file.write_text(RULES)
    return file


@pytest.fixture
def site(world: World, issuer: str, people: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    monkeypatch.setenv("OAUTHLIB_INSECURE_TRANSPORT", "1")
    given: dict[str, Any] = {"oidc_client_id": "register", "oidc_client_secret": "secret", "oidc_name": "Fellmoor ID"}
    return Site(world, Settings(public_url=ADDRESS, oidc_issuer=issuer, oidc_people=people, **given))


def sent(browser: Browser, sub: str, path: str = "/") -> str:
    """The address by which the provider sends somebody back."""
    led = browser.raw("GET", f"/sign-in-with-account?next={path}").headers["location"]
    assert parse_qs(urlsplit(led).query)["code_challenge_method"] == ["S256"]
    answered = httpx.post(led, data={"sub": sub}, trust_env=False)
    return answered.headers["location"].removeprefix(ADDRESS)


def test_an_account_signs_in_as_what_the_rules_say(site: Site, world: World) -> None:
    browser = Browser(site.app)
    assert "Sign in with Fellmoor ID" in browser.get("/overdue").text
    page = browser.get(sent(browser, POLICE, "/overdue"))
    assert page.path == "/overdue"
    assert "Duty Sergeant (duty@police.example), agency (police)" in page.text
    again = Browser(site.app)
    again.get(sent(again, POLICE))
    with world.installation.served(world.key).transaction() as conn:
        held = conn.execute("SELECT count(*) FROM credential_history WHERE subject LIKE 'Duty%'").fetchone()
    assert held == (1,)


def test_an_account_without_a_part_in_the_register_signs_nobody_in(site: Site) -> None:
    browser = Browser(site.app)
    page = browser.get(sent(browser, STRANGER))
    assert (page.status, page.path) == (403, page.path)
    assert "has no part in this register" in page.text
    assert browser.get("/").path.startswith("/sign-in")


def test_a_rule_that_names_what_is_not_there_signs_nobody_in(site: Site, people: Path) -> None:
    people.write_text(RULES.replace("agency: police", "agency: nobody"))
    browser = Browser(site.app)
    assert browser.get(sent(browser, POLICE)).status == 403


@pytest.mark.parametrize("change", ["state", "another browser", "twice", "denied", "no code"])
def test_a_way_back_that_was_not_begun_here_signs_nobody_in(site: Site, change: str) -> None:
    browser = Browser(site.app)
    back = sent(browser, POLICE)
    match change:
        case "state":
            page = browser.get(back.replace("state=", "state=x"))
        case "another browser":
            page = Browser(site.app).get(back)
        case "twice":
            browser.get(back)
            browser.cookies.delete("session")
            page = browser.get(back)
        case "denied":
            page = browser.get(f"/signed-in-with-account?error=access_denied&{urlsplit(back).query.split('&')[-1]}")
        case _:
            page = browser.get("/signed-in-with-account")
    assert page.status == 403
    assert browser.raw("GET", "/").status_code == 303 if change != "another browser" else True


@pytest.mark.parametrize("elsewhere", ["//evil.example", "https://evil.example"])
def test_nobody_is_led_elsewhere_by_way_of_the_provider(site: Site, elsewhere: str) -> None:
    browser = Browser(site.app)
    assert browser.get(sent(browser, POLICE, elsewhere)).path == "/"


def test_a_provider_that_is_away_is_said_in_words(site: Site, world: World, people: Path) -> None:
    away = Settings(oidc_issuer="http://localhost:9", oidc_client_id="x", oidc_people=people)
    page = Browser(Site(world, away).app).get("/sign-in-with-account")
    assert (page.status, "could not be confirmed" in page.text) == (403, True)


def test_without_a_provider_there_is_no_such_page(world: World) -> None:
    site = Site(world)
    assert "Sign in with" not in Browser(site.app).get("/sign-in").text
    for path in ("/sign-in-with-account", "/signed-in-with-account"):
        assert Browser(site.app).get(path).status == 404


# ---- what a token must say ----

KEY = ECKey.generate_key("P-256", parameters={"kid": "one"})
OTHER = ECKey.generate_key("P-256", parameters={"kid": "one"})
ISSUER = "https://login.example"


class OfKnownKeys(Provider):
    """A provider whose keys are known without asking."""

    def _signers(self, *, fresh: bool) -> KeySet:
        return KeySet([KEY])


def claims(**changes: Any) -> Mapping[str, Any]:
    now = int(time.time())
    said = {"iss": ISSUER, "aud": "register", "sub": "1", "nonce": "n", "iat": now, "exp": now + 60} | changes
    return {name: value for name, value in said.items() if value is not None}


def verified(token: str) -> Mapping[str, Any]:
    return OfKnownKeys(ISSUER, "register", "secret", "").verified(token, "n")


def signed(said: Mapping[str, Any], key: ECKey = KEY) -> str:
    return jwt.encode({"alg": "ES256", "kid": "one"}, dict(said), key, algorithms=["ES256"])


def test_a_token_of_the_issuer_for_us_now_counts() -> None:
    assert verified(signed(claims(aud=["register", "other"], azp="register")))["sub"] == "1"


@pytest.mark.parametrize(
    "wrong",
    [
        {"iss": "https://evil.example"},
        {"iss": None},
        {"aud": "other"},
        {"aud": None},
        {"azp": "other"},
        {"nonce": "another"},
        {"nonce": None},
        {"exp": int(time.time()) - 3600},
        {"exp": None},
        {"iat": int(time.time()) + 3600},
        {"sub": None},
    ],
)
def test_a_token_that_says_anything_else_does_not(wrong: dict[str, Any]) -> None:
    with pytest.raises(NotVouchedFor):
        verified(signed(claims(**wrong)))


def test_a_token_that_somebody_else_signed_or_nobody_does_not() -> None:
    unsigned = ".".join(["eyJhbGciOiJub25lIn0", signed(claims()).split(".")[1], ""])
    for token in (signed(claims(), OTHER), unsigned, "", "a.b.c"):
        with pytest.raises(NotVouchedFor):
            verified(token)


# ---- rules ----


@pytest.mark.parametrize(
    ("asked", "said", "fits"),
    [
        ({"groups": "a"}, {"groups": ["b", "a"]}, True),
        ({"groups": "a"}, {"groups": "a"}, True),
        ({"groups": "a"}, {"groups": ["ab"]}, False),
        ({"groups": "a"}, {}, False),
        ({"email_verified": True}, {"email_verified": "true"}, False),
        ({"email_verified": True}, {"email_verified": 1}, False),
        ({"groups": "a", "email": "x"}, {"groups": ["a"], "email": "y"}, False),
    ],
)
def test_a_rule_fits_whoever_has_all_of_its_claims(asked: Any, said: dict[str, Any], fits: bool) -> None:
    assert Rule(claims=asked, partnership="k", role="CHAIR").fits(said) is fits


@pytest.mark.parametrize(
    "text", ["", "a: b", "- {}", RULES.replace("AGENCY", "KING"), RULES + "  power: all", "[", "- claims: {}"]
)
def test_rules_that_cannot_be_used_say_where_and_why(people: Path, text: str) -> None:
    people.write_text(text)
    with pytest.raises(PeopleFault, match=r"people\.yaml"):
        rules_of(people)


def test_two_people_of_one_name_are_two_in_the_record() -> None:
    known = {"name": "Ann Lee", "email": "ann@x.example"}
    both = [known | {"sub": each} for each in ("1", "2")]
    assert len({subject_of(each) for each in both}) == 2
    assert subject_of(known | {"sub": "1", "email_verified": True}) == "Ann Lee (ann@x.example)"
    assert subject_of({"sub": "1", "email": "a@x", "email_verified": False}) == "1"


def test_settings_of_accounts_belong_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOLDENTHREAD_OIDC_ISSUER", ISSUER)
    with pytest.raises(SettingsError, match="belong together"):
        load_settings()
