#pragma once

#include <boost/json/object.hpp>
#include <cstddef>
#include <string>
#include <vector>

#include "sim/rest/api_route.hpp"

namespace guildhall::sim {

/// A file of a multipart body.
struct Upload {
  std::size_t index = 0;  ///< `n` of `files[n]`.
  std::string filename;
  std::string content_type;
  std::string bytes;
};

/// The body of a request that may carry files (Discord: Reference, "Uploading Files").
struct RequestBody {
  boost::json::object fields;
  std::vector<Upload> uploads;  ///< By rising index.
};

/// Reads JSON, a form, or multipart/form-data, whose fields are in `payload_json` or stand by themselves. Throws
/// DiscordError: 50109 if it is not JSON, 50035 if it is no object, 40005 for a file of more than 10 MiB.
[[nodiscard]] RequestBody read_body(const ApiCall& call);

}  // namespace guildhall::sim
