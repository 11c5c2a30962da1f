"""A file is given to whoever may see the evidence that it came with, as today has it; saved and never run."""

import re
from email.message import EmailMessage
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.attachments.kinds import disposition, safe_name
from api.attachments.ranges import NoSuchRange, Span, asked_range
from support.partnership_world import World
from support.uploads import PDF, Desk


def test_a_file_comes_back_as_it_was_with_its_kind_its_digest_and_its_name(desk: Desk) -> None:
    file = desk.attached(name="Minutes.pdf")
    answer = desk.get(file["url"])
    assert (answer.status_code, answer.content) == (200, PDF)
    assert answer.headers["Content-Type"] == file["mediaType"] == "application/pdf"
    assert answer.headers["ETag"] == f'"{file["sha256"]}"'
    assert answer.headers["Content-Length"] == str(len(PDF))
    assert answer.headers["Content-Disposition"] == 'attachment; filename="Minutes.pdf"'


@pytest.mark.parametrize(
    "content", [b"<!DOCTYPE html><script>alert(1)</script>", b'<svg xmlns="http://www.w3.org/2000/svg"/>']
)
def test_what_a_browser_would_run_is_saved_and_sandboxed(desk: Desk, content: bytes) -> None:
    headers = desk.get(desk.attached(content=content, name="page.html")["url"]).headers
    assert headers["Content-Disposition"].startswith("attachment;")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert headers["Cache-Control"] == "private, no-cache"


def test_each_sees_it_who_sees_the_evidence_and_nobody_else(desk: Desk, world: World) -> None:
    url = desk.attached()["url"]
    statuses = {who: desk.get(url, who).status_code for who in world.tokens}
    assert {who for who, status in statuses.items() if status == 200} == {
        *("police", "unit", "chair", "inspector", "administrator", "body", "body of police"),
    }
    assert set(statuses.values()) == {200, 404}
    assert desk.get(url, None).status_code == 401


def test_todays_position_decides_about_a_file_of_earlier(desk: Desk, world: World) -> None:
    action = world.assigned("police")
    url = desk.attached(action=action)["url"]
    assert desk.get(url, "health").status_code == 404
    world.do("unit", "actionTransfer", id=action, toAgency="health", reason="They took it over")
    assert desk.get(url, "health").status_code == 200
    assert desk.get(url, "council").status_code == 404


def test_the_lead_above_sees_no_file_of_anothers_evidence(desk: Desk, world: World) -> None:
    recommendation = world.a_recommendation()
    world.do("unit", "recommendationAssign", id=recommendation, leadAgency="council", dueOn="2024-06-01")
    url = desk.attached(recommendationId=recommendation)["url"]
    assert desk.get(url, "council").status_code == 404
    assert desk.get(url, "police").status_code == 200


def test_what_nothing_has_used_is_seen_by_its_uploader_alone(desk: Desk, world: World) -> None:
    url = f"/attachments/{desk.uploaded()}"
    assert {who for who in world.tokens if desk.get(url, who).status_code == 200} == {"police"}


@pytest.mark.parametrize("id", ["made-up", "YXR0YWNobWVudDp4", "..%2F..%2Fetc", "%00"])
def test_an_id_of_nothing_is_not_found(desk: Desk, id: str) -> None:
    assert desk.get(f"/attachments/{id}").status_code == 404


def test_a_part_is_given_where_a_range_is_asked_for(desk: Desk) -> None:
    file = desk.attached()
    part = desk.get(file["url"], Range="bytes=5-7")
    assert (part.status_code, part.content) == (206, PDF[5:8])
    assert part.headers["Content-Range"] == f"bytes 5-7/{len(PDF)}"
    assert desk.get(file["url"], Range="bytes=-4").content == PDF[-4:]
    assert desk.get(file["url"], Range="bytes=10-").content == PDF[10:]
    beyond = desk.get(file["url"], Range="bytes=9999-")
    assert (beyond.status_code, beyond.headers["Content-Range"]) == (416, f"bytes */{len(PDF)}")
    assert desk.get(file["url"], Range="bytes=0-1,3-4").status_code == 200
    assert desk.get(file["url"], **{"Range": "bytes=5-7", "If-Range": '"another"'}).status_code == 200


