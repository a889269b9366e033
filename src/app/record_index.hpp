#pragma once

// Whose sessions and CDRs are whose, in memory.

#include "app/asked.hpp"
#include "app/place_index.hpp"

#include <incar/core/timestamp.hpp>

namespace incar::app {

struct record {
    store::object_key key;
    std::string audience; // the EMSP it was pushed to
    std::string uid;
    std::string contract;
    timestamp start;
    timestamp last_updated;
};

std::optional<record> record_of(const store::stored_object& object); // of a session or a CDR that is a driver's
bool is_of(const record& of, const driver& who);

class record_index {
public:
    void see(const store::stored_object& object); // a session or a CDR

    // Of one kind, the latest first.
    std::vector<const record*> of(const driver& who) const;

private:
    void forget(const store::object_key& key);
    static std::vector<std::string> names_of(const record& of);

    std::map<store::object_key, record, key_order> records_;
    std::map<std::string, std::set<const record*>> by_name_;
};

} // namespace incar::app
