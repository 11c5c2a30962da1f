"""The steps in the life of a recommendation or an action, as the story tells them."""

from datetime import date

from cli.demo.people import CHAIR, OFFICERS, UNIT, officer
from cli.demo.script import Said, Step, Thing
from domain.correction.commands import Correct
from domain.lifecycle import commands as life
from domain.lifecycle.events import Assigned
from domain.recommendation.commands import Respond
from domain.shared.vocabulary import Answer, ClosureOutcome, Impact, Rag

DAY = date.fromisoformat


def answered(on: str, agency: str, answer: Answer = Answer.ACCEPTED, why: str | None = None) -> Step:
    return Step(on, lambda it: Said(Respond(id=it.id, answer=answer, reason=why), officer(agency)))


def assigned(on: str, to: str, due: str, *contributing: str) -> Step:
    def says(it: Thing) -> Said:
        command = life.Assign(
            kind=it.kind,
            id=it.id,
            lead_agency=to,
            contributing_agencies=contributing,
            lead_officer=OFFICERS[to],
            due_on=DAY(due),
        )
        return Said(command, UNIT)

    return Step(on, says, lead=to)


def transferred(on: str, to: str, why: str) -> Step:
    def says(it: Thing) -> Said:
        return Said(life.Transfer(kind=it.kind, id=it.id, to_agency=to, reason=why), UNIT)

    return Step(on, says, lead=to)


def progress(on: str, rag: Rag, percent: int, text: str, why: str | None = None) -> Step:
    def says(it: Thing) -> Said:
        command = life.ReportProgress(
            kind=it.kind, id=it.id, narrative=text, rag=rag, rag_reason=why, percent_complete=percent
        )
        return Said(command, officer(it.lead))

    return Step(on, says)


def gone_on_with(on: str, by: str, rag: Rag, percent: int, text: str, why: str | None = None) -> Step:
    """Progress of the agency in which a merged one goes on: it leads from here."""

    def says(it: Thing) -> Said:
        command = life.ReportProgress(
            kind=it.kind, id=it.id, narrative=text, rag=rag, rag_reason=why, percent_complete=percent
        )
        return Said(command, officer(by))

    return Step(on, says, lead=by)


def due_date_corrected(on: str, to: str, why: str) -> Step:
    """The due date of the latest assignment was a mistake in the record."""

    def says(it: Thing) -> Said:
        mistaken = it.latest(Assigned)
        return Said(Correct(kind=it.kind, id=it.id, event_id=mistaken, field="dueOn", new_value=to, reason=why), UNIT)

    return Step(on, says)


def evidence(on: str, text: str, *, by: str | None = None) -> Step:
    """Short of completion; from the lead, or `by` a contributing agency."""

    def says(it: Thing) -> Said:
        return Said(life.SubmitEvidence(kind=it.kind, id=it.id, narrative=text), officer(by or it.lead))

    return Step(on, says)


def complete(on: str, text: str, *, done: str | None = None) -> Step:
    """The lead's claim, `done` on an earlier day."""

    def says(it: Thing) -> Said:
        since = DAY(done) if done else None
        command = life.SubmitEvidence(kind=it.kind, id=it.id, narrative=text, claims_complete=True, completed_on=since)
        return Said(command, officer(it.lead))

    return Step(on, says)


def complete_on_paper(on: str, text: str, *, received: str) -> Step:
    """A claim that came on paper, filed by the business unit under the day on which it was received."""

    def says(it: Thing) -> Said:
        command = life.SubmitEvidence(
            kind=it.kind, id=it.id, narrative=text, claims_complete=True, happened_on=DAY(received)
        )
        return Said(command, UNIT)

    return Step(on, says)


def accepted(on: str) -> Step:
    def says(it: Thing) -> Said:
        return Said(life.AcceptEvidence.model_validate(_the_evidence(it)), it.judge)

    return Step(on, says)


def returned(on: str, why: str, fix_by: str | None = None) -> Step:
    def says(it: Thing) -> Said:
        fields = {**_the_evidence(it), "reason": why, "fix_by": fix_by}
        return Said(life.ReturnEvidence.model_validate(fields), it.judge)

    return Step(on, says)


def withdrawn(on: str, why: str) -> Step:
    def says(it: Thing) -> Said:
        fields = {**_the_evidence(it), "reason": why}
        return Said(life.WithdrawEvidence.model_validate(fields), officer(it.lead))

    return Step(on, says)


def _the_evidence(it: Thing) -> dict[str, object]:
    return {"kind": it.kind, "id": it.id, "evidence_id": it.evidence}


def more_time_asked(on: str, until: str, why: str) -> Step:
    def says(it: Thing) -> Said:
        command = life.RequestExtension(kind=it.kind, id=it.id, until=DAY(until), reason=why)
        return Said(command, officer(it.lead))

    return Step(on, says)


def more_time_granted(on: str, why: str | None = None) -> Step:
    return Step(on, lambda it: Said(life.GrantExtension(kind=it.kind, id=it.id, reason=why), it.judge))


def more_time_refused(on: str, why: str) -> Step:
    return Step(on, lambda it: Said(life.RefuseExtension(kind=it.kind, id=it.id, reason=why), it.judge))


def closed(on: str, outcome: ClosureOutcome = ClosureOutcome.IMPLEMENTED, why: str | None = None) -> Step:
    return Step(on, lambda it: Said(life.Close(kind=it.kind, id=it.id, outcome=outcome, reason=why), it.judge))


def reopened(on: str, due: str, why: str) -> Step:
    return Step(on, lambda it: Said(life.Reopen(kind=it.kind, id=it.id, due_on=DAY(due), reason=why), CHAIR))


def implemented(text: str, done: str, reported: str, judged: str, closing: str | None = None) -> tuple[Step, ...]:
    """The usual end: done on a day, reported and claimed later, accepted, closed (by default in the same meeting)."""
    return (complete(reported, text, done=done), accepted(judged), closed(closing or judged))


def impact(on: str, finding: Impact, measure: str, text: str) -> Step:
    def says(it: Thing) -> Said:
        command = life.VerifyImpact(kind=it.kind, id=it.id, finding=finding, measure=measure, narrative=text)
        return Said(command, it.judge)

    return Step(on, says)


def not_embedded(
    on: str, measure: str, text: str, why: str, *, until: str | None = None, further: str | None = None
) -> Step:
    """With its follow-up: reopened `until` a day, or a `further` action."""

    def says(it: Thing) -> Said:
        follow_up = life.FollowUp(reason=why, reopen_until=DAY(until) if until else None, further_action=further)
        command = life.VerifyImpact(
            kind=it.kind,
            id=it.id,
            finding=Impact.NOT_EMBEDDED,
            measure=measure,
            narrative=text,
            follow_up=follow_up,
        )
        return Said(command, it.judge)

    return Step(on, says)
