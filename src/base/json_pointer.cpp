#include "base/json_pointer.hpp"

namespace guildhall::base {

std::string json_pointer(std::string_view token) {
  std::string pointer = "/";
  for (const char c : token) {
    if (c == '~') {
      pointer += "~0";
    } else if (c == '/') {
      pointer += "~1";
    } else {
      pointer += c;
    }
  }
  return pointer;
}

}  // namespace guildhall::base
