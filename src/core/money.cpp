#include <incar/core/money.hpp>

namespace incar {
namespace {

error malformed_code() {
    return {errc::malformed, "", "a currency is three upper-case letters such as EUR"};
}

expected<void> check_same_currency(const money& left, const money& right) {
    if (left.currency == right.currency) return {};
    return error{errc::currency_mismatch, "", left.currency.text() + " and " + right.currency.text() + " do not mix"};
}

expected<money> of(const expected<decimal>& amount, currency code) {
    if (!amount) return amount.error();
    return money{*amount, code};
}

} // namespace

expected<currency> currency::parse(std::string_view code) {
    if (!is_code(code)) return malformed_code();
    const char text[] = {code[0], code[1], code[2], '\0'};
    return currency(text);
}

void currency::refuse() {
    throw exception(malformed_code());
}

expected<money> add(const money& left, const money& right) {
    if (auto same = check_same_currency(left, right); !same) return same.error();
    return of(add(left.amount, right.amount), left.currency);
}

expected<money> subtract(const money& left, const money& right) {
    if (auto same = check_same_currency(left, right); !same) return same.error();
    return of(subtract(left.amount, right.amount), left.currency);
}

expected<money> multiply(const money& price, const decimal& factor) {
    return of(multiply(price.amount, factor), price.currency);
}

expected<int> compare(const money& left, const money& right) {
    if (auto same = check_same_currency(left, right); !same) return same.error();
    return compare(left.amount, right.amount);
}

std::string format(const money& amount) {
    return format(amount.amount) + ' ' + amount.currency.text();
}

} // namespace incar
