#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "base/encoding.hpp"
#include "base/id.hpp"

namespace guildhall::schema {

/// Writes one JSON object at the end of a string, field by field, without building it first. Names are plain ASCII.
class ObjectWriter {
 public:
  explicit ObjectWriter(std::string& out) : out_(out) {}

  ObjectWriter& text(std::string_view name, std::string_view value);
  ObjectWriter& text_or_null(std::string_view name, const std::optional<std::string>& value);
  ObjectWriter& flag(std::string_view name, bool value);
  ObjectWriter& time(std::string_view name, base::Timestamp value);
  template <class Tag>
  ObjectWriter& id(std::string_view name, base::Id<Tag> value) {
    return json(name, '"' + value.to_string() + '"');
  }
  /// `value` is JSON.
  ObjectWriter& json(std::string_view name, std::string_view value);
  /// Writes the field's name; the caller appends its value to the returned string.
  std::string& open(std::string_view name);
  /// The closing brace. Call last, and once.
  void close() { out_ += empty_ ? "{}" : "}"; }

 private:
  std::string& out_;
  bool empty_ = true;
};

/// Writes a JSON array at the end of `out`; `append(out, item)` writes each item.
template <class Items, class Append>
void append_json_array(std::string& out, const Items& items, Append append) {
  out += '[';
  bool first = true;
  for (const auto& item : items) {
    if (!first) out += ',';
    first = false;
    append(out, item);
  }
  out += ']';
}

}  // namespace guildhall::schema
