#include "migplan/load/manifests_reader.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "linting.hpp"

using namespace migplan;
using namespace migplan::linting;

TEST_CASE("lint: findings stand in the order of their places, each with its own object, whichever rule is first") {
  const auto name_of_number = [](int number) {
    return "m" + std::to_string(number % 10) + std::to_string(number / 10);
  };
  Texts files;
  std::vector<std::string> expected;
  for (int number = 0; number < 100; ++number) {
    const std::string name = name_of_number(number);
    const std::string fault = number % 3 == 0 ? "value: hunter2" : "valueFrom: {}";
    files.push_back({name + ".yaml", "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: " + name +
                                         "}\nspec:\n  template:\n    metadata: {labels: {app: a}}\n    spec:\n" +
                                         "      containers:\n      - name: c\n        env:\n" +
                                         "        - {name: DB_PASSWORD, " + fault + "}\n"});
    expected.push_back(name + ".yaml:3 lint-budget Deployment " + name +
                       ": no PodDisruptionBudget has a selector and namespace that match its pods");
    if (number % 3 != 0) continue;
    expected.push_back(name + ".yaml:11 lint-password Deployment " + name +
                       ": a password is the plain value of an environment variable");
  }
  // By file, then by line.
  std::stable_sort(expected.begin(), expected.end(), [](const std::string& a, const std::string& b) {
    return a.substr(0, a.find(':')) < b.substr(0, b.find(':'));
  });
  CHECK(findings(files) == expected);
}

TEST_CASE("lint: items of a list that state no kind are told") {
  CHECK(told(read("apiVersion: apps/v1\nkind: DeploymentList\nitems: [{metadata: {name: a}}, {metadata: {name: b}}]\n")
                 .issues) ==
        "in.yaml:1:1: warning: 2 of its items are passed over: no kind is stated (kubectl get -o yaml states it)\n");
}

TEST_CASE("lint: a logging configuration in a ConfigMap is judged where it stands") {
  const std::string map =
      "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: m, labels: {app: shop}}\ndata:\n"
      "  logback.xml: |\n    <configuration>\n      <appender name=\"OUT\" "
      "class=\"ch.qos.logback.core.ConsoleAppender\">\n        <encoder><pattern>%m%n</pattern></encoder>\n"
      "      </appender>\n      <root><appender-ref ref=\"OUT\"/></root>\n    </configuration>\n"
      "  application.yaml: |\n    logging:\n      structured: {format: {console: logstash}}\n"
      "  application-dev.yaml: |\n    logging:\n      pattern: {console: '%m'}\n"
      "  notes.txt: |\n    logging.pattern.console=%m\n";
  CHECK(findings({{"a.yaml", map}}) ==
        std::vector<std::string>{
            "a.yaml:7 lint-logs ConfigMap m logback.xml: output OUT writes lines that are no JSON",
            "a.yaml:14 lint-logs ConfigMap m application.yaml: output console writes JSON without service_name"});
  CHECK(told(read("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: m}\ndata:\n  logback.xml: |\n    <configuration>\n"
                  "    <a\n")
                 .issues)
            .starts_with("in.yaml:7:"));
}

TEST_CASE("lint: what generators take in is judged") {
  const Texts files{
      {"kustomization.yaml",
       "configMapGenerator:\n- name: m\n  files: [conf/app.ini, db=conf/db.txt, gone.txt]\n  envs: [app.env]\n"
       "secretGenerator:\n- {name: s, literals: [PASSWORD=abc]}\n"}};
  const std::map<std::string, std::string> others{{"conf/app.ini", "[db]\npassword = abc\n"},
                                                  {"conf/db.txt", "x\n"},
                                                  {"app.env", "# PASSWORD=x\nMODE=a\nAPI_TOKEN=abc\r\n"}};
  std::vector<ManifestFile> read_files;
  read_files.push_back(read(files[0].second, files[0].first));
  GeneratorFiles generated = read_generator_files(
      read_files, [&](const std::string& path) -> std::optional<Result<std::unique_ptr<ByteSource>>> {
        const auto found = others.find(path);
        if (found == others.end()) return std::nullopt;
        return Result<std::unique_ptr<ByteSource>>(std::unique_ptr<ByteSource>(new TextSource(found->second)));
      });
  const LintMaterial all = lint_material(std::move(read_files), std::move(generated));
  CHECK(told(all.issues) == "kustomization.yaml:3:41: warning: \"gone.txt\" is not among the files\n");
  std::vector<std::string> found;
  for (const LintCheck& one : checked(all.input, policy())) {
    if (one.check.verdict != Verdict::Fail) continue;
    found.push_back(to_string(one.check.source) + " " + one.detail.object +
                    (one.detail.severity == Severity::Warning ? " warning" : ""));
  }
  CHECK(found == std::vector<std::string>{"app.env:3 ConfigMap m", "conf/app.ini:2 ConfigMap m",
                                          "kustomization.yaml:6 Secret s warning"});
}