def test_who_has_it_already_is_told_so_as_long_as_they_may_see_it(desk: Desk) -> None:
    file = desk.attached()
    etag = f'"{file["sha256"]}"'
    same = desk.get(file["url"], **{"If-None-Match": etag})
    assert (same.status_code, same.content) == (304, b"")
    assert desk.get(file["url"], "health", **{"If-None-Match": etag}).status_code == 404
    assert desk.get(file["url"], **{"If-None-Match": '"other"'}).status_code == 200
    head = desk.exchange("HEAD", file["url"], "police")
    assert (head.status_code, head.content, head.headers["Content-Length"]) == (200, b"", str(len(PDF)))


def test_a_file_that_rotted_on_the_disk_is_never_given_whole(desk: Desk) -> None:
    url = desk.attached()["url"]
    (kept,) = desk.kept()
    kept.write_bytes(b"X" + PDF[1:])
    assert desk.get(url).content != b"X" + PDF[1:]
    kept.unlink()
    gone = desk.get(url)
    assert (gone.status_code, gone.json()["errors"][0]["extensions"]["code"]) == (503, "FILES_AWAY")


# ---- names ----


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("Minutes.pdf", "Minutes.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\temp\\x.pdf", "x.pdf"),
        ("..", "file"),
        ("a\r\nSet-Cookie: x=1", "aSet-Cookie_ x=1"),
        ('a"b.pdf', "a_b.pdf"),
        ("\u202efdp.exe", "fdp.exe"),
        ("n" * 300 + ".pdf", "n" * 116 + ".pdf"),
        ("Protokoll für März.pdf", "Protokoll für März.pdf"),
    ],
)
def test_a_name_is_made_safe_on_its_way_out(name: str, safe: str) -> None:
    assert safe_name(name) == safe


@given(st.text(min_size=1, max_size=300))
def test_any_name_makes_a_header_that_says_it_once(name: str) -> None:
    header = disposition(name)
    assert header.isascii()
    assert header.isprintable()
    message = EmailMessage()
    message["Content-Disposition"] = header
    assert message.get_content_disposition() == "attachment"
    safe = safe_name(name)
    assert 0 < len(safe) <= 120
    assert not re.search(r"[/\\\x00-\x1f]", safe)
    if "filename*" in header:
        assert unquote(header.partition("filename*=UTF-8''")[2]) == safe


@given(st.integers(1, 50), st.integers(0, 60), st.integers(0, 60))
def test_a_range_lies_within_the_file(size: int, first: int, last: int) -> None:
    for text in (f"{first}-{last}", f"{first}-", f"-{last}"):
        try:
            span = asked_range({"range": f"bytes={text}"}, size, '"x"')
        except NoSuchRange:
            assert text == "-0" or first >= size
            continue
        assert span is None or 0 <= span.start < span.end <= size
    assert asked_range({"range": "bytes=0-"}, size, '"x"') == Span(0, size)


def test_both_routes_stand_in_the_openapi_page(desk: Desk) -> None:
    page = desk.exchange("GET", "/openapi.json", None).json()
    assert {path: set(found) for path, found in page["paths"].items()} == {
        "/attachments": {"post"},
        "/attachments/{id}": {"get"},
    }
    sent = page["paths"]["/attachments"]["post"]
    assert sent["requestBody"]["content"]["multipart/form-data"]["schema"]["required"] == ["file"]
    assert sent["security"] == [{"bearer": []}]
    assert page["components"]["schemas"]["Uploaded"]["properties"].keys() >= {"id", "contentType", "sha256"}
