#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "base/secret.hpp"

namespace guildhall::database::adoption {

/// The parts of a command as the API would keep them.
struct CheckedCommand {
  std::string response;                    ///< Compact JSON.
  std::optional<std::string> interaction;  ///< The script.
  bool trimmed = false;                    ///< The response had fields that no answer of ours has.
};

/// What guildhall allows, which is for others to know than its database.
struct Rules {
  /// The error's message is one sentence.
  std::function<base::Result<CheckedCommand>(std::string_view trigger, std::string_view response,
                                             const std::optional<std::string>& interaction)>
      command;
  std::function<bool(std::string_view prefix)> prefix;
  std::function<bool(std::string_view tag)> language;
  /// Encrypts a refresh token as table `users` keeps it.
  std::function<std::string(const base::Secret& token)> seal;
};

}  // namespace guildhall::database::adoption
