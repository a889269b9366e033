#include "ocpi_client/core.hpp"

namespace incar::ocpi_client {

const bearer* party::core::find_by_token(const std::string& authorization) {
    if (const bearer* known = recognised.find(authorization); known && still_holds(*known)) return known;
    auto found = look_up_token(authorization);
    return found ? &recognised.put(authorization, std::move(*found)) : nullptr;
}

// Connections change: what is remembered only saves the digest.
bool party::core::still_holds(const bearer& whose) const {
    const partner* there = find(whose.name);
    return there && !there->token_in.empty() && equal_secrets(whose.kept, there->token_in) &&
           (!whose.is_plain || there->habits.sends_plain_tokens);
}

// Every connection is compared, whatever was found before, so that time tells nothing.
std::optional<bearer> party::core::look_up_token(const std::string& authorization) {
    const auto presented = tokens_in_authorization(authorization);
    std::optional<bearer> holder;
    bool is_next = false;
    for (std::size_t i = 0; i < presented.size(); ++i) {
        const bool is_plain = i + 1 == presented.size();
        const std::string kept = as_kept(presented[i]);
        for (const auto& [name, each] : partners) {
            if (is_plain && !each.habits.sends_plain_tokens) continue;
            const bool current = !each.token_in.empty() && equal_secrets(kept, each.token_in);
            const bool next = !each.token_in_next.empty() && equal_secrets(kept, each.token_in_next);
            if (!current && !next) continue;
            holder = bearer{name, presented[i], kept, is_plain};
            is_next = next;
        }
    }
    if (!holder || !is_next || busy.count(holder->name) > 0) return holder; // busy: the partner has not answered yet
    partner settled = partners.at(holder->name);
    settled.token_in = std::move(settled.token_in_next);
    settled.token_in_next.clear();
    if (!keep(settled)) note(log_level::warning, "the old token stays valid for " + holder->name);
    return holder;
}

} // namespace incar::ocpi_client
