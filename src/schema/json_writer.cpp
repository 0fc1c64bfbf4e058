#include "schema/json_writer.hpp"

namespace guildhall::schema {
std::string& ObjectWriter::open(std::string_view name) {
  out_ += empty_ ? "{\"" : ",\"";
  empty_ = false;
  out_ += name;
  out_ += "\":";
  return out_;
}

ObjectWriter& ObjectWriter::text(std::string_view name, std::string_view value) {
  base::append_json_string(open(name), value);
  return *this;
}

ObjectWriter& ObjectWriter::text_or_null(std::string_view name, const std::optional<std::string>& value) {
  return value ? text(name, *value) : json(name, "null");
}

ObjectWriter& ObjectWriter::flag(std::string_view name, bool value) { return json(name, value ? "true" : "false"); }

ObjectWriter& ObjectWriter::time(std::string_view name, base::Timestamp value) {
  return text(name, base::to_iso8601(value));
}

ObjectWriter& ObjectWriter::json(std::string_view name, std::string_view value) {
  open(name) += value;
  return *this;
}

}  // namespace guildhall::schema
