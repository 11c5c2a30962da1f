"""How far learning has come in a world: identified, and brought to agencies."""

from typing import Any

from support.partnership_world import World


def learned(world: World, review: str, **given: Any) -> str:
    """A point of learning that the review has identified."""
    asked = {"reviewId": review, "wording": "Nobody asked the child", "themes": ["neglect"]} | given
    return str(world.do("unit", "learningIdentify", "learning { id }", **asked)["learning"][-1]["id"])


def disseminated(world: World, review: str | None = None, **given: Any) -> str:
    """The review whose learning was brought to its agencies, once it has any."""
    review = review or world.a_review()
    if not world.read("unit", f'review(id: "{review}") {{ learning {{ id }} }}')["review"]["learning"]:
        learned(world, review)
    asked = {"reviewId": review, "method": "newsletter", "audience": ["social workers"]} | given
    world.do("unit", "learningDisseminate", **asked)
    return review
