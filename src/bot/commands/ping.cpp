#include <string>

#include "bot/commands/registry.hpp"

namespace guildhall::bot {
namespace json = boost::json;
namespace {

constexpr int text_option = 3;  // Application Command Option Type
/// Room for it beside "Pong!" within the 2000 characters of a message.
constexpr int longest_input = 1900;

json::object definition() {
  return {{"description", "Shows that the bot is there."},
          {"options", json::array{json::object{{"type", text_option},
                                               {"name", "input"},
                                               {"description", "Something to say back."},
                                               {"max_length", longest_input}}}}};
}

net::Task<json::object> run(SlashContext, discord::SlashInteraction interaction) {
  std::string content = "Pong!";
  const auto input = interaction.string_options.find("input");
  if (input != interaction.string_options.end()) content += " " + input->second;
  co_return json::object{{"content", content}};
}

}  // namespace

SlashCommand ping_command() { return {"ping", Audience::everybody, &definition, &run}; }

}  // namespace guildhall::bot
