-- A duty that depends on a condition has no due day; what the chair and the business unit owe is found by itself.
-- depends: 0007-duties

ALTER TABLE duty_history ALTER COLUMN due_on DROP NOT NULL;

CREATE OR REPLACE FUNCTION is_duty_overdue(due_on date, done_on date, day date) RETURNS boolean IMMUTABLE LANGUAGE sql
RETURN coalesce(due_on < day, false) AND (done_on IS NULL OR done_on > day);

CREATE INDEX duty_history_boards ON duty_history USING gist (recorded, effective)
  WHERE done_on IS NULL AND held_by <> 'AGENCY';
