#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "schema/schema.hpp"

namespace guildhall::api {

/// The body of every answer that is not a success.
struct ErrorBody {
  std::string_view error;                 ///< A sentence.
  std::string_view code;                  ///< snake_case, for programs.
  std::optional<std::string_view> field;  ///< JSON pointer to the value at fault; the empty one is the whole body.
  /// Where in that value, which is a script: from 1.
  std::optional<unsigned> line{};
  std::optional<unsigned> column{};
};

[[nodiscard]] const schema::Schema& error_schema();
[[nodiscard]] std::string encode(const ErrorBody& body);

/// The `code` that an error of this kind has over HTTP.
[[nodiscard]] std::string_view error_code(base::Errc code);
/// Has a field where the error has one, and for Errc::invalid always.
[[nodiscard]] std::string encode(const base::Error& error);

}  // namespace guildhall::api
