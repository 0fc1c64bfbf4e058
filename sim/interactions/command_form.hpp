#pragma once

#include <boost/json/object.hpp>

#include "sim/interactions/application_command.hpp"
#include "sim/rest/form_reader.hpp"

namespace guildhall::sim {

/// Discord's application command option types.
enum class OptionType : std::uint8_t {
  sub_command = 1,
  sub_command_group = 2,
  string = 3,
  integer = 4,
  boolean = 5,
  user = 6,
  channel = 7,
  role = 8,
  mentionable = 9,
  number = 10,
  attachment = 11,
};

/// Reads a command as Discord validates it (Discord: Application Commands): its type, name and definition. What is
/// wrong is added to `problems`.
[[nodiscard]] ApplicationCommand read_command(const boost::json::object& body, FormProblems& problems,
                                              FormProblems::Path path = {});

}  // namespace guildhall::sim
