#include "ui/training/run_record.h"
#include "engine/base/text.h"

#include <algorithm>
#include <cmath>

namespace continuo::ui {

namespace {

constexpr int kDateLength = 15; // yyyymmdd-hhmmss

/// The folder that bears the date and the name: of a sweep's numbered run, the sweep's.
QString datedFolder(const std::filesystem::path& root) {
    const auto own = QString::fromStdString(root.filename().string());
    bool isNumber = false;
    own.toUInt(&isNumber);
    const auto sweep = QString::fromStdString(root.parent_path().filename().string());
    return isNumber ? sweep + QStringLiteral(" #") + own : own;
}

QDateTime dateIn(const QString& folderName) {
    return QDateTime::fromString(folderName.left(kDateLength), QStringLiteral("yyyyMMdd-HHmmss"));
}

} // namespace

QString RunRecord::name() const {
    const auto folder = datedFolder(directory.root);
    const bool dated = dateIn(folder).isValid() && folder.size() > kDateLength + 1;
    return dated ? folder.mid(kDateLength + 1) : folder;
}

QDateTime RunRecord::started() const { return dateIn(datedFolder(directory.root)); }

bool RunRecord::isActive() const {
    using runs::RunState;
    return status.state == RunState::Starting || status.state == RunState::Running || status.state == RunState::Paused;
}

const runs::CheckpointEntry* RunRecord::best() const {
    const runs::CheckpointEntry* best = nullptr;
    for (const auto& entry : checkpoints)
        if (entry.validationLoss && (!best || *entry.validationLoss < *best->validationLoss)) best = &entry;
    return best || checkpoints.empty() ? best : &checkpoints.back();
}

std::optional<std::int64_t> sampleStep(const std::filesystem::path& sample) {
    const auto name = sample.filename().string();
    constexpr std::string_view kPrefix = "step-";
    if (!name.starts_with(kPrefix)) return {};
    const auto end = name.find_first_not_of("0123456789", kPrefix.size());
    return base::parseInteger(std::string_view(name).substr(kPrefix.size(), end - kPrefix.size()));
}

QString sizeName(const std::string& network) {
    const auto dash = network.rfind('-');
    if (dash == std::string::npos) return QString::fromStdString(network);
    return QString::fromStdString(network.substr(dash + 1)).toUpper();
}

QString durationText(double seconds) {
    const auto whole = static_cast<qint64>(std::llround(seconds));
    if (whole < 60) return QStringLiteral("%1 s").arg(whole);
    const auto minutes = (whole + 30) / 60;
    if (minutes < 120) return QStringLiteral("%1 min").arg(minutes);
    return QStringLiteral("%1 h %2 min").arg(minutes / 60).arg(minutes % 60, 2, 10, QLatin1Char('0'));
}

QString stateText(const RunRecord& run) {
    auto text = QString::fromLatin1(runs::stateName(run.status.state));
    using runs::RunState;
    const auto state = run.status.state;
    const bool cutShort = state == RunState::Stopped || state == RunState::Failed || state == RunState::Lost;
    if (!cutShort) return text;
    if (run.checkpoints.empty()) return text + QStringLiteral(", nothing kept");
    return text + QStringLiteral(", kept %1").arg(base::formatCount(run.checkpoints.back().step).c_str());
}

QString lossText(double loss) {
    if (!std::isfinite(loss)) return QStringLiteral("not finite");
    return QString::fromStdString(base::formatFixed(loss, loss < 10 ? 3 : 2));
}

} // namespace continuo::ui
