#include <string>

#include "bot/commands/registry.hpp"

namespace guildhall::bot {
namespace json = boost::json;
namespace {

json::object help_definition() { return {{"description", "Shows what the bot can do."}}; }

net::Task<json::object> run_help(SlashContext context, discord::SlashInteraction) {
  std::string text;
  for (const auto& command : slash_commands()) {
    text += "`/" + std::string(command.name) + "` ";
    text += command.definition().at("description").as_string();
    text += "\n";
  }
  if (context.message_commands) {
    text += "\nTo use a custom command, send a message with ";
    text += context.prefixes ? "the server's prefix or a mention of the bot" : "a mention of the bot";
    text += ", the command and its arguments. ";
    text += "Put double quotes around an argument of several words.";
  }
  json::object embed{{"title", "Commands"}, {"description", text}};
  co_return json::object{{"embeds", json::array{std::move(embed)}}};
}

}  // namespace

SlashCommand help_command() { return {"help", Audience::only_the_user, &help_definition, &run_help}; }

}  // namespace guildhall::bot
