#pragma once

#include <boost/json/value.hpp>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace guildhall::schema {

struct Format;
struct Spelling;
struct SchemaNode;
struct Property;

/// What is wrong with a value, and where: `pointer` (RFC 6901) is relative to the validated value, `message` is one
/// English sentence.
struct Fault {
  std::string pointer;
  std::string message;
};

/// A rule that JSON Schema cannot express. Called once everything else about the value is right.
using Check = std::optional<Fault> (*)(const boost::json::value& value);

/// What a pointer into a rewritten value has to begin with so that it points into the value that was sent: `to` in
/// place of `from`.
struct Moved {
  std::string_view from;
  std::string_view to;
};

/// Brings a value that comes in one of several forms into the declared one. Nothing if it has that already.
using Rewrite = std::optional<Moved> (*)(boost::json::value& value);

/// The shape of a JSON value, declared once and used twice: to validate what clients send, and to describe it in
/// OpenAPI 3.1 (JSON Schema 2020-12). Immutable and cheap to copy; each method below returns a changed copy. Objects
/// refuse fields they do not declare, unless they are open. As a schema cannot hold itself, the depth of what it
/// accepts is bounded.
class Schema {
 public:
  explicit Schema(std::shared_ptr<const SchemaNode> node) : node_(std::move(node)) {}

  // Text. Lengths are in Unicode code points, as Discord counts.
  [[nodiscard]] Schema length(std::size_t min, std::size_t max) const;
  [[nodiscard]] Schema bytes(std::size_t max) const;  ///< In UTF-8.
  [[nodiscard]] Schema format(const Format& format) const;
  [[nodiscard]] Schema visible() const;  ///< More than white space, which Discord trims.

  // Numbers.
  [[nodiscard]] Schema range(std::int64_t min, std::int64_t max) const;
  [[nodiscard]] Schema spelled(const Spelling& spelling) const;  ///< May also be given as such a text.

  // Lists.
  [[nodiscard]] Schema items(std::size_t min, std::size_t max) const;
  [[nodiscard]] Schema unique() const;

  // Objects.
  [[nodiscard]] Schema at_least_one() const;  ///< Any field.
  [[nodiscard]] Schema open() const;          ///< May have undeclared fields; they stay as they are.

  // Lists and objects: this value and all within it.
  /// Takes what people paste: without nulls, and empty objects in lists, which mean nothing; numbers and booleans as
  /// texts, and ids as numbers.
  [[nodiscard]] Schema lenient() const;

  // Any value.
  [[nodiscard]] Schema nullable() const;
  [[nodiscard]] Schema blank_is_null() const;  ///< Nullable, and an empty text becomes null.
  [[nodiscard]] Schema otherwise(
      boost::json::value fallback) const;  ///< The value that normalising fills in if it is absent.
  [[nodiscard]] Schema rule(Check holds, std::string_view words) const;  ///< `words` are for the document.
  [[nodiscard]] Schema rewritten(Rewrite rewrite) const;  ///< Called before anything else, unless the value is null.

  // What readers see.
  [[nodiscard]] Schema named(std::string_view name) const;  ///< Its own entry in components/schemas.
  [[nodiscard]] Schema describe(std::string_view text) const;
  [[nodiscard]] Schema example(boost::json::value value) const;
  [[nodiscard]] Schema read_only() const;

  /// Checks `value` and brings it into its normal form: fields in the declared order, parts that count as absent left
  /// out or replaced by their fallback, other spellings translated. The error is Errc::invalid, with the pointer to
  /// the first value at fault; `value` is then partly normalised.
  [[nodiscard]] base::Result<void> validate(boost::json::value& value) const;

  /// The JSON Schema; named schemas in it are references to `#/components/schemas/<name>`.
  [[nodiscard]] boost::json::value to_json() const;
  /// As another schema or an operation refers to it: a reference if it has a name.
  [[nodiscard]] boost::json::value reference() const;
  /// Adds each named schema that this one is made of, itself included. Throws std::logic_error if two different
  /// schemas have one name.
  void collect(std::map<std::string, boost::json::value>& into) const;

  [[nodiscard]] const SchemaNode& node() const { return *node_; }

 private:
  template <class Change>
  [[nodiscard]] Schema with(Change change) const;

  std::shared_ptr<const SchemaNode> node_;
};

/// What an absent field means.
enum class Presence : std::uint8_t {
  required,  ///< An error.
  optional,  ///< It was not given. Null is a value like any other.
  part,      ///< There is none; null, an empty text, list or object mean the same.
  ignored,   ///< As for a part; the value is checked, and then left out.
  refused,   ///< The only thing allowed: nothing, or what is as good as nothing (null, false, 0, empty).
};

struct Property {
  std::string_view name;
  Schema schema;
  Presence presence;
};

[[nodiscard]] Property required(std::string_view name, Schema schema);
[[nodiscard]] Property optional(std::string_view name, Schema schema);
[[nodiscard]] Property part(std::string_view name, Schema schema);
[[nodiscard]] Property ignored(std::string_view name);
[[nodiscard]] Property ignored(std::string_view name, Schema schema);
/// `sentence` is the error, and says what to do.
[[nodiscard]] Property refused(std::string_view name, std::string_view sentence);

[[nodiscard]] Schema anything();
[[nodiscard]] Schema text();
[[nodiscard]] Schema integer();
[[nodiscard]] Schema boolean();
/// One of these texts or integers.
[[nodiscard]] Schema choice(std::initializer_list<boost::json::value> values);
[[nodiscard]] Schema list(Schema item);
[[nodiscard]] Schema object(std::vector<Property> properties);
/// One of several objects, distinguished by the field `tag`, for which each has its own `choice`. A field that only
/// other variants have is allowed while it is empty.
[[nodiscard]] Schema variants(std::string_view tag, std::initializer_list<Schema> schemas);
/// What one of these accepts. For answers: a fault is the last one's.
[[nodiscard]] Schema any_of(std::initializer_list<Schema> schemas);

}  // namespace guildhall::schema
