#include "schema/language_tag.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "base/text.hpp"

namespace guildhall::schema {
namespace {

using base::is_alnum;
using base::is_alpha;
using base::is_digit;

using Class = bool (*)(char);

bool matches(std::string_view subtag, std::size_t shortest, std::size_t longest, Class characters) {
  return subtag.size() >= shortest && subtag.size() <= longest && std::all_of(subtag.begin(), subtag.end(), characters);
}

/// Tags from before the grammar that do not follow it (RFC 5646 section 2.1, `irregular`).
constexpr std::array<std::string_view, 17> irregular{
    "en-gb-oed", "i-ami", "i-bnn", "i-default", "i-enochian", "i-hak",     "i-klingon", "i-lux",    "i-mingo",
    "i-navajo",  "i-pwn", "i-tao", "i-tay",     "i-tsu",      "sgn-be-fr", "sgn-be-nl", "sgn-ch-de"};

/// Reads the production `langtag`, or `privateuse` alone, from a tag in lower case.
class TagReader {
 public:
  explicit TagReader(std::string_view tag) {
    for (std::size_t begin = 0; begin <= tag.size();) {
      const std::size_t end = std::min(tag.find('-', begin), tag.size());
      subtags_.push_back(tag.substr(begin, end - begin));
      begin = end + 1;
    }
  }

  bool read() {
    if (private_use()) return at_end();
    if (!language()) return false;
    accept(4, 4, is_alpha);                            // script
    accept(2, 2, is_alpha) || accept(3, 3, is_digit);  // region
    while (is_variant()) {
      if (!take_once()) return false;
    }
    while (is_singleton()) {
      if (!extension()) return false;
    }
    if (peek() == "x" && !private_use()) return false;
    return at_end();
  }

 private:
  [[nodiscard]] bool at_end() const { return next_ == subtags_.size(); }
  [[nodiscard]] std::string_view peek() const { return at_end() ? std::string_view() : subtags_[next_]; }

  bool accept(std::size_t shortest, std::size_t longest, Class characters) {
    if (!matches(peek(), shortest, longest, characters)) return false;
    ++next_;
    return true;
  }

  bool language() {
    if (accept(2, 3, is_alpha)) {
      for (int extended = 0; extended < 3 && accept(3, 3, is_alpha); ++extended) {
      }
      return true;
    }
    return accept(4, 8, is_alpha);
  }

  [[nodiscard]] bool is_variant() const {
    return matches(peek(), 5, 8, is_alnum) || (matches(peek(), 4, 4, is_alnum) && is_digit(peek()[0]));
  }

  [[nodiscard]] bool is_singleton() const { return matches(peek(), 1, 1, is_alnum) && peek() != "x"; }

  /// Takes a variant or singleton, unless it was there before.
  bool take_once() {
    const std::string_view subtag = subtags_[next_++];
    if (std::find(seen_.begin(), seen_.end(), subtag) != seen_.end()) return false;
    seen_.push_back(subtag);
    return true;
  }

  bool extension() {
    if (!take_once() || !accept(2, 8, is_alnum)) return false;
    while (accept(2, 8, is_alnum)) {
    }
    return true;
  }

  bool private_use() {
    if (peek() != "x") return false;
    ++next_;
    if (!accept(1, 8, is_alnum)) return false;
    while (accept(1, 8, is_alnum)) {
    }
    return true;
  }

  std::vector<std::string_view> subtags_;
  std::vector<std::string_view> seen_;
  std::size_t next_ = 0;
};

}  // namespace

bool is_language_tag(std::string_view text) {
  const auto tag = base::to_lower(std::string(text));
  return std::find(irregular.begin(), irregular.end(), tag) != irregular.end() || TagReader(tag).read();
}

}  // namespace guildhall::schema
