-- The form of the histories is a digest of the code that fills them; a number of before is nobody's digest any more.
-- depends: 0011-form 0021-return-contents

ALTER TABLE head ALTER COLUMN form TYPE text USING form::text;
COMMENT ON COLUMN head.form IS 'which code filled the histories; a save by other code is refused until a rebuild';
