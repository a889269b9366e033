#pragma once

/// \file
/// Power and energy as types, so that kilowatts, watts and watt-hours cannot be taken for one another.
///
///     const power rate = power::kilowatts(11);
///     const energy charged = rate * std::chrono::minutes(90);      // 16.5 kWh
///     std::cout << format(charged) << " at " << format(rate) << '\n';
///     const double full = charged / energy::kilowatt_hours(40);    // a ratio is a plain number
///
/// Both hold one `double` and follow its arithmetic: nothing here throws, overflow gives an infinity, division by zero
/// an infinity or NaN. Interfaces that need finite numbers say so and check. Positive or negative direction (charging,
/// discharging) is for the context to define.

#include <incar/core/export.hpp>

#include <chrono>
#include <ratio>
#include <string>

namespace incar {

/// What `power` and `energy` have in common: sums, differences, multiples, ratios and order among their own kind.
/// `Quantity` is the type derived from it.
template <class Quantity>
class quantity {
public:
    friend constexpr Quantity operator+(Quantity left, Quantity right) noexcept {
        return of(left.value_ + right.value_);
    }
    friend constexpr Quantity operator-(Quantity left, Quantity right) noexcept {
        return of(left.value_ - right.value_);
    }
    friend constexpr Quantity operator-(Quantity only) noexcept { return of(-only.value_); }
    friend constexpr Quantity operator*(Quantity left, double factor) noexcept { return of(left.value_ * factor); }
    friend constexpr Quantity operator*(double factor, Quantity right) noexcept { return right * factor; }
    friend constexpr Quantity operator/(Quantity left, double divisor) noexcept { return of(left.value_ / divisor); }
    /// How many times `right` goes into `left`.
    friend constexpr double operator/(Quantity left, Quantity right) noexcept { return left.value_ / right.value_; }

    friend constexpr Quantity& operator+=(Quantity& left, Quantity right) noexcept { return left = left + right; }
    friend constexpr Quantity& operator-=(Quantity& left, Quantity right) noexcept { return left = left - right; }
    friend constexpr Quantity& operator*=(Quantity& left, double factor) noexcept { return left = left * factor; }
    friend constexpr Quantity& operator/=(Quantity& left, double divisor) noexcept { return left = left / divisor; }

    friend constexpr bool operator==(Quantity left, Quantity right) noexcept { return left.value_ == right.value_; }
    friend constexpr bool operator!=(Quantity left, Quantity right) noexcept { return left.value_ != right.value_; }
    friend constexpr bool operator<(Quantity left, Quantity right) noexcept { return left.value_ < right.value_; }
    friend constexpr bool operator>(Quantity left, Quantity right) noexcept { return left.value_ > right.value_; }
    friend constexpr bool operator<=(Quantity left, Quantity right) noexcept { return left.value_ <= right.value_; }
    friend constexpr bool operator>=(Quantity left, Quantity right) noexcept { return left.value_ >= right.value_; }

protected:
    constexpr quantity() noexcept = default;
    constexpr explicit quantity(double value) noexcept : value_(value) {}

    double value_ = 0;

private:
    static constexpr Quantity of(double value) noexcept { return Quantity(value); }
};

/// Electric power. A plain value; the default is zero.
class power : public quantity<power> {
public:
    constexpr power() noexcept = default;

    static constexpr power watts(double number) noexcept { return power(number); }
    static constexpr power kilowatts(double number) noexcept { return power(number * 1e3); }
    static constexpr power megawatts(double number) noexcept { return power(number * 1e6); }

    constexpr double watts() const noexcept { return value_; }
    constexpr double kilowatts() const noexcept { return value_ / 1e3; }
    constexpr double megawatts() const noexcept { return value_ / 1e6; }

private:
    friend quantity<power>;
    constexpr explicit power(double watts) noexcept : quantity(watts) {}
};

/// Electric energy. A plain value; the default is zero.
class energy : public quantity<energy> {
public:
    constexpr energy() noexcept = default;

    static constexpr energy watt_hours(double number) noexcept { return energy(number); }
    static constexpr energy kilowatt_hours(double number) noexcept { return energy(number * 1e3); }
    static constexpr energy megawatt_hours(double number) noexcept { return energy(number * 1e6); }

    constexpr double watt_hours() const noexcept { return value_; }
    constexpr double kilowatt_hours() const noexcept { return value_ / 1e3; }
    constexpr double megawatt_hours() const noexcept { return value_ / 1e6; }

private:
    friend quantity<energy>;
    constexpr explicit energy(double watt_hours) noexcept : quantity(watt_hours) {}
};

/// A duration in hours, fractions included.
template <class Rep, class Period>
constexpr double hours_of(std::chrono::duration<Rep, Period> time) noexcept {
    return std::chrono::duration<double, std::ratio<3600>>(time).count();
}

/// The energy of a constant power over a time.
template <class Rep, class Period>
constexpr energy operator*(power rate, std::chrono::duration<Rep, Period> time) noexcept {
    return energy::watt_hours(rate.watts() * hours_of(time));
}
template <class Rep, class Period>
constexpr energy operator*(std::chrono::duration<Rep, Period> time, power rate) noexcept {
    return rate * time;
}

/// The mean power when so much energy flows in a time.
template <class Rep, class Period>
constexpr power operator/(energy amount, std::chrono::duration<Rep, Period> time) noexcept {
    return power::watts(amount.watt_hours() / hours_of(time));
}

/// "850 W", "6.6 kW", "1.25 MW", "2 GW": up to four significant digits in the unit that keeps the number below 1000,
/// giga being the largest, with a decimal point in every locale. Less than half a milliwatt is "0 W". For people;
/// programs store the number.
INCAR_CORE_EXPORT std::string format(power rate);

/// "850 Wh", "6.6 kWh", "1.25 MWh", "2 GWh", in the manner of `format(power)`.
INCAR_CORE_EXPORT std::string format(energy amount);

} // namespace incar
