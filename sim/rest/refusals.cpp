#include "sim/rest/refusals.hpp"

#include <string>

namespace guildhall::sim {
namespace {

class RefusalFinder {
 public:
  explicit RefusalFinder(const Behaviour& behaviour) : behaviour_(behaviour) {}

  void visit(const boost::json::value& value, FormProblems::Path path) {
    if (const auto* text = value.if_string(); text != nullptr && behaviour_.refused.contains(*text)) {
      return refuse(path);
    }
    if (const auto* list = value.if_array()) {
      for (std::size_t i = 0; i < list->size(); ++i) visit((*list)[i], below(path, std::to_string(i)));
    }
    if (const auto* object = value.if_object()) {
      for (const auto& [name, member] : *object) visit(member, below(path, name));
    }
  }

  [[nodiscard]] const FormProblems& problems() const { return problems_; }

 private:
  static FormProblems::Path below(FormProblems::Path path, std::string_view name) {
    path.emplace_back(name);
    return path;
  }

  void refuse(const FormProblems::Path& path) {
    const bool of_emoji = path.size() > 1 && path[path.size() - 2] == "emoji";
    if (of_emoji) {
      problems_.add(path, "BUTTON_COMPONENT_INVALID_EMOJI", "Invalid emoji");
    } else if (path.back() == "id") {
      problems_.add(path, "SELECT_COMPONENT_INVALID_DEFAULT_VALUE", "The default value does not exist");
    } else {
      problems_.add(path, "URL_TYPE_INVALID_URL", "Not a well formed URL.");
    }
  }

  const Behaviour& behaviour_;
  FormProblems problems_;
};

}  // namespace

void check_refusals(const Behaviour& behaviour, const boost::json::object& message, const FormProblems::Path& path) {
  if (behaviour.refused.empty()) return;
  RefusalFinder finder(behaviour);
  for (const std::string_view part : {"components", "embeds"}) {
    const auto* value = message.if_contains(part);
    if (value == nullptr) continue;
    auto below = path;
    below.emplace_back(part);
    finder.visit(*value, std::move(below));
  }
  finder.problems().throw_if_any();
}

}  // namespace guildhall::sim
