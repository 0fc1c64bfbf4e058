#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "sim/rest/form_reader.hpp"

namespace guildhall::sim {

/// The hash of an image that is sent as `data:image/png;base64,...` (Discord: Reference, "Image Data"), by which
/// Discord names it. The image is not kept. Nothing if the field is absent or null.
[[nodiscard]] std::optional<std::string> read_image(FormReader& form, std::string_view name);

}  // namespace guildhall::sim
