#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string_view>

namespace guildhall::discord {

/// Where a payload is put together. At least `padding` readable bytes follow it, as simdjson wants. It is used again
/// and again, and gives memory back some time after a large payload.
class PayloadBuffer {
 public:
  static constexpr std::size_t padding = 64;
  /// Room that is kept whatever the payloads.
  static constexpr std::size_t kept = 256 * 1024;

  /// A new payload begins.
  void clear();
  /// Room behind what is there, at least a byte, as far as `limit` bytes in all allow; else none.
  [[nodiscard]] std::span<char> prepare(std::size_t limit);
  /// So many bytes of that room are used.
  void commit(std::size_t bytes) { size_ += bytes; }
  /// False where that would be more than `limit` bytes in all.
  [[nodiscard]] bool append(std::string_view bytes, std::size_t limit);

  [[nodiscard]] std::string_view text() const { return {space_.get(), size_}; }
  [[nodiscard]] std::size_t capacity() const { return capacity_; }

 private:
  void grow(std::size_t capacity);

  std::unique_ptr<char[]> space_;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;  ///< Without the padding.
};

}  // namespace guildhall::discord
