#include "schema/json_writer.hpp"

namespace guildhall::schema {
namespace {

void append_escaped(std::string& out, char c) {
  constexpr std::string_view hex = "0123456789abcdef";
  switch (c) {
    case '"': out += "\\\""; break;
    case '\\': out += "\\\\"; break;
    case '\b': out += "\\b"; break;
    case '\f': out += "\\f"; break;
    case '\n': out += "\\n"; break;
    case '\r': out += "\\r"; break;
    case '\t': out += "\\t"; break;
    default:
      out += "\\u00";
      out += hex[static_cast<unsigned char>(c) >> 4U];
      out += hex[static_cast<unsigned char>(c) & 0xFU];
  }
}

}  // namespace

void append_json_string(std::string& out, std::string_view text) {
  out += '"';
  std::size_t copied = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\') continue;
    out.append(text, copied, i - copied);
    append_escaped(out, c);
    copied = i + 1;
  }
  out.append(text, copied);
  out += '"';
}

std::string& ObjectWriter::open(std::string_view name) {
  out_ += empty_ ? "{\"" : ",\"";
  empty_ = false;
  out_ += name;
  out_ += "\":";
  return out_;
}

ObjectWriter& ObjectWriter::text(std::string_view name, std::string_view value) {
  append_json_string(open(name), value);
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
