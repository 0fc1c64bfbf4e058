#include "sim/rest/image_form.hpp"

#include <cstdint>
#include <utility>

namespace guildhall::sim {

std::optional<std::string> read_image(FormReader& form, std::string_view name) {
  constexpr std::int64_t max_size = 14L * 1024 * 1024;
  const auto image = form.text(name, {0, max_size});
  if (!image) return std::nullopt;
  if (!image->starts_with("data:image/") || image->find(";base64,") == std::string::npos) {
    form.problem(name, "IMAGE_INVALID", "Invalid image data");
    return std::nullopt;
  }
  std::string hash;
  for (std::uint64_t seed : {0xcbf29ce484222325U, 0x84222325cbf29ce4U}) {
    for (const char c : *image) seed = (seed ^ static_cast<unsigned char>(c)) * 0x100000001b3;
    for (int i = 0; i < 16; ++i, seed >>= 4) hash += "0123456789abcdef"[seed & 15];
  }
  return hash;
}

}  // namespace guildhall::sim
