// node http_server.mjs PORT [express]: the peers of http_server.cpp. They check only what a line each can check.
import http from "node:http";

const [port, framework] = process.argv.slice(2);

function answer(path, headers, location) {
    if (!headers.authorization) return [401, ""];
    const refused = typeof location.id !== "string" || location.id !== path.slice(path.lastIndexOf("/") + 1) ||
        typeof location.country_code !== "string" || typeof location.party_id !== "string" || !Array.isArray(location.evses);
    if (refused) return [400, JSON.stringify({ status_code: 2001, timestamp: new Date().toISOString() })];
    return [200, JSON.stringify({ data: location.evses[0], status_code: 1000, timestamp: new Date().toISOString() })];
}

if (framework === "express") {
    const { default: express } = await import("express");
    const app = express();
    app.use(express.json());
    app.put("*", (request, response) => {
        const [status, body] = answer(request.path, request.headers, request.body);
        response.status(status).type("application/json").send(body);
    });
    app.listen(Number(port), "127.0.0.1");
} else {
    http.createServer((request, response) => {
        const chunks = [];
        request.on("data", chunk => chunks.push(chunk));
        request.on("end", () => {
            const [status, body] = answer(request.url, request.headers, JSON.parse(Buffer.concat(chunks).toString()));
            response.writeHead(status, { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(body) });
            response.end(body);
        });
    }).listen(Number(port), "127.0.0.1");
}
