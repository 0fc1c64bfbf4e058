#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace guildhall::config {

/// Variables from several places, the earlier place winning: the process, a `.env` file, the demo's defaults. An empty
/// value counts as unset, and leaves room for a later place.
class Environment {
 public:
  struct Variable {
    std::string value;
    std::string origin;  ///< For messages: `environment`, `.env:3`, `--demo`.
  };

  /// Takes `name` from `origin` unless an earlier place has a value for it.
  void offer(std::string_view name, std::string_view value, std::string_view origin);

  /// Null where `name` is unset.
  [[nodiscard]] const Variable* find(std::string_view name) const;

  [[nodiscard]] const std::map<std::string, Variable, std::less<>>& variables() const { return variables_; }

 private:
  std::map<std::string, Variable, std::less<>> variables_;
};

enum class EnvFile : std::uint8_t { required, optional };

/// The process's environment over the file's variables. Throws Error where the file cannot be read (one that is missing
/// only where it is `required`) or is malformed.
[[nodiscard]] Environment read_environment(const std::filesystem::path& file, EnvFile need);

/// One line for each variable of a `.env` file that is none of ours but looks as if it were meant to be, with the name
/// that was probably meant.
[[nodiscard]] std::vector<std::string> misspelt(const Environment& environment);

}  // namespace guildhall::config
