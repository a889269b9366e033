#include <incar/core/json.hpp>
#include <incar/smac/scenario.hpp>

namespace incar::smac {
namespace {

json::value members(const device_plan& device) {
    return json::object{
        {"id", device.id}, {"power_w", device.power_w}, {"soc_wh", device.soc_wh}, {"unmet_wh", device.unmet_wh}};
}

json::value members(const unmet_requirement& missing) {
    return json::object{{"what", missing.what},
                        {"slot", missing.slot},
                        {"amount", missing.amount},
                        {"unit", missing.unit},
                        {"reason", missing.reason}};
}

json::value members(const adjustment& change) {
    return json::object{
        {"where", change.where}, {"given", change.given}, {"used", change.used}, {"reason", change.reason}};
}

template <class T>
json::value list(const std::vector<T>& items) {
    json::array result;
    for (const T& each : items) result.push_back(members(each));
    return result;
}

} // namespace

std::string format_plan(const plan& answer) {
    json::object site{{"import_w", answer.site.import_w},
                      {"export_w", answer.site.export_w},
                      {"upper_flex_w", answer.site.upper_flex_w},
                      {"lower_flex_w", answer.site.lower_flex_w}};
    if (!answer.site.curtailed_w.empty()) site.push_back({"curtailed_w", answer.site.curtailed_w});
    const json::object solver{{"name", answer.solver.name},
                              {"seconds", answer.solver.seconds},
                              {"iterations", answer.solver.iterations},
                              {"gap", answer.solver.gap}};
    const json::object root{{"status", answer.status == plan_status::optimal ? "Optimal" : "Infeasible"},
                            {"objective_eur", answer.objective_eur},
                            {"co2_g", answer.co2_g},
                            {"evs", list(answer.evs)},
                            {"batteries", list(answer.batteries)},
                            {"site", site},
                            {"unmet", list(answer.unmet)},
                            {"adjustments", list(answer.adjustments)},
                            {"solver", solver}};
    return json::format(root, json::layout::indented) + "\n";
}

} // namespace incar::smac
