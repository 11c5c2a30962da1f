-- The application appends to the log; it may end history rows, never touch a fact.
-- depends: 0001-ledger 0002-history

DO $$
DECLARE
  here text := current_schema();
BEGIN
  EXECUTE format('GRANT USAGE ON SCHEMA %I TO goldenthread_app', here);
  EXECUTE format('GRANT SELECT, INSERT ON facts, idempotency, reference TO goldenthread_app');
  EXECUTE format('GRANT SELECT, UPDATE ON head TO goldenthread_app');
  EXECUTE format('GRANT USAGE ON SEQUENCE review_number, challenge_number TO goldenthread_app');
END;
$$;
GRANT SELECT, INSERT, UPDATE ON review_history, recommendation_history, action_history, challenge_history,
  entry_history, agency_history, theme_history, partnership_history, credential_history TO goldenthread_app;
