#include "config/env_file_writer.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <vector>

#include "base/random.hpp"
#include "base/text.hpp"
#include "config/env_file.hpp"
#include "config/environment.hpp"

namespace guildhall::config {
namespace {

bool needs_no_quotes(std::string_view value) {
  return std::ranges::all_of(value, [](char c) {
    return base::is_alnum(c) || std::string_view("_-.,:/@+=%?&*[]").find(c) != std::string_view::npos;
  });
}

std::vector<std::string> split_lines(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) lines.emplace_back(base::take_until(text, '\n'));
  return lines;
}

/// The lines that set a name, from 0.
struct Place {
  std::size_t first = 0;
  std::size_t count = 0;  ///< 0: none.
};

Place find_entry(std::string_view text, std::string_view name) {
  Place place;
  for (const auto& entry : parse_env_file(text, ".env")) {
    if (entry.name != name) continue;
    place = {entry.line - 1, entry.lines};
  }
  return place;
}

Place find_commented_out(const std::vector<std::string>& lines, std::string_view name) {
  const std::string start = "#" + std::string(name) + "=";
  const auto line = std::ranges::find_if(lines, [&](const std::string& text) { return text.starts_with(start); });
  if (line == lines.end()) return {};
  return {static_cast<std::size_t>(line - lines.begin()), 1};
}

std::string edit_one(std::string_view text, const std::string& name, const std::string& value) {
  auto lines = split_lines(text);
  auto place = find_entry(text, name);
  if (value.empty() && place.count == 0) return std::string(text);
  if (place.count == 0) place = find_commented_out(lines, name);
  const auto line = value.empty() ? "#" + name + "=" : env_file_line(name, value);
  if (place.count == 0) {
    lines.push_back(line);
  } else {
    const auto first = lines.begin() + static_cast<std::ptrdiff_t>(place.first);
    lines.erase(first + 1, first + static_cast<std::ptrdiff_t>(place.count));
    *first = line;
  }
  std::string edited;
  for (const auto& one : lines) edited.append(one).append("\n");
  // Of several lines for a name the last one counts, so the one before it would count next.
  return value.empty() ? edit_one(edited, name, value) : edited;
}

[[noreturn]] void fail_to_write(const std::filesystem::path& file) {
  throw Error(file.string() + ": cannot be written: " + std::strerror(errno));
}

bool write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(descriptor, text.data(), text.size());
    if (written < 0 && errno != EINTR) return false;
    if (written > 0) text.remove_prefix(static_cast<std::size_t>(written));
  }
  return ::fsync(descriptor) == 0;
}

/// The owner, group and rights of the file that is replaced.
bool copy_owner_and_mode(int descriptor, const std::filesystem::path& file) {
  struct stat old {};
  if (::stat(file.c_str(), &old) != 0) return errno == ENOENT;
  // Only root may give a file away; without that the rights of the group would be for another group.
  if (::fchown(descriptor, old.st_uid, old.st_gid) != 0) return errno == EPERM;
  return ::fchmod(descriptor, old.st_mode & (S_IRWXU | S_IRWXG)) == 0;
}

}  // namespace

std::string env_file_line(std::string_view name, std::string_view value) {
  std::string line = std::string(name) + "=";
  if (needs_no_quotes(value)) return line.append(value);
  if (value.find_first_of("'\\") == std::string_view::npos) return line.append("'").append(value).append("'");
  line += '"';
  for (const char c : value) {
    if (c == '"' || c == '\\' || c == '$') line += '\\';
    line += c;
  }
  return line + '"';
}

std::string edit_env_file(std::string text, const std::map<std::string, std::string>& values) {
  for (const auto& [name, value] : values) text = edit_one(text, name, value);
  return text;
}

void write_env_file(const std::filesystem::path& file, std::string_view text) {
  std::error_code missing;
  auto target = std::filesystem::canonical(file, missing);
  if (missing) target = file;
  const auto temporary = target.string() + "." + base::random_hex(8);
  const int descriptor = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (descriptor < 0) fail_to_write(file);
  const bool written = copy_owner_and_mode(descriptor, target) && write_all(descriptor, text);
  const bool placed = ::close(descriptor) == 0 && written && ::rename(temporary.c_str(), target.c_str()) == 0;
  if (placed) return;
  const int reason = errno;
  ::unlink(temporary.c_str());
  errno = reason;
  fail_to_write(file);
}

}  // namespace guildhall::config
