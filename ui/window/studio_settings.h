#pragma once

#include <QMap>
#include <QString>
#include <QStringList>
#include <filesystem>
#include <vector>

namespace continuo::ui {

/// What the studio remembers between sessions: theme, scale, places of the docks, files opened lately.
struct StudioSettings {
    QString theme = QStringLiteral("dark");
    double scale = 1;
    int workspace = 0;
    std::vector<int> windowSize;            // width, height; empty: the first time
    QMap<QString, QByteArray> arrangements; // of docks, by workspace and window width ("compose", "compose-small")
    std::string rollView;                   // how the piano roll is looked at, as JSON
    QStringList recentFiles;                // newest first, at most ten
    QMap<QString, QStringList> rows;        // of time that are shown, in "wide" and in "small" windows
    int rulerUnit = 0;                      // bars, time, both

    void addRecent(const QString& file);
};

/// configurationFolder()/studio.json. A file that cannot be read counts as the first time.
StudioSettings loadStudioSettings(const std::filesystem::path& file);
/// Written whole or not at all; a failure costs comfort only and is not reported.
void saveStudioSettings(const std::filesystem::path& file, const StudioSettings& settings);

} // namespace continuo::ui
