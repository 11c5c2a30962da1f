-- Whose bodies a thing reports through: null, or the framework that its own was succeeded by. And a credential's.
-- depends: 0006-import

ALTER TABLE review_history ADD COLUMN bodies_of text;
ALTER TABLE recommendation_history ADD COLUMN bodies_of text;
ALTER TABLE action_history ADD COLUMN bodies_of text;
ALTER TABLE credential_history ADD COLUMN framework text;
