#include "discord/rest/form_errors.hpp"

#include <algorithm>

#include "discord/model/fields.hpp"

namespace guildhall::discord {
namespace {

constexpr std::size_t most_said = 5;
constexpr std::size_t longest_text = 200;
constexpr std::size_t longest_word = 20;
constexpr std::size_t longest_key = 32;
constexpr std::size_t deepest = 16;

bool is_code(std::string_view text) {
  return text.size() <= 64 &&
         std::all_of(text.begin(), text.end(), [](char c) { return (c >= 'A' && c <= 'Z') || c == '_'; });
}

/// Names of fields and indices; anything else is not Discord's.
std::string_view said_key(std::string_view key) {
  const bool known = key.size() <= longest_key && std::all_of(key.begin(), key.end(), [](char c) {
                       return (c >= 'a' && c <= 'z') || c == '_' || (c >= '0' && c <= '9');
                     });
  const auto digits = std::count_if(key.begin(), key.end(), [](char c) { return c >= '0' && c <= '9'; });
  return known && digits <= 4 ? key : "*";
}

/// The errors of one place, `_errors`, and then of those below it.
class Collector {
 public:
  void visit(const boost::json::value& value, const std::string& path, std::size_t depth) {
    const auto* object = value.if_object();
    if (object == nullptr || depth > deepest) return;
    for (const auto& [key, member] : *object) {
      if (count_ >= most_said) return;
      if (std::string_view(key) == "_errors") {
        say(member, path);
      } else {
        std::string below = path + "/";
        below += said_key(key);
        visit(member, below, depth + 1);
      }
    }
  }

  [[nodiscard]] std::string take() { return std::move(said_); }

 private:
  void say(const boost::json::value& errors, const std::string& path) {
    const auto* list = errors.if_array();
    if (list == nullptr) return;
    for (const auto& error : *list) {
      const auto* object = error.if_object();
      if (object == nullptr || count_ >= most_said) continue;
      ++count_;
      if (!said_.empty()) said_ += "; ";
      if (!path.empty()) said_ += path + ": ";
      said_ += without_quotations(text_field(*object, "message").value_or("refused"));
      const auto code = text_field(*object, "code");
      if (code && !code->empty() && is_code(*code)) said_ += " (" + *code + ")";
    }
  }

  std::string said_;
  std::size_t count_ = 0;
};

}  // namespace

std::string form_errors(const boost::json::value& errors) {
  Collector collector;
  collector.visit(errors, "", 0);
  return collector.take();
}

std::string without_quotations(std::string_view text) {
  text = text.substr(0, longest_text);
  std::string unquoted;
  while (!text.empty()) {
    const auto quote = text.find('"');
    unquoted += text.substr(0, quote);
    if (quote == std::string_view::npos) break;
    // The last mark ends the quotation: what is quoted may have marks of its own.
    const auto end = text.rfind('"');
    unquoted += "*";
    text.remove_prefix(end == quote ? text.size() : end + 1);
  }
  std::string said;
  for (std::string_view rest = unquoted; !rest.empty();) {
    const auto word = rest.substr(0, std::min(rest.find_first_of(" \n"), rest.size()));
    said += word.size() > longest_word ? "*" : word;
    rest.remove_prefix(word.size());
    if (!rest.empty()) said += ' ';
    rest.remove_prefix(std::min<std::size_t>(1, rest.size()));
  }
  return said;
}

}  // namespace guildhall::discord
