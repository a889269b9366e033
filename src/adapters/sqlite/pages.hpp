#pragma once

// What can be asked of the objects.

#include "adapters/sqlite/log.hpp"
#include "adapters/sqlite/scopes.hpp"

namespace incar::adapters::sqlite {

class pages {
public:
    pages(const connection& db, const scopes& all, revision_log& log);

    store::stored_object object(std::int64_t pk);
    expected<store::object_page> list(const store::object_query& query);
    store::object_changes changes(std::uint64_t after, const std::vector<std::string>& kinds, std::size_t limit,
                                  std::uint64_t latest);

private:
    std::int64_t count(std::int64_t scope_id, std::int64_t from, std::int64_t to);

    const scopes& scopes_;
    revision_log& log_;
    statement object_, of_scope_, count_of_scope_;
};

} // namespace incar::adapters::sqlite
