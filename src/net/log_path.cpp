#include "net/log_path.hpp"

#include <algorithm>
#include <cstddef>

namespace guildhall::net {
namespace {

constexpr std::size_t longest_number = 20;  // an id
constexpr std::size_t longest_word = 16;
constexpr std::size_t most_segments = 16;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_plain(char c) { return (c >= 'a' && c <= 'z') || is_digit(c) || c == '.' || c == '-' || c == '_'; }

bool may_be_shown(std::string_view segment) {
  return (segment.size() <= longest_word && std::ranges::all_of(segment, is_plain)) ||
         (segment.size() <= longest_number && std::ranges::all_of(segment, is_digit));
}

}  // namespace

std::string path_for_log(std::string_view path) {
  std::string shown;
  for (std::size_t segments = 0; path.starts_with('/'); ++segments) {
    if (segments == most_segments) return shown + "/...";
    path.remove_prefix(1);
    const auto segment = path.substr(0, path.find('/'));
    shown += '/';
    shown += may_be_shown(segment) ? segment : "*";
    path.remove_prefix(segment.size());
  }
  return path.empty() ? shown : "*";
}

}  // namespace guildhall::net
