#include <catch2/catch.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "migplan/model/ignore_comment.hpp"
#include "migplan/verification/kustomization.hpp"
#include "migplan/verification/manifest.hpp"
#include "name_pattern.hpp"
#include "process_count.hpp"
#include "secret_text.hpp"

using namespace migplan;

TEST_CASE("secrets: a key names one when its last words do") {
  for (const char* const key : {"password", "DB_PASSWORD", "spring.datasource.password", "MYSQL_PASS", "clientSecret",
                                "AUTH_TOKEN", "apiKey", "API_KEY", "AWS_SECRET_ACCESS_KEY", "AZURE_BATCH_KEY",
                                "OCI_CLI_KEY_CONTENT", "CDCDBPASSWORD", "private-key", "PASSWORD2"}) {
    INFO(key);
    CHECK(is_secret_key(key));
  }
  for (const char* const key :
       {"PASSWORD_FILE", "TOKEN_EXPIRY_SECONDS", "secretName", "passwordEncoder", "MAX_TOKENS", "PWD", "cache_key",
        "PUBLIC_KEY", "token_url", "PASSWORD_MIN_LENGTH", "AWS_ACCESS_KEY_ID", "tokenizer", "compass", "", "___"}) {
    INFO(key);
    CHECK_FALSE(is_secret_key(key));
  }
}

TEST_CASE("secrets: a value is one unless it stands for another, or is a place or a switch") {
  for (const char* const value : {"abc", "'s3cr3t'", "123456", "changeme", "p@ss w0rd", "$ecret!", "$2a$10$abc"}) {
    INFO(value);
    CHECK(is_secret_value(value));
  }
  for (const char* const value :
       {"", "\"\"", "${DB}", "$(DB)", "{{ .x }}", "$DB", "<password>", "/run/x", "https://x/y", "true", "***",
        "ENC(abc)", "{cipher}abc", "vault:a/b", "arn:aws:x", "null"}) {
    INFO(value);
    CHECK_FALSE(is_secret_value(value));
  }
}

TEST_CASE("secrets: some are known whatever they are called") {
  CHECK(secret_within("-----BEGIN EC PRIVATE KEY-----\nabc") == "a private key");
  CHECK(secret_within("mongodb://shop:pw@db/shop") == "a password in an address");
  CHECK(secret_within("jdbc:x://db?user=a;password=b") == "a password in an address");
  CHECK(secret_within("ghp_0123456789abcdefABCDEF") == "a token");
  CHECK(secret_within("not ghp_short but ghp_0123456789abcdefABCDEF") == "a token");
  CHECK(secret_within("http://a:${PW}@x http://b:real@y") == "a password in an address");
  for (const char* const value : {"mongodb://db/shop", "http://a:${PW}@db", "jdbc:x?password=${PW}",
                                  "-----BEGIN CERTIFICATE-----", "ghp_short", "mailto:a@b"}) {
    INFO(value);
    CHECK(secret_within(value).empty());
  }
}

TEST_CASE("secrets: a line shows what was found and not the secret") {
  CHECK(secret_in_line("  db.password = geheim") == "\"db.password\" has a value of 6 characters");
  CHECK(secret_in_line("{\"apiToken\": \"abc\",") == "\"apiToken\" has a value of 3 characters");
  CHECK(secret_in_line(R"({"user": "a:b", "password": "ab\"c", "x": 1})") ==
        "\"password\" has a value of 5 characters");
  CHECK(secret_in_line(R"({"login": {"pin": 1, "accessToken": abcd}})") ==
        "\"accessToken\" has a value of 4 characters");
  CHECK(secret_in_line("<a><b>x</b><password>abc</password></a>") == "\"password\" has a value of 3 characters");
  CHECK(secret_in_line("<property name=\"db.password\" value=\"abcd\"/>") ==
        "\"db.password\" has a value of 4 characters");
  CHECK(secret_in_line("<login password='abc'>") == "\"password\" has a value of 3 characters");
  for (const char* const line :
       {"<password>${PW}</password>", "<password/>", "<property name=\"password\"/>", "<password",
        "<a password=", R"({"password": "${PW}", "token": true})", R"({"password": )", R"("password)",
        "<passwordPolicy>x</passwordPolicy>", R"({"token": next(1)})"}) {
    INFO(line);
    CHECK(secret_in_line(line).empty());
  }
  for (const char* const line : {"# password=abc", "password:", "the password: ask somebody else",
                                 "if (token == null) {", "password: ${PW}", "x", "password=", ": : :"}) {
    INFO(line);
    CHECK(secret_in_line(line).empty());
  }
}

