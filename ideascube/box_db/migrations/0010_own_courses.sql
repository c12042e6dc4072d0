-- Courses made on this box, docs/formats/box-db.md. Of people, only whose a course is and who changed it last.
CREATE TABLE own_course (
    id TEXT PRIMARY KEY,                -- ten random letters and digits
    owner INTEGER NOT NULL,             -- a person's number, also after the account was removed
    state TEXT NOT NULL,                -- draft, published, withdrawn
    version INTEGER NOT NULL,           -- the newest of own_course_version, on which people work
    published INTEGER,                  -- the one that learners see; NULL where they see none
    origin TEXT NOT NULL                -- JSON: of which course of which pack it was made; empty where of none
) STRICT, WITHOUT ROWID;

CREATE TABLE own_course_version (
    course TEXT NOT NULL REFERENCES own_course ON DELETE CASCADE,
    version INTEGER NOT NULL,           -- counts from 1
    person INTEGER NOT NULL,            -- who made this change
    at INTEGER NOT NULL,                -- seconds since 1970, as the box's clock said
    was_published INTEGER NOT NULL,     -- 1 where learners saw it at any time
    body BLOB NOT NULL,                 -- the course as JSON (docs/formats/course.md), compressed with zlib
    PRIMARY KEY (course, version)
) STRICT;

CREATE TABLE own_course_media (
    course TEXT NOT NULL REFERENCES own_course ON DELETE CASCADE,
    media TEXT NOT NULL,                -- a file that the version shows which learners see: so they may see it too
    PRIMARY KEY (course, media)
) STRICT, WITHOUT ROWID;

CREATE INDEX own_course_media_media ON own_course_media (media);
CREATE INDEX own_course_owner ON own_course (owner);
CREATE INDEX own_course_version_person ON own_course_version (person);
