#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace guildhall::discord::test_support {

/// A text followed by the padding that the JSON readers require; for tests.
class PaddedText {
 public:
  explicit PaddedText(std::string_view text) : size_(text.size()), padded_(text) { padded_.append(64, '\0'); }
  [[nodiscard]] std::string_view view() const { return std::string_view(padded_).substr(0, size_); }

 private:
  std::size_t size_;
  std::string padded_;
};

}  // namespace guildhall::discord::test_support
