#pragma once

// Every statement of the adapter.
//
// A scope is the set of objects of one kind, owner and audience, as these are spelt. Where spelling does not matter, a
// set of objects is named by the first scope that was made in it: its `kind` has the objects of one kind, its `home`
// those of one kind and owner.
//
// An object has an entry in two lists: in that of its scope, unless it is removed, with its last_updated as the place;
// and in that of its kind, whose number is the kind's with a minus sign, with its revision as the place. Entries of one
// place are in the order of pk, which is the revision of the object's first save. Entries that a later save made stale
// are left for a while, because removing them one by one would cost as much as saving; `stale` says which (see
// lists.hpp).

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

    "CREATE TABLE leaf (list INTEGER NOT NULL, place INTEGER NOT NULL, pk INTEGER NOT NULL," // no entry is before it
    "  entries BLOB NOT NULL," // place and pk of each, in order: 16 bytes, the lowest first
    "  PRIMARY KEY (list, place, pk)) WITHOUT ROWID;"
    // Which entries became stale and which of them came back or went, a record for each batch. Of an entry the last
    // word counts; records that have none are dropped.
    "CREATE TABLE stale (number INTEGER PRIMARY KEY, entries BLOB NOT NULL);",
};
constexpr int version = sizeof migrations / sizeof *migrations;

constexpr const char* scopes = "SELECT id, kind, owner, audience, live FROM scope ORDER BY id";
constexpr const char* keep_scope = "INSERT INTO scope (id, kind, owner, audience, live) VALUES (?1, ?2, ?3, ?4, ?5)"
                                   " ON CONFLICT (id) DO UPDATE SET live = excluded.live";

constexpr const char* latest = "SELECT revision FROM latest";
constexpr const char* keep_latest = "UPDATE latest SET revision = ?1";

constexpr const char* place =
    "SELECT pk, scope, last_updated, revision, removed FROM object WHERE home = ?1 AND id = ?2";
constexpr const char* add = "INSERT INTO object (pk, home, scope, id, spelling, last_updated, revision, removed, text)"
                            " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
constexpr const char* replace = "UPDATE object SET scope = ?2, spelling = ?3, last_updated = ?4, revision = ?5,"
                                " removed = ?6, text = ?7 WHERE pk = ?1";
constexpr const char* erase = "DELETE FROM object WHERE pk = ?1";
constexpr const char* object = "SELECT scope, id, spelling, last_updated, revision, removed, text FROM object"
                               " WHERE pk = ?1";

constexpr const char* leaf_of = "SELECT place, pk, entries FROM leaf WHERE list = ?1 AND (place, pk) <= (?2, ?3)"
                                " ORDER BY place DESC, pk DESC LIMIT 1";
constexpr const char* leaf_behind = "SELECT place, pk, entries FROM leaf WHERE list = ?1 AND (place, pk) > (?2, ?3)"
                                    " ORDER BY place, pk LIMIT 1";
constexpr const char* leaves_from = "SELECT place, pk, entries FROM leaf WHERE list = ?1 AND (place, pk) >= (?2, ?3)"
                                    " ORDER BY place, pk";
constexpr const char* leaf_keep = "INSERT INTO leaf (list, place, pk, entries) VALUES (?1, ?2, ?3, ?4)"
                                  " ON CONFLICT (list, place, pk) DO UPDATE SET entries = excluded.entries";
constexpr const char* leaf_remove = "DELETE FROM leaf WHERE list = ?1 AND place = ?2 AND pk = ?3";
constexpr const char* leaf_bytes = "SELECT sum(length(entries)) FROM leaf WHERE list = ?1 AND (place, pk) >= (?2, ?3)"
                                   " AND place < ?4";

// Of version 1, in the order of the lists.
constexpr const char* entries_of_version_1 = "SELECT -log.kind, log.revision, log.pk FROM log JOIN object"
                                             " ON object.pk = log.pk AND object.revision = log.revision"
                                             " ORDER BY log.kind DESC, log.revision";
constexpr const char* more_entries_of_version_1 =
    "SELECT scope, last_updated, pk FROM object INDEXED BY object_by_scope WHERE removed = 0"
    " ORDER BY scope, last_updated, pk";
constexpr const char* drop_entries_of_version_1 = "DROP INDEX object_by_scope; DROP TABLE log";

constexpr const char* stale_records = "SELECT number, entries FROM stale ORDER BY number";
constexpr const char* stale_record = "INSERT INTO stale (number, entries) VALUES (?1, ?2)";
constexpr const char* stale_forget = "DELETE FROM stale WHERE number BETWEEN ?1 AND ?2";

} // namespace incar::adapters::sqlite::sql
