"""A sheet of two actions, one of four rows of which two are refused, and the mapping that reads them."""

from support.partnership_world import on

MAPPING = """\
key: plan
name: An action plan
row_key: [id]
review: {key: [review], kind: practice-learning-review, title: "{review}", commissioned_on: raised, agencies: [lead]}
recommendation: {wording: "{text}", raised_on: raised}
action: {wording: "{text}", raised_on: raised, lead_agency: lead, due_on: due}
"""
HEADER = "id,review,text,raised,lead,due\n"
GOOD = f"{HEADER}1,Child A,Train the team,{on(0)},police,{on(60)}\n2,Child A,=cmd(),{on(0)},police,{on(70)}\n"
BAD = f"{GOOD}3,Child A,Ring back,{on(0)},nobody,{on(70)}\n4,Child A,Ask,soon,police,{on(70)}\n"
