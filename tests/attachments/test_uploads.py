"""A file is received whole or not at all, is what its content says, and comes with evidence once."""

from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest

from api.http.workers import Workers
from support.partnership_world import World
from support.uploads import PDF, Desk, body, part

EVIDENCE = "id evidence { narrative attachments { id name mediaType bytes sha256 } }"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!DOCTYPE html><html><script>alert(1)</script></html>"


def nothing_is_kept(desk: Desk) -> bool:
    return desk.kept() == [] and desk.rows() == 0


def test_a_file_is_answered_with_its_digest_and_kept_under_it(desk: Desk) -> None:
    answer = desk.send(content=PDF, name="Minutes of 8 January.pdf", kind="application/pdf")
    assert answer.status_code == 201
    said = answer.json()
    assert said.pop("id")
    digest = sha256(PDF).hexdigest()
    assert said == {
        "name": "Minutes of 8 January.pdf",
        "contentType": "application/pdf",
        "bytes": len(PDF),
        "sha256": digest,
    }
    assert desk.kept() == [desk.folder / "knowsley" / digest[:2] / digest]
    assert desk.kept()[0].read_bytes() == PDF


def test_the_same_content_is_kept_once_and_used_by_each_that_uploaded_it(desk: Desk, world: World) -> None:
    ids = [desk.uploaded("police"), desk.uploaded("unit", name="The same.pdf")]
    assert len(desk.kept()) == 1
    assert len(set(ids)) == 2
    action = world.assigned("police")
    for who, id in zip(("police", "unit"), ids, strict=True):
        world.do(who, "actionSubmitEvidence", id=action, narrative="Done", attachments=[id])


def test_evidence_says_of_its_files_what_was_received_and_so_does_the_log(desk: Desk, world: World) -> None:
    action = world.assigned("police")
    first, second = desk.uploaded(), desk.uploaded(content=b"a,b\n1,2\n", name="Audit.csv", kind="text/csv")
    shown = world.do(
        "police", "actionSubmitEvidence", EVIDENCE, id=action, narrative="Done", attachments=[first, second]
    )
    files = shown["evidence"][0]["attachments"]
    assert [(each["id"], each["name"], each["mediaType"], each["bytes"]) for each in files] == [
        (first, "Minutes.pdf", "application/pdf", len(PDF)),
        (second, "Audit.csv", "text/csv", 8),
    ]
    with world.installation.database.connection("gt_knowsley") as conn:
        named = "SELECT body -> 'attachments' FROM facts WHERE name = 'action.evidence_submitted.v1'"
        ((logged,),) = conn.execute(named).fetchall()
    assert [each["sha256"] for each in logged] == [each["sha256"] for each in files]
    assert logged[0].keys() == {"id", "name", "media_type", "bytes", "sha256"}


def test_a_recommendation_takes_files_with_its_evidence_too(desk: Desk, world: World) -> None:
    recommendation = world.a_recommendation()
    world.do("unit", "recommendationAssign", id=recommendation, leadAgency="police", dueOn="2024-06-01")
    asked = {"id": recommendation, "narrative": "Done", "attachments": [desk.uploaded()]}
    shown = world.do("police", "recommendationSubmitEvidence", EVIDENCE, **asked)
    assert shown["evidence"][0]["attachments"][0]["name"] == "Minutes.pdf"


def test_the_batch_takes_files_each_with_its_own_evidence(desk: Desk, world: World) -> None:
    actions = [world.assigned("police") for _ in range(2)]
    upload = desk.uploaded()
    sent = [
        {"idempotencyKey": str(uuid4()), "id": each, "narrative": "Done", "attachments": [upload]} for each in actions
    ]
    query = """mutation ($input: [ActionSubmitEvidenceInput!]!) { actionSubmitEvidenceBatch(input: $input) {
      results { userErrors { code field } action { evidence { attachments { id } } } } } }"""
    first, second = world.ask("police", query, input=sent)["actionSubmitEvidenceBatch"]["results"]
    assert first["action"]["evidence"] == [{"attachments": [{"id": upload}]}]
    assert second["userErrors"] == [{"code": "UNKNOWN_ATTACHMENT", "field": ["attachments", "0"]}]


def test_an_upload_is_used_once_by_its_uploader_alone(desk: Desk, world: World) -> None:
    action = world.assigned("police")
    upload, others = desk.uploaded(), desk.uploaded("unit")
    asked = {"id": action, "narrative": "Done"}
    for refused in (others, "made up", "YXR0YWNobWVudDp4"):
        assert world.refused("police", "actionSubmitEvidence", **asked, attachments=[refused]) == ["UNKNOWN_ATTACHMENT"]
    assert world.refused("police", "actionSubmitEvidence", **asked, attachments=[upload, upload]) == ["INVALID"]
    world.do("police", "actionSubmitEvidence", **asked, attachments=[upload])
    assert world.refused("police", "actionSubmitEvidence", **asked, attachments=[upload]) == ["UNKNOWN_ATTACHMENT"]


