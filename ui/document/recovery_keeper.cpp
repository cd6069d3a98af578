#include "ui/document/recovery_keeper.h"

#include <utility>

namespace continuo::ui {
namespace {

constexpr std::chrono::milliseconds kPatience{500};

} // namespace

RecoveryKeeper::RecoveryKeeper(ScoreDocument& document, std::filesystem::path folder, QObject* parent)
    : QObject(parent), document_(document), folder_(std::move(folder)),
      journal_(folder_, [this](const base::Error& why) {
          const auto text = QString::fromStdString(why.message);
          QMetaObject::invokeMethod(
              this, [this, text] { Q_EMIT troubled(text); }, Qt::QueuedConnection);
      }) {
    connect(&document_, &ScoreDocument::replaced, this, [this] {
        if (!opening_) forget(); // another piece is open: the question about changes was answered
    });
    connect(&document_, &ScoreDocument::savedAs, this, &RecoveryKeeper::forget);
    connect(&document_, &ScoreDocument::edited, this, &RecoveryKeeper::record);
}

/// The piece is copied once, at its first edit since it was opened or saved.
void RecoveryKeeper::record(const score::ScoreEdit& edit, const QString& name) {
    if (std::exchange(recording_, true)) return journal_.record(edit, name.toStdString());
    journal_.restart(document_.path(), document_.snapshot(), edit, name.toStdString());
}

void RecoveryKeeper::dropRecovered() {
    if (!recovered_.empty()) (void)project::discard(recovered_);
    recovered_.clear();
}

void RecoveryKeeper::forget() {
    dropRecovered();
    recording_ = false;
    journal_.forget();
}

bool RecoveryKeeper::flush() { return journal_.flush(kPatience); }

base::Status RecoveryKeeper::open(const project::Leftover& leftover) {
    auto recovered = project::recover(leftover.file);
    if (!recovered) return base::failure(recovered.error());
    forget();
    opening_ = true;
    document_.replace(std::move(recovered->after), {});
    document_.markUnsaved();
    opening_ = false;
    recovered_ = leftover.file;
    return {};
}

} // namespace continuo::ui
