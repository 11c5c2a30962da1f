-- What a return says: an assessment of each standard, the verdict on it, and what is to be put right.
-- depends: 0012-conditional-duties

ALTER TABLE return_history
  ADD COLUMN review uuid,
  ADD COLUMN judge text,
  ADD COLUMN answered_on date,
  ADD COLUMN narrative text,
  ADD COLUMN judged_on date,
  ADD COLUMN verdict jsonb,
  ADD COLUMN improvements jsonb NOT NULL DEFAULT '[]';
COMMENT ON COLUMN return_history.judge IS 'the body of the framework that judges what is answered; null of what was called for before returns were judged';
COMMENT ON COLUMN return_history.verdict IS 'the latest: by whom, for which body, in which words';
COMMENT ON COLUMN return_history.improvements IS 'each with what it became, once it is work';

ALTER TABLE duty_history
  ADD COLUMN compliance text,
  ADD COLUMN judged_compliance text,
  ADD COLUMN judgement text;
COMMENT ON COLUMN duty_history.compliance IS 'of a standing duty, by the word of whoever holds it';

CREATE INDEX return_history_to_judge ON return_history (judge)
  WHERE answered_on IS NOT NULL AND (judged_on IS NULL OR judged_on < answered_on);
