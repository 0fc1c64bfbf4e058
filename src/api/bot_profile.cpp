#include "api/bot_profile.hpp"

#include "schema/format.hpp"
#include "schema/json_writer.hpp"

namespace guildhall::api {
using namespace schema;

const Schema& bot_profile_schema() {
  static const Schema schema =
      object({
                 required("id", text().format(format::snowflake)),
                 required("name", text().nullable().describe("Null before the bot was ready for the first time.")),
                 required("avatar", text().nullable().describe("Discord's image hash.")),
                 required("guilds",
                          integer().range(0, 10'000'000).describe("In how many servers it was when it became ready.")),
                 required("inviteUrl", text().describe("Discord's page on which it is added to a server. With the "
                                                       "parameter `guild_id` that server is chosen.")),
             })
          .named("BotProfile");
  return schema;
}

std::string encode(const BotProfile& profile) {
  std::string out;
  ObjectWriter(out)
      .text("id", profile.id)
      .text_or_null("name", profile.name)
      .text_or_null("avatar", profile.avatar)
      .json("guilds", std::to_string(profile.guilds))
      .text("inviteUrl", profile.invite_url)
      .close();
  return out;
}

}  // namespace guildhall::api
