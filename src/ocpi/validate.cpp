#include "ocpi/editions.hpp"
#include "ocpi/formats.hpp"
#include "ocpi/rules.hpp"

#include <incar/core/json.hpp>

#include <algorithm>
#include <array>
#include <memory>
#include <unordered_map>

namespace incar::ocpi {
namespace {

using json::cardinality;
using json::extra;
using json::field;
using json::kind;
using json::shape;

constexpr auto usable = strictness::usable, specified = strictness::specified, advised = strictness::advised;

// The rules of every object that are no formats.
enum general { required, unread, length, known_word, not_empty, utc, null, unknown_member, decimals, general_count };
constexpr rule_description general_rules[general_count] = {
    {"required", usable, ""},      {"unread", usable, ""},          {"length", specified, ""},
    {"known_word", specified, ""}, {"not_empty", specified, ""},    {"utc", specified, ""},
    {"null", advised, ""},         {"unknown_member", advised, ""}, {"decimals", advised, ""},
};

// The rules between the members of an object, by its shape.
const auto& rules_by_shape() {
    static const auto table = [] {
        std::unordered_map<const shape*, std::vector<between_members>> all;
        for (const auto* rules : {&v221::location_rules(), &v221::tariff_rules(), &v221::session_rules(),
                                  &v221::cdr_rules(), &v221::other_rules()})
            for (const between_members& each : *rules) all[&each.type()].push_back(each);
        return all;
    }();
    return table;
}

// The rules of a format, by format.
const auto& rules_by_format() {
    static const auto table = [] {
        std::array<std::vector<format_rule>, 32> all;
        for (const format_rule& each : format_rules()) all[static_cast<std::size_t>(each.format)].push_back(each);
        return all;
    }();
    return table;
}

class checker {
public:
    checker(edition against, strictness how) : is_2_2_(against == edition::v2_2), how_(how) {}

    void object(const shape& type, const void* record, const place& here) {
        const auto& entries = type.extra_of(record).entries();
        bool is_whole = true;
        for (const field* each = type.fields; each != type.fields + type.field_count; ++each)
            is_whole &= entries.empty() && !is_2_2_ ? content(*each, each->cardinality, each->rule, each->find(record),
                                                              {}, place{&here, each->name})
                                                    : member(type, record, *each, place{&here, each->name});
        if (how_ >= advised)
            for (const extra::entry& each : entries)
                if (each.reason == extra::reason::unknown)
                    add(unknown_member, place{&here, each.name}, "the specification has no such member");
        if (!is_whole) return;
        const auto rules = between_.find(&type);
        if (rules == between_.end()) return;
        for (const between_members& each : rules->second)
            if (each.level <= how_) each.check(record, complain(findings_, each.name, each.level, here));
    }

    std::vector<finding> take() { return std::move(findings_); }

private:
    // A member that may have come in another form than it would be written in, or be other in OCPI 2.2. Whether it
    // could be read.
    bool member(const shape& type, const void* record, const field& each, const place& here) {
        const field_difference* other = is_2_2_ ? difference_in_2_2(type.name, each.name) : nullptr;
        const cardinality wanted = other ? other->cardinality : each.cardinality;
        const json::rule& rule = other ? other->rule : each.rule;
        const extra::entry* received = json::as_received(type, record, each);
        if (other && !other->exists) {
            const bool is_there =
                received ? received->reason != extra::reason::absent : !is_empty(each, each.find(record));
            if (is_there) add(unknown_member, here, "OCPI 2.2 has no such member");
            return true;
        }
        std::vector<std::size_t> indices;
        if (received && received->reason == extra::reason::absent) {
            add(required, here, "this member is required");
            return false;
        }
        if (received && received->reason == extra::reason::unread) {
            const bool is_list = each.type().kind == kind::list && received->text[0] == '[';
            if (!is_list) {
                not_read(type, each, *received, here);
                return false;
            }
            indices = damaged_list(type, each, *received, here);
        } else if (received && received->text == "null") {
            add(null, here, "null says no more than leaving the member out");
        } else if (received) {
            spelling(each, *received, here);
        }
        return content(each, wanted, rule, each.find(record), indices, here);
    }

    // What a member holds. Whether it was read whole: `indices` are those its elements had in a list with damaged ones.
    bool content(const field& each, cardinality wanted, const json::rule& rule, const void* held,
                 const std::vector<std::size_t>& indices, const place& here) {
        if (!held) {
            if (wanted == cardinality::one) add(required, here, "this member is required");
            return wanted != cardinality::one;
        }
        const shape& type = each.type();
        if (type.kind == kind::list)
            list(type, each.cardinality, rule, held, indices, here);
        else
            value(type, rule, held, here);
        return indices.empty();
    }

    static bool is_empty(const field& each, const void* held) {
        if (!held) return true;
        if (each.type().kind == kind::list) return each.type().size(held) == 0;
        return json::encode(each.type(), held, json::layout::compact) == "\"\"";
    }

