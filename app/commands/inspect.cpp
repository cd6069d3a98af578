#include "app/commands/command.h"
#include "engine/network/parameter_table.h"

#include <iostream>

namespace continuo::app {

int runInspect(std::span<const std::string> words) {
    for (const auto& word : words) {
        if (!word.starts_with("network=")) continue;
        const auto net = network::namedNetwork(word.substr(8));
        if (!net) return std::cerr << "continuo: " << net.error().message << "\n", kFailed;
        std::cout << "{\"network\": \"" << net->name << "\", \"parameters\": " << network::parameterCount(*net) << "}\n";
        return kDone;
    }
    std::cerr << "continuo inspect: name a net, as in network=mmt-1m\n";
    return kWrongWords;
}

} // namespace continuo::app
