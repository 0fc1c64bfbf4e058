#pragma once

#include "api/operation.hpp"

namespace guildhall::api {

/// Every route that the document describes.
[[nodiscard]] const Operations& operations();

}  // namespace guildhall::api
