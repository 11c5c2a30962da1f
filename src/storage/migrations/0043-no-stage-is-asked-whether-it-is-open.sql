-- A word of the register that no query asks for any more.
-- depends: 0041-sides

DROP FUNCTION is_open(text);
