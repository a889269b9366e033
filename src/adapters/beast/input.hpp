#pragma once

#include <boost/asio/buffer.hpp>

#include <algorithm>
#include <cstddef>
#include <vector>

namespace incar::adapters {

// What has come and is not yet parsed.
class input {
public:
    static constexpr std::size_t least = 4096, most = 64u << 10; // bytes read at a time

    std::size_t size() const { return filled_ - begin_; }
    boost::asio::const_buffer unread() const { return boost::asio::buffer(bytes_.data() + begin_, size()); }
    void take(std::size_t count) { begin_ += count; }
    void add(std::size_t count) { filled_ += last_ = count; }

    // Where the next bytes go. A connection between two requests keeps no more than it has to.
    boost::asio::mutable_buffer room(bool is_idle) {
        std::copy(bytes_.begin() + place(begin_), bytes_.begin() + place(filled_), bytes_.begin());
        filled_ = size();
        begin_ = 0;
        const std::size_t wanted = is_idle ? least : std::clamp(2 * last_, least, most);
        if (is_idle && bytes_.size() > 2 * least) bytes_ = {};
        if (bytes_.size() < filled_ + wanted) bytes_.resize(filled_ + wanted);
        return boost::asio::buffer(bytes_.data() + filled_, bytes_.size() - filled_);
    }

    // Somewhere for bytes that nobody wants.
    boost::asio::mutable_buffer waste() {
        bytes_.resize(least);
        begin_ = filled_ = 0;
        return boost::asio::buffer(bytes_);
    }

private:
    static std::ptrdiff_t place(std::size_t index) { return static_cast<std::ptrdiff_t>(index); }

    std::vector<char> bytes_;
    std::size_t begin_ = 0, filled_ = 0, last_ = 0;
};

} // namespace incar::adapters
