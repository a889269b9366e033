// How a batch ends.

#include "adapters/sqlite/objects.hpp"

namespace incar::adapters {

using namespace sqlite;

expected<void> sqlite_store::objects::commit() {
    const auto made = writing([&]() -> expected<void> {
        if (db_.in_transaction()) end_batch();
        return {};
    });
    if (!made) (void)rollback();
    return made;
}

expected<void> sqlite_store::objects::rollback() {
    try {
        if (db_.in_transaction()) rollback_.run();
    } catch (const failure& failed) {
        return failed.reason;
    }
    scopes_.rolled_back();
    lists_.rolled_back();
    erased_ = is_broken_ = false;
    found_.reset();
    if (is_doubtful_) outdate();
    return {};
}

void sqlite_store::objects::end_batch() {
    scopes_.for_changed(
        [&](const scope& each) { keep_scope_.run(each.id, each.kind, each.owner, each.audience, each.live); });
    if (erased_) keep_latest_.run(static_cast<std::int64_t>(revision_));
    lists_.finish(scopes_.live());
    is_doubtful_ = true;
    commit_.run();
    is_doubtful_ = false;
    scopes_.committed();
    lists_.committed();
    erased_ = false;
    wal_.grown_to(wal_pages_);
}

// A commit that failed may have left its pages in the log, whole but for the wait for the disk: after a kill they would
// count. An empty commit takes their place there, even when it fails in the same way.
void sqlite_store::objects::outdate() {
    is_doubtful_ = false;
    try {
        begin_.run();
        keep_latest_.run(static_cast<std::int64_t>(++revision_));
        commit_.run();
    } catch (const failure&) {
        if (db_.in_transaction()) (void)rollback_.with().try_next();
    }
}

} // namespace incar::adapters
