#pragma once

// What the tests of this folder share.

#include <string>
#include <string_view>

#include "discord/gateway/payload_buffer.hpp"

namespace guildhall::discord::testing {

/// A text with the padding that readers of JSON want behind it.
class PaddedText {
 public:
  explicit PaddedText(std::string_view text) : size_(text.size()), space_(text) {
    space_.append(PayloadBuffer::padding, '\0');
  }
  [[nodiscard]] std::string_view view() const { return std::string_view(space_).substr(0, size_); }

 private:
  std::size_t size_;
  std::string space_;
};

}  // namespace guildhall::discord::testing
