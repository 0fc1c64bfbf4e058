#include "api/words.hpp"

#include "base/text/hidden.hpp"

namespace guildhall::api {

std::optional<schema::Fault> check_visible(const boost::json::value& word) {
  const auto hidden = base::find_hidden(word.as_string());
  if (!hidden) return std::nullopt;
  return schema::Fault{"", "Must not hold the character " + base::code_point_name(*hidden) +
                               ", which cannot be seen or changes the direction of text. Type the word instead of "
                               "pasting it."};
}

}  // namespace guildhall::api
