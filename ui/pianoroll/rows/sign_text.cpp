#include "ui/pianoroll/rows/sign_text.h"

#include "engine/base/text.h"
#include "engine/score/operations/edit_builder.h"
#include "engine/score/operations/fit_tempo.h"
#include "engine/score/operations/tempo_curve.h"
#include "engine/score/track_operations.h"
#include "ui/pianoroll/rows/scale_names.h"

#include <cmath>
#include <optional>

namespace continuo::ui {
namespace {

struct Meter {
    int numerator = 4, power = 2;
};

std::optional<Meter> readMeter(const std::string& text) {
    const auto slash = text.find('/');
    if (slash == std::string::npos) return std::nullopt;
    const std::string_view view(text);
    const auto above = base::parseInteger(base::trimmed(view.substr(0, slash)));
    const auto below = base::parseInteger(base::trimmed(view.substr(slash + 1)));
    if (!above || !below || *above < 1 || *above > 255) return std::nullopt;
    for (int power = 0; power <= 7; ++power)
        if (*below == 1 << power) return Meter{static_cast<int>(*above), power};
    return std::nullopt;
}

std::optional<double> readTempo(const std::string& text) {
    const auto bpm = base::parseReal(text);
    if (!bpm || *bpm < score::kSlowestTempo || *bpm > score::kFastestTempo) return std::nullopt;
    return bpm;
}

/// The tempo from `at` on, up to the next point; a ramp that begins there goes on from it.
score::ScoreEdit tempoEdit(const score::Score& score, score::Tick at, double bpm, score::IdMint& mint) {
    auto points = score::tempoPointsOf(score);
    for (auto& point : points)
        if (point.at == at) {
            point.bpm = bpm;
            return score::setTempoPoints(score, points, mint);
        }
    points.push_back({at, bpm, false});
    return score::setTempoPoints(score, points, mint);
}

} // namespace

QString tempoText(double bpm) {
    const bool isWhole = std::abs(bpm - std::round(bpm)) < 0.005;
    return QString::fromStdString(base::formatFixed(bpm, isWhole                                            ? 0
                                                         : std::abs(bpm * 10 - std::round(bpm * 10)) < 0.05 ? 1
                                                                                                            : 2));
}

base::Result<score::ScoreEdit> signsEdit(ScoreDocument& document, score::Tick at, const QString& text, int signs,
                                         score::Rebar rebar) {
    const auto wrong = [&](const QString& part) {
        const auto what = signs == kMeterSign   ? ScoreDocument::tr("a meter, as 4/4 or 7/8")
                          : signs == kKeySign   ? ScoreDocument::tr("a key or a scale, as E♭ major or D Dorian")
                          : signs == kTempoSign ? ScoreDocument::tr("a tempo between 4 and 2000, as 72")
                                                : ScoreDocument::tr("a key, a meter or a tempo, as E♭ major, 4/4, 72");
        return base::failure(base::ErrorCode::WrongArgument,
                             ScoreDocument::tr("\"%1\" is not understood; write %2").arg(part, what).toStdString());
    };
    auto changed = document.score();
    auto& mint = document.mint();
    for (const auto& each : text.split(',')) {
        const auto part = each.trimmed().toStdString();
        const auto meter = readMeter(part);
        const auto tempo = readTempo(part);
        if (meter && (signs & kMeterSign)) {
            const auto bar = document.meterMap().barAt(at);
            score::apply(score::setMeter(changed, bar, meter->numerator, meter->power, rebar, mint), changed);
        } else if (tempo && (signs & kTempoSign)) {
            score::apply(tempoEdit(changed, at, *tempo, mint), changed);
        } else if (const auto scale = score::readScaleName(part, scaleNames().table); scale && (signs & kKeySign)) {
            score::apply(score::setScale(changed, at, *scale, mint), changed);
        } else {
            return wrong(each.trimmed());
        }
    }
    return score::difference(document.score(), changed);
}

QString fitTempoToSelection(ScoreDocument& document) {
    std::vector<score::NoteId> beats;
    for (const auto& track : document.selectedNotes())
        for (const auto& note : track.notes) beats.push_back(note.id);
    auto fitted = score::fitTempo(document.score(), beats, document.mint());
    if (!fitted) return QString::fromStdString(fitted.error().message);
    document.perform(std::move(fitted->edit), ScoreDocument::tr("Fit the tempo to %1 notes").arg(beats.size()));
    if (fitted->locked == 0) return {};
    return ScoreDocument::tr("%1 locked notes stayed where they were").arg(fitted->locked);
}

} // namespace continuo::ui
