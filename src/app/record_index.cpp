#include "app/record_index.hpp"

#include <incar/ocpi/codec.hpp>
#include <incar/ocpi/v221/sessions.hpp>

#include <algorithm>

namespace incar::app {
namespace {

// An EMSP's drivers by token, by contract, and all together.
std::string name_of(const std::string& emsp, char what, const std::string& text) {
    return lower_case(emsp + "\t" + what + text);
}

template <class T>
std::optional<record> read_record(const store::stored_object& object) {
    const auto read = ocpi::decode<T>(object.text, {ocpi::reading::lenient, {}});
    if (!read) return std::nullopt;
    const v221::cdr_token& token = read->cdr_token;
    const bool is_named = !token.country_code.empty(); // not in 2.2
    if (is_named && !equals_ignoring_case(format(party_key{token.country_code, token.party_id}), object.audience))
        return std::nullopt;
    return record{
        object.key,         object.audience, token.uid.text(), token.contract_id.text(), read->start_date_time,
        object.last_updated};
}

} // namespace

std::optional<record> record_of(const store::stored_object& object) {
    if (object.removed || object.audience.empty()) return std::nullopt;
    return object.key.kind == "cdrs" ? read_record<v221::cdr>(object) : read_record<v221::session>(object);
}

bool is_of(const record& of, const driver& who) {
    return equals_ignoring_case(of.audience, format(who.emsp)) &&
           (who.uid.empty() || equals_ignoring_case(of.uid, who.uid)) &&
           (who.contract.empty() || equals_ignoring_case(of.contract, who.contract));
}

std::vector<std::string> record_index::names_of(const record& of) {
    return {name_of(of.audience, 'u', of.uid), name_of(of.audience, 'c', of.contract), name_of(of.audience, 'a', "")};
}

void record_index::forget(const store::object_key& key) {
    const auto found = records_.find(key);
    if (found == records_.end()) return;
    for (const std::string& name : names_of(found->second)) by_name_[name].erase(&found->second);
    records_.erase(found);
}

void record_index::see(const store::stored_object& object) {
    forget(object.key);
    auto made = record_of(object);
    if (!made) return;
    const record* kept = &records_.emplace(object.key, std::move(*made)).first->second;
    for (const std::string& name : names_of(*kept)) by_name_[name].insert(kept);
}

std::vector<const record*> record_index::of(const driver& who) const {
    const std::string emsp = format(who.emsp);
    const auto name = !who.uid.empty()        ? name_of(emsp, 'u', who.uid)
                      : !who.contract.empty() ? name_of(emsp, 'c', who.contract)
                                              : name_of(emsp, 'a', "");
    std::vector<const record*> found;
    const auto theirs = by_name_.find(name);
    if (theirs == by_name_.end()) return found;
    for (const record* each : theirs->second)
        if (who.contract.empty() || equals_ignoring_case(each->contract, who.contract)) found.push_back(each);
    std::sort(found.begin(), found.end(), [](const record* left, const record* right) {
        return left->start != right->start ? left->start > right->start : key_order()(left->key, right->key);
    });
    return found;
}

} // namespace incar::app
