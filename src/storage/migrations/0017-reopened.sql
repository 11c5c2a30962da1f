-- Since when a recommendation is open again: what its actions had shown before that shows nothing of it now.
-- depends: 0016-answers

ALTER TABLE recommendation_history ADD COLUMN reopened_on date;
COMMENT ON COLUMN recommendation_history.reopened_on IS 'the day of its latest reopening';
