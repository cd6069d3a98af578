#include "ui/live/live_desk.h"
#include "engine/sound/sound_engine.h"
#include "ui/live/live_panel.h"
#include "ui/live/live_stage.h"
#include "ui/widgets/push_button.h"

#include <QHBoxLayout>

namespace continuo::ui {

namespace {

/// The notes of `score` that lie in `range`, in seconds from `origin`.
std::vector<PlayedNote> notesIn(const score::Score& score, score::TickRange range, const score::TempoMap& tempos,
                                double origin) {
    std::vector<PlayedNote> notes;
    for (const auto& track : score.tracks)
        for (const auto& note : track.notes)
            if (range.contains(note.onset))
                notes.push_back({tempos.secondsAt(note.onset) - origin, tempos.secondsAt(note.end()) - origin,
                                 note.pitch, note.velocity, 64});
    return notes;
}

} // namespace

LiveDesk::Ports LiveDesk::systemPorts() {
    return {[] { return sound::listPorts(); }, [](const std::string& port) { return sound::MidiInput::open(port); }};
}

LiveDesk::LiveDesk(ScoreDocument& document, sound::SoundEngine* sound, Ports ports, QObject* parent)
    : QObject(parent), document_(document), session_(document, sound, std::move(ports.open)),
      ports_(std::move(ports.list)) {
    panel_ = new LivePanel;
    centre_ = new PanelFrame(tr("Stage"));
    stage_ = new LiveStage(
        session_.capture(), [] { return LiveSession::now(); }, centre_);
    centre_->add(stage_, 1);
    centre_->add(actions(centre_));
    connectPanel();
    connectStage();
    showTrack();
}

LiveDesk::~LiveDesk() {
    if (panel_ && !panel_->parent()) delete panel_;
    if (centre_ && !centre_->parent()) delete centre_;
}

QWidget& LiveDesk::centre() { return *centre_; }

LivePanel& LiveDesk::panel() { return *panel_; }

QWidget* LiveDesk::actions(QWidget* parent) {
    auto* box = new QWidget(parent);
    auto* line = new QHBoxLayout(box);
    line->setContentsMargins(8, 8, 8, 8);
    line->setSpacing(6);
    auto* keep = new PushButton(tr("Keep the answer"), ButtonKind::Primary, box);
    keep->setIconName(QStringLiteral("keep"));
    keep->setObjectName("liveKeep");
    auto* another = new PushButton(tr("Another answer"), ButtonKind::ModelQuiet, box);
    another->setIconName(QStringLiteral("dice"));
    auto* dismiss = new PushButton(tr("Dismiss"), ButtonKind::Normal, box);
    dismiss->setIconName(QStringLiteral("reject"));
    for (auto* button : {keep, another, dismiss}) {
        button->setSize(ButtonSize::Main);
        button->setEnabled(false);
        line->addWidget(button, 1);
    }
    connect(keep, &PushButton::clicked, this, &LiveDesk::keepRequested);
    connect(dismiss, &PushButton::clicked, this, &LiveDesk::dismissRequested);
    connect(another, &PushButton::clicked, this,
            [this] { Q_EMIT anotherRequested(answerFrom_, panel_->answerBars()); });
    keep_ = keep;
    another_ = another;
    dismiss_ = dismiss;
    return box;
}

void LiveDesk::connectPanel() {
    connect(&ports_, &PortWatcher::portsChanged, panel_, [this] { panel_->setPorts(ports_.ports()); });
    connect(panel_, &LivePanel::inputChosen, this, [this](const QString& port) {
        panel_->showProblem({});
        session_.chooseInput(port.toStdString());
    });
    connect(panel_, &LivePanel::routeChosen, this, &LiveDesk::chooseRoute);
    connect(panel_, &LivePanel::hearingToggled, this, [this](bool on) { session_.setHearing(on); });
    connect(panel_, &LivePanel::recordToggled, this, [this](bool on) {
        if (on)
            session_.startRecording(playhead_, playing_);
        else
            session_.stopRecording();
    });
    connect(panel_, &LivePanel::continueRequested, this, [this] { session_.continueLastPhrase(playhead_); });
    connect(panel_, &LivePanel::quietRequested, this, [this] { session_.allNotesOff(); });
    connect(&session_, &LiveSession::inputChanged, this, [this] {
        panel_->showInput(session_.input());
        Q_EMIT inputChanged(QString::fromStdString(session_.input()));
    });
    connect(&session_, &LiveSession::inputFailed, panel_, &LivePanel::showProblem);
    connect(&session_, &LiveSession::recordingChanged, panel_, &LivePanel::showRecording);
    connect(&session_, &LiveSession::answerRequested, this, [this](score::Tick from) {
        answerFrom_ = from;
        const auto length = session_.lastPhraseLength();
        phraseStart_ = score::Tick{std::max<std::int64_t>(0, from.fromStart - length.count)};
        panel_->showProblem({});
        Q_EMIT answerRequested(from, panel_->answerBars());
    });
    connect(&document_, &ScoreDocument::currentTrackChanged, this, &LiveDesk::showTrack);
    connect(&document_, &ScoreDocument::tracksChanged, this, &LiveDesk::showTrack);
    connect(&document_, &ScoreDocument::mixChanged, this, &LiveDesk::showTrack);
    connect(&document_, &ScoreDocument::replaced, this, &LiveDesk::showTrack);
}

void LiveDesk::connectStage() {
    connect(stage_, &LiveStage::messagePlayed, &session_, &LiveSession::take);
    connect(&session_, &LiveSession::played, this, [this] {
        panel_->flash();
        panel_->showPhrase(session_.capture().lastPhrase(LiveSession::now()).notes.size());
        stage_->notePlayed();
    });
    connect(&document_.candidates(), &Candidates::changed, this, [this] {
        answered_ = !document_.candidates().notes().empty();
        for (auto* button : {keep_, another_, dismiss_}) button->setEnabled(answered_ && !answering_);
        if (!document_.candidates().isEmpty()) showAnswer();
    });
}

void LiveDesk::setPlayhead(score::Tick at, bool playing) {
    playhead_ = at;
    playing_ = playing;
}

void LiveDesk::setAnswering(bool answering) {
    answering_ = answering;
    for (auto* button : {keep_, another_, dismiss_}) button->setEnabled(answered_ && !answering);
    if (!document_.candidates().isEmpty()) showAnswer();
}

void LiveDesk::showProblem(const QString& sentence) { panel_->showProblem(sentence); }

void LiveDesk::showTrack() {
    const auto* track = document_.currentTrackContent();
    const auto& routes = document_.mix().routes;
    const auto route = track ? routes.find(track->id) : routes.end();
    panel_->showTrack(track ? QString::fromStdString(track->name.empty() ? "Track" : track->name)
                            : tr("A new piano track"),
                      route == routes.end() ? std::string() : route->second.port);
}

/// Phrase and answer on one stage, both in the seconds of the score.
void LiveDesk::showAnswer() {
    const auto& candidates = document_.candidates();
    const auto& tempos = document_.tempoMap();
    const auto target = candidates.target();
    const auto start =
        target.start == answerFrom_
            ? phraseStart_
            : document_.meterMap().barAt(score::Tick{std::max<std::int64_t>(0, target.start.fromStart - 1)});
    const double origin = tempos.secondsAt(start);
    LiveStage::Answer answer;
    answer.phrase = notesIn(document_.score(), {start, target.start}, tempos, origin);
    for (const auto& candidate : candidates.notes())
        answer.notes.push_back({tempos.secondsAt(candidate.note.onset) - origin,
                                tempos.secondsAt(candidate.note.end()) - origin, candidate.note.pitch,
                                candidate.note.velocity, 64});
    answer.divider = tempos.secondsAt(target.start) - origin;
    answer.end = tempos.secondsAt(target.end) - origin;
    answer.writing = candidates.isWriting();
    stage_->showAnswer(std::move(answer));
}

void LiveDesk::chooseRoute(const QString& port) {
    const auto* track = document_.currentTrackContent();
    if (!track) return;
    auto mix = document_.mix();
    if (port.isEmpty())
        mix.routes.erase(track->id);
    else
        mix.routes[track->id] = {port.toStdString(), track->channel};
    document_.setMix(std::move(mix));
}

} // namespace continuo::ui
