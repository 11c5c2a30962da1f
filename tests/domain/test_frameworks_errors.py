"""A broken file is refused with its name, the line and the key."""

import re
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.frameworks import FrameworkError, load_framework, load_frameworks
from domain.frameworks.loader import shipped_directory
from domain.frameworks.rules import framework_faults

SAMPLE = """\
key: sample
name: Sample partnership
bodies:
  board:
    name: Board
  group:
    name: Group
    accountable_to: board
  panel:
    name: Panel
    outside: true
kinds:
  audit:
    name: Audit
    monitored_by: [group]
    feeds: [board]
    disseminated_by: [bulletin]
    stakeholders: [public]
methods: [bulletin]
stakeholders: [public]
review_principles: {proportionate: Proportionate}
deadlines:
  - {key: notice, name: Notice, length: 5, unit: DAYS}
challenge_route:
  - {level: 1, name: Letter, working_days: 10}
impact_due_months: {value: 6, source: default}
inspection_kind: audit
duties:
  roles:
    agency: {name: Agency, held_by: AGENCY}
  on_receipt:
    - {key: embed, role: agency, wording: Embed it}
  confirm_within_days: 28
  standing:
    - {key: induction, wording: Induction}
  return_every_months: 12
  return_within_days: 28
"""

BROKEN = {
    "unknown key": ("    outside: true", "    outsider: true", 11, "bodies.panel.outsider", "unknown key"),
    "unknown key at the top": ("key: sample", "colour: red\nkey: sample", 1, "colour", "unknown key"),
    "the loader's own word": ("key: sample", "defaults: []\nkey: sample", 1, "defaults", "unknown key"),
    "duplicate key": (
        "    feeds:",
        "    monitored_by: [board]\n    feeds:",
        16,
        "kinds.audit.monitored_by",
        "duplicate",
    ),
    "duplicate kind": ("methods:", "  audit: {name: Again}\nmethods:", 19, "kinds.audit", "duplicate"),
    "itself": ("_to: board", "_to: group", 8, "bodies.group.accountable_to", "itself"),
    "circle": (
        "    name: Board\n",
        "    name: Board\n    accountable_to: group\n",
        6,
        "bodies.board.accountable_to",
        "circle",
    ),
    "leading into a circle": (
        "  board:\n    name: Board\n",
        "  team:\n    name: Team\n    accountable_to: board\n  board:\n    name: Board\n    accountable_to: group\n",
        9,
        "bodies.board.accountable_to",
        "circle",
    ),
    "unknown superior": ("_to: board", "_to: forum", 8, "bodies.group.accountable_to", "unknown body `forum`"),
    "unknown reporting body": ("[group]", "[grup]", 15, "kinds.audit.monitored_by.0", "unknown body `grup`"),
    "outside body": ("[group]", "[group, panel]", 15, "kinds.audit.monitored_by.1", "monitors nothing"),
    "unknown fed body": ("feeds: [board]", "feeds: [bord]", 16, "kinds.audit.feeds.0", "unknown body `bord`"),
    "no reporting body": ("    monitored_by: [group]\n", "", 13, "kinds.audit.monitored_by", "through no body"),
    "empty reporting bodies": ("[group]", "[]", 15, "kinds.audit.monitored_by", "through no body"),
    "more than a dozen reporting bodies": (
        "[group]",
        f"[{', '.join(['group'] * 13)}]",
        15,
        "kinds.audit.monitored_by",
        "at most 12 bodies",
    ),
    "unknown agreeing body": (
        "    feeds: [board]",
        "    feeds: [board]\n    agreed_by: [bord]",
        17,
        "kinds.audit.agreed_by.0",
        "unknown body `bord`",
    ),
    "agreeing body outside": (
        "    feeds: [board]",
        "    feeds: [board]\n    agreed_by: [panel]",
        17,
        "kinds.audit.agreed_by.0",
        "agrees nothing",
    ),
    "unknown mandate of a kind": (
        "    feeds: [board]",
        "    feeds: [board]\n    mandated_by: [bord]",
        17,
        "kinds.audit.mandated_by.0",
        "unknown body `bord`",
    ),
    "mandate of a kind from outside": (
        "    feeds: [board]",
        "    feeds: [board]\n    mandated_by: [panel]",
        17,
        "kinds.audit.mandated_by.0",
        "mandates nothing",
    ),
    "unknown mandate": ("methods:", "mandated_by: [bord]\nmethods:", 19, "mandated_by.0", "unknown body `bord`"),
    "mandate from outside": ("methods:", "mandated_by: [panel]\nmethods:", 19, "mandated_by.0", "mandates nothing"),
    "mandate twice": ("methods:", "mandated_by: [group, group]\nmethods:", 19, "mandated_by", "2 times"),
    "fewer than no agencies": (
        "    feeds: [board]",
        "    feeds: [board]\n    minimum_agencies: -1",
        17,
        "kinds.audit.minimum_agencies",
        "greater than or equal to 0",
    ),
    "unknown method": ("by: [bulletin]", "by: [bulletins]", 17, "kinds.audit.disseminated_by.0", "unknown method"),
    "unknown stakeholder": (
        "    stakeholders: [public]",
        "    stakeholders: [press]",
        18,
        "kinds.audit.stakeholders.0",
        "unknown stakeholder `press`",
    ),
    "method twice": ("methods: [bulletin]", "methods: [bulletin, bulletin]", 19, "methods", "2 times"),
    "word for a number": ("working_days: 10", "working_days: ten", 25, "challenge_route.0.working_days", "integer"),
    "yes for a number": ("working_days: 10", "working_days: yes", 25, "challenge_route.0.working_days", "integer"),
    "number for a word": ("name: Group", "name: 7", 7, "bodies.group.name", "string"),
    "word for a list": ("methods: [bulletin]", "methods: bulletin", 19, "methods", "tuple"),
    "word for a mapping": ("    name: Board\n", "    Board\n", 4, "bodies.board", "dictionary"),
    "word for a switch": ("outside: true", "outside: maybe", 11, "bodies.panel.outside", "boolean"),
    "unknown unit": ("unit: DAYS", "unit: WEEKS", 23, "deadlines.0.unit", "WORKING_DAYS"),
    "no level one": ("level: 1", "level: 2", 24, "challenge_route", "1, 2, 3"),
    "no level at all": (
        "challenge_route:\n  - {level: 1, name: Letter, working_days: 10}",
        "challenge_route: []",
        24,
        "challenge_route",
        "1, 2, 3",
    ),
    "unknown inspection kind": ("kind: audit", "kind: adit", 27, "inspection_kind", "unknown review kind"),
    "unknown role": ("role: agency", "role: agent", 32, "duties.on_receipt.0.role", "unknown role `agent`"),
    "unknown holder": ("held_by: AGENCY", "held_by: POLICE", 30, "duties.roles.agency.held_by", "AGENCY"),
    "no duty of an agency": ("held_by: AGENCY", "held_by: CHAIR", 31, "duties.on_receipt", "no agency has a duty"),
    "duty without words": (", wording: Embed it", "", 32, "duties.on_receipt.0.wording", "missing"),
    "duty twice": (
        "  confirm_within_days",
        "    - {key: embed, role: agency, wording: Again}\n  confirm_within_days",
        31,
        "duties.on_receipt",
        "`embed` stands here 2 times",
    ),
    "standing duty twice": (
        "  return_every_months",
        "    - {key: induction, wording: Again}\n  return_every_months",
        34,
        "duties.standing",
        "`induction` stands here 2 times",
    ),
    "no day to confirm": (
        "within_days: 28",
        "within_days: 0",
        33,
        "duties.confirm_within_days",
        "greater than or equal",
    ),
    "odd period": ("months: 12", "months: 5", 36, "duties.return_every_months", "12"),
    "unknown key of duties": ("  standing:", "  yearly: 1\n  standing:", 34, "duties.yearly", "unknown key"),
    "no duties": ("duties:\n  roles:", "duty:\n  roles:", 1, "duties", "missing"),
    "two names": ("    name: Audit", "    name: Audit\n    key: check", 15, "kinds.audit.key", "`check`"),
    "two names of a body": ("name: Panel", "name: Panel\n    key: pan", 11, "bodies.panel.key", "`pan` stands"),
    "another source": (
        "{value: 6, source: default}",
        "\n  value: 6\n  source: law",
        28,
        "impact_due_months.source",
        "default",
    ),
    "bad key": ("  group:", "  The Group:", 6, "bodies.The Group", "pattern"),
    "alias": ("feeds: [board]", "feeds: &f [board]\n    extra: *f", 17, "kinds.audit.extra", "aliases"),
    "impossible day": ("name: Panel", "name: 2020-13-45", 10, "bodies.panel.name", "month"),
    "compound key": ("key: sample", "? [a]\n: b\nkey: sample", 1, "", "one word"),
    "advice of nobody": (
        "    feeds: [board]",
        "    feeds: [board]\n    advised_by: [bord]",
        17,
        "kinds.audit.advised_by.0",
        "unknown body `bord`",
    ),
    "only referred, decided by nobody": (
        "    feeds: [board]",
        "    feeds: [board]\n    on_referral: true",
        17,
        "kinds.audit.on_referral",
        "who advises",
    ),
    "unknown method of case reviews": (
        "    feeds: [board]",
        "    feeds: [board]\n    methods: [root-cause]",
        17,
        "kinds.audit.methods.0",
        "unknown method of case reviews `root-cause`",
    ),
    "asked and offered": (
        "    feeds: [board]",
        "    sections: {why: Why}\n    offered_sections: {why: Why}",
        17,
        "kinds.audit.offered_sections.why",
        "asked already",
    ),
    "a section with a word of the register": (
        "    feeds: [board]",
        "    sections: {judgement: Judgement}",
        16,
        "kinds.audit.sections.judgement",
        "word of the register",
    ),
    "a section that looks like a principle": (
        "    feeds: [board]",
        "    offered_sections: {principle-one: One}",
        16,
        "kinds.audit.offered_sections.principle-one",
        "word of the register",
    ),
    "a section that looks like a criterion of conduct": (
        "    feeds: [board]",
        "    offered_sections: {conduct-one: One}",
        16,
        "kinds.audit.offered_sections.conduct-one",
        "word of the register",
    ),
    "one judgement": ("    feeds: [board]", "    judgements: [good]", 16, "kinds.audit.judgements", "several words"),
    "a judgement twice": (
        "    feeds: [board]",
        "    judgements: [good, Good]",
        16,
        "kinds.audit.judgements",
        "2 times",
    ),
    "unknown body for the rest": (
        "impact_due_months",
        "reporting_body: bord\nimpact_due_months",
        26,
        "reporting_body",
        "no body `bord`",
    ),
    "reporting body outside": (
        "impact_due_months",
        "reporting_body: panel\nimpact_due_months",
        26,
        "reporting_body",
        "outside",
    ),
    "a note on no method": (
        "impact_due_months",
        "method_notes: {letter: Rarely}\nimpact_due_months",
        26,
        "method_notes.letter",
        "unknown method `letter`",
    ),
    "a deadline twice": (
        "impact_due_months",
        "printed_deadlines: [{key: notice, name: N, runs_from: PRINTED_DATE, due: as printed}]\nimpact_due_months",
        22,
        "deadlines",
        "2 times",
    ),
    "NUL in a text": ("name: Panel", 'name: "Pan\\0el"', 10, "bodies.panel.name", "NUL"),
    "half a character": ("name: Panel", 'name: "\\ud800"', 10, "bodies.panel.name", "unicode"),
    "a length beyond reason": ("length: 5", "length: 99999999", 23, "deadlines.0.length", "10000"),
    "a rhythm of nothing": (
        "impact_due_months",
        "rhythms: [{key: r, name: R, kinds: [], times: 1}]\nimpact_due_months",
        26,
        "rhythms.0.kinds",
        "no kind of review",
    ),
    "a rhythm of an unknown kind": (
        "impact_due_months",
        "rhythms: [{key: r, name: R, kinds: [adit], times: 1}]\nimpact_due_months",
        26,
        "rhythms.0.kinds.0",
        "unknown review kind `adit`",
    ),
    "a number to agree for a month": (
        "impact_due_months",
        "rhythms: [{key: r, name: R, kinds: [audit], every_months: 1}]\nimpact_due_months",
        26,
        "rhythms.0.every_months",
        "agreed for a year",
    ),
    "a binding condition that is none": (
        "    feeds: [board]",
        "    conditions: [asked]\n    binding_conditions: [told]",
        17,
        "kinds.audit.binding_conditions.0",
        "`told` is none",
    ),
    "more agencies at least than at most": (
        "    feeds: [board]",
        "    minimum_agencies: 2\n    maximum_agencies: 1",
        17,
        "kinds.audit.maximum_agencies",
        "fewer than the least",
    ),
    "missing key": ("methods: [bulletin]\n", "", 1, "methods", "missing"),
    "not YAML": ("name: Panel", "name: [Panel", 11, "", "not YAML"),
}


