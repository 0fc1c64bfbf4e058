#include "database/timestamp.hpp"

#include <charconv>
#include <stdexcept>

namespace guildhall::database {
namespace {

/// Takes the digits of a number off the front of `text`, and the separator behind them.
unsigned take(std::string_view& text, std::size_t digits, char separator) {
  unsigned number = 0;
  const char* const end = text.data() + std::min(digits, text.size());
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc{} || stop != end) throw std::invalid_argument("A column of time holds no time");
  text.remove_prefix(static_cast<std::size_t>(stop - text.data()));
  if (separator != '\0') {
    if (!text.starts_with(separator)) throw std::invalid_argument("A column of time holds no time");
    text.remove_prefix(1);
  }
  return number;
}

}  // namespace

std::string to_column(base::Timestamp time) { return base::to_log_time(time); }

base::Timestamp timestamp_from_column(std::string_view text) {
  using namespace std::chrono;
  const year year{static_cast<int>(take(text, 4, '-'))};
  const month month{take(text, 2, '-')};
  const day day{take(text, 2, ' ')};
  const auto hour = hours{take(text, 2, ':')};
  const auto minute = minutes{take(text, 2, ':')};
  const auto second = seconds{take(text, 2, '\0')};
  unsigned thousandths = 0;
  if (text.starts_with('.')) {
    std::string fraction{text.substr(1, 3)};
    fraction.resize(3, '0');
    std::string_view rest = fraction;
    thousandths = take(rest, 3, '\0');
  }
  const year_month_day date{year, month, day};
  if (!date.ok()) throw std::invalid_argument("A column of time holds no time");
  return sys_days{date} + hour + minute + second + milliseconds{thousandths};
}

}  // namespace guildhall::database
