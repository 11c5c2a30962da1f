-- Which learning recurs is counted over sets of themes: recommendations that are coded alike stand together in an index
-- of bounded width, in the order in which they were raised, whatever the themes are called and however many they are.
-- depends: 0036-maintenance

-- Until the histories are rebuilt, which they are before anybody reads them, it is unknown.
ALTER TABLE recommendation_history ADD COLUMN coded_as uuid;
COMMENT ON COLUMN recommendation_history.coded_as IS 'names the set of its themes: alike where they are the same';

CREATE INDEX recommendation_history_present_coded ON recommendation_history (coded_as, raised_on, thing)
  INCLUDE (review, lead)
  WHERE upper_inf(recorded) AND upper_inf(effective) AND NOT draft;
-- The same at any moment, for the newest of each set.
CREATE INDEX recommendation_history_coded ON recommendation_history (coded_as, raised_on, thing)
  INCLUDE (recorded, effective, draft, review);
-- Who leads it is in the narrow index; who else was asked is read where anybody was. As text: of a boolean nothing is known,
-- and half of a register would be expected.
CREATE INDEX recommendation_history_asked ON recommendation_history (coded_as) WHERE (addressed_to <@ ARRAY[lead])::text = 'false';

DROP INDEX recommendation_history_moment;
CREATE INDEX recommendation_history_moment ON recommendation_history USING gist (recorded, effective)
  INCLUDE (thing, review, coded_as, draft, stage, lead, raised_on, first_due_on, due_on, completed_on, claimed_on, refused_on,
    awaiting_since, extension_pending, closed_on, outcome, impact, monitored_by, answers);
