#include "core/json_events.hpp"
#include "core/json_frame.hpp"
#include "core/json_token.hpp"

#include <algorithm>

namespace incar::json {
namespace {

// Fills a struct from events, on a stack of its own.
class filler {
public:
    filler(const shape& root, void* to, std::string_view text, bool lenient, const limits& accepted)
        : root_(root), to_(to), text_(text), lenient_(lenient), accepted_(accepted),
          max_depth_(std::min(accepted.max_depth, deepest)) {
        stack_.reserve(8);
    }

    bool scalar(token t, std::string_view text, std::size_t) {
        if (skipped_ > 0) return true;
        if (stack_.empty()) return fail(errc::wrong_type, "an object is needed, not " + std::string(name_of(t)));
        frame& top = stack_.back();
        if (top.type->kind == kind::list) return element(top, t, text);
        if (!top.current) {
            top.keep(unknown_, json_of(t, text), extra::reason::unknown);
            unknown_.clear();
            return true;
        }
        const field& member = *top.current;
        const shape& type = member.type();
        if (t == token::null && type.kind != kind::any && top.type->extra) {
            if (!is_required(member.cardinality)) {
                top.keep(member.name, "null", extra::reason::spelling);
                return true;
            }
            if (!lenient_) return fail(errc::missing, "this member is required and must not be null");
            top.keep(member.name, "null", extra::reason::unread);
            return true;
        }
        if (!fits(type.kind, t)) return unread(type, t, text);
        void* target = member.make(top.target);
        const auto done = type.kind == kind::any ? type.read(target, json_of(t, text)) : type.read(target, text);
        if (!done) {
            member.clear(top.target);
            if (!lenient_) return fail(done.error());
            top.keep(member.name, json_of(t, text), extra::reason::unread);
        } else if (is_respelt(type, target, t, text)) {
            top.keep(member.name, json_of(t, text), extra::reason::spelling);
        }
        return true;
    }

    bool key(std::string_view name) { return skipped_ > 0 || member(stack_.back(), name); }

    bool open(bool is_object, std::size_t begin) {
        if (stack_.size() + skipped_ >= max_depth_)
            return fail(errc::limit_exceeded, "nested deeper than " + std::to_string(max_depth_) + " levels");
        if (skipped_ > 0) {
            ++skipped_;
            return true;
        }
        const kind opened = is_object ? kind::record : kind::list;
        if (stack_.empty()) {
            if (root_.kind != opened) return fail(errc::wrong_type, needed(root_.kind, name_of(opened)));
            push(root_, to_, begin);
            return true;
        }
        frame& top = stack_.back();
        const bool in_list = top.type->kind == kind::list;
        const shape* type = in_list ? &top.type->element() : top.current ? &top.current->type() : nullptr;
        if (type && type->kind == opened) {
            void* target = in_list ? top.type->append(top.target) : top.current->make(top.target);
            push(*type, target, begin);
            return true;
        }
        if (type && type->kind != kind::any && !lenient_)
            return fail(errc::wrong_type, needed(type->kind, name_of(opened)));
        skip_begin_ = begin;
        skipped_ = 1;
        return true;
    }

    bool close(std::size_t end) {
        if (skipped_ > 0) return --skipped_ > 0 || end_skipped(slice(skip_begin_, end));
        return stack_.back().type->kind == kind::list ? end_list(end) : end_object();
    }

    const error& failure() const { return failure_; }

    std::string where() const { return json::where(stack_, unknown_); }

private:
    bool element(frame& list, token t, std::string_view text) {
        const shape& type = list.type->element();
        if (!fits(type.kind, t)) {
            if (!lenient_) return fail(errc::wrong_type, needed(type.kind, name_of(t)));
            list.damaged = true;
            ++list.index;
            return true;
        }
        void* target = list.type->append(list.target);
        if (const auto done = type.read(target, text); !done) {
            list.type->drop_last(list.target);
            if (!lenient_) return fail(done.error());
            list.damaged = true;
        } else if (is_respelt(type, target, t, text)) {
            list.respelt = true;
        }
        ++list.index;
        return true;
    }

    bool is_respelt(const shape& type, const void* target, token t, std::string_view text) {
        if (type.kind == kind::any || type.kind == kind::boolean || !root_.extra) return false;
        if (type.kind == kind::number_or_text && t == token::number) return true;
        if (type.is_canonical && type.is_canonical(text)) return false;
        scratch_.clear();
        return type.write(target, scratch_) != text;
    }

