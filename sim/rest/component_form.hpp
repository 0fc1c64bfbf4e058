#pragma once

#include <boost/json/array.hpp>

#include "sim/rest/form_reader.hpp"

namespace guildhall::sim {

/// Discord's component types that messages in the simulator support.
enum class ComponentType : std::uint8_t {
  action_row = 1,
  button = 2,
  string_select = 3,
  user_select = 5,
  role_select = 6,
  mentionable_select = 7,
  channel_select = 8,
};

/// Reads `components` (Discord: Component Reference): rows of up to five buttons or one menu. Each gets the number that
/// Discord shows as its `id`. Nothing if the field is absent or null.
[[nodiscard]] std::optional<boost::json::array> read_components(FormReader& form);

}  // namespace guildhall::sim
