#include "discord/gateway/close_codes.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace guildhall::discord {
namespace {

struct Row {
  std::uint16_t code;
  Aftermath aftermath;
  std::string_view text;
};

constexpr std::array<Row, 19> rows{{
    {1000, Aftermath::resume, "Closed"},
    {1001, Aftermath::resume, "Going away"},
    {1002, Aftermath::resume, "Protocol error"},
    {1005, Aftermath::resume, "Closed without a code"},
    {1006, Aftermath::resume, "Connection lost"},
    {4000, Aftermath::resume, "Unknown error"},
    {4001, Aftermath::resume, "Unknown opcode"},
    {4002, Aftermath::resume, "Decode error"},
    // Either nothing was identified yet, or the session has been invalidated.
    {4003, Aftermath::identify, "Not authenticated"},
    {4004, Aftermath::give_up, "Authentication failed"},
    {4005, Aftermath::resume, "Already authenticated"},
    {4007, Aftermath::identify, "Invalid seq"},
    {4008, Aftermath::resume, "Rate limited"},
    {4009, Aftermath::identify, "Session timed out"},
    {4010, Aftermath::give_up, "Invalid shard"},
    {4011, Aftermath::give_up, "Sharding required"},
    {4012, Aftermath::give_up, "Invalid API version"},
    {4013, Aftermath::give_up, "Invalid intents"},
    {4014, Aftermath::give_up, "Disallowed intents"},
}};

const Row* find(std::uint16_t code) {
  const auto* const row = std::find_if(rows.begin(), rows.end(), [code](const Row& each) { return each.code == code; });
  return row == rows.end() ? nullptr : row;
}

}  // namespace

Aftermath aftermath_of(std::uint16_t code) {
  const Row* row = find(code);
  return row == nullptr ? Aftermath::resume : row->aftermath;
}

std::string describe_close(std::uint16_t code) {
  const Row* row = find(code);
  return std::to_string(code) + (row == nullptr ? "" : " " + std::string(row->text));
}

std::string advice_for(std::uint16_t code, Intents intents) {
  constexpr std::string_view portal = "in the Developer Portal (https://discord.com/developers/applications, page Bot)";
  switch (code) {
    case 4004:
      return "Discord does not accept the bot's token: copy it anew " + std::string(portal) +
             " to DISCORD_BOT_TOKEN and start again.";
    case 4010: return "Discord does not accept this number of shards: set SHARDS to auto and start again.";
    case 4011:
      return "The bot is in too many guilds for this number of shards: set SHARDS to auto, or to a larger number, and "
             "start again.";
    case 4012: return "Discord does not speak version 10 of its gateway any more: update guildhall.";
    case 4013: return "Discord does not know one of the intents that were asked for: update guildhall.";
    case 4014:
      return "Discord does not let the bot have a privileged intent: switch on " + privileged_names(intents) + " " +
             std::string(portal) + " and start again.";
    default: return "Discord has closed the connection for good (" + describe_close(code) + ").";
  }
}

}  // namespace guildhall::discord