TEST_CASE("lint: a budget that could not be read leaves a doubt in its own chart only") {
  const std::string budget = "{{- if .Values.on }}\napiVersion: policy/v1\nkind: PodDisruptionBudget\n{{- end }}\n";
  const std::string shop =
      "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: shop}\nspec:\n  replicas: 3\n  template:\n"
      "    metadata: {labels: {app: shop}}\n    spec: {containers: [{name: shop, image: a}]}\n";
  const auto verdict = [&](const std::string& name) {
    for (const LintCheck& one :
         checked(material({{"chart/templates/budget.yaml", budget}, {name, shop}}).input, policy())) {
      if (one.check.rule == "lint-budget") return one.check.verdict;
    }
    return Verdict::Pass;
  };
  CHECK(verdict("chart/shop.yaml") == Verdict::Inconclusive);
  CHECK(verdict("chart/templates/shop.yaml") == Verdict::Inconclusive);
  CHECK(verdict("other/shop.yaml") == Verdict::Fail);
  CHECK(verdict("charts/shop.yaml") == Verdict::Fail);
}

TEST_CASE("lint: who is bound to a role of Kubernetes that grants exec is told, by how far it reaches") {
  const auto found = [](const std::string& kind, const std::string& role, const std::string& rest) {
    const Texts files{{"a.yaml", "apiVersion: rbac.authorization.k8s.io/v1\nkind: " + kind + "\nmetadata: {name: b}\n" +
                                     "roleRef: {kind: ClusterRole, name: " + role + "}\n" + rest}};
    std::string out;
    for (const LintCheck& one : checked(material(files).input, policy())) {
      if (one.check.verdict == Verdict::Fail) out += one.detail.severity == Severity::Error ? "error " : "warning ";
    }
    return out;
  };
  const std::string subjects = "subjects: [{kind: Group, name: developers}]\n";
  CHECK(found("ClusterRoleBinding", "edit", subjects) == "error ");
  CHECK(found("RoleBinding", "admin", subjects) == "warning ");
  CHECK(found("RoleBinding", "cluster-admin", subjects) == "warning ");
  CHECK(found("RoleBinding", "view", subjects).empty());
  CHECK(found("RoleBinding", "edit", "subjects: []\n").empty());
  // Its rules stand beside it and are judged there.
  CHECK(found("RoleBinding", "edit",
              subjects + "---\napiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\n"
                         "metadata: {name: edit}\nrules: []\n")
            .empty());
}

TEST_CASE("lint: appenders of one name are judged each") {
  const auto of = [](const char* profile, const char* encoder) {
    return std::string("<springProfile name='") + profile + "'>\n<appender name='A' class='x.ConsoleAppender'>" +
           encoder + "</appender></springProfile>\n";
  };
  const char* const text = "<encoder><pattern>%m</pattern></encoder>";
  const char* const json = "<encoder class='x.JsonEncoder'/>";
  const auto lines = [&](const std::string& appenders) {
    std::string out;
    for (const std::string& one :
         findings({{"logback.xml",
                    "<configuration>\n" + appenders + "<root><appender-ref ref='A'/></root></configuration>"}})) {
      out += one.substr(0, one.find(' ')) + (one.find("no JSON") == std::string::npos ? " json " : " text ");
    }
    return out;
  };
  CHECK(lines(of("prod", text) + of("stage", json)) == "logback.xml:3 text logback.xml:5 json ");
  CHECK(lines(of("stage", json) + of("prod", text)) == "logback.xml:3 json logback.xml:5 text ");
  CHECK(lines(of("local", text) + of("prod", json)) == "logback.xml:5 json ");
}

