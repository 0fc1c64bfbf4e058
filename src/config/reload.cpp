#include "config/reload.hpp"

#include "config/option.hpp"

namespace guildhall::config {
namespace {

std::string_view value_of(const Option& option, const Environment& environment) {
  const auto* variable = environment.find(option.name);
  return variable == nullptr ? option.fallback : std::string_view(variable->value);
}

}  // namespace

Changes compare(const Environment& running, const Environment& read) {
  Changes changes;
  for_each_option([&](const Option& option) {
    if (value_of(option, running) == value_of(option, read)) return;
    (option.takes == Takes::reload ? changes.reloaded : changes.need_restart).push_back(option.name);
  });
  return changes;
}

}  // namespace guildhall::config
