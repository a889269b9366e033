#include <incar/core/ci_string.hpp>
#include <incar/net/link.hpp>

#include <algorithm>

namespace incar::net {
namespace {

class reader {
public:
    explicit reader(std::string_view text) : text_(text) {}

    bool at_end() const { return next_ == text_.size(); }

    bool skip(char wanted) {
        if (at_end() || text_[next_] != wanted) return false;
        ++next_;
        return true;
    }

    void skip_blanks() {
        while (skip(' ') || skip('\t')) {
        }
    }

    // Everything up to one of these characters or the end.
    std::string until(std::string_view any_of) {
        const std::size_t end = std::min(text_.find_first_of(any_of, next_), text_.size());
        const std::string_view found = text_.substr(next_, end - next_);
        next_ = end;
        return std::string(found);
    }

    // The rest of a text in quotes whose first quote has been read.
    bool quoted(std::string& content) {
        while (!at_end()) {
            if (skip('"')) return true;
            if (skip('\\') && at_end()) return false;
            content += text_[next_++];
        }
        return false;
    }

    error stop(const char* why) const {
        return {incar::errc::malformed, "", "byte " + std::to_string(next_) + ": " + why};
    }

private:
    std::string_view text_;
    std::size_t next_ = 0;
};

const std::string* find_value(const link& each, std::string_view name) {
    for (const link_parameter& parameter : each.parameters)
        if (equals_ignoring_case(parameter.name, name)) return &parameter.value;
    return nullptr;
}

bool holds_word(std::string_view words, std::string_view wanted) {
    while (!words.empty()) {
        const std::size_t end = std::min(words.find(' '), words.size());
        if (equals_ignoring_case(words.substr(0, end), wanted)) return true;
        words.remove_prefix(std::min(end + 1, words.size()));
    }
    return false;
}

bool is_control(char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
}

expected<link> read_link(reader& from) {
    if (!from.skip('<')) return from.stop("a link begins with '<'");
    link result;
    result.target = from.until(">");
    if (!from.skip('>')) return from.stop("the '>' of a link is missing");
    while (from.skip_blanks(), from.skip(';')) {
        from.skip_blanks();
        link_parameter parameter;
        parameter.name = from.until(" \t=;,");
        if (parameter.name.empty()) continue; // "; ;" is in use
        if (!is_token(parameter.name)) return from.stop("the name of a parameter was expected");
        if (from.skip_blanks(), from.skip('=')) {
            from.skip_blanks();
            if (!from.skip('"'))
                parameter.value = from.until(" \t;,");
            else if (!from.quoted(parameter.value))
                return from.stop("the closing quote is missing");
        }
        result.parameters.push_back(std::move(parameter));
    }
    return result;
}

} // namespace

expected<std::vector<link>> parse_links(std::string_view value) {
    std::vector<link> links;
    if (value == "\"\"") return links;
    reader from(value);
    while (true) {
        while (from.skip_blanks(), from.skip(',')) {
        }
        if (from.at_end()) return links;
        auto next = read_link(from);
        if (!next) return next.error();
        links.push_back(*std::move(next));
        if (from.skip_blanks(), !from.at_end() && !from.skip(',')) return from.stop("a comma was expected");
    }
}

const link* find_link(const std::vector<link>& links, std::string_view relation) {
    const auto fits = [&](const link& each) {
        const std::string* rel = find_value(each, "rel");
        return rel && holds_word(*rel, relation) && !find_value(each, "anchor");
    };
    const auto found = std::find_if(links.begin(), links.end(), fits);
    return found == links.end() ? nullptr : &*found;
}

expected<std::string> format(const link& target) {
    for (const char c : target.target)
        if (is_control(c) || c == ' ' || c == '<' || c == '>')
            return error{incar::errc::malformed, "/target", "holds a character that must be percent-encoded"};
    std::string text = "<" + target.target + ">";
    for (const link_parameter& each : target.parameters) {
        if (!is_token(each.name)) return error{incar::errc::malformed, "/parameters/name", "is no token"};
        text.append("; ").append(each.name).append("=\"");
        for (const char c : each.value) {
            if (is_control(c)) return error{incar::errc::malformed, "/parameters/value", "holds a control character"};
            if (c == '"' || c == '\\') text += '\\';
            text += c;
        }
        text += '"';
    }
    return text;
}

expected<std::optional<url>> next_page(const http_response& response, const url& requested) {
    for (const std::string& value : response.headers.find_all("Link")) {
        const auto links = parse_links(value);
        if (!links) return error{links.error().code, "/headers/Link", links.error().message};
        const link* next = find_link(*links, "next");
        if (!next) continue;
        auto found = requested.resolve(next->target);
        if (!found) return error{found.error().code, "/headers/Link", found.error().message};
        return std::optional<url>(*std::move(found));
    }
    return std::optional<url>();
}

} // namespace incar::net
