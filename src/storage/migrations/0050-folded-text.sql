-- A text is found whatever its capitals, accents and apostrophes: O'Brien and O’Brien, café and cafe are one.
-- depends: 0049-uploads

-- Letters without their marks, in small letters; marks of quotation, dashes and spaces in their plainest form, and what
-- breaks a word where nobody sees it left out. By canonical decomposition, which leaves other scripts their letters: of
-- these, vowels and voiced kana are signs of their own and stay. None of it makes a sign of a pattern (%, _ or \).
-- Indexes are of what it says and not of itself: a rebuild makes the tables in another schema, whose functions go with it.
DROP INDEX action_history_text;
DROP INDEX recommendation_history_text;
DO $do$
DECLARE
  folding text := $folding$translate(
    lower(normalize(regexp_replace(normalize(%s, NFD), '[\u0300-\u036f]', '', 'g'), NFC)),
    U&'\2018\2019\201B\2032\02BC\02B9\FF07\0060\00B4\201C\201D\201F\2033\2010\2011\2012\2013\2014\2212\00A0\2002\2003\2007\2009\202F\00F8\0142\0111\00AD\200B\200C\200D\2060\FEFF',
    '''''''''''''''''''""""------      old')$folding$;
  history text;
BEGIN
  EXECUTE 'CREATE FUNCTION folded(said text) RETURNS text IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql RETURN '
    || format(folding, 'said');
  FOREACH history IN ARRAY ARRAY['action_history', 'recommendation_history'] LOOP
    EXECUTE format('CREATE INDEX %I ON %I USING gin ((%s) gin_trgm_ops, (%s) gin_trgm_ops)',
      history || '_text', history, format(folding, 'wording'), format(folding, 'reference'));
  END LOOP;
  EXECUTE format($index$CREATE INDEX entry_history_learning_text ON entry_history USING gin ((%s) gin_trgm_ops)
    WHERE kind = 'learning'$index$, format(folding, $words$(detail ->> 'wording')$words$));
END
$do$;
COMMENT ON FUNCTION folded(text) IS 'a text as it is compared with another, by whoever looks for it';