TEST_CASE("secrets: arguments of a command hold them behind their keys") {
  for (const char* const text :
       {"-Ddb.password=abc", "-Xmx1g -Ddb.password=abc -Da=b", "--db.password=abc", "--password='abc'", "-password=abc",
        "JAVA_OPTS=\"-Da=b -Dpassword=abc\"", "[\"--password=abc\", x]", "exec a --password=abc; b"}) {
    INFO(text);
    CHECK(secret_in_arguments(text).ends_with("has a value of 3 characters"));
    CHECK_FALSE(secret_in_line(text).empty());
  }
  for (const char* const text :
       {"-Ddb.password=${PW}", "--password=$(PW)", "--password=\"$PW\"", "sh -c '--password=$PW'", "--password=$1",
        "-Dpw.password=ENC(abc)", "--password=vault:a/b", "--password-file=abc", "--token-ttl=5m", "a-password=abc",
        "-", "--password", "--password=", "--=abc", "-Dpassword={cipher}abc"}) {
    INFO(text);
    CHECK(secret_in_arguments(text).empty());
  }
  using Words = std::vector<std::string_view>;
  for (const Words& words : {Words{"serve", "--password", "abc"}, Words{"--db.password", "'abc'"},
                             Words{"mysql", "-h", "db", "--password", "abc", "&&", "x"}}) {
    CHECK(secret_in_words(words).ends_with("has a value of 3 characters"));
  }
  for (const Words& words : {Words{"--password", "--host", "abc"}, Words{"mysql", "--password", "&&", "x"},
                             Words{"--password", "$(PW)"}, Words{"--password", "\"$PW\""}, Words{"--password"},
                             Words{"password", "abc"}, Words{"--password-file", "abc"}, Words{"--password=", "abc"}}) {
    CHECK(secret_in_words(words).empty());
  }
  CHECK(secret_within("user:pw123456@tcp(db:3306)/x") == "a password in an address");
  CHECK(secret_within("dsn: u:pw@unix(/a)/x") == "a password in an address");
  CHECK(secret_within("user:${PW}@tcp(db:3306)/x").empty());
  CHECK(secret_within("user@tcp(db:3306)/x").empty());
}

TEST_CASE("budgets: percentages are rounded up, as Kubernetes does") {
  CHECK(pods({67, true}, 3) == 3);  // 2.01
  CHECK(pods({50, true}, 3) == 2);  // 1.5
  CHECK(pods({33, true}, 3) == 1);  // 0.99
  CHECK(pods({100, true}, 7) == 7);
  CHECK(pods({0, true}, 7) == 0);
  CHECK(pods({5, false}, 3) == 5);
  CHECK(pods({1'000'000'000, true}, 1'000'000'000) == 10'000'000'000'000'000);
}

TEST_CASE("labels: requirements of a selector") {
  const Labels labels{{"app", "shop"}, {"tier", "web"}};
  const auto is_met = [&labels](LabelRequirement requirement) {
    return is_match(LabelSelector{{}, {std::move(requirement)}}, labels);
  };
  CHECK(is_met({"tier", "In", {"api", "web"}}));
  CHECK_FALSE(is_met({"tier", "In", {"api"}}));
  CHECK_FALSE(is_met({"zone", "In", {"a"}}));
  CHECK(is_met({"zone", "NotIn", {"a"}}));
  CHECK_FALSE(is_met({"tier", "NotIn", {"web"}}));
  CHECK(is_met({"app", "Exists", {}}));
  CHECK(is_met({"zone", "DoesNotExist", {}}));
  CHECK_FALSE(is_met({"app", "Near", {}}));
  CHECK(is_match(LabelSelector{{{"app", "shop"}}, {}}, labels));
  CHECK_FALSE(is_match(LabelSelector{{{"app", "cart"}}, {}}, labels));
}

TEST_CASE("processes: what a shell starts side by side") {
  const auto count = [](const char* script) {
    Container container;
    container.command = {"sh", "-c", script};
    return process_count(container).count;
  };
  CHECK(count("a & b") == 2);
  CHECK(count("a & b & wait") == 2);
  CHECK(count("a & b & exec c") == 3);
  CHECK(count("supervisord -n") == 2);
  CHECK(count("cat >x <<-'END'\na & b\n  END\nc & d") == 2);
  for (const char* const script :
       {"a", "a && b", "a 2>&1", "a &> log", "a & wait", "a & pid=$!; wait $pid", "echo 'a & b'", "# a & b\nc",
        "a || b; c", "echo a \\& b", "", "&", "cat > x <<EOF\nurl=http://a?b=1&c=2\nEOF\nexec app", "a |& b",
        "echo $((1 << 2)); b"}) {
    INFO(script);
    CHECK(count(script) == 1);
  }
}

TEST_CASE("kustomizations: paths are compared in one form") {
  CHECK(normal_path("a/b", "../c/./d.yaml") == "a/c/d.yaml");
  CHECK(normal_path("", "./a//b/") == "a/b");
  CHECK(normal_path("a", "..") == ".");
  CHECK(normal_path("a", "../../b") == "../b");
  CHECK(normal_path("/a", "../../b") == "/b");
  CHECK(normal_path("a", "/b") == "/b");
}

TEST_CASE("patterns: targets of patches match whole names") {
  const auto is_match = [](std::string_view pattern) { return is_pattern_match(pattern, "shop-api-2"); };
  for (const char* const pattern :
       {"", "shop-api-2", "shop.*", ".*", "^shop-api-2$", "s.op-[a-z]+-\\d", "(cart|shop)-(api|web)-[^a-z]",
        "shop-(api-)*2", "((s|h)+op)-\\w+-2", "shop-api-2(-x)?", "x*shop-api-2", "(?:shop)-api-2"}) {
    INFO(pattern);
    CHECK(is_match(pattern));
  }
  for (const char* const pattern : {"shop", "api", "shop-api-", "shop-api-22", "[a-z]+", "cart|shop", "shop-api-\\.",
                                    "(", ")", "*", "[", "shop-api-2(", "(a*)*", "\\", "|"}) {
    INFO(pattern);
    CHECK_FALSE(is_match(pattern));
  }
  CHECK_FALSE(is_pattern_match("((((a*)*)*)*)*b", std::string(60, 'a')));
}
