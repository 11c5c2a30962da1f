"""What an import records, what it refuses, and what it leaves alone."""

from datetime import date

from domain.action.state import Action
from domain.review.events import Commissioned
from domain.shared.vocabulary import EvidenceVerdict, Kind
from importing.findings import FindingKind
from storage.ledger import Ledger
from support.import_register import Desk

GOOD = "1,A,Ensure supervision,2024-01-31,Health Trust,2024-06-30,open,"
OTHER = "2,A,Stop cuckooing,31/01/2024,constabulary,,,"


def test_every_row_is_recorded_once_and_a_second_import_records_nothing_new(desk: Desk) -> None:
    first = desk.imports(GOOD, OTHER)
    facts = desk.facts()
    second = desk.imports(GOOD, OTHER)
    assert first.findings == []
    assert (first.rows, first.recorded, first.refused) == (2, 2, 0)
    assert (second.rows, second.recorded, second.already) == (2, 0, 2)
    assert desk.facts() == facts


def test_rows_of_one_review_share_it(desk: Desk) -> None:
    desk.imports(GOOD, OTHER, "3,B,Another,2024-02-01,health,,,")
    assert desk.count("review.commissioned.v1") == 2
    assert desk.count("recommendation.raised.v1") == desk.count("action.raised.v1") == 3


def test_a_later_file_adds_to_a_review_that_is_there(desk: Desk) -> None:
    desk.imports(GOOD)
    result = desk.imports(GOOD, OTHER)
    assert (result.recorded, result.already) == (1, 1)
    assert desk.count("review.commissioned.v1") == 1


def test_an_edited_row_is_reported_with_its_column_and_not_merged(desk: Desk) -> None:
    desk.imports(GOOD, OTHER)
    facts = desk.facts()
    result = desk.imports(GOOD.replace("2024-06-30", "2024-07-31"), OTHER)
    [finding] = result.findings
    assert (finding.outcome, finding.line, finding.column) == (FindingKind.EDITED, 2, "due")
    assert (result.recorded, result.already, result.edited) == (0, 1, 1)
    assert desk.facts() == facts


def test_complete_in_a_spreadsheet_is_the_leads_unjudged_claim_and_closes_nothing(desk: Desk) -> None:
    desk.imports("1,A,Ensure supervision,2024-01-31,Health Trust,2024-06-30,Complete,2024-05-01")
    stream = next(id for id, name in desk.facts() if name == "action.evidence_submitted.v1")
    action: Action = desk.register.open().read(Kind.ACTION, stream)
    [evidence] = action.life.evidence
    assert (evidence.by_lead, evidence.claims_complete, evidence.completed_on) == (True, True, date(2024, 5, 1))
    assert (evidence.verdict, action.life.closure) == (EvidenceVerdict.AWAITING, None)


def test_a_day_that_does_not_exist_is_refused_with_its_place_and_nothing_is_recorded(desk: Desk) -> None:
    result = desk.imports(GOOD, OTHER.replace("31/01/2024", "31/02/2020"))
    [finding] = result.findings
    assert (finding.line, finding.column) == (3, "raised")
    assert "31/02/2020" in finding.reason
    assert (result.recorded, result.held_back, result.refused) == (0, 1, 1)
    assert desk.facts() == []


def test_partial_records_the_good_rows_and_reports_the_others(desk: Desk) -> None:
    result = desk.imports(OTHER.replace("31/01/2024", "31/02/2020"), GOOD, partial=True)
    assert (result.recorded, result.refused, result.held_back) == (1, 1, 0)
    assert desk.count("recommendation.raised.v1") == 1


def test_a_dry_run_counts_the_same_and_records_nothing(desk: Desk) -> None:
    rows = (GOOD, OTHER, "3,A,Late,2024-13-01,health,,,")
    tried = desk.imports(*rows, dry_run=True, partial=True)
    assert desk.facts() == []
    assert tried == desk.imports(*rows, partial=True)


def test_an_agency_that_nobody_knows_is_refused_with_its_column(desk: Desk) -> None:
    result = desk.imports(GOOD.replace("Health Trust", "Helth Trust"))
    [finding] = result.findings
    assert (finding.line, finding.column, finding.code) == (2, "lead", "UNKNOWN_AGENCY")


