// The peers of `incar hub`. They check what a line each can check, and keep one table with its key and an index by time.
//
//     node hub.mjs put PORT FILE each|group      PUTs of a Location into better-sqlite3: a transaction each, or one for
//                                                all that came in one turn of the event loop
//     node hub.mjs fan_out PORT ROUNDS           axios with kept connections: each push to 200 receivers of hub_partners
import { readFileSync } from "node:fs";

const now = () => new Date().toISOString();

async function put(port, file, mode) {
    const { default: express } = await import("express");
    const { default: Database } = await import("better-sqlite3");
    const db = new Database(file);
    db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 4000;
        PRAGMA cache_size = -65536;
        CREATE TABLE location (pk INTEGER PRIMARY KEY, country_code TEXT, party_id TEXT, id TEXT, last_updated TEXT,
            body TEXT, UNIQUE (country_code, party_id, id));
        CREATE INDEX by_time ON location (last_updated, pk)`);
    const upsert = db.prepare(`INSERT INTO location (country_code, party_id, id, last_updated, body) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT DO UPDATE SET last_updated = excluded.last_updated, body = excluded.body`);
    const save = each => upsert.run(each.country_code, each.party_id, each.id, each.last_updated, JSON.stringify(each));

    let waiting = [];
    const commit = db.transaction(batch => batch.forEach(([location]) => save(location)));
    function flush() {
        const batch = waiting;
        waiting = [];
        commit(batch);
        for (const [, done] of batch) done();
    }
    const keep = mode === "each" ? (location, done) => (save(location), done())
        : (location, done) => { if (waiting.push([location, done]) === 1) setImmediate(flush); };

    const app = express();
    app.use(express.json());
    app.put("/ocpi/2.2.1/locations/receiver/:country/:party/:id", (request, response) => {
        const location = request.body, { country, party, id } = request.params;
        if (request.headers.authorization !== process.env.INCAR_AUTHORIZATION) return void response.sendStatus(401);
        const refused = location.id !== id || location.country_code !== country || location.party_id !== party ||
            typeof location.last_updated !== "string" || !Array.isArray(location.evses);
        if (refused) return void response.status(400).json({ status_code: 2001, timestamp: now() });
        keep(location, () => response.status(200).json({ status_code: 1000, timestamp: now() }));
    });
    app.listen(port, "127.0.0.1");
}

// The CPU time of this process for a delivery, in microseconds.
async function fanOut(port, rounds) {
    const { default: axios } = await import("axios");
    const { Agent } = await import("node:http");
    const client = axios.create({ httpAgent: new Agent({ keepAlive: true }) });
    const location = JSON.parse(readFileSync("benchmarks/data/location.json", "utf8"));
    const receivers = 200, warmUp = 20;
    const send = (round, k) => client.put(
        `http://127.0.1.${k + 1}:${port}/ocpi/2.2.1/locations/receiver/ES/VLC/LOC-0001`, location, { headers: {
            Authorization: "Token ZWJmM2IzOTktNzc5Zi00NDk3LTliOWQtYWM2YWQzY2M0NGQy",
            "X-Request-ID": crypto.randomUUID(), "X-Correlation-ID": `12345678-1234-4123-8123-${round}`,
            "OCPI-from-country-code": "EU", "OCPI-from-party-id": "HUB",
            "OCPI-to-country-code": "NL", "OCPI-to-party-id": String(k).padStart(3, "0") } });
    let before;
    for (let round = 0; round < warmUp + rounds; ++round) {
        if (round === warmUp) before = process.cpuUsage();
        await Promise.all(Array.from({ length: receivers }, (_, k) => send(round, k)));
    }
    const used = process.cpuUsage(before);
    console.log(((used.user + used.system) / rounds / receivers).toFixed(1));
}

const [mode, port, ...rest] = process.argv.slice(2);
if (mode === "put") await put(Number(port), ...rest);
else await fanOut(Number(port), Number(rest[0]));
