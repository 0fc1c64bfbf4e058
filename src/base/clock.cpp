#include "base/clock.hpp"

#include <array>
#include <cstdio>

namespace guildhall::base {
namespace {

std::string format(Timestamp time, char separator, const char* zone) {
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss clock{time - day};
  std::array<char, 40> text{};
  const int length =
      std::snprintf(text.data(), text.size(), "%04d-%02u-%02u%c%02d:%02d:%02d.%03d%s", static_cast<int>(date.year()),
                    static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), separator,
                    static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                    static_cast<int>(clock.seconds().count()), static_cast<int>(clock.subseconds().count()), zone);
  return {text.data(), static_cast<std::size_t>(length)};
}

}  // namespace

std::string to_iso8601(Timestamp time) { return format(time, 'T', "Z"); }

std::string to_log_time(Timestamp time) { return format(time, ' ', ""); }

}  // namespace guildhall::base
