#include "hub/core.hpp"

namespace incar::hub {
namespace {

// What has private copies is noted under an id of its own, with the parties that have one.
store::object_key note_key(const store::object_key& object) {
    return {private_kind, object.owner, object.kind + "\t" + object.id};
}

std::string private_id(const std::string& id, const std::string& party) {
    return id + "\t" + party;
}

} // namespace

// An object for one party alone is kept beside the one for everybody, if there is one.
store::object_key private_copy(const store::object_key& object, const party_key& audience) {
    return {object.kind, object.owner, private_id(object.id, format(audience))};
}

expected<void> hub::core::load_private_copies() {
    private_copies.clear();
    return each_of(private_kind, [this](const store::stored_object& each) -> expected<void> {
        std::set<std::string>& parties = private_copies[each.key.owner + "\t" + each.key.id];
        for (std::size_t begin = 0; begin < each.text.size();) {
            const std::size_t end = std::min(each.text.find(' ', begin), each.text.size());
            parties.insert(each.text.substr(begin, end - begin));
            begin = end + 1;
        }
        return {};
    });
}

expected<void> hub::core::note_private_copy(const store::object_key& object, const party_key& audience) {
    const store::object_key noted = note_key(object);
    std::set<std::string>& parties = private_copies[noted.owner + "\t" + noted.id];
    if (!parties.insert(format(audience)).second) return {};
    std::string text;
    for (const std::string& each : parties) text += (text.empty() ? "" : " ") + each;
    store::stored_object saved;
    saved.key = noted;
    saved.last_updated = ports.clock();
    saved.text = std::move(text);
    return save(std::move(saved));
}

// The object is everybody's now, and those who had a copy of their own see that one.
expected<void> hub::core::drop_private_copies(const store::object_key& object) {
    if (private_copies.empty()) return {};
    const store::object_key noted = note_key(object);
    const auto found = private_copies.find(noted.owner + "\t" + noted.id);
    if (found == private_copies.end()) return {};
    for (const std::string& party : found->second) {
        const store::object_key copy{object.kind, object.owner, private_id(object.id, party)};
        if (auto done = erase(copy); !done) return done;
        if (object.kind == "scoptimizations") see_context(copy, "", "", true);
    }
    private_copies.erase(found);
    return erase(noted);
}

} // namespace incar::hub
