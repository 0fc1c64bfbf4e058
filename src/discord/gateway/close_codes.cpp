#include "discord/gateway/close_codes.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace guildhall::discord {
namespace {

struct Row {
  std::uint16_t code;
  CloseAction action;
  std::string_view text;
};

constexpr std::array<Row, 19> rows{{
    {1000, CloseAction::resume, "Closed"},
    {1001, CloseAction::resume, "Going away"},
    {1002, CloseAction::resume, "Protocol error"},
    {1005, CloseAction::resume, "Closed without a code"},
    {1006, CloseAction::resume, "Connection lost"},
    {4000, CloseAction::resume, "Unknown error"},
    {4001, CloseAction::resume, "Unknown opcode"},
    {4002, CloseAction::resume, "Decode error"},
    // Sent before IDENTIFY, or after the session was invalidated.
    {4003, CloseAction::identify, "Not authenticated"},
    {4004, CloseAction::give_up, "Authentication failed"},
    {4005, CloseAction::resume, "Already authenticated"},
    {4007, CloseAction::identify, "Invalid seq"},
    {4008, CloseAction::resume, "Rate limited"},
    {4009, CloseAction::identify, "Session timed out"},
    {4010, CloseAction::give_up, "Invalid shard"},
    {4011, CloseAction::give_up, "Sharding required"},
    {4012, CloseAction::give_up, "Invalid API version"},
    {4013, CloseAction::give_up, "Invalid intents"},
    {4014, CloseAction::give_up, "Disallowed intents"},
}};

const Row* find(std::uint16_t code) {
  const auto* const row = std::find_if(rows.begin(), rows.end(), [code](const Row& each) { return each.code == code; });
  return row == rows.end() ? nullptr : row;
}

}  // namespace

CloseAction close_action(std::uint16_t code) {
  const Row* row = find(code);
  return row == nullptr ? CloseAction::resume : row->action;
}

std::string describe_close(std::uint16_t code) {
  const Row* row = find(code);
  return std::to_string(code) + (row == nullptr ? "" : " " + std::string(row->text));
}

std::string remedy_for(std::uint16_t code, Intents intents) {
  constexpr std::string_view portal = "in the Developer Portal (https://discord.com/developers/applications, page Bot)";
  switch (code) {
    case 4004:
      return "Discord refused the bot's token. Reset it " + std::string(portal) +
             ", set DISCORD_BOT_TOKEN to the new one and restart.";
    case 4010: return "Discord refused the number of shards. Set SHARDS to auto and restart.";
    case 4011:
      return "The bot is in too many servers for its number of shards. Set SHARDS to auto or to a larger number and "
             "restart.";
    case 4012: return "Discord no longer supports version 10 of its gateway. Update guildhall.";
    case 4013: return "Discord does not know one of the requested intents. Update guildhall.";
    case 4014:
      return "Discord refused a privileged intent: switch on " + privileged_names(intents) + " " + std::string(portal) +
             " and restart.";
    default: return "Discord closed the connection permanently (" + describe_close(code) + ").";
  }
}

}  // namespace guildhall::discord
