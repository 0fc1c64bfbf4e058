#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace guildhall::discord {

struct RestRequest;

/// Removes from Discord's texts what must not be logged, and keeps the reason. A text may echo what it was sent:
/// tokens, codes and what people wrote.
class Redaction {
 public:
  /// Hides only what looks like a token or a quotation of somebody's text.
  Redaction() = default;
  /// Also hides what the request contained: texts of a JSON body, values of a form, tokens.
  explicit Redaction(const RestRequest& request);

  /// The beginning of `text` with `*` in place of what is hidden. Names of fields in quotation marks stay.
  [[nodiscard]] std::string text(std::string_view text) const;

  /// The name of a field or an index, or a path of them; `*` for anything else.
  [[nodiscard]] std::string key(std::string_view key) const;

 private:
  void hide(std::string_view text);
  [[nodiscard]] std::string without_sent(std::string_view text) const;
  [[nodiscard]] bool was_sent(std::string_view text) const;

  std::vector<std::string> sent_;  ///< The longest first.
};

}  // namespace guildhall::discord
