#include <string>
#include <utility>

#include "policy_document.hpp"

namespace migplan {
namespace {

List text_list(const std::vector<std::string>& texts) {
  List list;
  for (const std::string& text : texts) list.emplace_back(std::string_view(text));
  return list;
}

List date_list(const std::vector<Date>& dates) {
  List list;
  for (const Date date : dates) list.emplace_back(date.to_string());
  return list;
}

Object three_point_object(const ThreePoint& factors) {
  return {{"low", value_of(factors.low)}, {"likely", value_of(factors.likely)}, {"high", value_of(factors.high)}};
}

Object route_object(const Route& route) {
  Object object{{"phases", text_list(route.phases)}};
  if (route.kind) object.emplace_back("kind", name_of(*route.kind));
  return object;
}

Object phase_object(const PhaseRule& phase) {
  Object object{{"length", name_of(phase.length)}};
  if (phase.length == PhaseLength::Fixed) object.emplace_back("days", value_of(phase.days));
  object.emplace_back("unit", name_of(phase.unit));
  if (!phase.resource.empty()) {
    object.emplace_back("resource", std::string_view(phase.resource));
    object.emplace_back("amount", value_of(phase.amount));
  }
  if (phase.risk) object.emplace_back("risk", three_point_object(*phase.risk));
  return object;
}

Object resource_object(const ResourceRule& resource) {
  Object object{{"capacity", value_of(resource.capacity)}, {"pooling", name_of(resource.pooling)}};
  if (resource.periods.empty()) return object;
  List periods;
  for (const CapacityPeriod& period : resource.periods) {
    periods.emplace_back(Object{
        {"from", period.from.to_string()}, {"to", period.to.to_string()}, {"capacity", value_of(period.capacity)}});
  }
  object.emplace_back("periods", std::move(periods));
  return object;
}

Object calendar_object(const WorkCalendar& calendar) {
  List days, freezes;
  for (const Weekday day : calendar.working_days) days.emplace_back(name_of(day));
  for (const Freeze& freeze : calendar.freezes) {
    Object object;
    if (!freeze.name.empty()) object.emplace_back("name", std::string_view(freeze.name));
    object.emplace_back("from", freeze.from.to_string());
    object.emplace_back("to", freeze.to.to_string());
    object.emplace_back("forbids", text_list(freeze.forbids));
    freezes.emplace_back(std::move(object));
  }
  return {{"working_days", std::move(days)},
          {"holidays", date_list(calendar.holidays)},
          {"extra_working_days", date_list(calendar.extra_working_days)},
          {"freezes", std::move(freezes)}};
}

template <class T>
Object named(const std::map<std::string, T>& all, Object (*make)(const T&)) {
  Object object;
  for (const auto& [name, item] : all) object.emplace_back(name, make(item));
  return object;
}

}  // namespace

Object schedule_policy_document(const SchedulePolicy& schedule) {
  Object risk = three_point_object(schedule.risk.factors);
  risk.emplace_back("shape", name_of(schedule.risk.shape));
  return {{"start", schedule.start.to_string()},
          {"end", schedule.end.to_string()},
          {"deadline_applies_to", name_of(schedule.deadline_applies_to)},
          {"order", name_of(schedule.order)},
          {"across_tiers", name_of(schedule.across_tiers)},
          {"routes", named(schedule.routes, route_object)},
          {"phases", named(schedule.phases, phase_object)},
          {"resources", named(schedule.resources, resource_object)},
          {"calendar", calendar_object(schedule.calendar)},
          {"effort", Object{{"base", value_of(schedule.effort.base)},
                            {"per_sonar_debt_day", value_of(schedule.effort.per_sonar_debt_day)},
                            {"per_strong_dependency", value_of(schedule.effort.per_strong_dependency)}}},
          {"risk", std::move(risk)}};
}

List freeze_list(const WorkCalendar& calendar) {
  List list;
  for (const Freeze& freeze : calendar.freezes) {
    List forbids;
    for (const std::string& phase : freeze.forbids) forbids.emplace_back(std::string_view(phase));
    list.emplace_back(Object{{"name", text_or_null(freeze.name)},
                             {"from", freeze.from.to_string()},
                             {"to", freeze.to.to_string()},
                             {"forbids", std::move(forbids)}});
  }
  return list;
}

}  // namespace migplan
