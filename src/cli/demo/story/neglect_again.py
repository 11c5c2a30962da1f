"""2026: a follow-up audit of the programme asks what the toolkit of 2021 changed."""

from cli.demo.script import Review
from cli.demo.steps_of_reviews import completed, learned

NEGLECT_AGAIN = Review(
    "FSP-14",
    "2026-04-20",
    "multi-agency-focus-group-audit",
    "Neglect: five years with the toolkit",
    ("schools", "childrens-services", "housing", "community-health"),
    (
        learned("2026-05-25", "The toolkit is read by all and scored again by a third.", "neglect"),
        learned("2026-05-25", "Repairs staff tell, and are told what came of it.", "neglect", good=True),
        completed("2026-06-05", summary="Twelve families: seen earlier than in 2021, and for eight things are better."),
    ),
    follows="FSP-02",
    checks=("FSP-02/1", "FSP-02/2"),
    programme=2026,
    themes=("neglect",),
)
