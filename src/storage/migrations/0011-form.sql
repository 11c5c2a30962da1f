-- Which form the rows of the histories have: null where they were filled before forms were counted.
-- depends: 0010-oversight

ALTER TABLE head ADD COLUMN form integer;
COMMENT ON COLUMN head.form IS 'which folds filled the histories; a save by other folds is refused until a rebuild';
