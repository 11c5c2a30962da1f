"""Signing in and out: by links that work once, in sessions that end."""

from datetime import timedelta
from typing import Any
from urllib.parse import quote
from uuid import UUID

import pytest

from api.app.founding import FOUNDER
from api.app.settings import Settings
from domain.credential.commands import RevokeCredential
from domain.partnership.commands import AdoptFramework
from domain.shared.vocabulary import Role
from support.browser import Browser, Site
from support.partnership_world import OTHER_BODY, World, on
from support.statement_counter import counted

REGISTER = "https://register.example"


def test_whoever_is_not_signed_in_is_led_to_the_sign_in_and_back(site: Site) -> None:
    led = Browser(site.app).raw("GET", "/overdue?agency=police")
    assert (led.status_code, led.headers["location"]) == (303, "/sign-in?next=%2Foverdue%3Fagency%3Dpolice")


def test_a_link_signs_in_once_and_a_look_at_it_uses_nothing_up(site: Site) -> None:
    link, first, second = site.link("police"), Browser(site.app), Browser(site.app)
    for _ in range(2):
        assert "Sign in as Person of police" in first.get(link).text
    assert first.post(link, {}).path == "/"
    assert first.get("/").status == 200
    for refused in (second.get(link), second.post(link, {})):
        assert refused.status == 404
        assert "does not sign you in" in refused.text
    assert second.get("/").path.startswith("/sign-in")


@pytest.mark.parametrize("secret", ["x", "%00", "é", "a" * 5_000])
def test_a_link_that_was_never_made_signs_nobody_in(site: Site, secret: str) -> None:
    assert Browser(site.app).get(f"/sign-in/{secret}").status == 404
    assert Browser(site.app).post(f"/sign-in/{secret}", {}).status == 404


def test_an_expired_link_signs_nobody_in(site: Site) -> None:
    link = site.link("police", lasts=timedelta(0))
    assert Browser(site.app).post(link, {}).status == 404


def test_the_cookie_is_for_pages_of_the_register_alone(site: Site) -> None:
    answered = Browser(site.app).raw("POST", site.link("police"))
    assert "; HttpOnly; Path=/; SameSite=lax" in answered.headers["set-cookie"]
    served = Site(site.world, Settings(public_url=REGISTER))
    cookie = Browser(served.app).raw("POST", served.link("police")).headers["set-cookie"]
    assert cookie.startswith("__Host-session=")
    assert cookie.endswith("; HttpOnly; Path=/; SameSite=lax; Secure")
    assert "Domain" not in cookie


def test_a_cookie_that_was_given_out_is_known_before_anybody_is_asked(site: Site) -> None:
    [(name, value)] = site.browser("police").cookies.items()
    visitor = site.app.state.door.visitor
    assert visitor(f"other=1; {name}={value}".encode())
    assert [visitor(sent) for sent in (f"{name}={value}x".encode(), f"{name}=".encode(), b"\xff")] == [False] * 3


def test_signing_out_ends_the_session_itself(site: Site) -> None:
    browser = site.browser("police")
    stolen = Browser(site.app, browser.cookies)
    assert browser.post("/sign-out", browser.get("/").form("/sign-out")["held"]).path == "/sign-in"
    assert stolen.get("/").path.startswith("/sign-in")


def test_a_form_of_another_session_signs_nobody_out(site: Site) -> None:
    browser, other = site.browser("police"), site.browser("health")
    assert browser.post("/sign-out", other.get("/").form("/sign-out")["held"]).status == 403
    assert browser.post("/sign-out", {}).status == 403
    assert browser.get("/").status == 200


