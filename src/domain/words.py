"""The register's closed vocabularies, as partners see them; each value is what is stored."""

from enum import StrEnum


class Kind(StrEnum):
    """What a stream of facts is about."""

    REVIEW = "review"
    RECOMMENDATION = "recommendation"
    ACTION = "action"
    CHALLENGE = "challenge"
    PROGRAMME = "programme"
    RETURN = "return"
    AGENCIES = "agencies"
    THEMES = "themes"
    PARTNERSHIP = "partnership"
    CREDENTIAL = "credential"


class Role(StrEnum):
    AGENCY = "AGENCY"
    BUSINESS_UNIT = "BUSINESS_UNIT"
    MONITORING_BODY = "MONITORING_BODY"
    CHAIR = "CHAIR"
    INSPECTOR = "INSPECTOR"
    ADMINISTRATOR = "ADMINISTRATOR"


class Stage(StrEnum):
    RAISED = "RAISED"
    ASSIGNED = "ASSIGNED"
    EVIDENCED = "EVIDENCED"
    CLOSED = "CLOSED"
    IMPACT_VERIFIED = "IMPACT_VERIFIED"


class Rag(StrEnum):
    RED = "RED"
    AMBER = "AMBER"
    GREEN = "GREEN"


class Answer(StrEnum):
    ACCEPTED = "ACCEPTED"
    ACCEPTED_IN_PRINCIPLE = "ACCEPTED_IN_PRINCIPLE"
    NOT_ACCEPTED = "NOT_ACCEPTED"


class EvidenceVerdict(StrEnum):
    AWAITING = "AWAITING"
    ACCEPTED = "ACCEPTED"
    RETURNED = "RETURNED"


class ClosureOutcome(StrEnum):
    IMPLEMENTED = "IMPLEMENTED"
    SUPERSEDED = "SUPERSEDED"
    NOT_IMPLEMENTED = "NOT_IMPLEMENTED"


class Impact(StrEnum):
    EMBEDDED = "EMBEDDED"
    PARTLY_EMBEDDED = "PARTLY_EMBEDDED"
    NOT_EMBEDDED = "NOT_EMBEDDED"


class ReviewStage(StrEnum):
    REFERRED = "REFERRED"
    NOT_COMMISSIONED = "NOT_COMMISSIONED"
    COMMISSIONED = "COMMISSIONED"
    AGREED = "AGREED"
    COMPLETED = "COMPLETED"
    PUBLISHED = "PUBLISHED"
    WITHHELD = "WITHHELD"


class ChallengeStage(StrEnum):
    ISSUED = "ISSUED"
    RESPONDED = "RESPONDED"
    ESCALATED = "ESCALATED"
    RESOLVED = "RESOLVED"
    WITHDRAWN = "WITHDRAWN"


class ChallengeOutcome(StrEnum):
    UPHELD = "UPHELD"
    ANSWERED = "ANSWERED"


class OwedKind(StrEnum):
    """What an agency may owe."""

    ACTION = "ACTION"
    RECOMMENDATION = "RECOMMENDATION"
    RESPONSE = "RESPONSE"
    CHALLENGE_RESPONSE = "CHALLENGE_RESPONSE"
    DUTY = "DUTY"
    RETURN = "RETURN"


class OversightQueue(StrEnum):
    """What awaits a body that oversees, the chair, or the business unit."""

    EVIDENCE_AWAITING = "EVIDENCE_AWAITING"
    EXTENSION_PENDING = "EXTENSION_PENDING"
    CLAIMED_COMPLETE = "CLAIMED_COMPLETE"
    TO_CLOSE = "TO_CLOSE"
    IMPACT_DUE = "IMPACT_DUE"
    UNASSIGNED = "UNASSIGNED"
    AGREEMENT_AWAITED = "AGREEMENT_AWAITED"
    ADVICE_AWAITED = "ADVICE_AWAITED"
    DECISION_AWAITED = "DECISION_AWAITED"
    DUTY_OUTSTANDING = "DUTY_OUTSTANDING"
    NOT_ACCEPTED = "NOT_ACCEPTED"
    CLOCK_RUNNING = "CLOCK_RUNNING"
    CLOCK_MISSED = "CLOCK_MISSED"
    RETURN_TO_JUDGE = "RETURN_TO_JUDGE"


class DeadlineUnit(StrEnum):
    WORKING_DAYS = "WORKING_DAYS"
    DAYS = "DAYS"
    MONTHS = "MONTHS"


class RunsFrom(StrEnum):
    """The fact from which a deadline's clock runs; the sending of a report and a printed date somebody has to state."""

    AWARENESS = "AWARENESS"
    NOTIFICATION = "NOTIFICATION"
    COMMISSIONING = "COMMISSIONING"
    COMPLETION = "COMPLETION"
    SENDING = "SENDING"
    PRINTED_DATE = "PRINTED_DATE"


class ClockState(StrEnum):
    """`RUNNING`: not stopped, late or not. `MISSED`: not stopped by its due day, be it running still. `MET`: it was."""

    RUNNING = "RUNNING"
    MISSED = "MISSED"
    MET = "MET"


class StoppedBy(StrEnum):
    """The fact that stops a clock by itself: the report is published, or the improvements in its place."""

    PUBLICATION = "PUBLICATION"


class AgencyKind(StrEnum):
    PARTNER = "PARTNER"
    BOARD = "BOARD"
    OTHER_PARTNERSHIP = "OTHER_PARTNERSHIP"
    NATIONAL = "NATIONAL"
    SCHOOL = "SCHOOL"

    @property
    def owes_returns(self) -> bool:
        """Whether it is called to account for standing duties, unless others are named."""
        return self in {AgencyKind.PARTNER, AgencyKind.SCHOOL}


class Compliance(StrEnum):
    """How far an agency meets a standard, by its own word or by the judge's."""

    MET = "MET"
    PARTLY_MET = "PARTLY_MET"
    NOT_MET = "NOT_MET"
    NOT_APPLICABLE = "NOT_APPLICABLE"


class DutyHolder(StrEnum):
    """Who holds a duty, and says that it is done."""

    AGENCY = "AGENCY"
    CHAIR = "CHAIR"
    BUSINESS_UNIT = "BUSINESS_UNIT"


class Participant(StrEnum):
    """Who is invited to contribute to a review."""

    CHILD = "CHILD"
    PARENT = "PARENT"
    CARER = "CARER"
    SURVIVING_SIBLING = "SURVIVING_SIBLING"
    OTHER_FAMILY = "OTHER_FAMILY"
    PROFESSIONAL = "PROFESSIONAL"


class ParticipationGroup(StrEnum):
    """Those who take part, as a board counts them; surviving siblings are children and of the family."""

    CHILDREN = "CHILDREN"
    FAMILY = "FAMILY"
    PROFESSIONALS = "PROFESSIONALS"


class TookPart(StrEnum):
    """DECLINED: invited, and did not want to."""

    YES = "YES"
    NO = "NO"
    DECLINED = "DECLINED"


GROUPS: dict[ParticipationGroup, tuple[Participant, ...]] = {
    ParticipationGroup.CHILDREN: (Participant.CHILD, Participant.SURVIVING_SIBLING),
    ParticipationGroup.FAMILY: (
        Participant.PARENT,
        Participant.CARER,
        Participant.SURVIVING_SIBLING,
        Participant.OTHER_FAMILY,
    ),
    ParticipationGroup.PROFESSIONALS: (Participant.PROFESSIONAL,),
}