def test_a_declared_agency_is_added_once_and_known_by_its_alias(desk: Desk) -> None:
    desk.imports(GOOD, OTHER, OTHER.replace("2,", "3,", 1).replace("constabulary", "The Police"))
    police = desk.register.agencies().by_key["police"]
    assert (police.name, police.aliases) == ("The Police", ("Constabulary",))
    assert desk.count("agencies.agency_added.v1") == 1


def test_an_added_agency_existed_when_it_was_first_told_of(desk: Desk) -> None:
    desk.imports(OTHER)
    notes = Ledger.of(desk.register.ledger).recorder.select_notifications(1, 1_000)
    [added] = [note for note in notes if note.topic == "agencies.agency_added.v1" and b"import:" in note.state]
    assert b'"2024-01-31"' in added.state.replace(b" ", b"")


def test_a_declared_theme_is_added_and_codes_by_its_phrases(desk: Desk) -> None:
    desk.imports(OTHER)
    stream = next(id for id, name in desk.facts() if name == "recommendation.raised.v1")
    assert "cuckooing" in desk.register.open().read(Kind.RECOMMENDATION, stream).themes


def test_what_a_refused_row_would_have_added_is_not_added_by_the_others(desk: Desk) -> None:
    desk.imports("1,A,Stop,2024-01-31,constabulary,,nearly,", GOOD.replace("1,", "2,", 1), partial=True)
    assert desk.count("agencies.agency_added.v1") == 0


def test_without_a_due_date_the_mappings_rule_gives_one(desk: Desk) -> None:
    desk.imports(OTHER)
    stream = next(id for id, name in desk.facts() if name == "action.assigned.v1")
    assert desk.register.open().read(Kind.ACTION, stream).life.due_on == date(2024, 7, 31)


def test_words_stand_for_days_as_the_mapping_says(desk: Desk) -> None:
    desk.imports(GOOD.replace("2024-06-30", "ASAP"))
    stream = next(id for id, name in desk.facts() if name == "action.assigned.v1")
    assert desk.register.open().read(Kind.ACTION, stream).life.due_on == date(2024, 3, 31)


def test_a_status_word_that_the_mapping_does_not_know_is_refused(desk: Desk) -> None:
    [finding] = desk.imports(GOOD.replace("open", "nearly done")).findings
    assert (finding.line, finding.column) == (2, "status")


def test_two_rows_with_one_id_are_not_both_recorded(desk: Desk) -> None:
    [finding] = desk.imports(GOOD, GOOD).findings
    assert (finding.line, finding.column, finding.reason) == (3, "id", "line 2 has the same id")


def test_a_day_to_come_is_refused_in_the_domains_own_words(desk: Desk) -> None:
    [finding] = desk.imports(GOOD.replace("2024-01-31", "2999-01-31")).findings
    assert (finding.column, finding.code) == ("raised", "DATE_IN_FUTURE")


def test_rows_that_disagree_about_their_review_are_refused(desk: Desk) -> None:
    [finding] = desk.imports(GOOD, OTHER.replace("31/01/2024", "01/02/2024")).findings
    assert (finding.line, finding.column) == (3, "raised")
    assert "line 2" in finding.reason


def test_without_ids_the_same_row_twice_is_two_rows(desk: Desk) -> None:
    desk.mapping.write_text(desk.mapping.read_text().replace("row_key: [id]", "ignored: [id]"), encoding="utf-8")
    assert desk.imports(GOOD, GOOD).recorded == 2
    assert desk.imports(GOOD, GOOD, GOOD).recorded == 1


def test_a_column_says_through_which_body_a_review_reports(desk: Desk) -> None:
    through = "  reports_through: {column: review, words: {A: board, B: , C: the-choir}}"
    mapping = desk.mapping.read_text().replace("  kind: audit\n", f"  kind: audit\n{through}\n")
    desk.mapping.write_text(mapping, encoding="utf-8")
    refused = [desk.imports(OTHER.replace("A", review)).findings[0] for review in ("C", "D")]
    assert [(each.column, each.reason.split(";")[0]) for each in refused] == [
        ("review", "There is no body 'the-choir'"),
        ("review", "'D' is not one of A, B, C"),
    ]
    desk.imports(GOOD, OTHER.replace("A", "B"))
    reviews = [id for id, name in desk.facts() if name == "review.commissioned.v1"]
    commissioned = [desk.register.open().recorded(id)[0].fact for id in reviews]
    assert [each.reports_through for each in commissioned if isinstance(each, Commissioned)] == ["board", None]
