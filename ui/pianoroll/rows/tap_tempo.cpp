#include "ui/pianoroll/rows/tap_tempo.h"

namespace continuo::ui {
namespace {

constexpr double kPause = 2;
constexpr std::size_t kMostTaps = 9;

} // namespace

std::optional<double> TapTempo::tap(double seconds) {
    if (!times_.empty() && (seconds - times_.back() > kPause || seconds <= times_.back())) times_.clear();
    times_.push_back(seconds);
    if (times_.size() > kMostTaps) times_.pop_front();
    if (times_.size() < 2) return std::nullopt;
    return 60 * static_cast<double>(times_.size() - 1) / (times_.back() - times_.front());
}

} // namespace continuo::ui
