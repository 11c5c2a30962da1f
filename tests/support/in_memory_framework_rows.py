"""A row of a framework's table, told by those whose part it is; refused wherever a condition is not met."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from support.framework_rows import Edge, Row
from support.partnership_world import AGENCIES, START, on

THEME = "information-sharing"
WHOM = AGENCIES[:3]
CLAIM = {"narrative": "Every handover is written down", "claimsComplete": True}


@dataclass
class Story:
    """A row told by those whose part it is; each step gives what the next one needs."""

    world: Edge
    row: Row

    def commissioned(self) -> str:
        return self._decided() if self.row.needs_the_chair else self._by_the_unit()

    def _by_the_unit(self) -> str:
        if self.row.limit:
            self._planned()
        for unmet, code, words in self.row.unmet():
            self._refused_naming("unit", "reviewCommission", code, words, **self.row.commissioning(**unmet))
        shown = "id stage kind { key } monitoredBy { key }"
        review = self.world.do("unit", "reviewCommission", shown, **self.row.commissioning())
        assert [each["key"] for each in review["monitoredBy"]] == list(self.row.kind.monitored_by)
        if self.row.limit:
            asked = f"auditProgramme(year: {START.year}) {{ limit audits {{ stage review {{ id }} }} }}"
            taken = {"stage": "COMMISSIONED", "review": {"id": review["id"]}}
            found = self.world.read("unit", asked)["auditProgramme"]
            assert found == {"limit": self.row.limit, "audits": [taken]}
        return str(review["id"])

    def _planned(self) -> None:
        """What the framework counts has its place in a year's programme, agreed by the chair."""
        line = {"kind": self.row.kind.key, "topic": THEME, "plannedFor": on(30)}
        self.world.do("unit", "auditProgrammePlan", "year", year=START.year, **line)
        self.world.do("chair", "auditProgrammeAgree", "year", year=START.year, topics=[THEME])

    def _decided(self) -> str:
        """Referred, advised about, and decided by the chair."""
        referral = self.world.do(
            "unit", "reviewRefer", "id stage", title="A handover at night", kind=self.row.kind.key, agencies=["police"]
        )
        assert referral["stage"] == "REFERRED"
        asked = self.row.commissioning(referralId=referral["id"])
        advisers = self.row.asks("advised_by") or (self.row.monitored_by.key,)
        if self.row.asks("advised_by"):
            self._refused_naming("chair", "reviewCommission", "CONDITIONS_NOT_MET", advisers, **asked)
        for body in advisers:
            advice = {"body": body, "kind": self.row.kind.key, "advice": "The criteria are met"}
            self.world.do(body, "reviewAdvise", id=referral["id"], **advice)
        for unmet, code, words in self.row.unmet():
            self._refused_naming("chair", "reviewCommission", code, words, **{**asked, **unmet})
        review = self.world.do("chair", "reviewCommission", "id stage monitoredBy { key }", **asked)
        assert (review["id"], review["stage"]) == (referral["id"], "COMMISSIONED")
        assert [each["key"] for each in review["monitoredBy"]] == list(self.row.kind.monitored_by)
        return str(review["id"])

    def completed(self, review: str) -> None:
        """Agreed by every body that the kind names and by the chair, its sections answered."""
        whole = {"id": review, "sections": self.row.sections}
        lacking = [*self.row.kind.agreed_by, *(["the chair"] if self.row.kind.agreed_by else [])]
        for who in tuple(lacking):
            self._refused_naming("unit", "reviewComplete", "CONDITIONS_NOT_MET", lacking, **whole)
            self.world.do("chair" if who == "the chair" else who, "reviewAgree", id=review)
            lacking.remove(who)
        for section in self.row.sections:
            others = [each for each in self.row.sections if each is not section]
            words = (section["key"],)
            self._refused_naming("unit", "reviewComplete", "CONDITIONS_NOT_MET", words, id=review, sections=others)
        found = self.world.do("unit", "reviewComplete", "stage sections { key text }", **whole)
        assert found == {"stage": "COMPLETED", "sections": self.row.sections}

    def learned(self, review: str) -> list[str]:
        """Something to improve, and something to do more often."""
        yields = self.row.kind.learning or ("handovers are not written down",)
        for good in (False, True):
            told = {"wording": yields[0], "goodPractice": good, "themes": [THEME]}
            self.world.do("unit", "learningIdentify", reviewId=review, **told)
        shown = "learning { id wording goodPractice }"
        found = self.world.read("unit", f'review(id: "{review}") {{ {shown} }}')["review"]["learning"]
        assert {(each["wording"], each["goodPractice"]) for each in found} == {(yields[0], False), (yields[0], True)}
        return [str(each["id"]) for each in found]

    def recommended(self, review: str, learning: list[str]) -> str:
        """The chain of need, means of improvement and measure of effectiveness, routed to the body that decides."""
        chain = {
            "need": "The night staff did not know",
            "meansOfImprovement": self.row.means,
            "measureOfEffectiveness": self.row.measure,
        }
        told = {"reviewId": review, "learning": learning, "wording": "Hand over in writing", "themes": [THEME]}
        shown = f"id {' '.join(chain)} monitoredBy {{ key }} learning {{ id }}"
        found = self.world.do("unit", "recommendationRaise", shown, **told, **chain, addressedTo=["police"])
        assert {name: found[name] for name in chain} == chain
        assert [each["key"] for each in found["monitoredBy"]] == list(self.row.kind.monitored_by)
        assert {each["id"] for each in found["learning"]} == set(learning)
        return str(found["id"])

    def carried_out(self, recommendation: str) -> None:
        """Answered, assigned, done by an action, accepted and closed by the body that decides, its impact verified."""
        self.world.do("police", "recommendationRespond", id=recommendation, answer="ACCEPTED")
        self.world.do("unit", "recommendationAssign", id=recommendation, leadAgency="police", dueOn=on(60))
        raised = {"recommendationId": recommendation, "wording": "A form for handovers"}
        action = str(self.world.do("police", "actionRaise", **raised)["id"])
        self.world.do("unit", "actionAssign", id=action, leadAgency="police", dueOn=on(30))
        for kind, thing in (("action", action), ("recommendation", recommendation)):
            self._implemented(kind, thing)
        found = self.world.do(
            self._decides,
            "recommendationVerifyImpact",
            "stage impact { finding measure by { body { key } } }",
            id=recommendation,
            finding="EMBEDDED",
            measure=self.row.measure,
        )
        by = {"body": {"key": self.row.monitored_by.key}}
        verified = {"finding": "EMBEDDED", "measure": self.row.measure, "by": by}
        assert found == {"stage": "IMPACT_VERIFIED", "impact": verified}

    def _awaiting_a_verdict(self) -> list[str]:
        """What stands in the oversight of the body that decides."""
        queue = "waiting(queues: [EVIDENCE_AWAITING], first: 100) { nodes { subject { id } } }"
        found = self.world.read(self.row.monitored_by.key, f"oversight {{ {queue} }}")["oversight"]["waiting"]["nodes"]
        return [str(each["subject"]["id"]) for each in found]

    def _implemented(self, kind: str, thing: str) -> None:
        shown = "evidence { id }"
        [claim] = self.world.do("police", f"{kind}SubmitEvidence", shown, id=thing, **CLAIM)["evidence"]
        judged = {"id": thing, "evidenceId": claim["id"]}
        assert thing in self._awaiting_a_verdict()
        for other in filter(None, (self.row.another_body,)):
            assert self.world.refused(other, f"{kind}AcceptEvidence", **judged) == ["NOT_PERMITTED"]
        self.world.do(self._decides, f"{kind}AcceptEvidence", **judged)
        closed = self.world.do(self._decides, f"{kind}Close", "stage", id=thing, outcome="IMPLEMENTED")
        assert closed == {"stage": "CLOSED"}

    @property
    def _decides(self) -> str:
        return self.row.monitored_by.key

    def disseminated(self, review: str, learning: list[str]) -> None:
        """By each of the kind's methods; whoever has a duty from it confirms it with an assurance."""
        told: dict[str, Any] = {
            "reviewId": review,
            "learning": learning,
            "audience": list(self.row.kind.stakeholders or ("staff",)),
        }
        unlisted = {"method": "A visit to every school"}
        methods = [*self.row.methods]
        if self.row.framework.methods_are_examples:
            methods.append(unlisted["method"])
        else:
            assert self.world.refused("unit", "learningDisseminate", **told, **unlisted) == ["UNKNOWN_METHOD"]
        for method in methods:
            self.world.do("unit", "learningDisseminate", **told, method=method, agencies=list(WHOM))
        shown = "disseminations { method expectedMethod } duties { heldBy agency { key } doneOn }"
        owed = self.world.read("unit", f'review(id: "{review}") {{ {shown} }}')["review"]
        assert sorted(each["method"] for each in owed["disseminations"]) == sorted(methods)
        assert {each["expectedMethod"] for each in owed["disseminations"] if each["method"] in unlisted.values()} <= {
            False
        }
        assert {each["agency"]["key"] for each in owed["duties"] if each["agency"]} == set(WHOM)
        holders = {_holder(each) for each in owed["duties"]}
        for who in sorted(holders):
            self.world.do(who, "learningConfirm", "id", reviewId=review, assurance="Every team has discussed it")
        done = self.world.read("unit", f'review(id: "{review}") {{ {shown} }}')["review"]["duties"]
        assert {each["doneOn"] for each in done} == {on(0)}
        assert self.world.refused("police", "learningConfirm", reviewId=review, assurance="Again") == [
            "CONDITIONS_NOT_MET"
        ]

    def published(self, review: str) -> None:
        """With the board's response where the framework asks for it, and as it is where it does not."""
        asked = self.row.kind.published_with_response
        response = "The board accepts the recommendation" if asked else None
        if asked:
            self._refused_naming("chair", "reviewPublish", "CONDITIONS_NOT_MET", ("the board's response",), id=review)
        self.world.do("chair", "reviewPublish", id=review, boardResponse=response)
        shown = "stage boardResponse publishedOn learning { goodPractice }"
        found = self.world.read("school", f'review(id: "{review}") {{ {shown} }}')["review"]
        assert (found["stage"], found["boardResponse"], found["publishedOn"]) == ("PUBLISHED", response, on(0))
        assert sorted(each["goodPractice"] for each in found["learning"]) == [False, True]

    def _refused_naming(self, who: str, mutation: str, code: str, words: Any, /, **given: Any) -> None:
        """Refused, and the message says which condition is not met."""
        found, message = self.world.refusal(who, mutation, **given)
        assert found == code, message
        assert [word for word in words if word not in message] == [], message


def _holder(duty: Mapping[str, Any]) -> str:
    if duty["agency"]:
        return str(duty["agency"]["key"])
    return {"CHAIR": "chair", "BUSINESS_UNIT": "unit"}[duty["heldBy"]]
