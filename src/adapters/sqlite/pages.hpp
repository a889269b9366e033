#pragma once

// What can be asked of the objects.

#include "adapters/sqlite/lists.hpp"
#include "adapters/sqlite/scopes.hpp"

namespace incar::adapters::sqlite {

class pages {
public:
    pages(const connection& db, const scopes& all, lists& entries);

    store::stored_object object(std::int64_t pk);
    expected<store::object_page> list(const store::object_query& query);
    store::object_changes changes(std::uint64_t after, const std::vector<std::string>& kinds, std::size_t limit,
                                  std::uint64_t latest);

private:
    const scopes& scopes_;
    lists& lists_;
    statement object_;
};

} // namespace incar::adapters::sqlite
