#include "core/json_events.hpp"
#include "core/json_shape.hpp"

#include <rapidjson/prettywriter.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <memory>

namespace incar::json {
namespace {

template <class Writer>
class printer {
public:
    explicit printer(Writer& writer) : writer_(writer) {}

    void value(const shape& type, const void* from) {
        switch (type.kind) {
        case kind::record: return members(type, from);
        case kind::list: return list(type, from);
        case kind::text:
        case kind::number_or_text: return string(written(type, from));
        case kind::boolean:
        case kind::number:
        case kind::any: return raw(written(type, from));
        }
    }

    // Whether the member is left out when it has no entry in its object's extra.
    static bool is_left_out(const void* from, const field& member) {
        const void* content = member.find(from);
        return !content || (member.cardinality == cardinality::list && member.type().size(content) == 0);
    }

private:
    void members(const shape& type, const void* from) {
        const auto& entries = type.extra_of(from).entries();
        std::unique_ptr<void, void (*)(void*)> fresh(nullptr, type.destroy);
        writer_.StartObject();
        for (std::size_t i = 0; i < type.field_count; ++i) {
            const field& member = type.fields[i];
            if (!entries.empty())
                if (const extra::entry* entry = as_received(type, from, member)) {
                    if (entry->reason == extra::reason::absent) continue;
                    key(member.name);
                    raw(entry->text);
                    continue;
                }
            if (is_left_out(from, member)) continue;
            if (member.cardinality == cardinality::defaulted) {
                if (!fresh) fresh = {type.create(), type.destroy};
                if (encode_member(fresh.get(), member) == encode_member(from, member)) continue;
            }
            key(member.name);
            value(member.type(), member.find(from));
        }
        for (const extra::entry& entry : entries)
            if (entry.reason == extra::reason::unknown && !is_member(type, entry.name)) {
                key(entry.name);
                raw(entry.text);
            }
        writer_.EndObject();
    }

    static bool is_member(const shape& type, std::string_view name) {
        return std::any_of(type.fields, type.fields + type.field_count,
                           [&](const field& each) { return each.name == name; });
    }

    void list(const shape& type, const void* from) {
        writer_.StartArray();
        const std::size_t size = type.size(from);
        const shape& element = type.element();
        for (std::size_t i = 0; i < size; ++i) value(element, type.at(from, i));
        writer_.EndArray();
    }

    std::string_view written(const shape& type, const void* from) {
        scratch_.clear();
        return type.write(from, scratch_);
    }

    void key(std::string_view name) { writer_.Key(name.data(), static_cast<rj::SizeType>(name.size())); }
    void string(std::string_view text) { writer_.String(text.data(), static_cast<rj::SizeType>(text.size())); }
    void raw(std::string_view text) { writer_.RawValue(text.data(), text.size(), rj::kNumberType); }

    Writer& writer_;
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
    rj::StringBuffer buffer;
    if (spacing == layout::compact) {
        rj::Writer<rj::StringBuffer> writer(buffer);
        printer<rj::Writer<rj::StringBuffer>>(writer).value(type, record);
    } else {
        rj::PrettyWriter<rj::StringBuffer> writer(buffer);
        writer.SetIndent(' ', 2);
        writer.SetFormatOptions(rj::kFormatSingleLineArray);
        printer<rj::PrettyWriter<rj::StringBuffer>>(writer).value(type, record);
    }
    return {buffer.GetString(), buffer.GetSize()};
}

std::string encode_member(const void* record, const field& member) {
    using printer = json::printer<rj::Writer<rj::StringBuffer>>;
    if (printer::is_left_out(record, member)) return {};
    rj::StringBuffer buffer;
    rj::Writer<rj::StringBuffer> writer(buffer);
    printer(writer).value(member.type(), member.find(record));
    return {buffer.GetString(), buffer.GetSize()};
}

} // namespace incar::json
