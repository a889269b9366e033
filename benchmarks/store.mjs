// The saves of benchmarks/store.cpp with better-sqlite3: the same file settings, objects and order of replacement.
import Database from 'better-sqlite3';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';

const path = `${tmpdir()}/incar_peer.db`;
const remove = () => ['', '-wal', '-shm'].forEach(end => rmSync(path + end, { force: true }));
remove();
const db = new Database(path);
db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 4000; PRAGMA cache_size = -65536;
    CREATE TABLE object (pk INTEGER PRIMARY KEY, party TEXT, id TEXT, last_updated INTEGER, text TEXT, UNIQUE (party, id));
    CREATE INDEX by_time ON object (last_updated, pk)`);
const upsert = db.prepare(`INSERT INTO object (party, id, last_updated, text) VALUES (?, ?, ?, ?)
    ON CONFLICT (party, id) DO UPDATE SET last_updated = excluded.last_updated, text = excluded.text`);
const parties = ['NL*AAA', 'NL*BBB', 'DE*CCC', 'FR*DDD', 'ES*EEE', 'PT*FFF', 'IT*GGG', 'BE*HHH'];
let now = 0;
const save = number => {
    ++now;
    upsert.run(parties[number % 8], `LOC${String(number).padStart(9, '0')}`, now, String.fromCharCode(97 + now % 26).repeat(2089));
};
const batch = db.transaction(numbers => numbers.forEach(save));
for (let first = 0; first < 100_000; first += 500) batch(Array.from({ length: 500 }, (_, i) => first + i));

let seed = 8;
const random = () => (seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0) % 100_000;
for (const [size, turns] of [[1, 10_000], [8, 3_000], [64, 1_000], [512, 150]]) {
    const before = process.cpuUsage();
    for (let turn = 0; turn < turns; ++turn) batch(Array.from({ length: size }, random));
    const used = process.cpuUsage(before);
    console.log(`better-sqlite3/${size} cpu_of_one=${((used.user + used.system) / (size * turns)).toFixed(1)}us`);
}
db.close();
remove();
