-- What people made, docs/formats/box-db.md and docs/privacy.md. A version is never changed.
CREATE TABLE creation (
    id TEXT PRIMARY KEY,        -- 10 small letters and digits, drawn at random
    work TEXT NOT NULL,         -- shared by translations of each other: the id of the first of them
    owner INTEGER NOT NULL,     -- a person's number, also after the account was removed
    state TEXT NOT NULL,        -- draft, waiting, returned, refused, published, withdrawn
    newest INTEGER NOT NULL,    -- the number of the newest version
    shown INTEGER,              -- of the one that readers see
    due INTEGER,                -- of the one that is to be published at publish_at
    publish_at INTEGER,         -- seconds since 1970
    made_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    shown_at INTEGER,           -- when readers first saw it
    turn INTEGER NOT NULL       -- grows with each change of any: the newest has the largest
) STRICT, WITHOUT ROWID;

CREATE TABLE creation_version (
    creation TEXT NOT NULL REFERENCES creation ON DELETE CASCADE,
    number INTEGER NOT NULL,    -- from 1
    based_on INTEGER NOT NULL,  -- the version that was changed; 0 for none
    person INTEGER NOT NULL,    -- who saved it
    at INTEGER NOT NULL,
    was_shown INTEGER NOT NULL, -- 1: readers saw it once
    fields TEXT NOT NULL,       -- JSON, docs/formats/box-db.md
    PRIMARY KEY (creation, number)
) STRICT;

-- What lists show and choose by, of the newest version (0) and of the one that readers see (1). Made of the versions.
CREATE TABLE creation_face (
    creation TEXT NOT NULL REFERENCES creation ON DELETE CASCADE,
    shown INTEGER NOT NULL,
    kind TEXT NOT NULL,
    language TEXT NOT NULL,
    audience TEXT NOT NULL,
    ends TEXT NOT NULL,
    author TEXT NOT NULL,
    texts TEXT NOT NULL,        -- JSON: title and summary by language
    folded TEXT NOT NULL,       -- the words of all titles and summaries, to be looked through
    turn INTEGER NOT NULL,      -- of the creation; of the shown face: as it was when this version came to be shown
    PRIMARY KEY (creation, shown)
) STRICT, WITHOUT ROWID;

CREATE TABLE creation_tag (
    creation TEXT NOT NULL REFERENCES creation ON DELETE CASCADE,
    shown INTEGER NOT NULL,     -- as in creation_face
    tag TEXT NOT NULL,
    PRIMARY KEY (tag, shown, creation)
) STRICT, WITHOUT ROWID;

CREATE TABLE creation_media (
    creation TEXT NOT NULL,
    version INTEGER NOT NULL,
    media TEXT NOT NULL,        -- SHA-256 of the file, hex
    role TEXT NOT NULL,         -- main, cover, subtitles, inside
    language TEXT NOT NULL,     -- of subtitles; else empty
    PRIMARY KEY (media, creation, version, role, language),
    FOREIGN KEY (creation, version) REFERENCES creation_version ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- What is being written and was not saved yet: one for each person and open page.
CREATE TABLE creation_draft (
    creation TEXT NOT NULL REFERENCES creation ON DELETE CASCADE,
    person INTEGER NOT NULL,
    device TEXT NOT NULL,       -- the open page, as it calls itself
    based_on INTEGER NOT NULL,  -- the version that is being changed
    turn INTEGER NOT NULL,      -- counted by the page: a later one is newer
    at INTEGER NOT NULL,
    place INTEGER NOT NULL,     -- grows; who has the smallest is dropped first
    fields TEXT NOT NULL,       -- JSON
    PRIMARY KEY (creation, person, device)
) STRICT, WITHOUT ROWID;

-- For the box's own index: a creation is here once readers saw it, also when it is erased.
CREATE TABLE creation_change (
    creation TEXT PRIMARY KEY,
    change INTEGER NOT NULL     -- grows with each change that readers or searches notice
) STRICT, WITHOUT ROWID;

CREATE TABLE tag (
    id TEXT PRIMARY KEY,
    place INTEGER NOT NULL      -- in lists, from 1
) STRICT, WITHOUT ROWID;

CREATE TABLE tag_name (
    tag TEXT NOT NULL REFERENCES tag ON DELETE CASCADE,
    language TEXT NOT NULL,     -- BCP 47
    name TEXT NOT NULL,
    PRIMARY KEY (tag, language)
) STRICT, WITHOUT ROWID;

CREATE INDEX creation_work ON creation (work);
CREATE INDEX creation_turn ON creation (turn);
CREATE INDEX creation_state ON creation (state, turn);
CREATE INDEX creation_owner ON creation (owner, turn);
CREATE INDEX creation_due ON creation (publish_at) WHERE publish_at IS NOT NULL;
CREATE INDEX creation_face_turn ON creation_face (shown, turn);
CREATE INDEX creation_face_kind ON creation_face (shown, kind, turn);
CREATE INDEX creation_tag_creation ON creation_tag (creation, shown);
CREATE INDEX creation_media_version ON creation_media (creation, version);
CREATE INDEX creation_draft_place ON creation_draft (place);
CREATE INDEX creation_change_change ON creation_change (change);
