#pragma once

// How the types of guildhall go into statements and come out. For .cpp files of this folder only.

#include <soci/soci.h>

#include <cstdint>
#include <optional>
#include <string>

#include "base/clock.hpp"
#include "base/id.hpp"
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
struct type_conversion<std::optional<std::string>> {
  using base_type = std::string;
  static void from_base(const base_type& column, indicator null, std::optional<std::string>& text) {
    if (null == i_null) {
      text.reset();
    } else {
      text = column;
    }
  }
  static void to_base(const std::optional<std::string>& text, base_type& column, indicator& null) {
    column = text.value_or(std::string());
    null = text ? i_ok : i_null;
  }
};

template <>
struct type_conversion<std::optional<guildhall::base::Timestamp>> {
  using base_type = std::string;
  static void from_base(const base_type& column, indicator null, std::optional<guildhall::base::Timestamp>& time) {
    if (null == i_null) {
      time.reset();
    } else {
      time = guildhall::database::timestamp_from_column(column);
    }
  }
  static void to_base(const std::optional<guildhall::base::Timestamp>& time, base_type& column, indicator& null) {
    column = time ? guildhall::database::to_column(*time) : std::string();
    null = time ? i_ok : i_null;
  }
};

}  // namespace soci
