#include "config/environment.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <numeric>
#include <optional>
#include <set>
#include <sstream>
#include <utility>
#include <vector>

#include "base/text.hpp"
#include "config/config.hpp"
#include "config/env_file.hpp"
#include "config/option.hpp"

namespace guildhall::config {
namespace {

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i + 1);
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i] == b[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({replaced, row[j] + 1, row[j + 1] + 1});
    }
  }
  return row.back();
}

std::string upper(std::string text) {
  for (char& c : text) c = base::to_upper(c);
  return text;
}

/// The option whose name is nearest to `name`, and the edit distance.
std::pair<const Option*, std::size_t> nearest_option(const std::string& name) {
  std::pair<const Option*, std::size_t> nearest{nullptr, SIZE_MAX};
  for_each_option([&](const Option& option) {
    const std::size_t distance = edit_distance(name, option.name);
    if (distance < nearest.second) nearest = {&option, distance};
  });
  return nearest;
}

/// Whether `name` begins like one of our variables, up to the first underscore: DISCORD_, DB_, ...
bool shares_prefix(std::string_view name) {
  const auto prefix = name.substr(0, name.find('_') + 1);
  bool shared = false;
  for_each_option([&](const Option& option) { shared |= !prefix.empty() && option.name.starts_with(prefix); });
  return shared;
}

/// Whether the value is valid; what it means is lost.
bool accepts(const Option& option, std::string_view value) {
  Config scratch;
  return !value.empty() && option.read(value, scratch);
}

/// Docker Compose, `docker run --env-file` and systemd's EnvironmentFile read the same file each in their own way.
void warn_of_differences(const Option& option, const EnvFileEntry& entry, const std::string& origin,
                         Environment& environment) {
  const auto warn = [&](std::string_view difference) {
    environment.warn(origin + ": " + entry.name + ": " + std::string(difference));
  };
  if (entry.follows_export) warn("`docker run --env-file` and systemd do not accept `export`; leave it out");
  // Elsewhere guildhall recognises the comment, because the value is invalid with it.
  if (!entry.comment.empty() && accepts(option, entry.value + entry.comment)) {
    warn(
        "the comment behind the value is a part of it for `docker run --env-file` and systemd; put it on a line of its "
        "own");
  }
  if (entry.has_variable) {
    warn("`$` is taken as it is, but Docker Compose replaces a variable there; put the value in single quotes");
  }
}

/// The names of an option, from the one that counts first.
std::vector<std::string_view> names_of(const Option& option) {
  return option.alias.empty() ? std::vector{option.name} : std::vector{option.alias, option.name};
}

/// The process's variable of one of these names, of which an empty one hides those behind it.
std::optional<std::pair<std::string_view, const char*>> find_variable(const Option& option) {
  for (const auto name : names_of(option)) {
    // The program never changes its environment.
    const char* text = std::getenv(name.data());  // NOLINT(concurrency-mt-unsafe)
    if (text != nullptr) return std::pair(name, text);
  }
  return std::nullopt;
}

std::string_view value_of(const Option& option, const Environment& environment) {
  const auto* variable = environment.find(option.name);
  return variable == nullptr ? option.fallback : std::string_view(variable->value);
}

}  // namespace

void Environment::offer(std::string_view name, std::string_view value, std::string_view origin) {
  if (value.empty()) return;
  variables_.try_emplace(std::string(name), Variable{std::string(value), std::string(origin)});
}

void Environment::copy_from(const Environment& other, std::span<const std::string_view> names) {
  for (const auto name : names) {
    variables_.erase(std::string(name));
    if (const auto* variable = other.find(name)) offer(name, variable->value, variable->origin);
  }
}

const Environment::Variable* Environment::find(std::string_view name) const {
  const auto found = variables_.find(name);
  return found == variables_.end() ? nullptr : &found->second;
}

std::optional<std::string> read_file(const std::filesystem::path& file, EnvFile need) {
  if (need == EnvFile::optional && !std::filesystem::exists(file)) return std::nullopt;
  errno = 0;
  std::ifstream in(file, std::ios::binary);
  if (std::filesystem::is_directory(file)) errno = EISDIR;
  std::ostringstream text;
  if (errno == 0) text << in.rdbuf();
  if (!in.is_open() || errno != 0) throw Error(file.string() + ": cannot be read: " + std::strerror(errno));
  return std::move(text).str();
}

Environment read_environment(const std::filesystem::path& file, EnvFile need) {
  Environment environment;
  std::set<std::string_view> set;  // by the process, if only to nothing
  for_each_option([&](const Option& option) {
    const auto variable = find_variable(option);
    if (!variable) return;
    set.insert(option.name);
    auto raw = parse_raw_value(variable->second);
    if (!raw.comment.empty()) {
      const auto bare = raw.value.substr(0, raw.value.size() - raw.comment.size());
      if (accepts(option, raw.value)) {
        environment.warn(std::string(variable->first) +
                         " (from the environment): ` #` and what follows is a part of the value; in a .env file it is "
                         "a comment unless the value is in quotes");
      } else if (accepts(option, bare)) {
        raw.value = bare;
      }
    }
    environment.offer(option.name, raw.value, "the environment");
  });
  if (const auto text = read_file(file, need)) {
    std::map<std::string, EnvFileEntry> entries;  // The last line for a name wins.
    for (auto& entry : parse_env_file(*text, file.string())) entries.insert_or_assign(entry.name, std::move(entry));
    for (const auto& [name, entry] : entries) {
      const auto* const option = find_option(name);
      const auto known_as = option == nullptr ? std::string_view(name) : option->name;
      const bool alias_wins = option != nullptr && !option->alias.empty() && name != option->alias &&
                              entries.contains(std::string(option->alias));
      if (set.contains(known_as) || alias_wins) continue;
      const auto origin = file.string() + ":" + std::to_string(entry.line);
      environment.offer(known_as, entry.value, origin);
      if (option != nullptr) warn_of_differences(*option, entry, origin, environment);
    }
  }
  return environment;
}

std::vector<std::string> misspelling_warnings(const Environment& environment) {
  std::vector<std::string> lines;
  for (const auto& [name, variable] : environment.variables()) {
    if (find_option(name) != nullptr) continue;
    const std::string compared = upper(name);
    const auto [option, distance] = nearest_option(compared);
    const bool near = distance <= (compared.size() <= 5 ? 1U : 2U);
    if (!near && !shares_prefix(compared)) continue;
    std::string line = name + " is not a variable of guildhall (" + variable.origin + ")";
    if (distance <= 4) line += "; did you mean " + std::string(option->name) + "?";
    lines.push_back(std::move(line));
  }
  return lines;
}

Changes compare(const Environment& running, const Environment& read) {
  Changes changes;
  for_each_option([&](const Option& option) {
    if (value_of(option, running) == value_of(option, read)) return;
    (option.applied_at == AppliedAt::reload ? changes.reloaded : changes.need_restart).push_back(option.name);
  });
  return changes;
}

}  // namespace guildhall::config
