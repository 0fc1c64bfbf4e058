#include "config/bot.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "base/utf8.hpp"
#include "config/config.hpp"
#include "config/values.hpp"

namespace guildhall::config {
namespace {

/// The bits of Discord's intents (Discord: events/gateway, List of Intents).
constexpr std::array<std::pair<std::string_view, unsigned>, 21> intents{{
    {"GUILDS", 0},
    {"GUILD_MEMBERS", 1},
    {"GUILD_MODERATION", 2},
    {"GUILD_EXPRESSIONS", 3},
    {"GUILD_INTEGRATIONS", 4},
    {"GUILD_WEBHOOKS", 5},
    {"GUILD_INVITES", 6},
    {"GUILD_VOICE_STATES", 7},
    {"GUILD_PRESENCES", 8},
    {"GUILD_MESSAGES", 9},
    {"GUILD_MESSAGE_REACTIONS", 10},
    {"GUILD_MESSAGE_TYPING", 11},
    {"DIRECT_MESSAGES", 12},
    {"DIRECT_MESSAGE_REACTIONS", 13},
    {"DIRECT_MESSAGE_TYPING", 14},
    {"MESSAGE_CONTENT", 15},
    {"GUILD_SCHEDULED_EVENTS", 16},
    {"AUTO_MODERATION_CONFIGURATION", 20},
    {"AUTO_MODERATION_EXECUTION", 21},
    {"GUILD_MESSAGE_POLLS", 24},
    {"DIRECT_MESSAGE_POLLS", 25},
}};

std::optional<std::uint32_t> parse_intent(std::string_view name) {
  const auto found = std::ranges::find(intents, name, &std::pair<std::string_view, unsigned>::first);
  if (found == intents.end()) return std::nullopt;
  return std::uint32_t{1} << found->second;
}

std::optional<std::uint32_t> parse_intents(std::string_view text) {
  const auto bits = parse_list(text, parse_intent);
  if (!bits) return std::nullopt;
  std::uint32_t all = 0;
  for (const auto bit : *bits) all |= bit;
  return all;
}

std::optional<BotStatus> parse_status(std::string_view text) {
  if (text == "online") return BotStatus::online;
  if (text == "idle") return BotStatus::idle;
  if (text == "dnd") return BotStatus::dnd;
  if (text == "invisible") return BotStatus::invisible;
  return std::nullopt;
}

std::optional<std::string> parse_activity(std::string_view text) {
  constexpr std::size_t most = 128;
  const auto length = base::count_code_points(text);
  const bool control = std::ranges::any_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x20; });
  if (!length || *length > most || control) return std::nullopt;
  return std::string(text);
}

constexpr std::array options{
    Option{.name = "MESSAGE_COMMANDS",
           .doc = "on: custom commands answer messages; needs Message Content Intent, on the page Bot of the "
                  "application. off: slash commands only.",
           .expected = "`on` or `off`",
           .read = [](std::string_view text,
                      Config& into) { return store(into.bot.message_commands, parse_switch(text)); },
           .fallback = "on"},
    Option{
        .name = "GATEWAY_INTENTS",
        .doc = "Further events for dashboards to follow, by the names of Discord's intents, separated by commas. "
               "With GUILD_MEMBERS the bot itself knows who may manage a guild.",
        .expected = "names of Discord's gateway intents such as GUILD_MEMBERS, separated by commas",
        .read = [](std::string_view text, Config& into) { return store(into.bot.extra_intents, parse_intents(text)); }},
    Option{.name = "BOT_STATUS",
           .doc = "How the bot appears: online, idle, dnd or invisible.",
           .expected = "`online`, `idle`, `dnd` or `invisible`",
           .read = [](std::string_view text, Config& into) { return store(into.bot.status, parse_status(text)); },
           .fallback = "online"},
    Option{.name = "BOT_ACTIVITY",
           .doc = "The bot's custom status, a short text.",
           .expected = "a text of at most 128 characters on one line",
           .read = [](std::string_view text, Config& into) { return store(into.bot.activity, parse_activity(text)); }},
};

}  // namespace

Section bot_section() { return {"bot", "Bot", options}; }

}  // namespace guildhall::config
