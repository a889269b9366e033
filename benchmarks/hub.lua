-- For wrk: PUTs of benchmarks/data/location.json to the hub (or a peer of it), each of twenty thousand with an id of its
-- own. From the environment: INCAR_AUTHORIZATION, the header; INCAR_TO, the receiver, as in EU*HUB.
local file = io.open("benchmarks/data/location.json")
local text = file:read("*a"):gsub("%s+$", "")
file:close()

local country, party = os.getenv("INCAR_TO"):match("(%w+)%*(%w+)")
local at = 0

function request()
    at = at % 20000 + 1
    local k = at * 7919 % 20000 -- not in the order of their keys
    local id = string.format("LOC%06d", k)
    return wrk.format("PUT", "/ocpi/2.2.1/locations/receiver/ES/VLC/" .. id, {
        ["Host"] = "127.0.0.1",
        ["Authorization"] = os.getenv("INCAR_AUTHORIZATION"),
        ["Content-Type"] = "application/json",
        ["X-Request-ID"] = string.format("12345678-1234-4123-8123-%012d", at),
        ["X-Correlation-ID"] = string.format("87654321-4321-4321-8321-%012d", at),
        ["OCPI-from-country-code"] = "ES",
        ["OCPI-from-party-id"] = "VLC",
        ["OCPI-to-country-code"] = country,
        ["OCPI-to-party-id"] = party,
    }, (text:gsub('"id":"LOC%-0001"', '"id":"' .. id .. '"', 1)))
end