def test_a_person_sees_and_ends_their_own_sessions_and_nobody_elses(site: Site) -> None:
    here, there, other = site.browser("police"), site.browser("police"), site.browser("health")
    listed = here.get("/sessions")
    ended = [form["held"]["id"] for form in listed.forms if form["action"] == "/sessions/end" and "id" in form["held"]]
    assert len(ended) == 2
    csrf = other.get("/sessions").form("/sessions/end")["held"]["csrf"]
    for id in ended:
        other.post("/sessions/end", {"csrf": csrf, "id": id})
    assert here.get("/").status == there.get("/").status == 200
    assert here.post("/sessions/end", {"csrf": listed.forms[-1]["held"]["csrf"]}).path == "/sign-in"
    assert here.get("/").path.startswith("/sign-in")
    assert there.get("/").path.startswith("/sign-in")
    assert other.get("/").status == 200


def test_a_revoked_credential_ends_its_sessions(site: Site) -> None:
    browser = site.browser("police")
    assert browser.get("/").status == 200
    with site.world.installation.served(site.world.key).transaction() as conn:
        (id,) = conn.execute(
            "SELECT credential FROM credential_history WHERE subject = 'Person of police'"
        ).fetchone() or (None,)
    site.world.register.handle(RevokeCredential(id=id, reason="Left"), FOUNDER)
    site.app.state.site.edge.credentials._checked.clear()
    assert browser.get("/").path.startswith("/sign-in")


@pytest.mark.parametrize("waited", ["idle", "longest"])
def test_a_session_ends_when_its_time_is_over(world: World, waited: str) -> None:
    site = Site(world, Settings(session_idle=timedelta(hours=1), session_longest=timedelta(hours=2)))
    browser = site.browser("police")
    with world.installation.database.connection("goldenthread") as conn:
        column = {"idle": "used_at = now() - interval '61 minutes'", "longest": "ends_at = now()"}[waited]
        conn.execute(f"UPDATE session SET {column}".encode())
    assert browser.get("/").path.startswith("/sign-in")


@pytest.mark.parametrize("elsewhere", ["//evil.example", "https://evil.example", "/\\evil.example", "\\\\evil", ""])
def test_nobody_is_led_elsewhere_by_signing_in(site: Site, elsewhere: str) -> None:
    page = Browser(site.app).get("/sign-in", next=elsewhere)
    assert page.form("/sign-in")["held"]["next"] == "/"


def test_in_a_demonstration_a_visitor_chooses_who_to_be(site: Site) -> None:
    browser = Browser(site.app)
    page = browser.get("/overdue")
    assert "This is a demonstration" in page.text
    chosen = {**page.form("/sign-in")["held"], "credential": credential_of(site.world, "inspector")}
    assert browser.post("/sign-in", chosen).path == "/overdue"


def test_nobody_chooses_who_to_be_in_a_partnership_that_is_none(site: Site) -> None:
    site.world.installation.create_partnership("real", "Real", "knowsley-2015")
    site.world.installation.credential_of_person("real", FOUNDER.role, "Somebody")
    with site.world.installation.served("real").transaction() as conn:
        (id,) = conn.execute("SELECT credential FROM credential_history").fetchone() or (None,)
    browser = Browser(site.app)
    assert "real" not in {form["held"].get("partnership") for form in browser.get("/sign-in").forms}
    assert browser.post("/sign-in", {"partnership": "real", "credential": str(id)}).status == 403


def credential_of(world: World, subject: str) -> str:
    with world.installation.served(world.key).transaction() as conn:
        (id,) = conn.execute("SELECT credential FROM credential_history WHERE subject = %s", (subject,)).fetchone() or (
            None,
        )
    return str(id)