def sample(folder: Path, text: str, name: str = "sample.yaml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def refused(path: Path) -> FrameworkError:
    with pytest.raises(FrameworkError) as caught:
        load_framework(path)
    return caught.value


def test_the_sample_is_whole(tmp_path: Path) -> None:
    framework = load_framework(sample(tmp_path, SAMPLE))
    assert framework.key == "sample"
    assert framework.defaults == {"impact_due_months"}


@pytest.mark.parametrize("decides", ["decided_by_chair: true", "advised_by: [group]"])
def test_of_what_is_only_referred_an_adviser_or_the_chair_decides(decides: str, tmp_path: Path) -> None:
    text = SAMPLE.replace("feeds: [board]", f"on_referral: true\n    {decides}")
    assert load_framework(sample(tmp_path, text)).kinds["audit"].is_the_chairs_on_referral


@pytest.mark.parametrize("broken", BROKEN)
def test_a_broken_file_is_refused_with_file_line_and_key(broken: str, tmp_path: Path) -> None:
    old, new, line, key, reason = BROKEN[broken]
    assert old in SAMPLE
    path = sample(tmp_path, SAMPLE.replace(old, new, 1))
    error = refused(path)
    assert (error.file, error.line, error.key) == (path, line, key)
    assert re.search(rf"(?<!\w){re.escape(reason)}(?!\w)", error.reason)
    assert str(error).startswith(f"{path}:{line}: {key}")


@pytest.mark.parametrize(
    ("path", "thing"),
    [
        ("stakeholders", "public"),
        ("kinds.audit.monitored_by", "group"),
        ("kinds.audit.feeds", "group"),
        ("kinds.audit.disseminated_by", "bulletin"),
        ("kinds.audit.stakeholders", "public"),
        ("kinds.audit.advised_by", "group"),
        ("kinds.audit.agreed_by", "group"),
        ("kinds.audit.mandated_by", "group"),
        ("kinds.audit.methods", "systems"),
    ],
)
def test_a_list_names_each_thing_once(path: str, thing: str, tmp_path: Path) -> None:
    said = part = yaml.safe_load(SAMPLE) | {"review_methods": {"systems": "Systems"}}
    *above, field = path.split(".")
    for key in above:
        part = part[key]
    part[field] = [thing, thing]
    error = refused(sample(tmp_path, yaml.safe_dump(said)))
    assert (error.key, error.reason) == (path, f"`{thing}` stands here 2 times")


@pytest.mark.parametrize("line", range(SAMPLE.count("\n")))
def test_a_file_cut_after_any_line_is_refused(line: int, tmp_path: Path) -> None:
    path = sample(tmp_path, "".join(SAMPLE.splitlines(keepends=True)[:line]))
    assert refused(path).file == path


@settings(deadline=None)
@given(data=st.data())
def test_a_shipped_file_cut_anywhere_is_refused(data: st.DataObject, tmp_path_factory: pytest.TempPathFactory) -> None:
    name = data.draw(st.sampled_from([p.name for p in sorted(shipped_directory().glob("*-*.yaml"))]))
    text = (shipped_directory() / name).read_text(encoding="utf-8").rstrip()
    end = data.draw(st.integers(0, len(text) - 1))
    assert refused(sample(tmp_path_factory.mktemp("cut"), text[:end])).line >= 1


def test_a_file_that_is_nested_without_end_is_refused(tmp_path: Path) -> None:
    error = refused(sample(tmp_path, "[" * 20_000))
    assert (error.line, error.key) == (1, "")
    assert "nested too deeply" in error.reason


@pytest.mark.parametrize("content", [b"key: \xff\xfe", b"key: \x07"])
def test_bytes_that_are_no_text_are_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "sample.yaml"
    path.write_bytes(content)
    error = refused(path)
    assert (error.line, error.key) == (1, "")
    assert "not text" in error.reason


@pytest.mark.parametrize(
    ("first", "second", "key", "reason"),
    [
        ("Board", "key: sample", "key", "already holds `sample`"),
        ("Board", "key: other\nsucceeds: simple", "succeeds", "unknown framework `simple`"),
        ("Board", "key: other\nsucceeds: other", "succeeds", "circle"),
        (
            "Board\n    succeeded_by: forum",
            "key: other",
            "bodies.board.succeeded_by",
            "no succeeding framework has a body `forum`",
        ),
        (
            "Board\n    succeeded_by: panel",
            "key: other\nsucceeds: sample",
            "bodies.board.succeeded_by",
            "`panel` is outside the partnership and takes nothing over",
        ),
        (
            "Board\n    succeeds: [choir]",
            "key: other",
            "bodies.board.succeeds.0",
            "the framework that this one succeeds has no body `choir`",
        ),
    ],
)
def test_frameworks_that_do_not_fit_each_other_are_refused(
    first: str, second: str, key: str, reason: str, tmp_path: Path
) -> None:
    sample(tmp_path, SAMPLE.replace("Board", first, 1), "a.yaml")
    sample(tmp_path, SAMPLE.replace("key: sample", second), "b.yaml")
    with pytest.raises(FrameworkError, match=reason) as caught:
        load_frameworks(tmp_path)
    assert caught.value.key == key


def test_one_framework_has_one_successor(tmp_path: Path) -> None:
    sample(tmp_path, SAMPLE, "a.yaml")
    for key in ("b", "c"):
        sample(tmp_path, SAMPLE.replace("key: sample", f"key: {key}\nsucceeds: sample"), f"{key}.yaml")
    with pytest.raises(FrameworkError, match="more than one framework succeeds") as caught:
        load_frameworks(tmp_path)
    assert caught.value.key == "key"


def test_one_fault_does_not_hide_another(tmp_path: Path) -> None:
    whole = load_framework(sample(tmp_path, SAMPLE))
    duties = whole.duties.model_copy(update={"roles": {}})
    faults = framework_faults(whole.model_copy(update={"duties": duties, "inspection_kind": "adit"}))
    assert [path for path, _ in faults] == [
        ("inspection_kind",),
        ("duties", "on_receipt", 0, "role"),
        ("duties", "on_receipt"),
    ]


def test_a_fault_of_the_whole_file_names_no_key(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    assert str(FrameworkError(file, 3, "", "not YAML")) == f"{file}:3: not YAML"
    assert str(FrameworkError(file, 3, "key", "is missing")) == f"{file}:3: key: is missing"


def test_a_measure_that_two_bodies_share_is_offered_once(tmp_path: Path) -> None:
    shared = "    measures_of_effectiveness: [an audit, a survey]"
    text = SAMPLE
    for name in ("Board", "Group"):
        text = text.replace(f"    name: {name}", f"    name: {name}\n{shared}")
    assert load_framework(sample(tmp_path, text, "a.yaml")).impact_measures == ("an audit", "a survey")
