#include "ui/document/recovery_keeper.h"

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
        if (!opening_) dropRecovered(); // another piece is open: the question about changes was answered
        restart();
    });
    connect(&document_, &ScoreDocument::modifiedChanged, this, [this](bool modified) {
        if (modified) return;
        dropRecovered();
        restart();
    });
    connect(&document_, &ScoreDocument::edited, this,
            [this](const score::ScoreEdit& edit, const QString& name) { journal_.record(edit, name.toStdString()); });
    restart();
}

void RecoveryKeeper::restart() { journal_.restart(document_.path(), document_.snapshot()); }

void RecoveryKeeper::dropRecovered() {
    if (!recovered_.empty()) (void)project::discard(recovered_);
    recovered_.clear();
}

void RecoveryKeeper::forget() {
    dropRecovered();
    journal_.forget();
}

bool RecoveryKeeper::flush() { return journal_.flush(kPatience); }

base::Status RecoveryKeeper::open(const project::Leftover& leftover) {
    auto recovered = project::recover(leftover.file);
    if (!recovered) return base::failure(recovered.error());
    dropRecovered();
    opening_ = true;
    document_.replace(std::move(recovered->after), {});
    document_.markUnsaved();
    opening_ = false;
    recovered_ = leftover.file;
    return {};
}

} // namespace continuo::ui
