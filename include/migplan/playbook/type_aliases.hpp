#pragma once

#include <span>
#include <string>
#include <utility>
#include <vector>

#include "migplan/base/result.hpp"
#include "migplan/playbook/java_type.hpp"

namespace migplan {

// A type expression and where somebody wrote it.
struct StatedType {
  std::string text;
  std::string file{};  // empty = on the command line
  Position at{};
  std::string path{};    // inside the document: types[2]
  bool is_line = false;  // it stands in the file as it is, so that a place within it is a place of the file
};

// Issues about the text as issues about its file. Where that tells no exact place, the message begins with it.
[[nodiscard]] Issues in_place(const Issues& issues, const StatedType& stated);

struct TypeAlias {
  std::string name;
  StatedType type;
};

// What classes stand for that are not of the Java libraries.
class TypeAliases {
 public:
  static constexpr std::size_t kMost = 1000;
  static constexpr std::size_t kMostTypes = 4096;

  TypeAliases() = default;
  // Refuses names that are no class's or a library class's, names that are given twice, types that are none, and
  // aliases that come back to themselves.
  [[nodiscard]] static Result<TypeAliases> create(const std::vector<TypeAlias>& aliases);

  // The type with every alias in it replaced. A class without type arguments is an alias where it is named so, or so
  // behind its package. Refuses what unfolds into more than kMostTypes, or deeper than kDeepestJavaType.
  [[nodiscard]] Result<JavaType> resolved(const JavaType& type) const;

 private:
  struct Entry {
    std::string name;
    JavaType type;
  };
  class Unfolding;
  [[nodiscard]] const Entry* find(const JavaType& type) const;
  [[nodiscard]] Issues cycles(std::span<const TypeAlias> aliases) const;

  std::vector<Entry> entries_;  // in the order given
};

// What library classes of the type have not as many type arguments as they take. `at` is the place within its text.
[[nodiscard]] Issues argument_issues(const JavaType& type);

}  // namespace migplan