    // Elements that could not be read are told here; the answer has the original indices of the others.
    std::vector<std::size_t> damaged_list(const shape& type, const field& each, const extra::entry& received,
                                          const place& here) {
        std::vector<std::size_t> kept;
        const shape& element = each.type().element();
        const auto elements = json::parse(received.text, {received.text.size(), 1000});
        if (!elements) return kept;
        for (std::size_t i = 0; i < elements->as_array()->size(); ++i) {
            const json::value& original = (*elements->as_array())[i];
            if (element.kind == kind::record && original.as_object()) {
                kept.push_back(i);
                continue;
            }
            const auto failure = reading_failure(type, each, "[" + json::format(original) + "]");
            if (failure)
                add(unread, place{&here, {}, i}, failure->message);
            else
                kept.push_back(i);
        }
        return kept;
    }

    void not_read(const shape& type, const field& each, const extra::entry& received, const place& here) {
        if (received.text == "null") return add(required, here, "this member is required and must not be null");
        const auto failure = reading_failure(type, each, received.text);
        add(unread, here, failure ? failure->message : "this cannot be read");
    }

    static std::optional<error> reading_failure(const shape& type, const field& each, const std::string& text) {
        const std::unique_ptr<void, void (*)(void*)> fresh(type.create(), type.destroy);
        const std::string whole = "{" + json::format(json::value(std::string(each.name))) + ":" + text + "}";
        const auto read = json::decode(type, fresh.get(), whole, false, {whole.size(), 1000});
        if (read || read.error().where.rfind("/" + std::string(each.name), 0) != 0) return std::nullopt;
        return read.error();
    }

    void spelling(const field& each, const extra::entry& received, const place& here) {
        if (each.type().name != "DateTime") return;
        const std::string& text = received.text;
        const std::size_t sign = text.find_first_of("+-", text.find_first_of("Tt "));
        if (sign != text.npos) add(utc, here, "times are in UTC, without an offset");
    }

    void list(const shape& type, cardinality wanted, const json::rule& rule, const void* held,
              const std::vector<std::size_t>& indices, const place& here) {
        const std::size_t size = type.size(held);
        if (size == 0 && wanted == cardinality::some) add(not_empty, here, "at least one element is needed");
        if (size == 0) return;
        const shape& element = type.element();
        for (std::size_t i = 0; i < size; ++i)
            value(element, rule, type.at(held, i), place{&here, {}, i < indices.size() ? indices[i] : i});
    }

    void value(const shape& type, const json::rule& rule, const void* held, const place& here) {
        if (type.kind == kind::record) return object(type, held, here);
        if (how_ < specified || type.kind == kind::boolean) return;
        if (type.is_known && !is_2_2_ && type.is_known(held)) return;
        if (!type.words && rule.max_length == 0 && rule.format == 0 && (type.kind != kind::number || how_ < advised))
            return;
        scratch_.clear();
        const std::string_view text = type.write(held, scratch_);
        if (type.words) return word(type, text, here);
        const std::size_t most = static_cast<std::size_t>(rule.max_length);
        if (most && text.size() > most) {
            const std::size_t count = type.kind == kind::number ? text.size() : characters_of(text).count;
            if (count > most)
                add(length, here,
                    std::to_string(count) + " characters, at most " + std::to_string(most) + " are allowed");
        }
        for (const format_rule& each : formats_[rule.format])
            if (each.level <= how_)
                if (const char* complaint = each.complaint(text)) add({each.name, each.level, ""}, here, complaint);
        if (how_ >= advised && type.kind == kind::number && !rule.format) number(text, here);
    }

    void word(const shape& type, std::string_view text, const place& here) {
        const auto& words = type.words();
        const bool is_known = std::find(words.begin(), words.end(), text) != words.end();
        if (is_known && !(is_2_2_ && !is_word_of_2_2(type.name, text))) return;
        add(known_word, here, "'" + std::string(text) + "' is no " + std::string(type.name));
    }

    void number(std::string_view text, const place& here) {
        const std::size_t point = text.find('.');
        if (point != text.npos && text.find_last_not_of('0') > point + 4)
            add(decimals, here, "numbers have four decimals, this one has more");
    }

    void add(general rule, const place& here, std::string message) {
        add(general_rules[rule], here, std::move(message));
    }
    void add(const rule_description& rule, const place& here, std::string message) {
        if (rule.level > how_) return;
        findings_.push_back({here.pointer().text(), std::string(rule.name), std::move(message), rule.level});
    }

    bool is_2_2_;
    strictness how_;
    decltype(rules_by_shape()) between_ = rules_by_shape();
    decltype(rules_by_format()) formats_ = rules_by_format();
    std::string scratch_;
    std::vector<finding> findings_;
};

} // namespace

const std::vector<rule_description>& validation_rules() {
    static const auto all = [] {
        std::vector<rule_description> rows(std::begin(general_rules), std::end(general_rules));
        for (const format_rule& each : format_rules()) {
            const bool is_new =
                std::none_of(rows.begin(), rows.end(), [&](auto& row) { return row.name == each.name; });
            if (is_new) rows.push_back({each.name, each.level, ""});
        }
        for (const auto* rules : {&v221::location_rules(), &v221::tariff_rules(), &v221::session_rules(),
                                  &v221::cdr_rules(), &v221::other_rules()})
            for (const between_members& each : *rules) rows.push_back({each.name, each.level, each.type().name});
        return rows;
    }();
    return all;
}

std::vector<finding> detail::validate(const json::shape& type, const void* object, edition against, strictness how) {
    checker work(against, how);
    if (type.kind == json::kind::record) work.object(type, object, place{});
    return work.take();
}

} // namespace incar::ocpi
