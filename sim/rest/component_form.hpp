#pragma once

#include <boost/json/array.hpp>
#include <cstdint>
#include <optional>
#include <string_view>

#include "sim/rest/form_reader.hpp"

namespace guildhall::sim {

/// Discord's component types (Discord: Component Reference).
enum class ComponentType : std::uint8_t {
  action_row = 1,
  button = 2,
  string_select = 3,
  text_input = 4,
  user_select = 5,
  role_select = 6,
  mentionable_select = 7,
  channel_select = 8,
  section = 9,
  text_display = 10,
  thumbnail = 11,
  media_gallery = 12,
  file = 13,
  separator = 14,
  container = 17,
  label = 18,
  file_upload = 19,
  radio_group = 21,
  checkbox_group = 22,
  checkbox = 23,
};

/// What holds the components: a message, one with the flag IS_COMPONENTS_V2, or a modal. It decides which there may be.
enum class ComponentPlace : std::uint8_t { message, message_v2, modal };

/// Reads `components`. Each gets the number that Discord shows as its `id`. Nothing if the field is absent or null.
[[nodiscard]] std::optional<boost::json::array> read_components(FormReader& form,
                                                                ComponentPlace place = ComponentPlace::message);

/// The component with that custom id, at any depth; nullptr if there is none.
[[nodiscard]] const boost::json::object* find_component(const boost::json::array& components,
                                                        std::string_view custom_id);

}  // namespace guildhall::sim
