#include "ui/training/run_settings.h"
#include "engine/base/text.h"

#include <QStringList>
#include <cmath>

namespace continuo::ui {

const std::vector<std::string>& builtInDatasets() {
    static const std::vector<std::string> names{"counterpoint", "scales", "eighth-notes"};
    return names;
}

std::string runName(const RunSettings& settings) {
    const auto data = std::filesystem::path(settings.dataset).filename().string();
    const bool isUsual = settings.network.starts_with("mmt-");
    return (data.empty() ? "run" : data) + "-" + settings.network.substr(isUsual ? 4 : 0);
}

std::vector<std::string> trainWords(const RunSettings& settings, const std::filesystem::path& runDirectory) {
    std::vector<std::string> words{"train", "dataset=" + settings.dataset, "network=" + settings.network};
    const auto whole = [](double value) { return std::to_string(std::llround(value)); };
    if (settings.limitKind == RunSettings::Limit::Steps)
        words.push_back("trainer.max_steps=" + whole(settings.limit));
    else
        words.push_back("trainer.max_seconds=" + whole(settings.limit * 60));
    words.push_back("optimizer.lr=" + base::formatReal(settings.learningRate));
    words.push_back("seed=" + std::to_string(settings.seed));
    if (settings.leaveCore) words.emplace_back("trainer.leave_core=true");
    if (!runDirectory.empty()) words.push_back("run_dir=" + runDirectory.string());
    return words;
}

QString terminalLine(const std::vector<std::string>& words) {
    QStringList line{QStringLiteral("continuo")};
    for (const auto& word : words) {
        auto text = QString::fromStdString(word);
        constexpr auto kPlain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=./+,:";
        if (word.find_first_not_of(kPlain) != std::string::npos)
            text = QLatin1Char('\'') + text.replace(QLatin1String("'"), QLatin1String("'\\''")) + QLatin1Char('\'');
        line << text;
    }
    return line.join(QLatin1Char(' '));
}

} // namespace continuo::ui
