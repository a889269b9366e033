-- For wrk: two thousand PUTs of benchmarks/data/location.json, each with an id of its own.
local file = io.open("benchmarks/data/location.json")
local text = file:read("*a"):gsub("%s+$", "")
file:close()

local requests, at = {}, 0
for k = 1, 2000 do
    local id = string.format("LOC%06d", k)
    requests[k] = wrk.format("PUT", "/ocpi/2.2.1/receiver/locations/ES/VLC/" .. id, {
        ["Host"] = "127.0.0.1",
        ["Authorization"] = "Token ZWJmM2IzOTktNzc5Zi00NDk3LTliOWQtYWM2YWQzY2M0NGQy",
        ["Content-Type"] = "application/json",
        ["X-Request-ID"] = string.format("12345678-1234-4123-8123-%012d", k),
        ["X-Correlation-ID"] = string.format("87654321-4321-4321-8321-%012d", k),
        ["OCPI-from-country-code"] = "ES",
        ["OCPI-from-party-id"] = "VLC",
        ["OCPI-to-country-code"] = "NL",
        ["OCPI-to-party-id"] = "HUB",
    }, (text:gsub('"id":"LOC%-0001"', '"id":"' .. id .. '"', 1)))
end

function request()
    at = at % #requests + 1
    return requests[at]
end
