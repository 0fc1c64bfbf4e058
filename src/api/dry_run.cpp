#include "api/dry_run.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value_to.hpp>
#include <chrono>
#include <limits>

#include "api/command.hpp"
#include "api/errors.hpp"
#include "base/utf8.hpp"
#include "schema/format.hpp"
#include "schema/json_writer.hpp"

namespace guildhall::api {
using namespace schema;
namespace json = boost::json;
namespace {

/// The longest message that a person can write, and so the most that arguments can be.
constexpr std::size_t max_text_length = 4000;
constexpr std::int64_t most = std::numeric_limits<std::uint32_t>::max();

std::optional<Fault> fit_into_a_message(const json::value& arguments) {
  std::size_t length = 0;
  for (const auto& argument : arguments.as_array()) length += base::count_code_points(argument.as_string()).value_or(0);
  if (length <= max_text_length) return std::nullopt;
  return Fault{"", "Must be at most 4000 characters in all; these have " + std::to_string(length) + "."};
}

Schema trial_user() {
  return object({
      optional("id", text().format(format::snowflake)),
      optional("username", text().length(1, 32)),
      optional("globalName", text().length(1, 32).nullable()),
  });
}

Schema trial_interaction() {
  return object({
      optional("customId", text().length(1, 100).describe("As the command's author chose it; else the first of the "
                                                          "response's components, or `test`.")),
      optional("values", list(text().length(1, 100)).items(0, 25).describe("What was chosen in a select menu.")),
      optional("componentType", choice({2, 3, 5, 6, 7, 8})
                                    .describe("2 button, 3 string select, 5 user select, 6 role select, 7 mentionable "
                                              "select, 8 channel select; else what the component is.")),
      optional("user", trial_user().describe("Who uses it; what is absent is as of the caller of this route.")),
      optional("message", object({optional("content", text().length(0, max_text_length))})
                              .describe("What it is part of; else the command's response.")),
  });
}

std::vector<std::string> texts(const json::value& list) { return json::value_to<std::vector<std::string>>(list); }

void read_user(const json::object& user, DryRunRequest& into) {
  if (const auto* id = user.if_contains("id")) into.user = base::UserId::parse(id->as_string());
  if (const auto* name = user.if_contains("username")) into.username = json::value_to<std::string>(*name);
  if (const auto* name = user.if_contains("globalName")) {
    into.global_name.emplace();
    if (name->is_string()) *into.global_name = json::value_to<std::string>(*name);
  }
}

void read_interaction(const json::object& interaction, DryRunRequest& into) {
  if (const auto* id = interaction.if_contains("customId")) into.custom_id = json::value_to<std::string>(*id);
  if (const auto* values = interaction.if_contains("values")) into.values = texts(*values);
  if (const auto* type = interaction.if_contains("componentType")) into.component_type = type->as_int64();
  if (const auto* user = interaction.if_contains("user")) read_user(user->as_object(), into);
  if (const auto* message = interaction.if_contains("message")) {
    if (const auto* content = message->as_object().if_contains("content")) {
      into.content = json::value_to<std::string>(*content);
    }
  }
}

Schema trial_error() {
  return object({
      required("name", text().describe("Of what was thrown, such as `TypeError`; may be empty.")),
      required("message", text()),
      required("line", integer().range(1, most).nullable()),
      required("column", integer().range(1, most).nullable()),
      required("stack", text().describe("A line for each frame, `name@line:column`.")),
  });
}

Schema trial_call() {
  return object({
      required("method", choice({"reply", "update", "deferReply", "deferUpdate", "editReply", "followUp", "deleteReply",
                                 "fetchReply"})),
      required("data", object({}).open().nullable().describe("The message as Discord would get it. Null where there "
                                                             "is none, and where all calls have more than 1 MB.")),
      optional("message", text().describe("The id of the message that it was about, where it was not the answer.")),
      optional("error", text().describe("What the script was told that Discord refuses it for.")),
  });
}

Schema trial_line() {
  return object({
      required("level", choice({"debug", "log", "info", "warn", "error"})),
      required("text", text()),
  });
}

std::string number_or_null(unsigned value) { return value == 0 ? "null" : std::to_string(value); }

std::string milliseconds(std::chrono::microseconds time) {
  return std::to_string(std::chrono::ceil<std::chrono::milliseconds>(time).count());
}

/// For people, where nothing was thrown that says more.
std::string_view sentence(vm::Ending ending) {
  switch (ending) {
    case vm::Ending::cpu: return "It used more processor time than it may.";
    case vm::Ending::memory: return "It used more memory than it may.";
    case vm::Ending::wall: return "It took longer than it may.";
    case vm::Ending::calls: return "It called interaction's methods more often than it may.";
    case vm::Ending::call_size: return "A call was longer than it may be.";
    case vm::Ending::forbidden: return "It did what no script may do.";
    case vm::Ending::crashed: return "The engine that ran it ended.";
    case vm::Ending::protocol: return "The engine that ran it said what cannot be.";
    default: return {};
  }
}

void append_error(std::string& out, const vm::Outcome& outcome) {
  if (outcome.ok()) {
    out += "null";
    return;
  }
  const auto place = outcome.position.value_or(vm::SourcePosition{});
  ObjectWriter(out)
      .text("name", outcome.name)
      .text("message", outcome.message.empty() ? sentence(outcome.ending) : outcome.message)
      .json("line", number_or_null(place.line))
      .json("column", number_or_null(place.column))
      .text("stack", outcome.stack)
      .close();
}

void append_call(std::string& out, const DryRunCall& call) {
  ObjectWriter writer(out);
  writer.text("method", vm::to_string(call.method)).json("data", json::serialize(call.data));
  if (call.message) writer.text("message", *call.message);
  if (call.error) writer.text("error", *call.error);
  writer.close();
}

}  // namespace

const Schema& dry_run_schema() {
  static const Schema schema =
      object({
                 optional("interaction", trial_interaction()),
                 optional("script", script_schema().describe("In place of the command's own.")),
                 optional("args", list(text().length(0, max_text_length))
                                      .items(0, max_text_length)
                                      .describe("What the message that called the command brought.")
                                      .rule(&fit_into_a_message, "At most 4000 characters in all.")),
             })
          .named("DryRunRequest");
  return schema;
}

base::Result<DryRunRequest> parse_dry_run(json::value body) {
  if (const auto valid = dry_run_schema().validate(body); !valid) return valid.error();
  const auto& fields = body.as_object();
  DryRunRequest trial;
  if (const auto* interaction = fields.if_contains("interaction")) read_interaction(interaction->as_object(), trial);
  if (const auto* script = fields.if_contains("script"); script != nullptr && script->is_string()) {
    trial.script = json::value_to<std::string>(*script);
  }
  if (const auto* args = fields.if_contains("args")) trial.args = texts(*args);
  return trial;
}

const Schema& dry_run_result_schema() {
  static const Schema schema =
      object({
                 required("ending", choice({"completed", "syntax", "exception", "cpu", "memory", "wall", "calls",
                                            "call_size", "forbidden", "crashed", "protocol"})
                                        .describe("How the run ended: `completed`, or what ended it.")),
                 required("error", trial_error().nullable()),
                 required("calls", list(trial_call()).describe("What it asked Discord for, which got none of it.")),
                 required("console", list(trial_line())),
                 required("cpuMs", integer().describe("Processor time, rounded up.")),
                 required("wallMs", integer().describe("Time in all, rounded up.")),
                 required("memory", integer().describe("The most bytes it had beyond what an empty run has.")),
             })
          .named("ScriptTrialResult");
  return schema;
}

std::string encode(const DryRunResult& result) {
  const vm::Outcome& outcome = result.outcome;
  std::string out;
  ObjectWriter writer(out);
  append_error(writer.text("ending", vm::to_string(outcome.ending)).open("error"), outcome);
  append_json_array(writer.open("calls"), result.calls, append_call);
  append_json_array(writer.open("console"), result.console, [](std::string& json, const DryRunLine& line) {
    ObjectWriter(json).text("level", vm::to_string(line.level)).text("text", line.text).close();
  });
  writer.json("cpuMs", milliseconds(outcome.cpu))
      .json("wallMs", milliseconds(outcome.wall))
      .json("memory", std::to_string(outcome.memory))
      .close();
  return out;
}

}  // namespace guildhall::api
