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
    """In which role somebody acts; a credential has one."""

    AGENCY = "AGENCY"
    """A partner agency's system or officer: answers, reports and submits evidence for that agency."""
    BUSINESS_UNIT = "BUSINESS_UNIT"
    """The partnership's own officers: keep the register, record what comes on paper, correct it."""
    MONITORING_BODY = "MONITORING_BODY"
    """A member acting for a group such as the Serious Incident Review Group: judges, closes, verifies."""
    CHAIR = "CHAIR"
    """The independent chair: issues challenges, decides, publishes, and all that a monitoring body may."""
    INSPECTOR = "INSPECTOR"
    """Reads everything at any moment and changes nothing."""
    ADMINISTRATOR = "ADMINISTRATOR"
    """Runs the installation: agencies, themes, frameworks, credentials."""


class Stage(StrEnum):
    """The life of a recommendation or action. A challenge stands beside the stage, not in place of it."""

    RAISED = "RAISED"
    """Raised and not yet assigned."""
    ASSIGNED = "ASSIGNED"
    """An agency leads it; nothing is shown yet, or what was shown was returned or withdrawn."""
    EVIDENCED = "EVIDENCED"
    """Evidence awaits its verdict, or was accepted."""
    CLOSED = "CLOSED"
    """Closed as implemented, superseded or not implemented."""
    IMPACT_VERIFIED = "IMPACT_VERIFIED"
    """Closed, and found embedded or partly embedded."""


class Rag(StrEnum):
    """Confidence that work will be done in time."""

    RED = "RED"
    """It will not be done in time as things are."""
    AMBER = "AMBER"
    """It may not be done in time."""
    GREEN = "GREEN"
    """It will be done in time."""


class Answer(StrEnum):
    """An agency's answer to a recommendation."""

    ACCEPTED = "ACCEPTED"
    """It will carry it out."""
    ACCEPTED_IN_PRINCIPLE = "ACCEPTED_IN_PRINCIPLE"
    """It agrees with the aim, and not in every respect with the way."""
    NOT_ACCEPTED = "NOT_ACCEPTED"
    """It will not carry it out, and says why."""


class EvidenceVerdict(StrEnum):
    """What became of evidence."""

    AWAITING = "AWAITING"
    """Nobody has judged it yet."""
    ACCEPTED = "ACCEPTED"
    """It shows what it says."""
    RETURNED = "RETURNED"
    """It was sent back to be put right."""


class ClosureOutcome(StrEnum):
    """How work was closed."""

    IMPLEMENTED = "IMPLEMENTED"
    """Done, by accepted evidence."""
    SUPERSEDED = "SUPERSEDED"
    """Something else takes its place."""
    NOT_IMPLEMENTED = "NOT_IMPLEMENTED"
    """Not done and not to be done, with the reason."""


class Impact(StrEnum):
    """Whether closed work made a difference."""

    EMBEDDED = "EMBEDDED"
    """Practice has changed."""
    PARTLY_EMBEDDED = "PARTLY_EMBEDDED"
    """Practice has changed in part."""
    NOT_EMBEDDED = "NOT_EMBEDDED"
    """Practice has not changed; a follow-up is named with it."""


class ReviewStage(StrEnum):
    """How far a review has come."""

    REFERRED = "REFERRED"
    """A case was referred; nothing is decided yet."""
    NOT_COMMISSIONED = "NOT_COMMISSIONED"
    """The chair decided against a review."""
    COMMISSIONED = "COMMISSIONED"
    """It has begun."""
    AGREED = "AGREED"
    """Whoever must agree it has agreed it."""
    COMPLETED = "COMPLETED"
    """It has said what it has to say."""
    PUBLISHED = "PUBLISHED"
    """Its report is published."""
    WITHHELD = "WITHHELD"
    """It is completed and not published, with the reason."""


class ChallengeStage(StrEnum):
    """How far a formal challenge has come."""

    ISSUED = "ISSUED"
    """Issued; the agency's answer is awaited."""
    RESPONDED = "RESPONDED"
    """The agency has answered."""
    ESCALATED = "ESCALATED"
    """Taken to a further level; an answer is awaited there."""
    RESOLVED = "RESOLVED"
    """Upheld or answered."""
    WITHDRAWN = "WITHDRAWN"
    """Withdrawn."""


class ChallengeOutcome(StrEnum):
    """How a formal challenge was resolved."""

    UPHELD = "UPHELD"
    """The board was right; closed subjects are reopened."""
    ANSWERED = "ANSWERED"
    """The agency's answer satisfies the board."""


class OwedKind(StrEnum):
    """What an agency may owe."""

    ACTION = "ACTION"
    """An action that the agency leads."""
    RECOMMENDATION = "RECOMMENDATION"
    """A recommendation that the agency leads."""
    RESPONSE = "RESPONSE"
    """An answer to a recommendation."""
    CHALLENGE_RESPONSE = "CHALLENGE_RESPONSE"
    """An answer to a formal challenge."""
    DUTY = "DUTY"
    """A duty that follows from learning."""
    RETURN = "RETURN"
    """A return on standing duties."""


