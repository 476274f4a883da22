#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "migplan/base/result.hpp"
#include "migplan/base/text.hpp"

namespace migplan {

// A catalogue in the PO format of gettext, without its plural forms: they are texts of their own here. Everything that
// would be lost in silence is an error with its line: an entry twice, without a translation, marked fuzzy or obsolete,
// an unknown escape, places for arguments that are not those of the English.
[[nodiscard]] Result<Catalogue> read_catalogue(std::string_view po, std::string_view file);

// "en", which needs no catalogue, and those that have one.
[[nodiscard]] std::span<const std::string_view> languages() noexcept;
// What is built in for a language; null for English and for what is none of them.
[[nodiscard]] std::optional<Catalogue> builtin_catalogue(std::string_view language);
// The text of it.
[[nodiscard]] std::string_view builtin_catalogue_text(std::string_view language) noexcept;

}  // namespace migplan
