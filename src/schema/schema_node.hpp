#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "schema/format.hpp"
#include "schema/schema.hpp"

namespace guildhall::schema {

enum class Kind : std::uint8_t { anything, text, integer, boolean, choice, list, object, variants, any_of };

/// The contents of a Schema, for validate.cpp and schema_json.cpp.
struct SchemaNode {
  static constexpr std::size_t unlimited = std::numeric_limits<std::size_t>::max();

  Kind kind{};
  std::string name;
  std::string description;
  std::optional<boost::json::value> example;
  std::optional<boost::json::value> fallback;
  bool nullable = false;
  bool blank_is_null = false;
  bool read_only = false;
  bool visible = false;
  bool unique = false;
  bool at_least_one = false;
  bool open = false;
  bool lenient = false;
  Rewrite rewrite = nullptr;
  std::size_t min = 0;  ///< Code points of a text, items of a list.
  std::size_t max = unlimited;
  std::size_t max_bytes = unlimited;
  std::int64_t lowest = std::numeric_limits<std::int64_t>::min();
  std::int64_t highest = std::numeric_limits<std::int64_t>::max();
  const Format* format = nullptr;
  const Spelling* spelling = nullptr;
  std::vector<boost::json::value> choices;
  std::vector<Property> properties;
  std::string tag;            ///< The field that distinguishes variants.
  std::vector<Schema> inner;  ///< The schema of a list's items; the variants, the alternatives.
  struct Rule {
    Check holds;
    std::string words;
  };
  std::vector<Rule> rules;

  [[nodiscard]] const Property* find(std::string_view field) const;
};

}  // namespace guildhall::schema
