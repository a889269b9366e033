#include "core/json_shape.hpp"
#include "core/json_text.hpp"
#include "core/json_writer.hpp"

#include <memory>

namespace incar::json {
namespace {

// Whether the member is left out when it has no entry in its object's extra.
bool is_left_out(const field& member, const void* content) {
    return !content || (member.cardinality == cardinality::list && member.type().size(content) == 0);
}

class printer {
public:
    explicit printer(layout spacing) : to_(spacing) {}

    void value(const shape& type, const void* from) {
        switch (type.kind) {
        case kind::record: return members(type, from);
        case kind::list: return list(type, from);
        case kind::text:
        case kind::number_or_text: return to_.string(written(type, from));
        case kind::boolean:
        case kind::number:
        case kind::any: return to_.raw(written(type, from));
        }
    }

    std::string take() const { return to_.take(); }

private:
    void members(const shape& type, const void* from) {
        const auto& entries = type.extra_of(from).entries();
        std::unique_ptr<void, void (*)(void*)> fresh(nullptr, type.destroy);
        to_.begin_object();
        for (const field* member = type.fields; member != type.fields + type.field_count; ++member) {
            if (!entries.empty())
                if (const extra::entry* entry = as_received(type, from, *member)) {
                    if (entry->reason == extra::reason::absent) continue;
                    to_.plain_key(member->name);
                    to_.raw(entry->text);
                    continue;
                }
            const void* content = member->find(from);
            if (is_left_out(*member, content)) continue;
            if (member->cardinality == cardinality::defaulted) {
                if (!fresh) fresh = {type.create(), type.destroy};
                if (encode_member(fresh.get(), *member) == encode_member(from, *member)) continue;
            }
            to_.plain_key(member->name);
            value(member->type(), content);
        }
        for (const extra::entry& entry : entries)
            if (entry.reason == extra::reason::unknown && !type.find(entry.name)) {
                to_.key(entry.name);
                to_.raw(entry.text);
            }
        to_.end_object();
    }

    void list(const shape& type, const void* from) {
        to_.begin_array();
        const std::size_t size = type.size(from);
        const shape& element = type.element();
        for (std::size_t i = 0; i < size; ++i) value(element, type.at(from, i));
        to_.end_array();
    }

    std::string_view written(const shape& type, const void* from) {
        scratch_.clear();
        return type.write(from, scratch_);
    }

    writer to_;
    std::string scratch_;
};

} // namespace

const extra::entry* as_received(const shape& type, const void* record, const field& member) {
    for (const extra::entry& entry : type.extra_of(record).entries()) {
        if (entry.reason == extra::reason::unknown || entry.name != member.name) continue;
        const std::unique_ptr<void, void (*)(void*)> before(type.create(), type.destroy);
        if (entry.reason != extra::reason::absent) {
            const std::string text = "{" + format(value(entry.name)) + ":" + entry.text + "}";
            if (!decode(type, before.get(), text, true, {text.size(), deepest})) return nullptr;
        }
        return encode_member(before.get(), member) == encode_member(record, member) ? &entry : nullptr;
    }
    return nullptr;
}

std::string encode(const shape& type, const void* record, layout spacing) {
    printer to(spacing);
    to.value(type, record);
    return to.take();
}

std::string encode_member(const void* record, const field& member) {
    const void* content = member.find(record);
    return is_left_out(member, content) ? std::string() : encode(member.type(), content, layout::compact);
}

} // namespace incar::json
