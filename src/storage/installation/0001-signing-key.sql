-- The key that signs every token of the installation. The application's role gets no right to read it.

CREATE TABLE signing_key (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  jwk text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