def test_a_refusal_names_the_place_of_the_upload_that_it_is_about(desk: Desk, world: World) -> None:
    action = world.assigned("police")
    sent = {"id": action, "narrative": "Done", "attachments": [desk.uploaded(), desk.uploaded("unit")]}
    (error,) = world.send_command("police", "actionSubmitEvidence", **sent)["userErrors"]
    assert error["field"] == ["attachments", "1"]


def test_a_refused_command_uses_no_upload(desk: Desk, world: World) -> None:
    upload, action = desk.uploaded(), world.assigned("police")
    early = {"id": action, "narrative": "Done", "attachments": [upload]}
    assert world.refused("police", "actionSubmitEvidence", **early, completedOn="2023-01-01", claimsComplete=True)
    world.do("police", "actionSubmitEvidence", **early)


def test_sent_again_under_the_same_key_it_answers_alike(desk: Desk, world: World) -> None:
    sent: dict[str, Any] = {"idempotencyKey": str(uuid4()), "id": world.assigned("police"), "narrative": "Done"}
    sent |= {"attachments": [desk.uploaded()]}
    first = world.send_command("police", "actionSubmitEvidence", EVIDENCE, **sent)
    assert world.send_command("police", "actionSubmitEvidence", EVIDENCE, **sent) == first
    other = world.send_command("police", "actionSubmitEvidence", EVIDENCE, **{**sent, "attachments": []})
    assert [each["code"] for each in other["userErrors"]] == ["IDEMPOTENCY_KEY_REUSED"]


def test_of_two_commands_at_once_one_has_the_upload(desk: Desk, world: World) -> None:
    actions, upload = [world.assigned("police") for _ in range(4)], desk.uploaded()

    def submit(action: str) -> list[str]:
        sent = {"id": action, "narrative": "Done", "attachments": [upload]}
        return [each["code"] for each in world.send_command("police", "actionSubmitEvidence", **sent)["userErrors"]]

    with ThreadPoolExecutor(4) as threads:
        codes = sorted(threads.map(submit, actions))
    assert codes == [[], *[["UNKNOWN_ATTACHMENT"]] * 3]


# ---- bad input ----


@pytest.mark.parametrize(
    ("content", "said", "kind"),
    [
        (PDF, "image/png", "application/pdf"),
        (HTML, "application/pdf", "text/html"),
        (b"Just words", "application/pdf", "text/plain"),
        (b"MZ\x90\x00" + bytes(60), "image/jpeg", "application/vnd.microsoft.portable-executable"),
        (bytes(range(256)), "image/png", "application/octet-stream"),
    ],
)
def test_a_lying_content_type_is_told_and_nothing_is_kept(desk: Desk, content: bytes, said: str, kind: str) -> None:
    answer = desk.send(content=content, name="x", kind=said)
    assert answer.status_code == 415
    error = answer.json()["errors"][0]
    assert error["extensions"]["code"] == "CONTENT_TYPE_MISMATCH"
    assert f"sent as {said}, and by its content is {kind}" in error["message"]
    assert nothing_is_kept(desk)


