#pragma once

// Every statement of the adapter.
//
// A scope is the set of objects of one kind, owner and audience, as these are spelt. Where spelling does not matter, a
// set of objects is named by the first scope that was made in it: its `kind` has the objects of one kind, its `home`
// those of one kind and owner.
//
// An object's place in lists is (last_updated, pk); pk is the revision of its first save. Its place in `changes` is its
// revision: the log has one entry for each, and for a while entries of earlier revisions too, because removing them one
// by one would cost as much as saving (see log.hpp).

namespace incar::adapters::sqlite::sql {

constexpr int application_id = 0x1C4A0B7E;

// The n-th makes version n + 1 out of version n. One that was released never changes.
constexpr const char* migrations[] = {
    "CREATE TABLE scope (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, owner TEXT NOT NULL, audience TEXT NOT NULL,"
    "  live INTEGER NOT NULL);"                        // how many objects of the scope are not removed
    "CREATE TABLE latest (revision INTEGER NOT NULL);" // at least that of each erased object
    "INSERT INTO latest VALUES (0);"
    "CREATE TABLE object (pk INTEGER PRIMARY KEY, home INTEGER NOT NULL, scope INTEGER NOT NULL,"
    "  id TEXT NOT NULL,"              // in lower case
    "  spelling TEXT,"                 // of the id, NULL if in lower case
    "  last_updated INTEGER NOT NULL," // milliseconds since 1970
    "  revision INTEGER NOT NULL, removed INTEGER NOT NULL, text TEXT NOT NULL);"
    "CREATE UNIQUE INDEX object_by_key ON object (home, id);"
    "CREATE INDEX object_by_scope ON object (scope, last_updated) WHERE removed = 0;"
    "CREATE TABLE log (kind INTEGER NOT NULL, revision INTEGER NOT NULL, pk INTEGER NOT NULL,"
    "  PRIMARY KEY (kind, revision)) WITHOUT ROWID;",
};
constexpr int version = sizeof migrations / sizeof *migrations;

constexpr const char* scopes = "SELECT id, kind, owner, audience, live FROM scope ORDER BY id";
constexpr const char* keep_scope = "INSERT INTO scope (id, kind, owner, audience, live) VALUES (?1, ?2, ?3, ?4, ?5)"
                                   " ON CONFLICT (id) DO UPDATE SET live = excluded.live";

constexpr const char* latest = "SELECT revision FROM latest";
constexpr const char* keep_latest = "UPDATE latest SET revision = ?1";
constexpr const char* latest_of_kind = "SELECT max(revision) FROM log WHERE kind = ?1";

constexpr const char* place = "SELECT pk, scope, removed, revision FROM object WHERE home = ?1 AND id = ?2";
constexpr const char* add = "INSERT INTO object (pk, home, scope, id, spelling, last_updated, revision, removed, text)"
                            " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
constexpr const char* replace = "UPDATE object SET scope = ?2, spelling = ?3, last_updated = ?4, revision = ?5,"
                                " removed = ?6, text = ?7 WHERE pk = ?1";
constexpr const char* erase = "DELETE FROM object WHERE pk = ?1";

constexpr const char* object = "SELECT scope, id, spelling, last_updated, revision, removed, text FROM object"
                               " WHERE pk = ?1";
constexpr const char* of_scope = "SELECT last_updated, pk FROM object WHERE scope = ?1 AND removed = 0"
                                 " AND (last_updated, pk) > (?2, ?3) ORDER BY last_updated, pk";
constexpr const char* count_of_scope = "SELECT count(*) FROM object WHERE scope = ?1 AND removed = 0"
                                       " AND last_updated >= ?2 AND last_updated < ?3";

constexpr const char* log_add = "INSERT INTO log (kind, revision, pk) VALUES (?1, ?2, ?3)";
constexpr const char* log_drop = "DELETE FROM log WHERE kind = ?1 AND revision = ?2";
constexpr const char* log_of_kind = "SELECT log.revision, log.pk, object.pk IS NULL FROM log LEFT JOIN object"
                                    " ON object.pk = log.pk AND object.revision = log.revision"
                                    " WHERE log.kind = ?1 AND log.revision > ?2 ORDER BY log.revision";

} // namespace incar::adapters::sqlite::sql
