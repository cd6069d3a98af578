#include "ui/theme/theme_reader.h"

#include "ui/theme/colours.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>
#include <algorithm>

// Outside any namespace, as the macro asks.
static void registerResources() { Q_INIT_RESOURCE(studio); }

namespace continuo::ui {

namespace {

struct ColourToken {
    const char* name;
    QColor& (*field)(Theme&);
};

#define COLOUR(group, member)                                                                                          \
    {                                                                                                                  \
#group "." #member, [](Theme & t) -> QColor& { return t.group.member; }                                        \
    }
#define LONE_COLOUR(member)                                                                                            \
    {                                                                                                                  \
#member, [](Theme & t) -> QColor& { return t.member; }                                                         \
    }

const std::vector<ColourToken>& colourTokens() {
    static const std::vector<ColourToken> table{COLOUR(surface, frame),
                                                COLOUR(surface, panel),
                                                COLOUR(surface, raised),
                                                COLOUR(surface, hover),
                                                COLOUR(surface, pressed),
                                                COLOUR(surface, field),
                                                COLOUR(surface, popover),
                                                COLOUR(line, weak),
                                                COLOUR(line, normal),
                                                COLOUR(line, strong),
                                                COLOUR(line, control),
                                                COLOUR(text, primary),
                                                COLOUR(text, secondary),
                                                COLOUR(text, disabled),
                                                COLOUR(text, inverse),
                                                COLOUR(primary, fill),
                                                COLOUR(primary, hover),
                                                COLOUR(primary, on),
                                                COLOUR(accent, base),
                                                COLOUR(accent, hover),
                                                COLOUR(accent, soft),
                                                COLOUR(accent, softHover),
                                                COLOUR(accent, line),
                                                COLOUR(accent, on),
                                                COLOUR(accent, mark),
                                                COLOUR(model, base),
                                                COLOUR(model, bright),
                                                COLOUR(model, strong),
                                                COLOUR(model, strongHover),
                                                COLOUR(model, soft),
                                                COLOUR(model, softHover),
                                                COLOUR(model, line),
                                                COLOUR(model, on),
                                                COLOUR(status, error),
                                                COLOUR(status, errorSoft),
                                                COLOUR(status, warning),
                                                COLOUR(status, warningSoft),
                                                COLOUR(status, success),
                                                COLOUR(status, successSoft),
                                                COLOUR(status, record),
                                                LONE_COLOUR(panelEdge),
                                                LONE_COLOUR(focus),
                                                LONE_COLOUR(playhead),
                                                COLOUR(selection, band),
                                                COLOUR(selection, range),
                                                COLOUR(selection, text),
                                                COLOUR(loop, on),
                                                COLOUR(loop, fill),
                                                COLOUR(loop, off),
                                                COLOUR(roll, rowWhite),
                                                COLOUR(roll, rowBlack),
                                                COLOUR(roll, rowRoot),
                                                COLOUR(roll, rowOutOfScale),
                                                COLOUR(roll, lineDivision),
                                                COLOUR(roll, lineBeat),
                                                COLOUR(roll, lineBar),
                                                COLOUR(roll, lineOctave),
                                                COLOUR(roll, lineRow),
                                                COLOUR(roll, noteInk),
                                                COLOUR(roll, noteInkLight),
                                                COLOUR(roll, selectedOutline),
                                                COLOUR(roll, selectedGap),
                                                COLOUR(roll, lock),
                                                COLOUR(roll, targetEdge),
                                                COLOUR(roll, overlap),
                                                COLOUR(roll, keyWhite),
                                                COLOUR(roll, keyBlack),
                                                COLOUR(roll, keyLine),
                                                COLOUR(roll, keyInk),
                                                COLOUR(plot, background),
                                                COLOUR(plot, grid),
                                                COLOUR(plot, axis),
                                                COLOUR(meter, low),
                                                COLOUR(meter, high),
                                                COLOUR(meter, over)};
    return table;
}

#undef LONE_COLOUR
#undef COLOUR

constexpr std::array kTrackNames{"teal",    "coral", "straw", "periwinkle", "rust", "pink", "stone", "ocean",
                                 "apricot", "sky",   "leaf",  "mauve",      "mint", "gold", "ice",   "moss"};

/// Reads tokens by dotted name, remembers which were asked for and which were missing.
class Tokens {
public:
    explicit Tokens(QJsonObject root) : root_(std::move(root)) {}

