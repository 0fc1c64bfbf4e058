#pragma once

#include <array>
#include <boost/describe.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value_to.hpp>
#include <boost/mp11/algorithm.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <vector>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/log.hpp"
#include "schema/format.hpp"
#include "schema/json_writer.hpp"
#include "schema/schema.hpp"

/// A resource is a described struct with one table of its fields, from which follow its schemas, its encoder and the
/// parser of what clients send. Each member must be in the table, or the table does not compile.
namespace guildhall::api {

// Types of fields that many resources have.
inline schema::Schema id() { return schema::text().format(schema::format::snowflake); }
inline schema::Schema time() { return schema::text().format(schema::format::date_time); }
inline schema::Schema nullable_text() { return schema::text().nullable(); }

/// Whether clients may send a field.
enum class Input : std::uint8_t {
  none,
  required,
  nullable,  ///< Null if it is absent.
  flag,      ///< False if it is absent.
  set_flag,  ///< True if it is absent.
};

/// What the output says where an optional member is empty.
enum class WhenEmpty : std::uint8_t { null, absent };

namespace detail {

template <class Member>
struct MemberTraits;
template <class Class, class Type>
struct MemberTraits<Type Class::*> {
  using class_type = Class;
};

template <class T>
using Members = boost::describe::describe_members<T, boost::describe::mod_public>;

template <auto a, auto b>
constexpr bool same_member() {
  if constexpr (std::is_same_v<decltype(a), decltype(b)>) {
    return a == b;
  } else {
    return false;
  }
}

struct Name {
  std::array<char, 32> chars{};
  std::size_t size = 0;
};

constexpr Name camel_case(std::string_view snake_case) {
  Name name;
  bool upper = false;
  for (const char c : snake_case) {
    if (c != '_') name.chars[name.size++] = upper ? static_cast<char>(c - 'a' + 'A') : c;
    upper = c == '_';
  }
  return name;
}

/// The JSON name of a described member.
template <class Description>
struct NameOf {
  static constexpr Name text = camel_case(Description::name);
  static constexpr std::string_view value{text.chars.data(), text.size};
};

template <auto member>
constexpr std::string_view json_name() {
  std::string_view name;
  boost::mp11::mp_for_each<Members<typename MemberTraits<decltype(member)>::class_type>>([&](auto description) {
    if constexpr (same_member<decltype(description)::pointer, member>()) name = NameOf<decltype(description)>::value;
  });
  return name;
}

template <class T>
struct IsOptional : std::false_type {};
template <class T>
struct IsOptional<std::optional<T>> : std::true_type {};

}  // namespace detail

// How the members' types are written.
inline void append_value(std::string& out, std::string_view text) { base::append_json_string(out, text); }
inline void append_value(std::string& out, const std::string& text) { base::append_json_string(out, text); }
inline void append_value(std::string& out, bool flag) { out += flag ? "true" : "false"; }
inline void append_value(std::string& out, base::Timestamp time) { append_value(out, base::to_iso8601(time)); }
inline void append_value(std::string& out, base::LogLevel level) { append_value(out, to_string(level)); }
/// 64 bits are more than a number in JavaScript holds.
inline void append_value(std::string& out, std::uint64_t number) { append_value(out, std::to_string(number)); }
template <class Tag>
void append_value(std::string& out, base::Id<Tag> id) {
  append_value(out, id.to_string());
}

/// How a member becomes JSON, and how a client's value becomes a member.
struct Plain {
  template <class T>
  static void append(std::string& out, const T& value) {
    append_value(out, value);
  }
  static void read(const boost::json::value& from, std::string& into) {
    into = boost::json::value_to<std::string>(from);
  }
  static void read(const boost::json::value& from, bool& into) { into = from.as_bool(); }
};

/// A number that is one in JSON too.
struct JsonNumber {
  template <class T>
  static void append(std::string& out, T number) {
    out += std::to_string(number);
  }
};

/// A text that holds JSON.
struct JsonText {
  static void append(std::string& out, std::string_view json) { out += json; }
  static void read(const boost::json::value& from, std::string& into) { into = boost::json::serialize(from); }
};

/// A field that shows a member.
template <auto member, class Codec = Plain>
struct Field {
  schema::Schema (*schema)();
  Input input = Input::none;
  WhenEmpty when_empty = WhenEmpty::null;

  static constexpr std::string_view name = detail::json_name<member>();
  using codec = Codec;
  template <auto other>
  static constexpr bool covers = detail::same_member<member, other>();

  template <class T>
  void append(schema::ObjectWriter& writer, const T& object) const {
    const auto& value = object.*member;
    if constexpr (detail::IsOptional<std::remove_cvref_t<decltype(value)>>::value) {
      if (value) {
        Codec::append(writer.open(name), *value);
      } else if (when_empty == WhenEmpty::null) {
        writer.json(name, "null");
      }
    } else {
      Codec::append(writer.open(name), value);
    }
  }
};

/// A field that follows from the others.
template <class T>
struct Computed {
  std::string_view name;
  schema::Schema (*schema)();
  void (*write)(std::string& out, const T& object);

