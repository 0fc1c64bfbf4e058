#include "base/date_time.hpp"

#include <algorithm>
#include <ctime>
#include <string>

#include "base/text.hpp"

namespace guildhall::base {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

/// Reads from left to right. Each member takes what it reads off the text; nothing or false if that is not there.
class DateTimeReader {
 public:
  explicit DateTimeReader(std::string_view text) : rest_(text) {}

  std::optional<Timestamp> read() {
    const auto day = date();
    if (!day) return std::nullopt;
    if (rest_.empty()) return *day;
    if (!one_of("Tt ")) return std::nullopt;
    const auto since_midnight = time();
    if (!since_midnight) return std::nullopt;
    const auto offset = zone();
    if (!offset || !rest_.empty()) return std::nullopt;
    return *day + *since_midnight - *offset;
  }

 private:
  std::optional<Timestamp> date() {
    const auto year = number(4, 9999);
    if (!year || !one_of("-")) return std::nullopt;
    const auto month = number(2, 12);
    if (!month || !one_of("-")) return std::nullopt;
    const auto day = number(2, 31);
    if (!day) return std::nullopt;
    const auto date = std::chrono::year(*year) / *month / *day;
    if (!date.ok()) return std::nullopt;
    return std::chrono::sys_days(date);
  }

  std::optional<milliseconds> time() {
    const auto hour = number(2, 23);
    if (!hour || !one_of(":")) return std::nullopt;
    const auto minute = number(2, 59);
    if (!minute) return std::nullopt;
    const milliseconds whole = hours(*hour) + minutes(*minute);
    if (!one_of(":")) return whole;
    const auto second = number(2, 59);
    if (!second) return std::nullopt;
    if (!one_of(".,")) return whole + seconds(*second);
    const auto part = fraction();
    if (!part) return std::nullopt;
    return whole + seconds(*second) + *part;
  }

  std::optional<milliseconds> fraction() {
    const auto digits = rest_.substr(0, std::min(rest_.find_first_not_of("0123456789"), rest_.size()));
    if (digits.empty()) return std::nullopt;
    rest_.remove_prefix(digits.size());
    int value = 0;
    for (std::size_t i = 0; i < 3; ++i) value = value * 10 + (i < digits.size() ? digits[i] - '0' : 0);
    return milliseconds(value);
  }

  /// How far the zone is ahead of UTC.
  std::optional<milliseconds> zone() {
    one_of(" ");
    if (rest_.empty() || one_of("Zz")) return milliseconds(0);
    if (rest_ == "UTC" || rest_ == "GMT") {
      rest_ = {};
      return milliseconds(0);
    }
    const bool west = rest_.starts_with('-');
    if (!one_of("+-")) return std::nullopt;
    const auto hour = number(2, 23);
    if (!hour) return std::nullopt;
    milliseconds offset = hours(*hour);
    if (one_of(":") || !rest_.empty()) {
      const auto minute = number(2, 59);
      if (!minute) return std::nullopt;
      offset += minutes(*minute);
    }
    // Local mean times have seconds.
    if (one_of(":")) {
      const auto second = number(2, 59);
      if (!second || (one_of(".") && !fraction())) return std::nullopt;
      offset += seconds(*second);
    }
    return west ? -offset : offset;
  }

  bool one_of(std::string_view characters) {
    if (rest_.empty() || characters.find(rest_.front()) == std::string_view::npos) return false;
    rest_.remove_prefix(1);
    return true;
  }

  /// Exactly `digits` of them.
  std::optional<int> number(std::size_t digits, int max) {
    if (rest_.size() < digits || !std::ranges::all_of(rest_.substr(0, digits), is_digit)) return std::nullopt;
    const auto number = parse_number<int>(rest_.substr(0, digits));
    if (!number || *number > max) return std::nullopt;
    rest_.remove_prefix(digits);
    return number;
  }

  std::string_view rest_;
};

}  // namespace

std::optional<Timestamp> parse_date_time(std::string_view text) {
  constexpr Timestamp first = std::chrono::sys_days(std::chrono::year(1) / 1 / 1);
  constexpr Timestamp end = std::chrono::sys_days(std::chrono::year(10000) / 1 / 1);
  const auto time = DateTimeReader(trim(text)).read();
  return time && *time >= first && *time < end ? time : std::nullopt;
}

std::optional<std::chrono::sys_seconds> parse_http_date(std::string_view text) {
  std::tm parts{};
  const std::string date(text);
  const char* const end = ::strptime(date.c_str(), "%a, %d %b %Y %H:%M:%S GMT", &parts);
  if (end == nullptr || *end != '\0') return std::nullopt;
  return std::chrono::sys_seconds(std::chrono::seconds(::timegm(&parts)));
}

}  // namespace guildhall::base
