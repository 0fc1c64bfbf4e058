#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "schema/schema.hpp"

namespace guildhall::api {

/// What everybody may know about the bot.
struct BotProfile {
  std::string id;
  std::optional<std::string> name;  ///< Nothing before the bot was ready for the first time.
  std::optional<std::string> avatar;
  std::uint64_t guilds = 0;
  std::string invite_url;
};

[[nodiscard]] const schema::Schema& bot_profile_schema();
[[nodiscard]] std::string encode(const BotProfile& profile);

}  // namespace guildhall::api
