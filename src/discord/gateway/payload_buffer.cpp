#include "discord/gateway/payload_buffer.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

namespace guildhall::discord {
namespace {

constexpr std::size_t first_capacity = 16 * 1024;

}  // namespace

void PayloadBuffer::clear() {
  // One that needed most of the room may be followed by its like.
  if (capacity_ > kept && size_ < capacity_ / 4) {
    space_.reset();
    capacity_ = 0;
  }
  size_ = 0;
}

std::span<char> PayloadBuffer::prepare(std::size_t limit) {
  if (size_ >= limit) return {};
  if (size_ == capacity_) grow(std::min(limit, std::max(first_capacity, capacity_ * 2)));
  return {space_.get() + size_, std::min(capacity_, limit) - size_};
}

bool PayloadBuffer::append(std::string_view bytes, std::size_t limit) {
  if (bytes.size() > limit - size_) return false;
  const std::size_t needed = size_ + bytes.size();
  if (needed > capacity_) grow(std::min(limit, std::max({first_capacity, capacity_ * 2, needed})));
  std::copy(bytes.begin(), bytes.end(), space_.get() + size_);
  size_ = needed;
  return true;
}

void PayloadBuffer::grow(std::size_t capacity) {
  auto space = std::make_unique_for_overwrite<char[]>(capacity + padding);
  if (size_ > 0) std::memcpy(space.get(), space_.get(), size_);
  std::memset(space.get() + capacity, 0, padding);
  space_ = std::move(space);
  capacity_ = capacity;
}

}  // namespace guildhall::discord
