-- People with an account, docs/formats/box-db.md and docs/privacy.md. What somebody signs in with is here only as a hash.
CREATE TABLE person (
    id INTEGER PRIMARY KEY,
    ref TEXT NOT NULL UNIQUE,   -- ten small letters and digits, for addresses
    name TEXT NOT NULL,         -- as it is shown; stays when the account is removed, beside what the person made
    folded TEXT UNIQUE,         -- the same without capitals and accents, by which names differ; NULL once removed
    role TEXT NOT NULL,         -- contributor, curator, mediator, operator
    password TEXT NOT NULL,     -- Argon2id, encoded; empty once removed
    drawn INTEGER NOT NULL,     -- 1 while the password is one that somebody else knows, and is to be changed
    pin TEXT NOT NULL,          -- Argon2id of a keyed hash of the PIN; empty where there is none
    language TEXT NOT NULL,     -- of the pages; empty for what the browser says
    active INTEGER NOT NULL     -- 0 once removed
) STRICT;

CREATE TABLE staff_device (     -- shared devices on which PINs are enough
    id INTEGER PRIMARY KEY,
    ref TEXT NOT NULL UNIQUE,
    token BLOB NOT NULL UNIQUE, -- SHA-256 of the cookie `device`
    name TEXT NOT NULL,
    used INTEGER NOT NULL       -- the number of the last day on which somebody signed in there
) STRICT;

CREATE TABLE pin_try (
    device INTEGER NOT NULL REFERENCES staff_device ON DELETE CASCADE,
    person INTEGER NOT NULL REFERENCES person ON DELETE CASCADE,
    tries INTEGER NOT NULL,     -- wrong ones since the person last signed in there with the password or the PIN
    PRIMARY KEY (device, person)
) STRICT, WITHOUT ROWID;

CREATE TABLE staff_session (
    token BLOB PRIMARY KEY,     -- SHA-256 of the cookie `session`
    ref TEXT NOT NULL UNIQUE,
    person INTEGER NOT NULL REFERENCES person ON DELETE CASCADE,
    browser TEXT NOT NULL,      -- such as "Android, Firefox": what kind of phone, not which
    device INTEGER REFERENCES staff_device ON DELETE CASCADE,
    own INTEGER NOT NULL,       -- 1 on a phone that is the person's own
    day INTEGER NOT NULL,       -- the number of the last day on which it was used
    quarter INTEGER NOT NULL,   -- of an hour that the box ran, in which it was last used
    boot TEXT NOT NULL,         -- the start of the machine in which it was last used
    turn INTEGER NOT NULL,      -- grows within a person; the smallest is ended first
    ended TEXT NOT NULL         -- why the box ended it, for the page that says so; empty while it goes on
) STRICT, WITHOUT ROWID;

CREATE TABLE running (          -- one row
    one INTEGER PRIMARY KEY CHECK (one = 1),
    quarters INTEGER NOT NULL   -- of hours that the box ran, all of them
) STRICT;
INSERT INTO running VALUES (1, 0);

CREATE TABLE deed (             -- who published, removed, changed roles
    turn INTEGER PRIMARY KEY,   -- grows; the smallest are dropped first
    at INTEGER NOT NULL,
    person INTEGER REFERENCES person ON DELETE SET NULL,
    name TEXT NOT NULL,         -- the person's, as it was; empty for the command line
    deed TEXT NOT NULL,
    about TEXT NOT NULL
) STRICT;

CREATE TABLE form_once (
    value TEXT PRIMARY KEY,     -- of a form that was taken in
    turn INTEGER NOT NULL       -- grows; the smallest are dropped first
) STRICT, WITHOUT ROWID;

CREATE TABLE box_fact (         -- what an operator set about the box
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

ALTER TABLE card_try RENAME TO wrong_try;

CREATE INDEX staff_session_person ON staff_session (person, turn);
CREATE INDEX pin_try_person ON pin_try (person);
CREATE INDEX form_once_turn ON form_once (turn);
