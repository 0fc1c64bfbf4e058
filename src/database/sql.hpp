#pragma once

// How the types of guildhall go into statements and come out. For .cpp files of this folder only.

#include <soci/soci.h>

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <type_traits>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/log.hpp"
#include "database/change_feed.hpp"
#include "database/timestamp.hpp"

namespace soci {

/// Ids are 64-bit unsigned; SQLite keeps those above 2^63-1 as negative numbers of the same bits.
template <class Tag>
struct type_conversion<guildhall::base::Id<Tag>> {
  using base_type = unsigned long long;
  static void from_base(const base_type& column, indicator null, guildhall::base::Id<Tag>& id) {
    if (null == i_null) throw soci_error("An id is NULL");
    id = guildhall::base::Id<Tag>{column};
  }
  static void to_base(const guildhall::base::Id<Tag>& id, base_type& column, indicator& null) {
    column = id.value();
    null = i_ok;
  }
};

template <>
struct type_conversion<bool> {
  using base_type = int;
  static void from_base(const base_type& column, indicator null, bool& flag) { flag = null == i_ok && column != 0; }
  static void to_base(const bool& flag, base_type& column, indicator& null) {
    column = flag ? 1 : 0;
    null = i_ok;
  }
};

template <>
struct type_conversion<guildhall::database::Entity> {
  using base_type = int;
  static void to_base(const guildhall::database::Entity& entity, base_type& column, indicator& null) {
    column = static_cast<int>(entity);
    null = i_ok;
  }
  static void from_base(const base_type& column, indicator null, guildhall::database::Entity& entity) {
    if (null == i_null) throw soci_error("An entity is NULL");
    entity = static_cast<guildhall::database::Entity>(column);
  }
};

template <>
struct type_conversion<guildhall::base::Timestamp> {
  using base_type = std::string;
  static void from_base(const base_type& column, indicator null, guildhall::base::Timestamp& time) {
    if (null == i_null) throw soci_error("A time is NULL");
    time = guildhall::database::timestamp_from_column(column);
  }
  static void to_base(const guildhall::base::Timestamp& time, base_type& column, indicator& null) {
    column = guildhall::database::to_column(time);
    null = i_ok;
  }
};

template <>
struct type_conversion<guildhall::base::LogLevel> {
  using base_type = std::string;
  static void from_base(const base_type& column, indicator null, guildhall::base::LogLevel& level) {
    const auto parsed = null == i_null ? std::nullopt : guildhall::base::parse_log_level(column);
    if (!parsed) throw std::invalid_argument("A column of level holds no level");  // somebody edited it
    level = *parsed;
  }
  static void to_base(const guildhall::base::LogLevel& level, base_type& column, indicator& null) {
    column = to_string(level);
    null = i_ok;
  }
};

/// Nothing is NULL.
template <class Value>
struct type_conversion<std::optional<Value>> {
  using base_type = std::string;
  static void from_base(const base_type& column, indicator null, std::optional<Value>& value) {
    value.reset();
    if (null == i_null) return;
    if constexpr (std::is_same_v<Value, std::string>) {
      value.emplace(column);
    } else {
      type_conversion<Value>::from_base(column, null, value.emplace());
    }
  }
  static void to_base(const std::optional<Value>& value, base_type& column, indicator& null) {
    column.clear();
    null = value ? i_ok : i_null;
    if (!value) return;
    if constexpr (std::is_same_v<Value, std::string>) {
      column = *value;
    } else {
      type_conversion<Value>::to_base(*value, column, null);
    }
  }
};

}  // namespace soci
