#include "logger/row.hpp"

#include "logger/escape.hpp"
#include "logger/line.hpp"

namespace guildhall::logger {

database::Log row_of(const base::LogRecord& record) {
  database::Log row;
  row.id = database::LogId{record.id};
  row.level = record.level;
  row.source = record.source;
  row.message = message_with_fields(record);
  row.timestamp = record.time;
  if (record.stacktrace) row.stacktrace = record.stacktrace->substr(0, longest_trace);
  return row;
}

}  // namespace guildhall::logger
