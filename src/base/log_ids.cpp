#include "base/log_ids.hpp"

#include <algorithm>
#include <array>
#include <span>

#include "base/random.hpp"

namespace guildhall::base {
namespace {

constexpr Timestamp beginning = std::chrono::sys_days{std::chrono::year{2025} / 1 / 1};
constexpr unsigned chance_bits = 12;

std::uint64_t chance() {
  std::array<std::uint16_t, 1> bits{};
  random_bytes(std::as_writable_bytes(std::span(bits)));
  return bits[0] % (1U << chance_bits);
}

}  // namespace

std::uint64_t LogIds::first(Timestamp time) {
  const auto since = std::max<std::int64_t>((time - beginning).count(), 0);
  return static_cast<std::uint64_t>(since) << chance_bits;
}

std::uint64_t LogIds::next(Timestamp now) {
  const auto least = first(now);
  last_ = last_ < least ? least + chance() : last_ + 1;
  return last_;
}

}  // namespace guildhall::base