class OversightQueue(StrEnum):
    """What awaits a body that oversees, the chair, or the business unit."""

    EVIDENCE_AWAITING = "EVIDENCE_AWAITING"
    """Evidence without a verdict."""
    EXTENSION_PENDING = "EXTENSION_PENDING"
    """A request for more time without an answer."""
    CLAIMED_COMPLETE = "CLAIMED_COMPLETE"
    """A claim of completion without a verdict."""
    TO_CLOSE = "TO_CLOSE"
    """Complete by accepted evidence, and not closed."""
    IMPACT_DUE = "IMPACT_DUE"
    """Closed as implemented, and the day to verify impact has come."""
    UNASSIGNED = "UNASSIGNED"
    """Raised and never assigned."""
    AGREEMENT_AWAITED = "AGREEMENT_AWAITED"
    """A review that a body, or the chair, has to agree."""
    ADVICE_AWAITED = "ADVICE_AWAITED"
    """A referral about which a body has to advise."""
    DECISION_AWAITED = "DECISION_AWAITED"
    """A referral about which the chair has to decide."""
    DUTY_OUTSTANDING = "DUTY_OUTSTANDING"
    """A duty of the chair or the business unit that is not confirmed."""
    NOT_ACCEPTED = "NOT_ACCEPTED"
    """A recommendation whose lead does not accept it."""
    CLOCK_RUNNING = "CLOCK_RUNNING"
    """A review's clock that runs."""
    CLOCK_MISSED = "CLOCK_MISSED"
    """A review's clock that runs past its due day."""
    RETURN_TO_JUDGE = "RETURN_TO_JUDGE"
    """A return that was answered and not judged."""


class DeadlineUnit(StrEnum):
    """What a time limit counts."""

    WORKING_DAYS = "WORKING_DAYS"
    """Days without weekends and bank holidays in England."""
    DAYS = "DAYS"
    """Calendar days."""
    MONTHS = "MONTHS"
    """Calendar months."""


class RunsFrom(StrEnum):
    """The fact from which a deadline's clock runs; the sending of a report and a printed date somebody has to state."""

    AWARENESS = "AWARENESS"
    """Somebody became aware of the case."""
    NOTIFICATION = "NOTIFICATION"
    """The case was notified."""
    COMMISSIONING = "COMMISSIONING"
    """The review was commissioned."""
    COMPLETION = "COMPLETION"
    """The review was completed."""
    SENDING = "SENDING"
    """A report was sent."""
    PRINTED_DATE = "PRINTED_DATE"
    """A date that is printed elsewhere."""


class ClockState(StrEnum):
    """`RUNNING`: not stopped, late or not. `MISSED`: not stopped by its due day, be it running still. `MET`: it was."""

    RUNNING = "RUNNING"
    """Not stopped, late or not."""
    MISSED = "MISSED"
    """Not stopped by its due day."""
    MET = "MET"
    """Stopped by its due day."""


class StoppedBy(StrEnum):
    """The fact that stops a clock by itself: the report is published, or the improvements in its place."""

    PUBLICATION = "PUBLICATION"
    """The report is published, or the improvements in its place."""


class AgencyKind(StrEnum):
    """What an agency is to the partnership."""

    PARTNER = "PARTNER"
    """A partner agency."""
    BOARD = "BOARD"
    """The board itself; its work is judged by the independent chair."""
    OTHER_PARTNERSHIP = "OTHER_PARTNERSHIP"
    """Another partnership."""
    NATIONAL = "NATIONAL"
    """A national body."""
    SCHOOL = "SCHOOL"
    """A school or college."""

    @property
    def owes_returns(self) -> bool:
        """Whether it is called to account for standing duties, unless others are named."""
        return self in {AgencyKind.PARTNER, AgencyKind.SCHOOL}


class Compliance(StrEnum):
    """How far an agency meets a standard, by its own word or by the judge's."""

    MET = "MET"
    """The standard is met."""
    PARTLY_MET = "PARTLY_MET"
    """The standard is met in part."""
    NOT_MET = "NOT_MET"
    """The standard is not met."""
    NOT_APPLICABLE = "NOT_APPLICABLE"
    """The standard does not concern the agency."""


class DutyHolder(StrEnum):
    """Who holds a duty, and says that it is done."""

    AGENCY = "AGENCY"
    """The agency."""
    CHAIR = "CHAIR"
    """The independent chair."""
    BUSINESS_UNIT = "BUSINESS_UNIT"
    """The business unit."""


class Participant(StrEnum):
    """Who is invited to contribute to a review."""

    CHILD = "CHILD"
    """The child or young person."""
    PARENT = "PARENT"
    """A parent."""
    CARER = "CARER"
    """A carer."""
    SURVIVING_SIBLING = "SURVIVING_SIBLING"
    """A surviving brother or sister."""
    OTHER_FAMILY = "OTHER_FAMILY"
    """Another member of the family."""
    PROFESSIONAL = "PROFESSIONAL"
    """A professional who worked with the family."""


class ParticipationGroup(StrEnum):
    """Those who take part, as a board counts them; surviving siblings are children and of the family."""

    CHILDREN = "CHILDREN"
    """Children, surviving siblings among them."""
    FAMILY = "FAMILY"
    """Parents, carers, surviving siblings and other family."""
    PROFESSIONALS = "PROFESSIONALS"
    """Professionals."""


class TookPart(StrEnum):
    """DECLINED: invited, and did not want to."""

    YES = "YES"
    """They took part."""
    NO = "NO"
    """They did not take part."""
    DECLINED = "DECLINED"
    """They were invited, and did not want to."""


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


# The words under which a review's sections tell what the register itself asks about.
JUDGEMENT = "judgement"
PRINCIPLE = "principle-"
CONDUCT = "conduct-"
"""How the key of a section begins that tells how a principle, or a criterion of conduct, was met."""
