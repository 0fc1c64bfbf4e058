#pragma once

#include <string_view>

namespace guildhall::api {

/// A command as the document shows it.
inline constexpr std::string_view example_command = R"json({
  "id": "7", "guildId": "3000000000000000001", "trigger": "hello",
  "response": {
    "content": "Hello, ${1}!",
    "embeds": [{"title": "Welcome", "color": 5793266, "fields": [{"name": "Rules", "value": "Be kind.", "inline": true}]}],
    "components": [{"type": 1, "components": [{"type": 2, "style": 1, "label": "Wave", "custom_id": "wave"}]}]
  },
  "interaction": "await interaction.reply('Hi!')",
  "createdAt": "2026-01-31T12:34:56.789Z", "updatedAt": "2026-01-31T12:34:56.789Z"
})json";

}  // namespace guildhall::api
