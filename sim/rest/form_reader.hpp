#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/rest/discord_error.hpp"
#include "sim/world/ids.hpp"
#include "sim/world/permissions.hpp"

namespace guildhall::sim {

/// The problems of a body, each at its path, as Discord reports them (Reference, "Error Messages").
class FormProblems {
 public:
  using Path = std::vector<std::string>;

  void add(const Path& path, std::string_view code, std::string_view message);
  [[nodiscard]] bool empty() const { return errors_.empty(); }
  /// 50035 with everything that was added.
  [[nodiscard]] DiscordError error() const;
  /// Throws `error()` if anything was added.
  void throw_if_any() const;

 private:
  boost::json::object errors_;
};

/// Bounds of a length or a number, both allowed.
struct Bounds {
  std::int64_t min = 0;
  std::int64_t max = 0;
};

/// Reads the fields of a JSON object as Discord's API does: a null field counts as absent, unknown fields
/// are ignored, and every problem is recorded while reading continues. Object
/// and problems must outlive it.
class FormReader {
 public:
  FormReader(const boost::json::object& object, FormProblems& problems, FormProblems::Path path = {});

  /// Whether the field is there, even if null.
  [[nodiscard]] bool mentions(std::string_view name) const { return object_->contains(name); }
  /// The value of a field that is present and not null.
  [[nodiscard]] const boost::json::value* find(std::string_view name) const;

  /// Lengths are in code points. A missing required text is a problem and reads as empty.
  [[nodiscard]] std::optional<std::string> text(std::string_view name, Bounds length);
  [[nodiscard]] std::string required_text(std::string_view name, Bounds length);
  [[nodiscard]] std::optional<std::int64_t> integer(std::string_view name, Bounds bounds);
  [[nodiscard]] std::optional<double> number(std::string_view name);
  [[nodiscard]] bool boolean(std::string_view name, bool fallback);
  /// Permissions as a text of digits or a number.
  [[nodiscard]] std::optional<Permissions> permissions(std::string_view name);
  /// The ids of a list of snowflakes, none if it is absent or null.
  template <class Id>
  [[nodiscard]] std::vector<Id> snowflakes(std::string_view name, Bounds length) {
    std::vector<Id> ids;
    const auto* items = list(name, length);
    for (std::size_t i = 0; items != nullptr && i < items->size(); ++i) {
      if (const auto id = Id::parse(digits_of((*items)[i]))) {
        ids.push_back(*id);
      } else {
        problem(name, "NUMBER_TYPE_COERCE", "Value at " + std::to_string(i) + " is not snowflake.");
      }
    }
    return ids;
  }
  /// Reports fields that Discord has and the simulator does not.
  void refuse(std::initializer_list<std::string_view> names);
  /// A web address of at most 2048 code points, or `attachment://` and the name of a file of the message.
  [[nodiscard]] std::optional<std::string> url(std::string_view name);
  template <class Id>
  [[nodiscard]] std::optional<Id> snowflake(std::string_view name) {
    const auto digits = snowflake_text(name);
    return digits ? Id::parse(*digits) : std::nullopt;
  }
  /// nullptr if it is absent, null or not a list. A wrong length is a problem, but the list is returned.
  [[nodiscard]] const boost::json::array* list(std::string_view name, Bounds length);
  /// A reader of a nested object; nothing if it is absent, null or not an object.
  [[nodiscard]] std::optional<FormReader> object(std::string_view name);
  /// A reader of a list element; nothing if it is not an object.
  [[nodiscard]] std::optional<FormReader> element(std::string_view list, std::size_t index,
                                                  const boost::json::value& value);

  void problem(std::string_view name, std::string_view code, std::string_view message);
  /// About the object itself.
  void problem_here(std::string_view code, std::string_view message) { problems_->add(path_, code, message); }
  void require(std::string_view name);

 private:
  [[nodiscard]] FormProblems::Path path_to(std::string_view name) const;
  /// A text, or a number as one.
  [[nodiscard]] static std::string digits_of(const boost::json::value& value);
  [[nodiscard]] std::optional<std::string> snowflake_text(std::string_view name);
  void check_length(std::string_view name, std::size_t length, Bounds bounds);

  const boost::json::object* object_;
  FormProblems* problems_;
  FormProblems::Path path_;
};

/// The body as an object. Throws 50109 if it is not JSON, 50035 if it is not an object.
[[nodiscard]] boost::json::object parse_form_body(std::string_view body);
/// The same for a list.
[[nodiscard]] boost::json::array parse_form_list(std::string_view body);

}  // namespace guildhall::sim