TEST_CASE("lint: outputs are found by their references, one that leads nowhere leaves a doubt") {
  const auto judged = [](const Texts& files) {
    std::string out;
    for (const LintCheck& one : checked(material(files).input, policy())) {
      out += std::string(name_of(one.check.verdict)) + " ";
    }
    return out;
  };
  const auto log4j = [&](const std::string& parts, const std::string& ref) {
    return judged({{"log4j2.xml", "<Configuration>" + parts + "<Loggers><Root><AppenderRef ref='" + ref +
                                      "'/></Root></Loggers></Configuration>"}});
  };
  const std::string text = "<Appenders><Console name='A'><PatternLayout pattern='%m'/></Console>";
  CHECK(log4j(text + "</Appenders>", "A") == "fail ");
  CHECK(log4j(text + "</Appenders>", "${x:-A}") == "fail ");
  CHECK(log4j("<Properties><Property name='x'>A</Property></Properties>" + text + "</Appenders>", "${x:-B}") ==
        "fail ");
  CHECK(log4j(text + "</Appenders>", "${x}") == "inconclusive ");
  CHECK(log4j(text + "</Appenders>", "B") == "inconclusive ");
  CHECK(log4j(text + "<Failover name='F' primary='A'/></Appenders>", "F") == "fail ");
  CHECK(log4j("<xi:include href='gone.xml'/>", "A") == "inconclusive ");
  CHECK(log4j("<Appenders><JDBC name='A'/></Appenders>", "A") == "inconclusive ");
  CHECK(log4j("<Appenders><Console name='A'><PatternLayout pattern='${p}'/></Console></Appenders>", "A") ==
        "inconclusive ");
  CHECK(
      log4j("<Appenders><Console name='A'><PatternLayout pattern='${sys:CONSOLE_LOG_PATTERN}'/></Console></Appenders>",
            "A") == "fail ");
  const auto logback = [&](const std::string& parts, const std::string& ref) {
    return judged({{"logback.xml",
                    "<configuration>" + parts + "<root><appender-ref ref='" + ref + "'/></root></configuration>"}});
  };
  const std::string console = "<appender name='A' class='x.ConsoleAppender'><encoder><pattern>";
  CHECK(logback(console + "%m</pattern></encoder></appender>", "${x:-A}") == "fail ");
  CHECK(logback(console + "%m</pattern></encoder></appender>", "${x}") == "inconclusive ");
  CHECK(logback("<property name='a' value='${b}'/><property name='b' value='${a}'/>" + console +
                    "${a}</pattern></encoder></appender>",
                "A") == "inconclusive ");
  CHECK(logback("<springProfile name='dev'>" + console + "%m</pattern></encoder></appender></springProfile>", "A")
            .empty());
}

TEST_CASE("lint: the name of an application is of all profiles beside it") {
  const std::string name = "spring: {application: {name: shop}}\n", ecs = "logging.structured.format.console: ecs\n";
  CHECK(findings({{"a/application.yml", name}, {"a/application-prod.yml", ecs}}).empty());
  CHECK(findings({{"a/application.yml", name + "---\n" + ecs}}).empty());
  CHECK(findings({{"b/application.yml", name}, {"a/application-prod.yml", ecs}}).size() == 1);
  CHECK(findings({{"a/application-stage.yml", name}, {"a/application-prod.yml", ecs}}).size() == 1);
  const std::string map =
      "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: m}\ndata:\n  application-prod.yml: |\n    " + ecs +
      "    a: b\n";
  CHECK(findings({{"a.yaml", map}}).size() == 1);
  CHECK(findings({{"a.yaml", map + "  application.yml: |\n    " + name + "    a: b\n"}}).empty());
}

TEST_CASE("lint: encoders that nobody knows leave a doubt, those of tests and development nothing") {
  const auto logback = [](const std::string& appender, const std::string& name = "logback.xml") {
    const std::string text = "<configuration><appender name='A' " + appender +
                             "</appender><root><appender-ref ref='A'/></root></configuration>";
    std::string out;
    for (const LintCheck& one : checked(material({{name, text}}).input, policy())) out += name_of(one.check.verdict);
    return out;
  };
  const std::string console = "class='ch.qos.logback.core.ConsoleAppender'>";
  CHECK(logback(console + "<encoder class='com.example.OurEncoder'/>") == "inconclusive");
  CHECK(logback("class='io.sentry.logback.SentryAppender'>") == "inconclusive");
  CHECK(logback(console) == "fail");
  CHECK(logback(console + "<encoder class='x.OurEncoder'><pattern>%m</pattern></encoder>") == "fail");
  CHECK(logback(console, "shop/src/test/resources/logback.xml").empty());
  CHECK(logback("class='net.logstash.logback.appender.LoggingEventAsyncDisruptorAppender'><appender name='B' " +
                console + "<encoder><pattern>%m</pattern></encoder></appender>") == "fail");
  CHECK(findings({{"application-local.properties", "logging.pattern.console=%m\n"}}).empty());
  CHECK(findings({{"application-live.properties", "logging.pattern.console=%m\n"}}).size() == 1);
  CHECK(
      findings({{"application.yaml", "spring.config.activate.on-profile: dev | test\nlogging.pattern.console: '%m'\n"}})
          .empty());
}
