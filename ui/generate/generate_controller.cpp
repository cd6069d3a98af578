#include "ui/generate/generate_controller.h"
#include "engine/base/text.h"
#include "engine/score/operations/prompt.h"

#include <algorithm>
#include <utility>

namespace continuo::ui {

namespace {

constexpr std::size_t kEarlier = 6;

QString parametersText(const inference::Model::Facts& facts) {
    return GenerateController::tr("loaded, %1 parameters, %2")
        .arg(QString::fromStdString(base::formatCount(facts.parameters)),
             QString::fromUtf8(inference::precisionName(facts.precision)));
}

/// A track whose part was chosen as "writes" is invited even where it has no notes yet.
inference::TrackParts trackParts(const ScoreDocument& document) {
    inference::TrackParts parts;
    const auto& settings = document.trackSettings();
    for (const auto& track : document.score().tracks) {
        const auto role = settings.roleOf(track.id);
        if (role == NetRole::Ignores) parts.unheard.insert(track.id);
        if (role != NetRole::Writes || settings.locked.contains(track.id))
            parts.unwritten.insert(track.id);
        else if (settings.roles.contains(track.id))
            parts.invited.insert(track.id);
    }
    return parts;
}

/// Without notes for tracks that have gone since.
std::vector<CandidateNote> candidatesOf(const inference::Continuation& music, const score::Score& score) {
    const auto isNew = [&](score::TrackId id) {
        return std::ranges::find(music.newTracks, id, &score::Track::id) != music.newTracks.end();
    };
    std::vector<CandidateNote> notes;
    for (const auto& made : music.notes)
        if (isNew(made.track) || score::findTrack(score, made.track)) notes.push_back({made.track, made.note});
    return notes;
}

} // namespace

GenerateController::GenerateController(ScoreDocument& document, RunWatcher& watcher, GeneratePanel& panel,
                                       QObject* parent)
    : QObject(parent), document_(document), watcher_(watcher), panel_(panel) {
    connectWorker();
    connect(&watcher_, &RunWatcher::runsChanged, this, &GenerateController::showNets);
    connect(&panel_, &GeneratePanel::generateRequested, this, &GenerateController::generate);
    connect(&panel_, &GeneratePanel::stopRequested, this, &GenerateController::stop);
    connect(&panel_, &GeneratePanel::keepRequested, this, &GenerateController::keep);
    connect(&panel_, &GeneratePanel::dismissRequested, this, &GenerateController::dismiss);
    connect(&panel_, &GeneratePanel::promptForgotten, this, &GenerateController::forgetPrompt);
    connect(&document_, &ScoreDocument::replaced, this, &GenerateController::forgetPrompt);
    connect(&panel_, &GeneratePanel::barsEdited, this, &GenerateController::showTarget);
    connect(&panel_, &GeneratePanel::netChosen, this, [this](const QString& path) { useNet(path.toStdString()); });
    connect(&panel_, &GeneratePanel::firstNetRequested, this, &GenerateController::firstNetRequested);
    connect(&panel_, &GeneratePanel::takeChosen, this, [this](int index) {
        if (writing_) return;
        choose(takes_.at(static_cast<std::size_t>(index)));
        panel_.showTakes(takes_, index);
    });
    connect(&panel_, &GeneratePanel::earlierChosen, this, [this](int index) {
        if (!writing_) choose(earlier_.at(static_cast<std::size_t>(index)));
    });
    connect(&panel_, &GeneratePanel::sectionChosen, this,
            [this](score::TickRange section) { document_.selection().setRange(section); });
    panel_.setSectionSource([this] { return score::sectionsOf(document_.score()); });
    const auto showSections = [this] { panel_.offerSections(!document_.score().markers.empty()); };
    connect(&document_, &ScoreDocument::scoreChanged, this, showSections);
    connect(&document_, &ScoreDocument::replaced, this, showSections);
    showSections();
    connect(&document_, &ScoreDocument::selectionChanged, this, &GenerateController::showTarget);
    connect(&document_, &ScoreDocument::scoreChanged, this, &GenerateController::showTarget);
    connect(&document_, &ScoreDocument::replaced, this, [this] {
        dismiss();
        earlier_.clear();
        panel_.showEarlier({});
        showTarget();
    });
    connect(&document_.candidates(), &Candidates::changed, this,
            [this] { panel_.showCandidates(!writing_ && !document_.candidates().notes().empty()); });
    showTarget();
    showNets();
}

void GenerateController::connectWorker() {
    connect(&worker_, &GenerationWorker::loaded, this, [this](const NetPointer& model) {
        model_ = model;
        loading_.clear();
        panel_.showNetState(parametersText(model->facts()), false);
        Q_EMIT netChanged(tr("%1, step %2")
                              .arg(QString::fromStdString(model->facts().name),
                                   QString::fromStdString(base::formatCount(model->facts().step))));
        if (std::exchange(generateWhenLoaded_, false)) begin(target_);
    });
    connect(&worker_, &GenerationWorker::loadFailed, this, [this](const QString& sentence) {
        loading_.clear();
        generateWhenLoaded_ = false;
        panel_.showNetState(sentence, true);
    });
    connect(&worker_, &GenerationWorker::noteMade, this, &GenerateController::showNote);
    connect(&worker_, &GenerationWorker::takeFinished, this, &GenerateController::showTake);
    connect(&worker_, &GenerationWorker::failed, &panel_, &GeneratePanel::showProblem);
    connect(&worker_, &GenerationWorker::finished, this, &GenerateController::endWriting);
}

void GenerateController::setPlayhead(score::Tick at) {
    if (at == playhead_) return;
    playhead_ = at;
    if (!writing_) showTarget();
}

void GenerateController::showTarget() {
    if (writing_) return;
    panel_.setTarget(generationTarget(document_, playhead_, panel_.bars()), document_.meterMap());
}

void GenerateController::showNets() {
    const auto nets = offeredNets(watcher_.runs());
    panel_.setNets(nets);
    if (const auto* run = watcher_.find(firstNetRun_)) {
        panel_.showFirstNet(run->isActive() ? std::optional(run->status) : std::nullopt);
        if (!run->isActive()) {
            firstNetRun_.clear();
            if (const auto* best = run->best())
                useNet(best->path);
            else
                panel_.showProblem(QString::fromStdString(run->status.reason));
        }
    }
    if (!model_ && loading_.empty() && !nets.empty()) useNet(nets.front().checkpoint);
}

void GenerateController::useNet(const std::filesystem::path& checkpoint) {
    if (writing_) stop();
    loading_ = checkpoint;
    panel_.chooseNet(checkpoint);
    panel_.showNetState(tr("loading"), false);
    worker_.load(checkpoint);
}

void GenerateController::followFirstNet(const QString& runId) {
    firstNetRun_ = runId;
    panel_.showFirstNet(runs::RunStatus{});
    showNets();
}

void GenerateController::forgetFirstNet(const QString& why) {
    firstNetRun_.clear();
    panel_.showFirstNet({});
    panel_.showProblem(why);
}

void GenerateController::generate() {
    if (!writing_) begin(generationTarget(document_, playhead_, panel_.bars()));
}

void GenerateController::continueFrom(score::Tick from, int bars) {
    const auto& meters = document_.meterMap();
    const auto start = meters.barAtOrAfter(from);
    if (!writing_)
        begin({start,
               bars,
               {start, meters.barStart(meters.positionAt(start).bar + bars)},
               GenerationTarget::Reason::Playhead});
}

void GenerateController::begin(const GenerationTarget& target) {
    target_ = target;
    if (!model_) {
        generateWhenLoaded_ = !loading_.empty();
        if (loading_.empty()) Q_EMIT firstNetRequested();
        return;
    }
    takes_.clear();
    writing_ = true;
    discard_ = false;
    panel_.showProblem({});
    panel_.setTarget(target_, document_.meterMap());
    panel_.showTakes({}, -1);
    panel_.showWriting(true);
    panel_.showWritten(0, target_.bars, 0);
    document_.candidates().begin(target_.range);
    inference::ContinuationRequest request{document_.snapshot(), target_.from, target_.bars,
                                           panel_.sampler().settings(), panel_.sampler().seed(),
                                           trackParts(document_)};
    later_ = {};
    if (prompt_) {
        auto heard = std::make_shared<const score::Score>(score::promptIn(*request.score, *prompt_, target_.from));
        request.from = heard->meterMap().barAtOrAfter(score::lastTick(*heard));
        request.score = std::move(heard);
        later_ = target_.from - request.from;
    }
    worker_.start({model_, std::move(request), panel_.sampler().takes()});
    Q_EMIT writingChanged(true);
}

void GenerateController::usePrompt(score::Score prompt, const QString& name) {
    prompt_ = std::move(prompt);
    panel_.showPrompt(name);
}

void GenerateController::forgetPrompt() {
    prompt_.reset();
    panel_.showPrompt({});
}

void GenerateController::showNote(int take, const inference::GeneratedNote& made) {
    if (take != 0 || !writing_ || discard_) return;
    auto note = made;
    note.note.onset = note.note.onset + later_;
    document_.candidates().add({note.track, note.note});
    const auto& meters = document_.meterMap();
    const auto bar = meters.positionAt(note.note.onset).bar - meters.positionAt(target_.from).bar + 1;
    panel_.showWritten(static_cast<int>(bar), target_.bars, document_.candidates().notes().size());
}

void GenerateController::showTake(int take, quint64 seed, const inference::Continuation& made) {
    if (!writing_ || discard_) return;
    auto music = made;
    for (auto& note : music.notes) note.note.onset = note.note.onset + later_;
    music.range = {music.range.start + later_, music.range.end + later_};
    takes_.push_back({seed, target_.title(document_.meterMap()), QString::fromStdString(model_->facts().name), music});
    if (take == 0) document_.candidates().finish(candidatesOf(music, document_.score()), music.newTracks);
    panel_.showTakes(takes_, 0);
}

void GenerateController::choose(const Take& take) {
    document_.candidates().begin(take.music.range);
    document_.candidates().finish(candidatesOf(take.music, document_.score()), take.music.newTracks);
}

void GenerateController::endWriting() {
    if (!std::exchange(writing_, false)) return;
    if (std::exchange(discard_, false)) document_.candidates().clear();
    if (document_.candidates().isWriting()) document_.candidates().finish();
    panel_.showWriting(false);
    panel_.showCandidates(!document_.candidates().notes().empty());
    if (takes_.size() == 1) panel_.showTakes({}, -1);
    for (const auto& take : takes_) earlier_.insert(earlier_.begin(), take);
    if (earlier_.size() > kEarlier) earlier_.resize(kEarlier);
    panel_.showEarlier(earlier_);
    panel_.sampler().advanceSeed();
    showTarget();
    Q_EMIT writingChanged(false);
    Q_EMIT answered();
}

void GenerateController::stop() {
    generateWhenLoaded_ = false;
    worker_.stop();
}

void GenerateController::keep() {
    if (writing_) return;
    document_.acceptCandidates();
    takes_.clear();
    panel_.showTakes({}, -1);
}

void GenerateController::dismiss() {
    if (writing_) {
        stop();
        discard_ = true;
    }
    document_.rejectCandidates();
    takes_.clear();
    panel_.showTakes({}, -1);
}

} // namespace continuo::ui
