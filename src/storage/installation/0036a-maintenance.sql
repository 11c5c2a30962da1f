-- Whether the installation is read-only for maintenance; every partnership's head says so too, where saves see it.
-- depends: 0036-operations

CREATE TABLE maintenance (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  began_at timestamptz NOT NULL DEFAULT now(),
  reason text NOT NULL,
  until timestamptz
);
