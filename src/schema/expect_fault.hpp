#pragma once

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <concepts>
#include <string>
#include <string_view>

#include "schema/schema.hpp"

// What the tests of schemas share. Where a text is given, it is JSON; a text as a value is a json::value.
namespace guildhall::schema {

/// `json` in its normal form; the test fails where the schema refuses it.
inline std::string normal_form(const Schema& schema, boost::json::value json) {
  const auto valid = schema.validate(json);
  if (!valid) ADD_FAILURE() << valid.error().field << ": " << valid.error().message;
  return boost::json::serialize(json);
}

template <std::convertible_to<std::string_view> Text>
std::string normal_form(const Schema& schema, const Text& text) {
  return normal_form(schema, boost::json::parse(text));
}

/// `pointer: message` of what is wrong with `json`; "valid" where nothing is.
inline std::string fault_of(const Schema& schema, boost::json::value json) {
  const auto valid = schema.validate(json);
  if (valid) return "valid";
  EXPECT_EQ(valid.error().code, base::Errc::invalid);
  return valid.error().field + ": " + valid.error().message;
}

template <std::convertible_to<std::string_view> Text>
std::string fault_of(const Schema& schema, const Text& text) {
  return fault_of(schema, boost::json::parse(text));
}

/// `text`, `count` times.
inline std::string times(std::size_t count, std::string_view text) {
  std::string all;
  for (std::size_t i = 0; i < count; ++i) all += text;
  return all;
}

}  // namespace guildhall::schema
