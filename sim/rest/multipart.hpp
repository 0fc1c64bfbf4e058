#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace guildhall::sim {

/// A part of a `multipart/form-data` body (RFC 7578).
struct FormPart {
  std::string name;
  std::optional<std::string> filename;  ///< Where it is a file.
  std::string content_type;             ///< Empty if it has none.
  std::string_view data;                ///< Points into the body.
};

/// The boundary in a Content-Type header field; nothing unless it is multipart/form-data with one.
[[nodiscard]] std::optional<std::string> multipart_boundary(std::string_view content_type);

/// The parts of a body; nothing if it is malformed. What comes before the first boundary is skipped.
[[nodiscard]] std::optional<std::vector<FormPart>> parse_multipart(std::string_view body, std::string_view boundary);

}  // namespace guildhall::sim
