#include "database/purge_time.hpp"

#include <algorithm>

namespace guildhall::database {
namespace {

using std::chrono::floor;
using std::chrono::milliseconds;

constexpr std::chrono::hours offset_span{1};

}  // namespace

void PurgeTime::look(Steady steady) {
  const auto offset = clock_.now().time_since_epoch() - floor<milliseconds>(steady.time_since_epoch());
  if (offsets_.empty() || steady - offsets_.back().since >= offset_span) {
    offsets_.push_back({steady, offset});
  } else {
    offsets_.back().least = std::min(offsets_.back().least, offset);
  }
  while (steady - offsets_.front().since > believed_after + offset_span) offsets_.pop_front();
}

void PurgeTime::saw(base::Timestamp time) {
  const std::lock_guard lock(mutex_);
  const auto age = clock_.now() - time;
  settled_ = settled_ || (age >= believed_after && age <= longest_pause);
}

std::optional<base::Timestamp> PurgeTime::now() {
  const auto steady = clock_.steady();
  const std::lock_guard lock(mutex_);
  look(steady);
  settled_ = settled_ || steady - started_ >= believed_after;
  if (!settled_) return std::nullopt;
  const auto least = std::ranges::min(offsets_, {}, &Offset::least).least;
  return base::Timestamp{floor<milliseconds>(steady.time_since_epoch()) + least};
}

}  // namespace guildhall::database
