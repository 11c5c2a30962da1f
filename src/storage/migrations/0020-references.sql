-- Numbers are given with the facts, and references sort as people count: the second before the tenth.
-- depends: 0012-conditional-duties

CREATE TABLE reference_number (kind text PRIMARY KEY, last bigint NOT NULL);
COMMENT ON TABLE reference_number IS 'the last number that the register gave to a kind; a number is given with the fact that carries it';
GRANT SELECT, INSERT, UPDATE ON reference_number TO goldenthread_app;

-- What refused commands once took is given again, where nothing behind it was recorded.
INSERT INTO reference_number (kind, last)
SELECT r.kind, max(r.number)
FROM (
  SELECT kind, CASE WHEN reference ~ '^[RC][0-9]{4,18}$' THEN substr(reference, 2)::bigint END AS number FROM reference
) r
JOIN (
  SELECT 'review', last_value FROM review_number UNION ALL SELECT 'challenge', last_value FROM challenge_number
) asked (kind, last) USING (kind)
WHERE r.number <= asked.last
GROUP BY r.kind;
DROP SEQUENCE review_number;
DROP SEQUENCE challenge_number;

-- Every run of digits is brought to the same width. The same for every database, whatever its collation, where it is
-- compared as "C"; indexes spell it out, because a rebuilt table is moved here from a schema whose functions go.
CREATE FUNCTION reference_key(reference text) RETURNS text IMMUTABLE LANGUAGE sql
RETURN regexp_replace(
  regexp_replace(lower(reference), '([0-9]+)', '00000000000000000000\1', 'g'), '[0-9]*([0-9]{20})', '\1', 'g');

DROP INDEX action_history_reference;
DROP INDEX recommendation_history_reference;
DROP INDEX review_history_reference;
CREATE INDEX action_history_reference ON action_history ((regexp_replace(
  regexp_replace(lower(reference), '([0-9]+)', '00000000000000000000\1', 'g'), '[0-9]*([0-9]{20})', '\1', 'g')) COLLATE "C", thing);
CREATE INDEX recommendation_history_reference ON recommendation_history ((regexp_replace(
  regexp_replace(lower(reference), '([0-9]+)', '00000000000000000000\1', 'g'), '[0-9]*([0-9]{20})', '\1', 'g')) COLLATE "C", thing);
CREATE INDEX review_history_reference ON review_history ((regexp_replace(
  regexp_replace(lower(reference), '([0-9]+)', '00000000000000000000\1', 'g'), '[0-9]*([0-9]{20})', '\1', 'g')) COLLATE "C", thing);
