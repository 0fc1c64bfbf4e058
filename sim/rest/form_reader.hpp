#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/rest/discord_error.hpp"
#include "sim/world/ids.hpp"

namespace guildhall::sim {

/// What is wrong with a body, each problem at its place, as Discord tells it (Reference, "Error Messages").
class FormProblems {
 public:
  using Path = std::vector<std::string>;

  void add(const Path& path, std::string_view code, std::string_view message);
  [[nodiscard]] bool empty() const { return errors_.empty(); }
  /// 50035 with everything that was added.
  [[nodiscard]] DiscordError error() const;

 private:
  boost::json::object errors_;
};

/// Bounds of a length or a number, both allowed.
struct Bounds {
  std::int64_t min = 0;
  std::int64_t max = 0;
};

/// Reads the fields of a JSON object as Discord's API does: a field that is null counts as absent, fields it does not
/// know are let be, and all that is wrong is added to the problems, while the reader goes on with what there is. Object
/// and problems outlive it.
class FormReader {
 public:
  FormReader(const boost::json::object& object, FormProblems& problems, FormProblems::Path path = {});

  /// Whether the field is there, even if null.
  [[nodiscard]] bool mentions(std::string_view name) const { return object_->contains(name); }
  /// The value of a field that is there and not null.
  [[nodiscard]] const boost::json::value* find(std::string_view name) const;

  /// Lengths are counted in code points. A text that is required and missing is a problem, and empty.
  [[nodiscard]] std::optional<std::string> text(std::string_view name, Bounds length);
  [[nodiscard]] std::string required_text(std::string_view name, Bounds length);
  [[nodiscard]] std::optional<std::int64_t> integer(std::string_view name, Bounds bounds);
  [[nodiscard]] std::optional<double> number(std::string_view name);
  [[nodiscard]] bool boolean(std::string_view name, bool fallback);
  /// A web address of at most 2048 code points.
  [[nodiscard]] std::optional<std::string> url(std::string_view name);
  template <class Id>
  [[nodiscard]] std::optional<Id> snowflake(std::string_view name) {
    const auto digits = snowflake_text(name);
    return digits ? Id::parse(*digits) : std::nullopt;
  }
  /// nullptr where it is absent, null or no list. A wrong length is a problem, but the list is returned all the same.
  [[nodiscard]] const boost::json::array* list(std::string_view name, Bounds length);
  /// A reader of an object within; nothing where it is absent, null or no object.
  [[nodiscard]] std::optional<FormReader> object(std::string_view name);
  /// A reader of an element of a list; nothing where that is no object.
  [[nodiscard]] std::optional<FormReader> element(std::string_view list, std::size_t index,
                                                  const boost::json::value& value);

  void problem(std::string_view name, std::string_view code, std::string_view message);
  /// About the object itself.
  void problem_here(std::string_view code, std::string_view message) { problems_->add(path_, code, message); }
  void require(std::string_view name);

 private:
  [[nodiscard]] FormProblems::Path path_to(std::string_view name) const;
  [[nodiscard]] std::optional<std::string> snowflake_text(std::string_view name);
  void check_length(std::string_view name, std::size_t length, Bounds bounds);

  const boost::json::object* object_;
  FormProblems* problems_;
  FormProblems::Path path_;
};

/// The body as an object; 50109 where it is no JSON, 50035 where it is something else.
[[nodiscard]] DiscordResult<boost::json::object> parse_form_body(std::string_view body);

}  // namespace guildhall::sim
