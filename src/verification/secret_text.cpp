#include "secret_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <vector>

#include "migplan/base/ascii.hpp"
#include "migplan/base/issue.hpp"

namespace migplan {
namespace {

template <std::size_t n>
bool is_among(std::string_view word, const std::array<std::string_view, n>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

constexpr std::array<std::string_view, 6> kPasswords{"password", "passwd", "passphrase", "passwort", "pwd", "pass"};
constexpr std::array<std::string_view, 5> kSecrets{"secret", "token", "apikey", "credential", "credentials"};
// In front of "key".
constexpr std::array<std::string_view, 13> kKeys{"api",     "access", "secret",      "private", "encryption",
                                                 "signing", "batch",  "account",     "storage", "master",
                                                 "shared",  "auth",   "subscription"};
// Behind a secret's name, words that are part of it.
constexpr std::array<std::string_view, 4> kBehind{"value", "content", "plain", "text"};

// "clientSecretKey2" and "CLIENT_SECRET_KEY_2" as client, secret, key.
std::vector<std::string> words_of(std::string_view key) {
  std::vector<std::string> words;
  words.reserve(8);  // more than most keys have
  std::string word;
  const auto end_word = [&] {
    while (!word.empty() && is_digit(word.back())) word.pop_back();
    if (!word.empty()) words.push_back(word);
    word.clear();
  };
  for (std::size_t i = 0; i < key.size(); ++i) {
    const char c = key[i];
    const bool is_word = is_upper(c) || is_lower(c) || is_digit(c) || static_cast<unsigned char>(c) >= 0x80;
    const bool is_hump = is_upper(c) && i > 0 && (is_lower(key[i - 1]) || is_digit(key[i - 1]));
    const bool is_last_capital =
        is_upper(c) && i > 0 && is_upper(key[i - 1]) && i + 1 < key.size() && is_lower(key[i + 1]);
    if (!is_word || is_hump || is_last_capital) end_word();
    if (is_word) word += lower(c);
  }
  end_word();
  return words;
}

bool ends_in_password(std::string_view word) {
  return is_among(word, kPasswords) || word.ends_with("password") || word.ends_with("passwd") ||
         word.ends_with("passphrase");
}

bool starts_any(std::string_view value, std::initializer_list<std::string_view> fronts) {
  return std::any_of(fronts.begin(), fronts.end(),
                     [value](std::string_view front) { return value.starts_with(front); });
}

bool is_same_letter_only(std::string_view text, char letter) {
  return std::all_of(text.begin(), text.end(), [letter](char c) { return c == letter; });
}

bool is_name(std::string_view text) {
  return !text.empty() && !is_digit(text.front()) && std::all_of(text.begin(), text.end(), [](char c) {
    return is_upper(c) || is_lower(c) || is_digit(c) || c == '_';
  });
}

// ${…}, $(…), {{…}}, <…>, %(…)s, #{…}, @…@ somewhere, or $NAME, $1 as a whole.
bool has_placeholder(std::string_view value) {
  for (const std::string_view mark : {"${", "$(", "{{", "#{", "%(", "%{"}) {
    if (value.find(mark) != std::string_view::npos) return true;
  }
  const bool is_argument = value.size() == 2 && is_digit(value.back());
  return (value.front() == '$' && (is_argument || is_name(value.substr(1)))) ||
         (value.front() == '<' && value.back() == '>') ||
         (value.size() > 2 && value.front() == '@' && value.back() == '@');
}

bool is_address_or_path(std::string_view value) {
  if (value.find_first_of(" \t\n") != std::string_view::npos) return false;
  const std::size_t scheme = value.find("://");
  return (scheme != std::string_view::npos && scheme < 16) ||
         starts_any(value, {"/", "./", "../", "~/", "file:", "classpath:", "arn:", "vault:", "projects/", "secret:"});
}

// Whether user:password@ stands in an address.
bool has_password_in_address(std::string_view value) {
  for (std::size_t scheme = value.find("://"); scheme != std::string_view::npos;
       scheme = value.find("://", scheme + 3)) {
    std::string_view rest = value.substr(scheme + 3);
    rest = rest.substr(0, rest.find_first_of("/?# \t\r\n\"'"));
    const std::size_t at = rest.rfind('@');
    if (at == std::string_view::npos) continue;
    const std::size_t colon = std::min(rest.substr(0, at).find(':'), rest.size());
    if (colon < at && is_secret_value(rest.substr(colon + 1, at - colon - 1))) return true;
  }
  return false;
}

// user:password@tcp(host)/name, as Go's driver of MySQL takes it.
bool has_password_in_source(std::string_view value) {
  for (const std::string_view network : {"@tcp(", "@unix(", "@tcp4(", "@tcp6("}) {
    for (std::size_t at = value.find(network); at != std::string_view::npos; at = value.find(network, at + 1)) {
      const std::string_view front = value.substr(0, at);
      const std::string_view user = front.substr(front.find_last_of(" \t\r\n\"'") + 1);  // npos + 1 = 0
      const std::size_t colon = user.find(':');
      if (colon != std::string_view::npos && is_secret_value(user.substr(colon + 1))) return true;
    }
  }
  return false;
}

bool begins_parameter(char c) { return c == '?' || c == '&' || c == ';'; }

// password=… behind ? & or ; of an address.
bool has_password_in_query(std::string_view value) {
  if (std::none_of(value.begin(), value.end(), begins_parameter)) return false;
  std::string small(value.size(), '\0');
  std::transform(value.begin(), value.end(), small.begin(), lower);
  for (const std::string_view name : {"password=", "passwd=", "pwd="}) {
    for (std::size_t at = small.find(name); at != std::string::npos; at = small.find(name, at + 1)) {
      if (at == 0 || !begins_parameter(small[at - 1])) continue;
      const std::string_view found = value.substr(at + name.size());
      if (is_secret_value(found.substr(0, found.find_first_of("&; \t\r\n\"'")))) return true;
    }
  }
  return false;
}

bool is_token_part(char c) { return is_upper(c) || is_lower(c) || is_digit(c) || c == '_' || c == '-'; }

bool has_token(std::string_view value) {
  constexpr std::size_t kLeast = 16;  // of what follows
  if (value.size() < kLeast) return false;
  for (const std::string_view front : {"ghp_", "gho_", "ghs_", "github_pat_", "glpat-", "xoxb-", "xoxp-", "sk_live_"}) {
    for (std::size_t at = value.find(front); at != std::string_view::npos; at = value.find(front, at + front.size())) {
      if (at > 0 && is_token_part(value[at - 1])) continue;
      const std::string_view rest = value.substr(at + front.size());
      const auto* const end = std::find_if_not(rest.begin(), rest.end(), is_token_part);
      if (static_cast<std::size_t>(end - rest.begin()) >= kLeast) return true;
    }
  }
  return false;
}

}  // namespace

std::string_view without_blanks(std::string_view text) {
  constexpr std::string_view kBlank = " \t\r\n";
  const std::size_t first = text.find_first_not_of(kBlank);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

std::string_view unquoted(std::string_view text) {
  text = without_blanks(text);
  const bool is_quoted =
      text.size() >= 2 && (text.front() == '"' || text.front() == '\'') && text.back() == text.front();
  return is_quoted ? text.substr(1, text.size() - 2) : text;
}

bool is_secret_key(std::string_view key) {
  std::vector<std::string> words = words_of(key);
  while (words.size() > 1 && is_among(words.back(), kBehind)) words.pop_back();
  if (words.empty()) return false;
  const std::string& last = words.back();
  // PWD is the shell's working directory.
  if (words.size() == 1 && key == "PWD") return false;
  if (ends_in_password(last) || is_among(last, kSecrets) || last.ends_with("apikey") || last.ends_with("secretkey")) {
    return true;
  }
  if (last != "key" || words.size() < 2) return false;
  // OCI_CLI_KEY_CONTENT: the content of a key is one, whatever the key is for.
  const bool is_content = words_of(key).size() != words.size();
  return is_content || is_among(words[words.size() - 2], kKeys);
}

bool is_secret_value(std::string_view value) {
  value = unquoted(value);
  if (value.empty() || has_placeholder(value) || is_address_or_path(value)) return false;
  if (is_same_letter_only(value, '*') || is_same_letter_only(value, '.')) return false;
  std::string small(value.size(), '\0');
  std::transform(value.begin(), value.end(), small.begin(), lower);
  constexpr std::array<std::string_view, 12> kWords{"true", "false", "yes", "no",       "on",      "off",
                                                    "null", "none",  "~",   "redacted", "enabled", "disabled"};
  if (is_among(std::string_view(small), kWords)) return false;
  // Encrypted by Jasypt, Spring Cloud Config or Sealed Secrets.
  return !(small.starts_with("enc(") && small.ends_with(")")) && !small.starts_with("{cipher}") &&
         !small.starts_with("ref+");
}

std::string_view secret_within(std::string_view value) {
  const std::size_t key = value.find("PRIVATE KEY-----");
  if (key != std::string_view::npos && value.substr(0, key).rfind("-----BEGIN") != std::string_view::npos) {
    return "a private key";
  }
  if (has_password_in_address(value) || has_password_in_source(value) || has_password_in_query(value)) {
    return "a password in an address";
  }
  return has_token(value) ? "a token" : std::string_view();
}

std::string described(std::string_view key, std::string_view value) {
  const std::string_view text = unquoted(value);
  const auto characters =
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; });
  return fmt::format("{} has a value of {} character{}", in_quotes(key), characters, characters == 1 ? "" : "s");
}

}  // namespace migplan