@pytest.mark.parametrize("made_up", ["x", "a.b", "a." + "b" * 43, "\N{SNOWMAN}"])
def test_a_cookie_or_a_link_that_was_made_up_is_not_looked_up(
    site: Site, made_up: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = Browser(site.app)
    with counted(monkeypatch) as statements:
        assert browser.raw("GET", f"/sign-in/{made_up}").status_code == 404
        led = browser.raw("GET", "/", headers={"Cookie": f"session={quote(made_up)}"})
        assert led.status_code == 303
    assert statements == []


def test_a_body_beyond_its_limit_is_not_read_on(world: World) -> None:
    site = Site(world, Settings(body_bytes=2_000))
    browser = site.browser("police")
    for path in ("/sign-in", "/sign-out", "/sessions/end"):
        assert browser.raw("POST", path, data={"next": "x" * 3_000}).status_code == 413
    browser.cookies.clear()
    assert browser.raw("POST", "/sessions/end", data={"next": "x" * 3_000}).status_code == 413


@pytest.mark.parametrize(
    "sent_by",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
    ],
)
def test_another_site_signs_nobody_in(site: Site, sent_by: dict[str, str]) -> None:
    link, browser = site.link("police"), Browser(site.app)
    assert browser.raw("POST", link, headers=sent_by).status_code == 403
    for own in (
        {"Sec-Fetch-Site": "same-origin", "Origin": "http://register.test"},
        {"Origin": "http://register.test"},
    ):
        assert Browser(site.app).raw("POST", site.link("police"), headers=own).status_code == 303
    assert browser.post(link, {}).path == "/"


@pytest.mark.parametrize("elsewhere", ["/\t/evil.example", "/\n/evil.example", "/\\evil.example", "//evil.example"])
def test_nobody_is_led_elsewhere_once_signed_in(site: Site, elsewhere: str) -> None:
    browser = Browser(site.app)
    sent = {"partnership": site.world.key, "credential": credential_of(site.world, "inspector"), "next": elsewhere}
    led = browser.raw("POST", "/sign-in", data=sent).headers["location"]
    assert led.startswith("/")
    assert not led.replace("\t", "").replace("\n", "").replace("\\", "/").startswith("//")


def test_whoever_lost_their_body_while_signed_in_accepts_nothing_and_loses_nothing_typed(site: Site) -> None:
    action = site.world.assigned("police")
    id = site.world.evidence(action)
    member, address = site.browser("body"), "/actions/R0001/1/A1/return-evidence"
    sent = {**member.get(address).form()["held"], "evidenceId": id, "reason": "Nobody signed it"}
    credential = credential_of(site.world, "Person of body")
    site.world.register.handle(RevokeCredential(id=UUID(credential), reason="Left the group"), FOUNDER)
    site.app.state.site.edge.credentials._checked.clear()
    kept = member.post(address, sent)
    assert (kept.status, kept.form(address)["held"]["reason"].strip()) == (401, "Nobody signed it")
    given: dict[str, Any] = {"role": Role.MONITORING_BODY, "bodies": [OTHER_BODY], "independent": True}
    other = site.world.installation.credential_of_person(site.world.key, subject="Person of body", **given)
    pages = site.app.state.site
    offered = pages.sessions.offer(site.world.key, other, pages.sessions.lasts)
    member.post(f"/sign-in/{pages.seal.sealed(offered)}", {})
    again = member.post(address, kept.form(address)["held"])
    refused = member.post(address, again.form()["held"])
    assert refused.status in {400, 403}
    assert "Something went wrong" not in refused.text
    shown = site.world.read("unit", f'action(id: "{action}") {{ evidence {{ verdict }} }}')["action"]["evidence"]
    assert [each["verdict"] for each in shown] == ["AWAITING"]


def test_a_session_of_a_body_that_another_framework_no_longer_has_is_answered_in_words(site: Site) -> None:
    action = site.world.assigned("police")
    site.world.evidence(action)
    member = site.browser("body")
    site.world.at(5)
    adopt = AdoptFramework.model_validate({"framework": "knowsley-2020", "happened_on": on(5)})
    site.world.register.handle(adopt, FOUNDER)
    for path in ("/", "/oversight", "/actions/R0001/1/A1", "/actions/R0001/1/A1/accept-evidence"):
        page = member.get(path)
        assert page.status in {200, 403}, path
        assert "Something went wrong" not in page.text