  static constexpr Input input = Input::none;
  static constexpr WhenEmpty when_empty = WhenEmpty::null;
  template <auto>
  static constexpr bool covers = false;

  void append(schema::ObjectWriter& writer, const T& object) const { write(writer.open(name), object); }
};

/// A member that clients do not see.
template <auto member>
struct Hidden {
  static constexpr Input input = Input::none;
  template <auto other>
  static constexpr bool covers = detail::same_member<member, other>();
};

template <class T, class... Fields>
class Resource {
 public:
  explicit constexpr Resource(Fields... fields) : fields_(fields...) {}

  /// The fields of the output, in the table's order.
  [[nodiscard]] std::vector<schema::Property> output() const {
    std::vector<schema::Property> properties;
    const bool mark = has_input();
    each([&](const auto& field) {
      auto schema = field.schema();
      if (mark && field.input == Input::none) schema = schema.read_only();
      properties.push_back(field.when_empty == WhenEmpty::absent ? schema::optional(field.name, std::move(schema))
                                                                 : schema::required(field.name, std::move(schema)));
    });
    return properties;
  }

  /// What creates or replaces one.
  [[nodiscard]] std::vector<schema::Property> input() const {
    std::vector<schema::Property> properties;
    each([&](const auto& field) {
      if (field.input == Input::required) properties.push_back(schema::required(field.name, field.schema()));
      if (field.input == Input::nullable) {
        properties.push_back(schema::optional(field.name, field.schema().otherwise(nullptr)));
      }
      if (field.input == Input::flag) {
        properties.push_back(schema::optional(field.name, field.schema().otherwise(false)));
      }
      if (field.input == Input::set_flag) {
        properties.push_back(schema::optional(field.name, field.schema().otherwise(true)));
      }
    });
    return properties;
  }

  /// What changes one.
  [[nodiscard]] std::vector<schema::Property> patch() const {
    std::vector<schema::Property> properties;
    each([&](const auto& field) {
      if (field.input != Input::none) properties.push_back(schema::optional(field.name, field.schema()));
    });
    return properties;
  }

  void append_fields(schema::ObjectWriter& writer, const T& object) const {
    each([&](const auto& field) { field.append(writer, object); });
  }

  void append(std::string& out, const T& object) const {
    schema::ObjectWriter writer(out);
    append_fields(writer, object);
    writer.close();
  }

  [[nodiscard]] std::string encode(const T& object) const {
    std::string out;
    append(out, object);
    return out;
  }

  /// A valid body as the struct of what it gives: each member is an optional, empty if the body does not have it.
  template <class Given>
  [[nodiscard]] static Given read(const boost::json::object& body) {
    Given given;
    boost::mp11::mp_for_each<detail::Members<Given>>([&](auto description) {
      using Description = decltype(description);
      const auto* value = body.if_contains(detail::NameOf<Description>::value);
      if (value != nullptr) read_value<Description>(*value, given.*description.pointer);
    });
    return given;
  }

 private:
  static constexpr bool covers_all() {
    bool all = true;
    boost::mp11::mp_for_each<detail::Members<T>>([&](auto description) {
      all = all && (std::size_t{Fields::template covers<decltype(description)::pointer>} + ...) == 1;
    });
    return all;
  }
  static_assert(covers_all(), "each member of the struct is in the table of its fields, once");

  template <class Visit>
  void each(Visit visit) const {
    const auto visit_shown = [&](const auto& field) {
      if constexpr (requires { field.schema; }) visit(field);
    };
    std::apply([&](const auto&... fields) { (visit_shown(fields), ...); }, fields_);
  }

  [[nodiscard]] bool has_input() const {
    return std::apply([](const auto&... fields) { return ((fields.input != Input::none) || ...); }, fields_);
  }

  template <class Field>
  static constexpr bool is_named(std::string_view name) {
    if constexpr (requires { typename Field::codec; }) {
      return Field::name == name;
    } else {
      return false;
    }
  }

  template <class Description, class Member>
  static void read_value(const boost::json::value& from, std::optional<Member>& into) {
    constexpr auto name = detail::NameOf<Description>::value;
    static_assert((std::size_t{is_named<Fields>(name)} + ...) == 1, "what clients give is a field of the resource");
    if constexpr (detail::IsOptional<Member>::value) {
      into.emplace();
      if (!from.is_null()) read_value<Description>(from, *into);
    } else {
      const auto read_as = [&]<class Field>() {
        if constexpr (is_named<Field>(name)) Field::codec::read(from, into.emplace());
      };
      (read_as.template operator()<Fields>(), ...);
    }
  }

  std::tuple<Fields...> fields_;
};

template <class T, class... Fields>
[[nodiscard]] constexpr auto resource(Fields... fields) {
  return Resource<T, Fields...>(fields...);
}

}  // namespace guildhall::api
