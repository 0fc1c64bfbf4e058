#include "config/option.hpp"

#include <array>

#include "config/config.hpp"

namespace guildhall::config {

std::span<const Section> sections() {
  static const std::array all{discord_section(), bot_section(), scripts_section(), jwt_section(),
                              server_section(),  db_section(),  log_section()};
  return all;
}

const Option* find_option(std::string_view name) {
  for (const Section& section : sections()) {
    for (const Option& option : section.options) {
      if (option.name == name) return &option;
    }
  }
  return nullptr;
}

}  // namespace guildhall::config
