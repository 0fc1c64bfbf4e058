#pragma once

#include "swagger/operation.hpp"

namespace guildhall::swagger {

/// Every route that the document describes.
[[nodiscard]] const Operations& operations();

}  // namespace guildhall::swagger
