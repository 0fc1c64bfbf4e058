#include "bot/run/command_report.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

namespace guildhall::bot {
namespace json = boost::json;

void publish(const CommandReport& report, unsigned shard, const base::EventBus& events) {
  if (!report.is_notable() || !events.dispatch.has_listeners()) return;
  json::array missing;
  for (const auto& name : report.missing_permissions) missing.emplace_back(name);
  json::array left_out;
  for (const auto& part : report.left_out) {
    left_out.push_back(json::object{{"pointer", part.pointer}, {"reason", part.reason}});
  }
  json::object event{{"commandId", report.command.to_string()},  {"trigger", report.trigger},
                     {"channelId", report.channel.to_string()},  {"userId", report.user.to_string()},
                     {"outcome", to_string(report.outcome)},     {"reason", nullptr},
                     {"missingPermissions", std::move(missing)}, {"leftOut", std::move(left_out)}};
  if (!report.reason.empty()) event["reason"] = report.reason;
  events.dispatch.publish({"COMMAND_RUN", shard, report.guild, json::serialize(event)});
}

std::string list_names(const std::vector<std::string>& names) {
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) text += i + 1 == names.size() ? " and " : ", ";
    text += names[i];
  }
  return text;
}

std::string list_parts(const discord::RefusedParts& parts) {
  std::string text;
  for (const auto& part : parts) text += (text.empty() ? "" : "; ") + part.pointer + ": " + part.reason;
  return text;
}

}  // namespace guildhall::bot
