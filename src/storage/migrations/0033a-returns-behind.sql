-- Whoever corrects a recommendation or an action is told of the return of which it was an improvement point.
-- depends: 0033-challenges-to

CREATE INDEX facts_improvements_raised ON facts (originator_id) WHERE name = 'return.improvements_raised.v1';