@pytest.mark.parametrize(
    ("content", "name", "said", "kind"),
    [
        (b"a,b\n1,2\n", "Audit.csv", "application/vnd.ms-excel", "text/csv"),
        (b"a,b\n1,2\n", "Audit.csv", "", "text/csv"),
        (SVG, "chart.svg", "", "image/svg+xml"),
        (SVG, "chart.svg", "image/svg+xml", "image/svg+xml"),
        (HTML, "page.txt", "text/plain", "text/html"),
        (PDF, "x.bin", "application/octet-stream", "application/pdf"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(20), "x.png", "image/png", "image/png"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF\0" + bytes(20), "x.jpg", "image/jpg", "image/jpeg"),
        (b"Gr\xc3\xbc\xc3\x9fe", "x", "", "text/plain"),
        (bytes(range(256)), "x", "", "application/octet-stream"),
    ],
)
def test_the_kind_is_that_of_the_content(desk: Desk, content: bytes, name: str, said: str, kind: str) -> None:
    answer = desk.send(content=content, name=name, kind=said)
    assert (answer.status_code, answer.json().get("contentType")) == (201, kind)


@pytest.mark.parametrize(
    ("sent", "status", "words"),
    [
        (body(part(b"", "empty.pdf")), 400, "empty"),
        (body(part(b"x", None)), 400, "one part, named 'file'"),
        (body(part(b"x", "x", field="other")), 400, "one part, named 'file'"),
        (body(part(b"x", "a"), part(b"y", "b")), 400, "there were two"),
        (body(), 400, "no part named 'file'"),
        (body(part(b"x", "")), 400, "no name"),
        (body(part(b"x", b"a\0b")), 400, "NUL"),
        (body(part(b"x", "n" * 301)), 400, "300 characters"),
        (body(part(b"x", b"\xff\xfe")), 400, "UTF-8"),
        (body(part(b"x", "n" * 9_000)), 400, "boundary"),
        (body(part(PDF, "a.pdf"))[:-10], 400, "ends before"),
        (body(part(PDF, "a.pdf"))[:120], 400, "ends before"),
        (b"not a form", 400, "boundary"),
        (b"", 400, "ends before"),
    ],
    ids=lambda each: None if isinstance(each, bytes) else str(each),
)
def test_what_is_no_single_file_with_a_name_is_told_and_leaves_nothing(
    desk: Desk, sent: bytes, status: int, words: str
) -> None:
    answer = desk.send_raw(sent)
    assert (answer.status_code, words in answer.text) == (status, True), answer.text
    assert nothing_is_kept(desk)


def test_what_is_no_form_is_unsupported(desk: Desk) -> None:
    assert desk.send_raw(b"{}", **{"Content-Type": "application/json"}).status_code == 415
    assert desk.send_raw(b"{}", **{"Content-Type": "multipart/form-data"}).status_code == 400


@pytest.mark.parametrize("name", ["../../etc/passwd", "n" * 300, "\u202efdp.exe", "Protokoll für März?.pdf"])
def test_a_name_is_kept_as_it_was_said(desk: Desk, name: str) -> None:
    answer = desk.send(name=name)
    assert (answer.status_code, answer.json().get("name")) == (201, name)
    assert [each.parent.parent.parent for each in desk.kept()] == [desk.folder]


def test_a_file_beyond_the_bound_is_refused_as_soon_as_it_is(world: World, tmp_path: Path) -> None:
    desk = Desk.of(world, tmp_path, attachment_bytes=100_000)
    assert desk.send(content=b"x" * 100_000).status_code == 201
    for headers in ({}, {"Content-Length": "99999999"}):
        answer = desk.send_raw(body(part(b"x" * 100_001, "x")), **headers)
        assert (answer.status_code, answer.json()["errors"][0]["extensions"]["code"]) == (413, "TOO_LARGE")
    assert len(desk.kept()) == desk.rows() == 1


def test_an_upload_that_stops_half_way_leaves_nothing(desk: Desk) -> None:
    async def half() -> AsyncIterator[bytes]:
        yield body(part(b"x" * 3_000_000, "x"))[:2_500_000]
        raise ConnectionResetError

    assert desk.send_raw(half()).status_code == 503
    assert nothing_is_kept(desk)


def test_a_caller_has_so_many_unused_uploads_and_then_uses_them(world: World, tmp_path: Path) -> None:
    desk = Desk.of(world, tmp_path, attachments_waiting=3)
    ids = [desk.uploaded(content=b"%d" % nth, name="x") for nth in range(3)]
    refused = desk.send(content=b"more")
    assert (refused.status_code, refused.json()["errors"][0]["extensions"]["code"]) == (429, "TOO_MANY_UPLOADS")
    assert desk.send("health", b"somebody else's").status_code == 201
    world.do("police", "actionSubmitEvidence", id=world.assigned("police"), narrative="Done", attachments=ids[:1])
    assert desk.send(content=b"more").status_code == 201


def test_who_submits_no_evidence_uploads_nothing(desk: Desk) -> None:
    statuses = {
        who: desk.send(who).status_code for who in ("inspector", "chair", "body", "administrator", "police", "unit")
    }
    assert statuses == {"inspector": 403, "chair": 403, "body": 403, "administrator": 403, "police": 201, "unit": 201}
    assert desk.send_raw(body(part(PDF, "x")), None).status_code == 401


def test_nothing_is_received_while_nothing_is_recorded(desk: Desk, world: World) -> None:
    world.installation.register(world.key)._read_only = True
    answer = desk.send()
    assert (answer.status_code, answer.json()["errors"][0]["extensions"]["code"]) == (503, "READ_ONLY")
    assert nothing_is_kept(desk)


def test_an_upload_leaves_its_place_among_the_callers_requests(desk: Desk) -> None:
    workers: Workers = desk.world.app.state.edge.workers
    desk.send()
    desk.send(content=b"")
    assert not workers._admission._here.total()


def test_a_real_client_uploads_a_file_as_it_would_any(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "Überblick.pdf"
    file.write_bytes(PDF)
    with file.open("rb") as opened:
        sent = httpx.Request("POST", "http://register.test/attachments", files={"file": opened})
        answer = desk.exchange("POST", "/attachments", "police", content=sent.read(), headers=dict(sent.headers))
    assert (answer.status_code, answer.json()["name"]) == (201, "Überblick.pdf")
