#pragma once

/// \file
/// An absolute http or https URL that keeps the text it was read from, and the arithmetic on URLs that a client of web
/// APIs needs.
///
///     const net::url base = net::url::parse("https://cpo.example/ocpi/2.2.1/").value();
///     net::url tokens = base.append({"tokens", "DE", "ABC"}).value();    // .../ocpi/2.2.1/tokens/DE/ABC
///     tokens.set_parameter("limit", "50");
///     use(tokens.text());
///
/// A URL that is only read and passed on is never rewritten: `text()` is what came in, to the byte.

#include <incar/core/expected.hpp>
#include <incar/net/export.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace incar::net {

/// A name and its value in the query of a URL, both decoded.
struct query_parameter {
    std::string name;
    std::string value;
};

/// An absolute URL. A plain value; the default is no URL at all: `empty()`, with empty parts. Views that it hands out
/// live until it is changed or destroyed.
class INCAR_NET_EXPORT url {
public:
    /// The longest text that `parse` takes, in bytes.
    static constexpr std::size_t max_length = 8192;

    url() = default;

    /// Reads an absolute URL after RFC 3986, strictly: a character that must be percent-encoded is refused, not mended.
    /// The scheme is http or https. The host is an IPv6 address in brackets or a name of letters, digits, '-', '.', '_'
    /// and '~' (non-ASCII names in their punycode form). User names and passwords are refused.
    ///
    /// Errors, with the part as `where` ("/scheme", "/user", "/host", "/port", "/path", "/query", "/fragment") and the
    /// byte in the message: incar::errc::malformed, incar::errc::out_of_range for a port outside 1..65535,
    /// incar::errc::limit_exceeded. The message never repeats the text, which may hold secrets.
    static expected<url> parse(std::string_view text);

    bool empty() const noexcept { return text_.empty(); }

    /// As it was read, or as the last change left it.
    const std::string& text() const noexcept { return text_; }

    /// "http" or "https", whatever case it was written in.
    std::string_view scheme() const noexcept;

    /// As written; an IPv6 address without its brackets.
    std::string_view host() const noexcept;

    /// The port written, else 80 or 443 after the scheme. 0 when empty.
    std::uint16_t port() const noexcept { return port_; }

    /// Host and port as written, brackets included: what a Host header says.
    std::string_view authority() const noexcept;

    /// As written, percent-encoded: "" or from the first slash on.
    std::string_view path() const noexcept;

    /// The segments of the path, decoded: "/a%2Fb/c/" is {"a/b", "c", ""}, and "" and "/" have none. A segment may be
    /// ".." or hold any byte: check before using one as a file name.
    std::vector<std::string> segments() const;

    /// As written, without the '?'. Nothing when there is no '?'.
    std::optional<std::string_view> query() const noexcept;

    /// As written, without the '#'. Nothing when there is no '#'. Never sent to a server.
    std::optional<std::string_view> fragment() const noexcept;

    /// What stands in the first line of a request: the path ("/" for an empty one) and the query.
    std::string target() const;

    /// "https://host" or "https://host:8443": scheme and host in lower case, the port unless it is the scheme's own.
    std::string origin() const;

    /// The parameters of the query in their order. '+' is read as a space, as HTML forms write it.
    std::vector<query_parameter> parameters() const;

    /// The value of the first parameter of that name (decoded, case counts); nothing when there is none.
    std::optional<std::string> find_parameter(std::string_view name) const;

    /// Adds a parameter at the end of the query. Name and value are given decoded; all but unreserved characters are
    /// percent-encoded. The other parameters keep their text. An empty URL stays empty, here and below.
    void add_parameter(std::string_view name, std::string_view value);

    /// Replaces the first parameter of that name where it stands and removes its namesakes; adds it when there is none.
    void set_parameter(std::string_view name, std::string_view value);

    /// Removes every parameter of that name. The last one takes the '?' along.
    void remove_parameter(std::string_view name);

    /// This URL with segments added to its path, each percent-encoded. It does not matter whether the path ends in a
    /// slash. The query is kept, the fragment is not.
    ///
    /// Errors: incar::errc::malformed with the segment as `where` ("/1") for "", "." and "..", which would name
    /// something else on the server; incar::errc::missing for an empty URL.
    expected<url> append(const std::vector<std::string>& segments) const;

    /// The URL that a reference found at this one points to (RFC 3986 section 5.2), for example in a Link header.
    /// An absolute reference comes back to the byte, "." and ".." segments excepted. Errors as for `parse`.
    expected<url> resolve(std::string_view reference) const;

    /// Texts are compared, so "http://a" and "http://a/" differ.
    friend bool operator==(const url& left, const url& right) noexcept { return left.text_ == right.text_; }
    friend bool operator!=(const url& left, const url& right) noexcept { return !(left == right); }

private:
    struct span {
        std::size_t begin = 0, end = 0;
    };
    std::string_view at(span part) const noexcept;
    static expected<url> read(std::string_view text);
    void change(std::string_view path, const std::vector<std::string>& parameters);

    std::string text_;
    span authority_, host_, path_;
    std::optional<span> query_, fragment_;
    std::uint16_t port_ = 0;
    bool secure_ = false;
};

/// Whether scheme, host and port agree (RFC 6454), spelling aside. Credentials for one origin must not go to another.
INCAR_NET_EXPORT bool same_origin(const url& left, const url& right);

/// Every byte but letters, digits, '-', '.', '_' and '~' as %XX.
INCAR_NET_EXPORT std::string percent_encode(std::string_view text);

/// The bytes behind %XX; everything else, '+' included, as it is. Errors: incar::errc::malformed for a '%' without two
/// hexadecimal digits.
INCAR_NET_EXPORT expected<std::string> percent_decode(std::string_view text);

} // namespace incar::net
