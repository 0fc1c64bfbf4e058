#include "bot/run/run_report.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <string_view>

#include "base/utf8.hpp"

namespace guildhall::bot {
namespace json = boost::json;
namespace {

constexpr std::size_t max_logged_message = 300;

json::value error_of(const vm::Outcome& outcome) {
  if (outcome.ok()) return nullptr;
  json::object error{{"name", outcome.name}, {"message", outcome.message}};
  const auto place = outcome.position.value_or(vm::SourcePosition{});
  error["line"] = place.line == 0 ? json::value() : json::value(place.line);
  error["column"] = place.column == 0 ? json::value() : json::value(place.column);
  error["stack"] = outcome.stack;
  return error;
}

double milliseconds(std::chrono::microseconds time) { return std::chrono::duration<double, std::milli>(time).count(); }

}  // namespace

void log_run(const RunReport& report, const base::Log& log) {
  if (log.enabled(base::LogLevel::debug)) {
    for (const auto& line : report.console) {
      log.debug("Console", {{"guild", report.guild},
                            {"command", report.command},
                            {"level", vm::to_string(line.level)},
                            {"text", line.text}});
    }
  }
  const auto& outcome = report.outcome;
  if (outcome.ok()) return;
  const auto place = outcome.position.value_or(vm::SourcePosition{});
  log.warn("A script failed", {{"guild", report.guild},
                               {"command", report.command},
                               {"revision", report.revision},
                               {"trigger", report.trigger},
                               {"ending", vm::to_string(outcome.ending)},
                               {"exception", outcome.name},
                               {"reason", base::first_code_points(outcome.message, max_logged_message)},
                               {"line", place.line},
                               {"column", place.column},
                               {"stack", outcome.stack}});
}

std::string failure_of(const vm::Outcome& outcome) {
  auto text = outcome.name.empty() ? std::string(vm::to_string(outcome.ending)) : outcome.name;
  if (!outcome.message.empty()) text += ": " + outcome.message;
  const auto line = outcome.position.value_or(vm::SourcePosition{}).line;
  if (line != 0) text += " (line " + std::to_string(line) + ")";
  return text;
}

std::string event_of(const RunReport& report) {
  const auto& outcome = report.outcome;
  json::array console;
  for (const auto& line : report.console) {
    console.push_back(json::object{{"level", vm::to_string(line.level)}, {"text", line.text}});
  }
  const json::object event{{"commandId", report.command.to_string()},
                           {"trigger", report.trigger},
                           {"customId", report.custom_id},
                           {"userId", report.user.to_string()},
                           {"ending", vm::to_string(outcome.ending)},
                           {"error", error_of(outcome)},
                           {"console", std::move(console)},
                           {"cpuMs", milliseconds(outcome.cpu)},
                           {"wallMs", milliseconds(outcome.wall)},
                           {"memory", outcome.memory}};
  return json::serialize(event);
}

}  // namespace guildhall::bot
