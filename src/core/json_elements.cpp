#include "core/json_elements.hpp"
#include "core/json_events.hpp"

#include <algorithm>

namespace incar::json {
namespace {

// Notes where the values of depth one begin and end.
class slicer {
public:
    slicer(std::string_view text, std::size_t max_depth) : text_(text), max_depth_(std::min(max_depth, deepest)) {}

    bool scalar(token, std::string_view, std::size_t end) {
        if (depth_ == 0) return refuse("one value");
        if (depth_ == 1) add(end);
        return true;
    }

    bool key(std::string_view) { return true; }

    bool open(bool is_object, std::size_t begin) {
        if (depth_ == 0 && is_object) return refuse("an object");
        if (depth_ >= max_depth_) {
            failure_ =
                error{errc::limit_exceeded, where(), "nested deeper than " + std::to_string(max_depth_) + " levels"};
            return false;
        }
        if (depth_++ == 0) end_ = begin + 1;
        return true;
    }

    bool close(std::size_t end) {
        if (--depth_ == 1) add(end);
        return true;
    }

    std::vector<std::string_view> take() { return std::move(elements_); }
    const error& failure() const { return failure_; }
    std::string where() const { return depth_ == 0 ? "" : (pointer() / elements_.size()).text(); }

private:
    void add(std::size_t end) {
        const std::size_t begin = text_.find_first_not_of(", \t\r\n", end_);
        elements_.push_back(text_.substr(begin, end - begin));
        end_ = end;
    }

    bool refuse(const char* found) {
        failure_ = error{errc::wrong_type, "", std::string("an array is needed, not ") + found};
        return false;
    }

    std::string_view text_;
    std::size_t max_depth_;
    std::size_t depth_ = 0;
    std::size_t end_ = 0; // of the element before
    std::vector<std::string_view> elements_;
    error failure_;
};

} // namespace

expected<std::vector<std::string_view>> elements_of(std::string_view text, const limits& accepted) {
    slicer events(text, accepted.max_depth);
    if (auto done = send_events(text, accepted, events); !done) return done.error();
    return events.take();
}

} // namespace incar::json
