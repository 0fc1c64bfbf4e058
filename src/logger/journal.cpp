#include "logger/journal.hpp"

#include <sys/stat.h>
#include <sys/uio.h>
#include <syslog.h>
#include <systemd/sd-journal.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <vector>

#include "base/text.hpp"
#include "logger/format.hpp"

namespace guildhall::logger {
namespace {

int priority_of(base::LogLevel level) {
  switch (level) {
    case base::LogLevel::error: return LOG_ERR;
    case base::LogLevel::warn: return LOG_WARNING;
    case base::LogLevel::info: return LOG_INFO;
    case base::LogLevel::http:
    case base::LogLevel::debug: break;
  }
  return LOG_DEBUG;
}

/// Names have at most 64 capital letters, digits and underscores.
std::string field_name(std::string_view key) {
  std::string name = "GUILDHALL_";
  for (const char c : key.substr(0, 64 - name.size())) name += base::is_alnum(c) ? base::to_upper(c) : '_';
  return name;
}

void append(std::string& entry, std::string_view name, std::string_view value) {
  entry.append(name).append("=").append(value).push_back('\0');
}

}  // namespace

bool is_journal(int descriptor) {
  const char* stream = std::getenv("JOURNAL_STREAM");  // NOLINT(concurrency-mt-unsafe): nobody sets variables
  struct stat file {};
  if (stream == nullptr || ::fstat(descriptor, &file) != 0) return false;
  return std::to_string(file.st_dev) + ":" + std::to_string(file.st_ino) == stream;
}

std::string journal_entry(const base::LogRecord& record) {
  std::string entry;
  append(entry, "MESSAGE", cleaned(record.source) + ": " + message_with_fields(record));
  append(entry, "PRIORITY", std::to_string(priority_of(record.level)));
  append(entry, "SYSLOG_IDENTIFIER", "guildhall");
  append(entry, "GUILDHALL_LEVEL", to_string(record.level));
  append(entry, "GUILDHALL_SOURCE", cleaned(record.source));
  append(entry, "GUILDHALL_LOG_ID", std::to_string(record.id));
  for (const auto& field : record.fields) append(entry, field_name(field.key), cleaned(field.value));
  if (record.stacktrace) append(entry, "GUILDHALL_STACKTRACE", cleaned_trace(*record.stacktrace));
  return entry;
}

void send_to_journal(std::string_view entry) {
  std::vector<iovec> fields;
  while (!entry.empty()) {
    const auto field = base::take_until(entry, '\0');
    // iovec has no const; sd_journal_sendv only reads.
    fields.push_back({const_cast<char*>(field.data()), field.size()});
  }
  ::sd_journal_sendv(fields.data(), static_cast<int>(fields.size()));
}

}  // namespace guildhall::logger
