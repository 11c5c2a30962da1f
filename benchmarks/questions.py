"""What is asked of a large register: every root field, and every filter of its lists, each by itself."""

from collections.abc import Iterator

PAST = 'register(knownAt: "2021-06-30T12:00:00Z")'
LISTED = {
    "reviews": ('kinds: ["practice-learning-review"]', "stages: [PUBLISHED]", 'text: "Review 77"',
        'monitoredBy: ["review-and-learning-group"]', 'agencies: ["agency-01"]', "clocks: [RUNNING]",
        "clocks: [MISSED]"),
    "recommendations": ("stages: [ASSIGNED]", 'themes: ["theme-01"]', 'leadAgencies: ["agency-01"]', "challenged: true",
        "overdue: true", 'text: "R00077"', 'monitoredBy: ["review-and-learning-group"]', "awaitingReview: true",
        "answers: [ACCEPTED]", "responseOverdue: true", "awaitingImpact: true", "unassigned: true",
        "challenged: false", "responseOverdue: false", "overdue: false"),
    "actions": ("stages: [EVIDENCED]", 'leadAgencies: ["agency-01"]', 'monitoredBy: ["review-and-learning-group"]',
        "challenged: true", "overdue: true", "awaitingReview: true", 'dueBefore: "2020-01-01"', 'text: "R00077"',
        'contributingAgencies: ["agency-01"]', "extensionPending: true", "evidenceVerdicts: [AWAITING]",
        "closureOutcomes: [IMPLEMENTED]", "impacts: [EMBEDDED]", "awaitingImpact: true", "overdueAgainstOriginal: true",
        'themes: ["theme-01"]', 'overdue: true, leadAgencies: ["agency-01"]', "challenged: false", 'text: "zz"'),
    "challenges": ("stages: [ISSUED]", 'agencies: ["agency-01"]', "overdue: true", "levels: [1]",
        'issuedSince: "2020-01-01"', 'issuedUntil: "2020-01-01"', "outcomes: [UPHELD]"),
}  # fmt: skip
ORDERS = {
    "reviews": ("COMMISSIONED_ON_DESC", "COMMISSIONED_ON_ASC", "REFERENCE_ASC"),
    "recommendations": ("DUE_ON_ASC", "DUE_ON_DESC", "REFERENCE_ASC", "RAISED_DESC"),
    "actions": ("DUE_ON_ASC", "DUE_ON_DESC", "REFERENCE_ASC", "RAISED_DESC"),
    "challenges": ("RESPONSE_DUE_ASC", "ISSUED_DESC"),
}
OTHERS = {
    "overdueByAgency": "overdueByAgency { agency { key } open overdue reportedLate }",
    "overdueByAgency, one": 'overdueByAgency(agencies: ["agency-01"]) { agency { key } open overdue }',
    "recurringLearning": "recurringLearning { nodes { theme { key } occurrences recurredAfterClosure } }",
    "recurringLearning, reviews": "recurringLearning { nodes { occurrences reviews } }",
    "recurringLearning, agencies and years": "recurringLearning { nodes { agencies { key }"
    " perYear { year occurrences } } }",
    "recurringLearning, recommendations": "recurringLearning { nodes { recommendations(first: 5) { totalCount"
    " nodes { id } } } }",
    "recurringLearning, of five reviews": "recurringLearning(filter: { minimumReviews: 5 }) { nodes { occurrences } }",
    "recurringLearning, reviews, of one agency": 'recurringLearning(filter: { agencies: ["agency-01"] }) { nodes {'
    " occurrences reviews } }",
    "recurringLearning, everything": "recurringLearning(first: 50) { nodes { occurrences reviews agencies { key }"
    " perYear { year occurrences } recommendations(first: 5) { nodes { id } } } }",
    "implementation, a page": "implementation(first: 50) { review { reference } actions closed overdue }",
    "implementation, all": "implementation { actions closed overdue }",
    "implementation, by agency, a page": "implementation(first: 50) { byAgency { agency { key } actions closed } }",
    "implementation, one review": 'implementation(reviewId: "%(review)s") { actions closed overdue }',
    "challengeLog": "challengeLog { totals { issued overdue } byAgency { totals { open } } }",
    "oversight, counts": "oversight { counts { queue waiting } }",
    "oversight, counts, the chair's": "oversight { counts { queue waiting chairOnly } }",
    "oversight, waiting, counted": "oversight { waiting(first: 50) { totalCount nodes { queue since } } }",
    "oversight, waiting, the chair's": "oversight { waiting(first: 50, chairOnly: true) { nodes { queue since } } }",
    "oversight, waiting": "oversight { waiting(first: 50) { nodes { queue since } } }",
    "oversight, waiting, not the chair's alone": "oversight { waiting(first: 50, chairOnly: false) { totalCount nodes {"
    " queue since } } }",
    "oversight, of one body": 'oversight(body: "review-and-learning-group") { counts { queue waiting }'
    " waiting(first: 50) { totalCount nodes { queue since } } }",
    "oversight, clocks": "oversight { waiting(queues: [CLOCK_RUNNING, CLOCK_MISSED]) { nodes { queue since } } }",
    "owed": "owed(first: 50) { totalCount nodes { kind dueOn } }",
    "owed, overdue": "owed(first: 50, overdue: true) { totalCount nodes { kind dueOn } }",
    "owed, one": 'owed(first: 50, agency: "agency-01") { totalCount nodes { kind dueOn } }',
    "owed, with what it is": "owed(first: 50) { nodes { kind agency { key } subject { __typename id } } }",
    "underReview": "underReview { totalCount nodes { id } }",
    "returnRounds": "returnRounds(since: 2018, until: 2025) { year called { key } }",
    "rhythms": "rhythms(year: 2025) { key }",
    "participation": "participation { reviews }",
    "learningInbox": "learningInbox { totalCount nodes { since } }",
    "standingDuties": "standingDuties(year: 2025) { id }",
    "yearlyReturns": "yearlyReturns(year: 2025) { id }",
    "learningCoverage": 'learningCoverage(reviewId: "%(review)s") { duties overdue }',
    "coverageByAgency": "coverageByAgency { agency { key } duties overdue }",
    "annualReport": "annualReport(year: 2020) { recommended actions { implemented } }",
    "publishedImprovements": "publishedImprovements { publishedOn }",
    "unassigned": "unassigned",
    "position": "position",
    "agencies": "agencies { key }",
    "themes": "themes { key }",
    "auditProgramme": "auditProgramme(year: 2025) { year }",
    "partnership": "partnership { key }",
}
PAGES = {
    "a page of 50 actions with agency and evidence": "actions(first: 50) { edges { cursor node { id reference stage"
    " dueOn overdue leadAgency { key name } evidence { narrative verdict } } } pageInfo { hasNextPage } }",
    "reviews, recommendations, actions, progress": "reviews(first: 10) { nodes { reference recommendations { nodes {"
    " reference actions { nodes { reference stage progress { narrative } } } } } } }",
}


def questions(review: str) -> Iterator[tuple[str, str]]:
    """Each with its name, below `register`."""
    for name, filters in LISTED.items():
        yield f"{name}, counted", f"{name} {{ totalCount nodes {{ id }} }}"
        yield from ((f"{name}, {o}", f"{name}(orderBy: {o}) {{ nodes {{ id }} }}") for o in ORDERS[name])
        for each in filters:
            yield f"{name}, {each}", f"{name}(filter: {{ {each} }}) {{ totalCount nodes {{ id }} }}"
    yield from ((name, text % {"review": review}) for name, text in (OTHERS | PAGES).items())