    QJsonValue value(const QString& name) {
        used_.insert(name);
        QJsonValue at = root_;
        for (const auto& part : name.split('.')) at = at.toObject().value(part);
        if (at.isUndefined() || at.isNull()) missing_ << name;
        return at;
    }
    QColor colour(const QString& name) {
        const QColor read(value(name).toString());
        if (!read.isValid()) missing_ << name;
        return read;
    }
    double number(const QString& name) { return value(name).toDouble(); }

    /// Names of colours and numbers under the root that nobody asked for.
    QStringList unread() const {
        QStringList names;
        collect(root_, {}, names);
        return names;
    }
    const QStringList& missing() const { return missing_; }

private:
    void collect(const QJsonObject& object, const QString& prefix, QStringList& names) const {
        for (auto it = object.begin(); it != object.end(); ++it) {
            const auto name = prefix + it.key();
            if (used_.contains(name)) continue;
            if (it->isObject())
                collect(it->toObject(), name + ".", names);
            else
                names << name;
        }
    }

    QJsonObject root_;
    QSet<QString> used_;
    QStringList missing_;
};

void readColours(Tokens& tokens, Theme& theme) {
    for (const auto& token : colourTokens()) token.field(theme) = tokens.colour(token.name);
    for (std::size_t i = 0; i < kTrackNames.size(); ++i)
        theme.tracks[i] = tokens.colour(QString("tracks.") + kTrackNames[i]);
    const auto series = tokens.value("plot.series").toArray();
    for (int i = 0; i < 8; ++i) theme.plot.series[static_cast<std::size_t>(i)] = QColor(series.at(i).toString());
    auto& o = theme.opacity;
    for (const auto& [name, field] :
         std::initializer_list<std::pair<const char*, double*>>{{"ghost", &o.ghost},
                                                                {"candidateFill", &o.candidateFill},
                                                                {"targetWash", &o.targetWash},
                                                                {"timeSelection", &o.timeSelection},
                                                                {"band", &o.band},
                                                                {"contextHatch", &o.contextHatch},
                                                                {"mutedTrack", &o.mutedTrack}})
        *field = tokens.number(QString("opacity.") + name);
    theme.velocityFloor = tokens.number("velocityFloor");
    const auto shadows = tokens.value("shadow").toArray();
    if (shadows.isEmpty()) return;
    const auto shadow = shadows.first().toObject();
    theme.shadow = Theme::Shadow{shadow["x"].toDouble(), shadow["y"].toDouble(), shadow["blur"].toDouble(),
                                 withOpacity(QColor(shadow["colour"].toString()), shadow["opacity"].toDouble())};
}

using Lengths = std::initializer_list<std::pair<const char*, int*>>;

void readLengths(Tokens& tokens, const Theme& theme, const QString& group, Lengths lengths) {
    for (const auto& [name, field] : lengths) *field = theme.px(tokens.number(group + name));
}

void readTextSizes(Tokens& tokens, const Theme& theme, const QString& group, Theme::TextSizes& s) {
    readLengths(tokens, theme, group,
                {{"micro", &s.micro},
                 {"caption", &s.caption},
                 {"body", &s.body},
                 {"title", &s.title},
                 {"value", &s.value},
                 {"heading", &s.heading},
                 {"counter", &s.counter},
                 {"display", &s.display},
                 {"stage", &s.stage}});
}

void readHeights(Tokens& tokens, Theme& theme) {
    auto& h = theme.height;
    readLengths(tokens, theme, "height.",
                {{"menuBar", &h.menuBar},
                 {"transport", &h.transport},
                 {"transportDisplay", &h.transportDisplay},
                 {"statusBar", &h.statusBar},
                 {"panelHeader", &h.panelHeader},
                 {"toolRow", &h.toolRow},
                 {"control", &h.control},
                 {"controlSmall", &h.controlSmall},
                 {"controlLarge", &h.controlLarge},
                 {"primaryAction", &h.primaryAction},
                 {"trackRow", &h.trackRow},
                 {"folderRow", &h.folderRow},
                 {"takeHeader", &h.takeHeader},
                 {"takeLane", &h.takeLane},
                 {"velocityLane", &h.velocityLane},
                 {"lane", &h.lane},
                 {"arrangement", &h.arrangement},
                 {"rulerBars", &h.rulerBars},
                 {"rulerRow", &h.rulerRow},
                 {"rollRow", &h.rollRow},
                 {"rollRowMin", &h.rollRowMin},
                 {"rollRowMax", &h.rollRowMax},
                 {"hitTarget", &h.hitTarget},
                 {"hitTargetLarge", &h.hitTargetLarge}});
}

void readSizes(Tokens& tokens, Theme& theme) {
    readHeights(tokens, theme);
    for (std::size_t i = 0; i < theme.space.size(); ++i)
        theme.space[i] = theme.px(tokens.number(QString("space.%1").arg(i)));
    auto& r = theme.radius;
    readLengths(tokens, theme, "radius.",
                {{"note", &r.note}, {"control", &r.control}, {"panel", &r.panel}, {"card", &r.card}});
    auto& w = theme.width;
    readLengths(tokens, theme, "width.",
                {{"keyboard", &w.keyboard},
                 {"leftDock", &w.leftDock},
                 {"rightDock", &w.rightDock},
                 {"dockGap", &w.dockGap},
                 {"scrollBar", &w.scrollBar},
                 {"trackStripe", &w.trackStripe}});
    readTextSizes(tokens, theme, "font.size.", theme.textSize);
    readTextSizes(tokens, theme, "font.lineHeight.", theme.lineHeight);
    auto& i = theme.iconSize;
    readLengths(tokens, theme, "icon.sizes.",
                {{"inline", &i.inlined},
                 {"control", &i.control},
                 {"tool", &i.tool},
                 {"transport", &i.transport},
                 {"stage", &i.stage}});
    auto& s = theme.stroke;
    for (const auto& [name, field] :
         std::initializer_list<std::pair<const char*, double*>>{{"icon", &s.icon},
                                                                {"focus", &s.focus},
                                                                {"selected", &s.selected},
                                                                {"playhead", &s.playhead},
                                                                {"plotThin", &s.plotThin},
                                                                {"plot", &s.plot},
                                                                {"plotHover", &s.plotHover}})
        *field = tokens.number(QString("stroke.") + name);
}

void readMotion(Tokens& tokens, Theme& theme) {
    auto& m = theme.motion;
    for (const auto& [name, field] : Lengths{{"instant", &m.instant},
                                             {"hover", &m.hover},
                                             {"press", &m.press},
                                             {"panel", &m.panel},
                                             {"lane", &m.lane},
                                             {"takeSwap", &m.takeSwap},
                                             {"candidateDash", &m.candidateDash},
                                             {"toast", &m.toast}})
        *field = tokens.value(QString("motion.") + name).toInt();
}

void readFamilies(Tokens& tokens, Theme& theme) {
    for (const auto& family : tokens.value("font.family").toArray()) theme.families << family.toString();
    for (const auto& family : tokens.value("font.mono").toArray()) theme.monoFamilies << family.toString();
    const auto dashes = tokens.value("plotDash").toArray();
    for (int i = 0; i < 8; ++i)
        for (const auto& length : dashes.at(i).toArray())
            theme.plot.dash[static_cast<std::size_t>(i)].push_back(length.toDouble());
}

} // namespace

QByteArray resourceBytes(const QString& path) {
    registerResources();
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

base::Result<Theme> readTheme(const QByteArray& tokens, const QString& name, double scale) {
    const auto document = QJsonDocument::fromJson(tokens);
    const auto themes = document["themes"].toObject();
    if (!themes.contains(name))
        return base::failure(base::ErrorCode::WrongArgument, "there is no theme '" + name.toStdString() + "'");
    Theme theme;
    theme.name = name;
    theme.scale = std::clamp(scale, 0.8, 2.0);
    Tokens colours(themes[name].toObject()), sizes(document.object());
    readColours(colours, theme);
    readSizes(sizes, theme);
    readMotion(sizes, theme);
    readFamilies(sizes, theme);
    theme.noteTints = noteTintsOf(theme);
    const auto missing = colours.missing() + sizes.missing();
    if (!missing.isEmpty())
        return base::failure(base::ErrorCode::FileMalformed, "the tokens lack " + missing.join(", ").toStdString());
    if (const auto unread = colours.unread(); !unread.isEmpty())
        return base::failure(base::ErrorCode::FileMalformed,
                             "nothing uses the tokens " + unread.join(", ").toStdString());
    return theme;
}

std::optional<QColor> namedColour(const Theme& theme, const QString& name) {
    for (const auto& token : colourTokens())
        if (name == token.name) return token.field(const_cast<Theme&>(theme));
    return std::nullopt;
}

} // namespace continuo::ui
