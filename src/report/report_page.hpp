#pragma once

#include <string_view>

namespace migplan::embedded {

// The page that the build made of src/report/page, with a mark where its data go.
[[nodiscard]] std::string_view report_page_html() noexcept;
// The script that the build made of it for pictures: picture.draw(JSON) gives SVG.
[[nodiscard]] std::string_view picture_script() noexcept;

}  // namespace migplan::embedded
