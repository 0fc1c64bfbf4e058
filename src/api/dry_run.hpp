#pragma once

#include <boost/json/value.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.hpp"
#include "schema/schema.hpp"
#include "vm/script.hpp"

namespace guildhall::api {

/// What a client wants a script to be tried out with; what it does not say is empty.
struct DryRunRequest {
  std::optional<std::string> script;  ///< In place of the command's own.
  std::vector<std::string> args;
  std::optional<std::string> custom_id;
  std::optional<std::int64_t> component_type;  ///< Discord: components/reference, Component Types.
  std::optional<std::vector<std::string>> values;
  std::optional<base::UserId> user;
  std::optional<std::string> username;
  /// Set where something was said: an inner nothing is that there is none.
  std::optional<std::optional<std::string>> global_name;
  std::optional<std::string> content;  ///< Of the message.
};

/// A script's call, and what came of it.
struct ScriptTrialCall {
  vm::Method method{};
  boost::json::value data;             ///< An object, or null where it has none.
  std::optional<std::string> message;  ///< The id of the message it was about.
  std::optional<std::string> error;    ///< What Discord would have refused it with.
};

struct ScriptTrialLine {
  vm::ConsoleLevel level{};
  std::string text;
};

/// What a script did.
struct ScriptTrialResult {
  vm::Outcome outcome;
  std::vector<ScriptTrialCall> calls;
  std::vector<ScriptTrialLine> console;
};

[[nodiscard]] const schema::Schema& script_trial_schema();
[[nodiscard]] base::Result<DryRunRequest> parse_script_trial(boost::json::value body);

[[nodiscard]] const schema::Schema& script_trial_result_schema();
[[nodiscard]] std::string encode(const ScriptTrialResult& result);

}  // namespace guildhall::api
