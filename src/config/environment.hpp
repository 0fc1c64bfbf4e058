#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace guildhall::config {

/// The configuration does not allow a start. `what()` is one line that names the variable or file at fault and what was
/// expected; it never contains a secret.
class Error : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Variables from several sources, of which the earlier ones win: the process, a `.env` file, the demo's defaults. An
/// empty value counts as unset; one of the process hides the file's too.
class Environment {
 public:
  struct Variable {
    std::string value;
    std::string origin;  ///< For messages: `the environment`, `.env:3`, `--demo`.
  };

  /// Sets `name` unless an earlier source has set it.
  void offer(std::string_view name, std::string_view value, std::string_view origin);
  /// For the operator: a variable that other readers of the same `.env` file take to mean something else.
  void warn(std::string warning) { warnings_.push_back(std::move(warning)); }

  /// Sets these variables, or leaves them unset, as in `other`.
  void copy_from(const Environment& other, std::span<const std::string_view> names);

  /// nullptr if `name` is unset.
  [[nodiscard]] const Variable* find(std::string_view name) const;

  [[nodiscard]] const std::map<std::string, Variable, std::less<>>& variables() const { return variables_; }
  /// One line each, without values.
  [[nodiscard]] const std::vector<std::string>& warnings() const { return warnings_; }

 private:
  std::map<std::string, Variable, std::less<>> variables_;
  std::vector<std::string> warnings_;
};

enum class EnvFile : std::uint8_t { required, optional };

/// All of a file; nothing if it is missing and `optional`. Throws Error if it cannot be read.
[[nodiscard]] std::optional<std::string> read_file(const std::filesystem::path& file, EnvFile need);

/// The process's environment, then the variables of the file. Throws Error where the file is malformed or cannot be
/// read; it may be missing unless it is `required`.
[[nodiscard]] Environment read_environment(const std::filesystem::path& file, EnvFile need);

/// A warning for each variable of a `.env` file that looks like a misspelt one of ours, with the name that was probably
/// meant.
[[nodiscard]] std::vector<std::string> misspelling_warnings(const Environment& environment);

/// The names of variables whose value differs.
struct Changes {
  std::vector<std::string_view> reloaded;      ///< Of those that a reload applies.
  std::vector<std::string_view> need_restart;  ///< Of the others.
};

/// What differs between what the program runs with and what was read again. An unset variable has its default.
[[nodiscard]] Changes compare(const Environment& running, const Environment& read);

}  // namespace guildhall::config
