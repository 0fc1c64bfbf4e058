#pragma once

#include <string>
#include <string_view>

namespace guildhall::sim {

/// Builds HTML from two kinds of text that cannot be mistaken for each other.
class Html {
 public:
  /// Markup, written by us.
  Html& raw(std::string_view markup) {
    html_ += markup;
    return *this;
  }
  /// Anything else; fit for elements and for quoted attributes.
  Html& text(std::string_view content);

  [[nodiscard]] const std::string& str() const { return html_; }

 private:
  std::string html_;
};

/// A whole page with the simulator's style. `layout` is the class of its body: `wide`, `card` for a dialog in the
/// middle, or `channel`, which has a style sheet of its own.
[[nodiscard]] std::string page(std::string_view title, std::string_view layout, const Html& content);

/// A round picture: the first letter of `name` on a colour that stays the same for that name.
void add_avatar(Html& html, std::string_view name);

}  // namespace guildhall::sim
