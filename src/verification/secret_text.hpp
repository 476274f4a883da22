#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace migplan {

// Whether a key such as "spring.datasource.password", "DB_PASS" or "clientSecret" names a secret itself, rather than
// its file, its length or where it comes from.
[[nodiscard]] bool is_secret_key(std::string_view key);

// Whether a value could be the secret: not empty, no placeholder, reference, path, address or switch.
[[nodiscard]] bool is_secret_value(std::string_view value);

// What in a value is a secret whatever it is called: "a private key", "a password in an address", "a token";
// empty = nothing.
[[nodiscard]] std::string_view secret_within(std::string_view value);

// A secret in a line of a configuration, such as "password=…", `"apiToken": "…"` or <password>…</password>: what is
// found, without showing it. Empty = none.
[[nodiscard]] std::string secret_in_line(std::string_view line);

// The same among the arguments of a command: -Dkey=value, --key=value.
[[nodiscard]] std::string secret_in_arguments(std::string_view text);
// The same where an option and its value are words of their own: --key value.
[[nodiscard]] std::string secret_in_words(std::span<const std::string_view> words);

// `"password" has a value of 8 characters`
[[nodiscard]] std::string described(std::string_view key, std::string_view value);

// Without the blanks around it; unquoted: without a pair of quotes, either.
[[nodiscard]] std::string_view without_blanks(std::string_view text);
[[nodiscard]] std::string_view unquoted(std::string_view text);

}  // namespace migplan
