#include "bench/instructions/discord_message.hpp"

namespace guildhall::bench {

std::string discord_message(std::uint64_t id, std::uint64_t guild, std::string_view content) {
  std::string text = R"({"type":0,"tts":false,"timestamp":"2026-11-22T20:15:04.512000+00:00","pinned":false,)"
                     R"("nonce":"1441910871234560000","mentions":[],"mention_roles":[],"mention_everyone":false,)"
                     R"("member":{"roles":["1129384756102938475","1129384756102938476"],"premium_since":null,)"
                     R"("pending":false,"nick":null,"mute":false,"joined_at":"2024-02-11T09:30:00.000000+00:00",)"
                     R"("flags":0,"deaf":false,"communication_disabled_until":null,"banner":null,"avatar":null},)"
                     R"("flags":0,"embeds":[],"edited_timestamp":null,"components":[],)"
                     R"("channel_id":"1129384756102938001","author":{"username":"ada","public_flags":64,)"
                     R"("primary_guild":null,"id":"2000000000000000001","global_name":"Ada","discriminator":"0",)"
                     R"("collectibles":null,"clan":null,"avatar_decoration_data":null,)"
                     R"("avatar":"8342729096ea3675442027381ff50dfe"},"attachments":[],"id":")";
  text.append(std::to_string(id)).append(R"(","guild_id":")").append(std::to_string(guild));
  return text.append(R"(","content":")").append(content).append("\"}");
}

}  // namespace guildhall::bench
