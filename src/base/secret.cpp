#include "base/secret.hpp"

#include <cstddef>
#include <cstring>

namespace guildhall::base {

bool equal_in_constant_time(std::string_view a, std::string_view b) noexcept {
  if (a.size() != b.size()) return false;
  unsigned difference = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    difference |= static_cast<unsigned char>(a[i]) ^ static_cast<unsigned>(static_cast<unsigned char>(b[i]));
  }
  return difference == 0;
}

bool operator==(const Secret& a, const Secret& b) noexcept { return equal_in_constant_time(a.text_, b.text_); }

void Secret::wipe() noexcept {
  explicit_bzero(text_.data(), text_.size());
  text_.clear();
}

}  // namespace guildhall::base
