#include <string>

#include "bot/commands/registry.hpp"

namespace guildhall::bot {
namespace json = boost::json;
namespace {

/// With "Pong!" it must fit into the 2000 characters of a message.
constexpr int max_input = 1900;

json::object ping_definition() {
  return {{"description", "Checks whether the bot is responding."},
          {"options", json::array{json::object{{"type", text_option},
                                               {"name", "input"},
                                               {"description", "Text that the bot repeats."},
                                               {"max_length", max_input}}}}};
}

net::Task<json::object> run_ping(SlashContext, discord::SlashInteraction interaction) {
  std::string content = "Pong!";
  const auto input = interaction.string_options.find("input");
  if (input != interaction.string_options.end()) content += " " + input->second;
  co_return json::object{{"content", content}};
}

}  // namespace

SlashCommand ping_command() { return {"ping", Audience::everybody, &ping_definition, &run_ping}; }

}  // namespace guildhall::bot
