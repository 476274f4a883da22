#include "instances_spec.hpp"

#include <array>

#include "field_store.hpp"
#include "migplan/load/instances_reader.hpp"

namespace migplan {
namespace {

using namespace fields;

constexpr auto kAnswerFields = std::array{
    required(value<&AnswerDraft::instance>("instance", "Name of the instance.")),
    required(value<&AnswerDraft::makespan>("makespan", "Greatest finish.")),
    required(list<&AnswerDraft::starts>("starts", "Start of each job.")),
};
constexpr MapSpec kAnswer{"instance", kAnswerFields, nullptr, OtherKeys::PassedOver};
constexpr auto kAnswersFields = std::array{
    required(schema(kInstancesSchema)),
    required(map_list<&AnswersDraft::instances>("instances", "Answers.", kAnswer)),
};
constexpr MapSpec kAnswers{"answers", kAnswersFields, nullptr, OtherKeys::PassedOver};

}  // namespace

const MapSpec& answers_spec() noexcept { return kAnswers; }

}  // namespace migplan