    void push(const shape& type, void* target, std::size_t begin) {
        stack_.emplace_back();
        stack_.back().type = &type;
        stack_.back().target = target;
        stack_.back().begin = begin;
    }

    bool end_object() {
        frame& top = stack_.back();
        const std::uint64_t missing = top.type->required & ~top.seen;
        for (std::size_t i = 0; missing >> i != 0; ++i) {
            if (!(missing >> i & 1)) continue;
            top.current = &top.type->fields[i];
            if (!lenient_) return fail(errc::missing, "this member is required");
            top.keep(top.current->name, "", extra::reason::absent);
        }
        stack_.pop_back();
        if (!stack_.empty() && stack_.back().type->kind == kind::list) ++stack_.back().index;
        return true;
    }

    bool end_list(std::size_t end) {
        const frame list = std::move(stack_.back());
        stack_.pop_back();
        if (stack_.empty()) return true;
        const field& member = *stack_.back().current;
        const bool left_out = member.cardinality == cardinality::list && list.index == 0;
        if (list.damaged || list.respelt || left_out)
            stack_.back().keep(member.name, std::string(slice(list.begin, end)),
                               list.damaged ? extra::reason::unread : extra::reason::spelling);
        return true;
    }

    // A value that no member takes.
    bool end_skipped(std::string_view text) {
        frame& top = stack_.back();
        const bool is_any = top.type->kind == kind::record && top.current && top.current->type().kind == kind::any;
        if (!is_any)
            if (auto checked = parse(text, {accepted_.max_bytes, deepest}); !checked) {
                const error inner = checked.error();
                return fail(error{inner.code, where() + inner.where, inner.message});
            }
        if (top.type->kind == kind::list) {
            top.damaged = true;
            ++top.index;
        } else if (!top.current) {
            top.keep(unknown_, std::string(text), extra::reason::unknown);
            unknown_.clear();
        } else if (is_any) {
            if (auto done = top.current->type().read(top.current->make(top.target), text); !done)
                return fail(done.error());
        } else {
            top.keep(top.current->name, std::string(text), extra::reason::unread);
        }
        return true;
    }

    bool member(frame& top, std::string_view name) {
        const field* const found = top.type->find(name);
        if (!found) return unknown_member(top, name);
        top.current = found;
        const std::uint64_t bit = std::uint64_t{1} << (found - top.type->fields);
        if (top.seen & bit) return fail(errc::duplicate, "the name appears twice in its object");
        top.seen |= bit;
        return true;
    }

    bool unknown_member(frame& top, std::string_view name) {
        top.current = nullptr;
        unknown_ = name;
        if (!top.type->extra) return fail(errc::unknown_member, "there is no member of this name");
        if (!top.is_new_name(name)) return fail(errc::duplicate, "the name appears twice in its object");
        return true;
    }

    // The member that is being read has the wrong type.
    bool unread(const shape& type, token t, std::string_view text) {
        if (!lenient_) return fail(errc::wrong_type, needed(type.kind, name_of(t)));
        stack_.back().keep(stack_.back().current->name, json_of(t, text), extra::reason::unread);
        return true;
    }

    std::string_view slice(std::size_t begin, std::size_t end) const { return text_.substr(begin, end - begin); }

    bool fail(errc code, std::string message) {
        failure_ = error{code, where(), std::move(message)};
        return false;
    }
    bool fail(const error& inner) {
        failure_ = inner;
        if (failure_.where.empty()) failure_.where = where();
        return false;
    }

    const shape& root_;
    void* to_;
    std::string_view text_;
    bool lenient_;
    const limits& accepted_;
    std::size_t max_depth_;
    std::vector<frame> stack_;
    std::string unknown_;     // the name of the member being read when the struct has none of it
    std::size_t skipped_ = 0; // depth inside a value that no member takes
    std::size_t skip_begin_ = 0;
    std::string scratch_;
    error failure_;
};

} // namespace

expected<void> decode(const shape& root, void* to, std::string_view text, bool lenient, const limits& accepted) {
    filler events(root, to, text, lenient, accepted);
    return send_events(text, accepted, events);
}

} // namespace incar::json
