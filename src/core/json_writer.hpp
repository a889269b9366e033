#pragma once

// The one place that writes JSON: commas, quotes, escapes and line breaks.

#include <incar/core/json.hpp>

#include <string>
#include <string_view>

namespace incar::json {

class writer {
public:
    explicit writer(layout spacing) : is_indented_(spacing == layout::indented) {}

    void begin_object() { begin('{'); }
    void end_object();
    void begin_array() { begin('['); }
    void end_array() { end(']'); }

    void key(std::string_view name);
    void plain_key(std::string_view name); // one without anything to escape
    void string(std::string_view text);
    void raw(std::string_view json); // a whole value
    void reserve(std::size_t bytes) { room(bytes); }

    std::string take() const { return {buffer_.data(), size_}; }

private:
    void begin(char bracket);
    void end(char bracket);
    void separate();
    void line_break();
    void begin_key();
    void quote(std::string_view text);
    void escape(char byte);

    char* room(std::size_t bytes) {
        if (buffer_.size() - size_ < bytes) grow(bytes);
        return buffer_.data() + size_;
    }
    void grow(std::size_t bytes);
    void put(char c) {
        *room(1) = c;
        ++size_;
    }
    void put(std::string_view text);

    bool is_indented_;
    bool follows_ = false; // the next key or element stands behind another
    std::size_t depth_ = 0;
    std::string buffer_; // as long as its room
    std::size_t size_ = 0;
};

} // namespace incar::json
