#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "base/id.hpp"
#include "base/result.hpp"

namespace guildhall::sim {

/// Parses JSON; Errc::malformed with the line at fault.
[[nodiscard]] base::Result<boost::json::value> parse_json(std::string_view text);

/// Reads the fields of a JSON object by name and type. What is missing, of the wrong type or out of range is thrown as
/// base::ErrorException (Errc::invalid) with its JSON pointer, so reading code has no error handling;
/// the caller at the top catches it. The value must outlive the reader.
class ObjectReader {
 public:
  /// `pointer` is where `value` stands in its document.
  ObjectReader(const boost::json::value& value, std::string pointer);

  /// Whether the field is present, null or not. Marks it as known, as reading does.
  [[nodiscard]] bool has(std::string_view name);

  /// `min` to `max` bytes.
  [[nodiscard]] std::string text(std::string_view name, std::size_t min, std::size_t max);
  /// Nothing if the field is absent or null; else 1 to `max` bytes.
  [[nodiscard]] std::optional<std::string> optional_text(std::string_view name, std::size_t max);
  template <class Id>
  [[nodiscard]] Id id(std::string_view name) {
    const auto parsed = Id::parse(text(name, 1, 20));
    if (!parsed) fail(name, "An id is a string of digits, at most 2^64-1.");
    return *parsed;
  }
  [[nodiscard]] bool boolean(std::string_view name);
  [[nodiscard]] std::int64_t integer(std::string_view name, std::int64_t min, std::int64_t max);
  [[nodiscard]] double number(std::string_view name, double min, double max);
  [[nodiscard]] const boost::json::array& array(std::string_view name);
  [[nodiscard]] const boost::json::value& value(std::string_view name);
  [[nodiscard]] ObjectReader object(std::string_view name) { return {value(name), pointer_to(name)}; }

  /// Where a field of that name stands in the document.
  [[nodiscard]] std::string pointer_to(std::string_view name) const;
  [[noreturn]] void fail(std::string_view name, std::string message) const;

  /// Refuses fields that were neither read nor asked for.
  void finish() const;

 private:
  const boost::json::object* object_ = nullptr;
  std::string pointer_;
  std::set<std::string, std::less<>> known_;
};

/// Calls `read(reader, pointer)` for each object of an array, then finishes its reader.
template <class Read>
void each_object(ObjectReader& reader, std::string_view name, Read read) {
  std::size_t index = 0;
  for (const auto& item : reader.array(name)) {
    const std::string pointer = reader.pointer_to(name) + '/' + std::to_string(index++);
    ObjectReader object(item, pointer);
    read(object, pointer);
    object.finish();
  }
}

}  // namespace guildhall::sim
