#pragma once

// Whose tokens were presented, for a while: to tell it anew takes a digest and a comparison with every connection.

#include <incar/ocpi_client/authorization.hpp>

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace incar::ocpi_client {

struct bearer {
    std::string name, token;
    std::string kept;      // the token as connections have it
    bool is_plain = false; // the token was not in Base64
};

class known_bearers {
public:
    explicit known_bearers(std::size_t secret = 1) : all_(0, scattered{secret | 1}) {}

    const bearer* find(const std::string& authorization) const {
        const auto found = all_.find(authorization);
        return found == all_.end() ? nullptr : &found->second;
    }

    const bearer& put(const std::string& authorization, bearer whose) {
        if (all_.size() >= most) all_.clear();
        return all_[authorization] = std::move(whose);
    }

private:
    static constexpr std::size_t most = 1024;

    // Where a text lies is unknown outside, and texts are compared to their end: the time tells nothing about them.
    struct scattered {
        std::size_t secret;
        std::size_t operator()(const std::string& text) const {
            const std::size_t hash = (std::hash<std::string_view>()(text) ^ secret) * secret;
            return hash ^ hash >> 32;
        }
    };
    struct equal {
        bool operator()(const std::string& left, const std::string& right) const { return equal_secrets(left, right); }
    };

    std::unordered_map<std::string, bearer, scattered, equal> all_;
};

} // namespace incar::ocpi_client
