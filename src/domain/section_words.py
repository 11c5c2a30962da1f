"""The words under which a review's sections tell what the register itself asks about."""

JUDGEMENT = "judgement"
PRINCIPLE = "principle-"
CONDUCT = "conduct-"
"""How the key of a section begins that tells how a principle, or a criterion of conduct, was met."""
