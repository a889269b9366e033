#pragma once

/// \file
/// A value or the error that explains why there is none, with the member names of C++23's `std::expected`.
///
///     expected<decimal> price = decimal::parse("0.25");
///     if (!price) return price.error();     // hand the failure on
///     use(*price);                          // or price.value(), which throws incar::exception on failure
///
/// A function that returns `expected<T>` says `return value;` or `return error{errc::..., where, message};`.

#include <incar/core/error.hpp>

#include <type_traits>
#include <utility>
#include <variant>

namespace incar {

/// Holds a `T`, or an `error`. As copyable and as thread-safe as `T`.
template <class T>
class [[nodiscard]] expected {
public:
    using value_type = T;
    using error_type = incar::error;

    /// Success.
    template <class U = T,
              class = std::enable_if_t<std::is_convertible_v<U&&, T> && !std::is_same_v<std::decay_t<U>, expected>>>
    expected(U&& value) : state_(std::in_place_index<0>, std::forward<U>(value)) {}

    /// Failure.
    expected(incar::error failure) : state_(std::in_place_index<1>, std::move(failure)) {}

    bool has_value() const noexcept { return state_.index() == 0; }
    explicit operator bool() const noexcept { return has_value(); }

    /// The value. Throws incar::exception when there is none. Of a temporary it is moved out and returned as itself, so
    /// that `for (auto& each : f().value())` walks over something that lives.
    const T& value() const& { return require(), *std::get_if<0>(&state_); }
    T& value() & { return require(), *std::get_if<0>(&state_); }
    T value() && { return require(), std::move(*std::get_if<0>(&state_)); }

    /// The value, unchecked: undefined when there is none, as in the standard.
    const T& operator*() const& noexcept { return *std::get_if<0>(&state_); }
    T& operator*() & noexcept { return *std::get_if<0>(&state_); }
    T&& operator*() && noexcept { return std::move(*std::get_if<0>(&state_)); }
    const T* operator->() const noexcept { return std::get_if<0>(&state_); }
    T* operator->() noexcept { return std::get_if<0>(&state_); }

    /// The failure: undefined when there is a value.
    const incar::error& error() const& noexcept { return *std::get_if<1>(&state_); }
    incar::error& error() & noexcept { return *std::get_if<1>(&state_); }
    incar::error&& error() && noexcept { return std::move(*std::get_if<1>(&state_)); }

    /// The value, or `fallback`.
    template <class U>
    T value_or(U&& fallback) const& {
        return has_value() ? **this : static_cast<T>(std::forward<U>(fallback));
    }

    /// `next(value)`, itself an expected, or this error.
    template <class F>
    auto and_then(F&& next) const& -> std::invoke_result_t<F, const T&> {
        if (has_value()) return std::forward<F>(next)(**this);
        return error();
    }

    /// `next(value)` wrapped, or this error.
    template <class F>
    auto transform(F&& next) const& -> expected<std::invoke_result_t<F, const T&>> {
        if (has_value()) return std::forward<F>(next)(**this);
        return error();
    }

private:
    void require() const {
        if (!has_value()) throw exception(error());
    }

    std::variant<T, incar::error> state_;
};

/// Success without a value, or an error.
template <>
class [[nodiscard]] expected<void> {
public:
    using value_type = void;
    using error_type = incar::error;

    expected() noexcept = default;
    expected(incar::error failure) : state_(std::move(failure)) {}

    bool has_value() const noexcept { return state_.index() == 0; }
    explicit operator bool() const noexcept { return has_value(); }

    /// Throws incar::exception on failure.
    void value() const {
        if (!has_value()) throw exception(error());
    }

    /// The failure: undefined on success.
    const incar::error& error() const& noexcept { return *std::get_if<1>(&state_); }
    incar::error&& error() && noexcept { return std::move(*std::get_if<1>(&state_)); }

private:
    std::variant<std::monostate, incar::error> state_;
};

template <class T>
bool operator==(const expected<T>& left, const T& right) {
    return left && *left == right;
}
template <class T>
bool operator!=(const expected<T>& left, const T& right) {
    return !(left == right);
}

} // namespace incar
