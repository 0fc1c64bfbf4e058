#include "base/clock.hpp"

namespace guildhall::base {
namespace {

/// The last `digits` digits of `value`, with leading zeros. Written by hand because snprintf would dominate the time of
/// responses that contain times.
void append(std::string& out, int value, int digits) {
  const auto begin = out.size();
  out.resize(begin + static_cast<std::size_t>(digits));
  for (auto at = out.size(); at > begin; value /= 10) out[--at] = static_cast<char>('0' + value % 10);
}

std::string format(Timestamp time, char separator, std::string_view zone) {
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss clock{time - day};
  std::string out;
  out.reserve(24);
  append(out, static_cast<int>(date.year()), 4);
  out += '-';
  append(out, static_cast<int>(static_cast<unsigned>(date.month())), 2);
  out += '-';
  append(out, static_cast<int>(static_cast<unsigned>(date.day())), 2);
  out += separator;
  append(out, static_cast<int>(clock.hours().count()), 2);
  out += ':';
  append(out, static_cast<int>(clock.minutes().count()), 2);
  out += ':';
  append(out, static_cast<int>(clock.seconds().count()), 2);
  out += '.';
  append(out, static_cast<int>(clock.subseconds().count()), 3);
  return out.append(zone);
}

}  // namespace

std::string to_iso8601(Timestamp time) { return format(time, 'T', "Z"); }

std::string to_log_time(Timestamp time) { return format(time, ' ', ""); }

}  // namespace guildhall::base
