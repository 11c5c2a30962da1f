"""Every form of the pages, a line each: what it is on, its address, its mutation, and when a page offers it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from domain.catalogue import BY_MUTATION
from web.documents import Fields

Offered: TypeAlias = Callable[[Fields], bool]
"""Whether a page offers a form for what it shows. It spares people forms that must fail; the domain alone decides."""


PLURAL = {"credential": "people", "programme": "programme"}


@dataclass(frozen=True, slots=True)
class Form:
    """
    `of`: what it is about, `action` or such, or what it begins. `slug`: the end of its address. `id`: the input's field
    for what it is about; empty for what begins something. `done`: what is said once it is recorded. `first`: the field
    that is chosen before the others, because they depend on it. `wraps`: the input's list whose one entry the form is
    about. `beside`: what was asked and what was said stands beside it.
    """

    of: str
    slug: str
    mutation: str
    title: str
    done: str
    offered: Offered
    id: str = "id"
    leave_out: frozenset[str] = frozenset()
    first: str = ""
    wraps: str = ""
    beside: bool = False

    @property
    def takes_files(self) -> bool:
        """Whether what it records may bring files."""
        return "attachments" in BY_MUTATION[self.mutation].command.model_fields

    @property
    def start(self) -> str:
        """The address that is before what it is about."""
        return f"/{PLURAL.get(self.of, f'{self.of}s')}"


def _in(*stages: str) -> Offered:
    return lambda shown: shown["stage"] in stages


def _awaiting(shown: Fields) -> bool:
    return any(each["verdict"] == "AWAITING" and not each["withdrawn"] for each in shown["evidence"])


def _asked_for_time(shown: Fields) -> bool:
    return any(each["answer"] is None and each["lapsedOn"] is None for each in shown["extensions"])


def _not(offered: Offered) -> Offered:
    return lambda shown: not offered(shown)


def _both(*all_of: Offered) -> Offered:
    return lambda shown: all(each(shown) for each in all_of)


def _learned(shown: Fields) -> bool:
    return bool(shown["learning"])


def _owes(shown: Fields) -> bool:
    return any(each["doneOn"] is None for each in shown["duties"])


def _recorded(shown: Fields) -> bool:
    return bool(shown["history"])


def _account(*, answered: bool) -> Offered:
    """Of a return that nobody has judged."""
    return lambda shown: shown["verdict"] is None and (not answered or shown["answeredOn"] is not None)


def _planned(shown: Fields) -> bool:
    return any(each["stage"] == "PLANNED" for each in shown["audits"])


def _elsewhere(shown: Fields) -> bool:
    """Another page leads to it."""
    return not shown


def _always(shown: Fields) -> bool:
    return bool(shown)


def _begun(shown: Fields) -> bool:
    return bool(shown["clocks"])


OPEN = _in("ASSIGNED", "EVIDENCED")
CLOSED = _in("CLOSED", "IMPACT_VERIFIED")
RUNNING = _in("ISSUED", "RESPONDED", "ESCALATED")


def _of_life(of: str, kind: str) -> tuple[Form, ...]:
    """What actions and recommendations share."""
    return (
        Form(of, "assign", f"{kind}Assign", "Assign it", "Assigned.", _in("RAISED", "ASSIGNED", "EVIDENCED")),
        Form(of, "hand-over", f"{kind}HandOver", "Hand it over to another officer", "Handed over.", OPEN),
        Form(of, "transfer", f"{kind}Transfer", "Transfer it to another agency", "Transferred.", OPEN),
        Form(of, "report-progress", f"{kind}ReportProgress", "Report progress", "Progress reported.", OPEN),
        Form(
            of, "submit-evidence", f"{kind}SubmitEvidence", "Submit evidence", "Evidence submitted.", OPEN, beside=True
        ),
        Form(
            of,
            "accept-evidence",
            f"{kind}AcceptEvidence",
            "Accept evidence",
            "Evidence accepted.",
            _awaiting,
            beside=True,
        ),
        Form(
            of,
            "return-evidence",
            f"{kind}ReturnEvidence",
            "Return evidence",
            "Evidence returned.",
            _awaiting,
            beside=True,
        ),
        Form(of, "withdraw-evidence", f"{kind}WithdrawEvidence", "Withdraw evidence", "Evidence withdrawn.", _awaiting),
        Form(
            of,
            "request-extension",
            f"{kind}RequestExtension",
            "Ask for more time",
            "More time asked for.",
            _both(OPEN, _not(_asked_for_time)),
        ),
        Form(
            of,
            "grant-extension",
            f"{kind}GrantExtension",
            "Grant more time",
            "More time granted.",
            _asked_for_time,
            beside=True,
        ),
        Form(
            of,
            "refuse-extension",
            f"{kind}RefuseExtension",
            "Refuse more time",
            "More time refused.",
            _asked_for_time,
            beside=True,
        ),
        Form(of, "close", f"{kind}Close", "Close it", "Closed.", _in("RAISED", "ASSIGNED", "EVIDENCED"), beside=True),
        Form(of, "reopen", f"{kind}Reopen", "Reopen it", "Reopened.", CLOSED),
        Form(of, "verify-impact", f"{kind}VerifyImpact", "Verify its impact", "Impact recorded.", CLOSED, beside=True),
    )


FORMS: tuple[Form, ...] = (
    *_of_life("action", "action"),
    *_of_life("recommendation", "recommendation"),
    Form(
        "recommendation",
        "respond",
        "recommendationRespond",
        "Answer it",
        "Answered.",
        _in("RAISED", "ASSIGNED", "EVIDENCED"),
    ),
    Form(
        "recommendation",
        "raise-action",
        "actionRaise",
        "Raise an action",
        "Action raised.",
        _in("RAISED", "ASSIGNED", "EVIDENCED"),
        id="recommendationId",
    ),
    Form("review", "agree", "reviewAgree", "Agree to it", "Agreed.", _in("COMMISSIONED")),
    Form("review", "complete", "reviewComplete", "Complete it", "Completed.", _in("COMMISSIONED", "AGREED")),
    Form("review", "publish", "reviewPublish", "Publish it", "Published.", _in("COMPLETED", "WITHHELD")),
    Form(
        "review",
        "withhold-publication",
        "reviewWithholdPublication",
        "Withhold publication",
        "Publication withheld.",
        _in("COMPLETED"),
    ),
    Form("review", "advise", "reviewAdvise", "Advise about it", "Advice recorded.", _in("REFERRED")),
    Form("review", "decline", "reviewDecline", "Decline a review", "Declined.", _in("REFERRED")),
    Form(
        "review",
        "record-participation",
        "reviewRecordParticipation",
        "Record who took part",
        "Recorded.",
        _not(_in("REFERRED", "NOT_COMMISSIONED")),
    ),
    Form(
        "review",
        "identify-learning",
        "learningIdentify",
        "Write down learning",
        "Learning written down.",
        _not(_in("REFERRED", "NOT_COMMISSIONED")),
        id="reviewId",
    ),
    Form(
        "review",
        "disseminate-learning",
        "learningDisseminate",
        "Bring its learning to agencies",
        "Learning brought to agencies.",
        _learned,
        id="reviewId",
    ),
    Form(
        "review",
        "confirm-learning",
        "learningConfirm",
        "Confirm what was done with its learning",
        "Confirmed.",
        _owes,
        id="reviewId",
        leave_out=frozenset({"dutyId"}),
    ),
    Form(
        "review",
        "raise-recommendation",
        "recommendationRaise",
        "Raise a recommendation",
        "Recommendation raised.",
        _not(_in("REFERRED", "NOT_COMMISSIONED")),
        id="reviewId",
    ),
    Form("review", "take-up-learning", "learningTakeUp", "Take up its learning", "Taken up.", _learned, id="reviewId"),
    Form("review", "start-clock", "clockStart", "Start a clock", "Clock started.", _begun, id="reviewId"),
    Form("review", "stop-clock", "clockStop", "Stop a clock", "Clock stopped.", _begun, id="reviewId"),
    Form(
        "review",
        "raise-improvements",
        "reviewRaiseImprovements",
        "Raise what returns showed is to be put right",
        "Raised.",
        _elsewhere,
    ),
    Form("challenge", "respond", "challengeRespond", "Answer the challenge", "Answered.", _in("ISSUED", "ESCALATED")),
    Form("challenge", "escalate", "challengeEscalate", "Escalate it", "Escalated.", RUNNING),
    Form("challenge", "resolve", "challengeResolve", "Resolve it", "Resolved.", RUNNING),
    Form("challenge", "withdraw", "challengeWithdraw", "Withdraw it", "Withdrawn.", RUNNING),
    Form("challenge", "transfer", "challengeTransfer", "Transfer it to another agency", "Transferred.", RUNNING),
    Form(
        "return",
        "submit",
        "returnSubmit",
        "Give the return, standard by standard",
        "Return given.",
        _account(answered=False),
    ),
    Form(
        "return",
        "confirm",
        "returnConfirm",
        "Confirm standing duties",
        "Confirmed.",
        _owes,
        leave_out=frozenset({"dutyId"}),
    ),
    Form("return", "judge", "returnsJudge", "Judge it", "Judged.", _account(answered=True), wraps="verdicts"),
    Form("programme", "agree", "auditProgrammeAgree", "Agree the programme", "Programme agreed.", _always, id="year"),
    Form("programme", "plan", "auditProgrammePlan", "Plan an audit", "Audit planned.", _always, id="year"),
    Form(
        "programme",
        "withdraw",
        "auditProgrammeWithdraw",
        "Withdraw a planned audit",
        "Withdrawn from the programme.",
        _planned,
        id="year",
    ),
)
CORRECTIONS: tuple[Form, ...] = (
    *(
        Form(of, "correct", f"{of}Correct", "Correct the record", "Corrected.", _recorded)
        for of in ("review", "recommendation", "action", "challenge", "return")
    ),
    Form("programme", "correct", "auditProgrammeCorrect", "Correct the record", "Corrected.", _recorded),
)
"""Of one entry of the history of each thing; the history leads to them."""
BEGINNINGS: tuple[Form, ...] = (
    Form("review", "refer", "reviewRefer", "Refer a case", "Case referred.", _recorded, id=""),
    Form(
        "review",
        "commission",
        "reviewCommission",
        "Commission a review",
        "Review commissioned.",
        _recorded,
        id="",
        first="kind",
    ),
    Form(
        "challenge",
        "issue",
        "challengeIssue",
        "Issue a formal challenge",
        "Challenge issued.",
        _recorded,
        id="",
        first="agency",
    ),
    Form("credential", "invite", "credentialIssue", "Let somebody in", "Let in.", _recorded, id=""),
    Form("return", "call", "returnsCall", "Call agencies to account", "Agencies called.", _recorded, id=""),
)
"""What begins something new; lists offer them, by what they begin."""
REVOKE = Form("credential", "revoke", "credentialRevoke", "Revoke", "Revoked.", _elsewhere)
"""By a button of the page of people, and of the part of a person that another one replaces."""

NOTICES = {form.mutation: form.done for form in (*FORMS, *BEGINNINGS, *CORRECTIONS)} | {
    "credentialRevoke": "Revoked.",
    "signedOut": "Signed out everywhere. They may sign in again.",
    "nothing": "Nothing was different, so nothing was recorded.",
}
"""What a page says once a form was recorded, by the mutation that the address names."""


def offered(of: str, shown: Fields, permitted: list[str]) -> list[Form]:
    """The forms that a page of this shows to whoever is permitted these mutations."""
    return [form for form in FORMS if form.of == of and form.mutation in permitted and form.offered(shown)]


def correction(of: str, permitted: list[str]) -> Form | None:
    """The form by which the entries of a history are corrected; None for whoever corrects nothing."""
    return next((form for form in CORRECTIONS if form.of == of and form.mutation in permitted), None)


def beginnings(of: str, permitted: list[str]) -> list[Form]:
    """What whoever is permitted these mutations may begin of a kind."""
    return [form for form in BEGINNINGS if form.of == of and form.mutation in permitted]
