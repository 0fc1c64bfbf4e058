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

/// The request to dry-run a script; a member is empty if the body does not have it.
struct DryRunRequest {
  std::optional<std::string> script;  ///< In place of the command's own.
  std::vector<std::string> args;
  std::optional<std::string> custom_id;
  std::optional<std::int64_t> component_type;  ///< Discord: components/reference, Component Types.
  std::optional<std::vector<std::string>> values;
  std::optional<base::UserId> user;
  std::optional<std::string> username;
  /// Outer optional: the field was present. Inner nullopt: it was null.
  std::optional<std::optional<std::string>> global_name;
  std::optional<std::string> content;  ///< Of the message.
};

/// A call of a script, and its outcome.
struct DryRunCall {
  vm::Method method{};
  boost::json::value data;             ///< An object, or null without data.
  std::optional<std::string> message;  ///< The id of the message it was about.
  std::optional<std::string> error;    ///< The error that Discord would have answered with.
};

struct DryRunLine {
  vm::ConsoleLevel level{};
  std::string text;
};

/// What a script did.
struct DryRunResult {
  vm::Outcome outcome;
  std::vector<DryRunCall> calls;
  std::vector<DryRunLine> console;
};

[[nodiscard]] const schema::Schema& dry_run_schema();
[[nodiscard]] base::Result<DryRunRequest> parse_dry_run(boost::json::value body);

[[nodiscard]] const schema::Schema& dry_run_result_schema();
[[nodiscard]] std::string encode(const DryRunResult& result);

}  // namespace guildhall::api
