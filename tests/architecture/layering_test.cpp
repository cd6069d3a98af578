#include "engine/base/text.h"
#include "tests/architecture/source_tree.h"

#include <QTest>
#include <algorithm>
#include <functional>
#include <map>
#include <regex>
#include <set>

using namespace continuo;

namespace {

/// folder → folders it links, as the build files said when they linked them.
std::map<std::string, std::set<std::string>> declaredArrows() {
    std::map<std::string, std::set<std::string>> arrows;
    const auto table = base::readTextFile(std::string(CONTINUO_BINARY_DIR) + "/layers.txt").value_or("");
    for (const auto line : base::splitLines(table)) {
        const auto colon = line.find(':');
        auto& heads = arrows[std::string(line.substr(0, colon))];
        for (const auto head : base::split(base::trimmed(line.substr(colon + 1)), ' '))
            if (!head.empty()) heads.emplace(head);
    }
    return arrows;
}

std::vector<std::string> includesOf(const std::string& text) {
    static const std::regex include("^[ \\t]*#[ \\t]*include[ \\t]*[<\"]([^>\"]+)[>\"]", std::regex::multiline);
    std::vector<std::string> names;
    for (auto it = std::sregex_iterator(text.begin(), text.end(), include); it != std::sregex_iterator(); ++it)
        names.push_back((*it)[1]);
    return names;
}

/// The longest declared folder that holds `path`; empty for third-party headers.
std::string folderOf(const std::string& path, const std::map<std::string, std::set<std::string>>& arrows) {
    std::string best;
    for (const auto& [folder, heads] : arrows)
        if (path.starts_with(folder + "/") && folder.size() > best.size()) best = folder;
    return best;
}

/// Parts that this build was configured without (no window, no sound, no training) have no arrows to be held to.
bool isLeftOut(const std::string& path, const std::map<std::string, std::set<std::string>>& arrows) {
    for (const auto* part : {"ui/", "engine/sound/", "engine/learning/"}) {
        const auto isPart = [&](const auto& arrow) { return (arrow.first + "/").starts_with(part); };
        if (path.starts_with(part) && std::ranges::none_of(arrows, isPart)) return true;
    }
    return false;
}

bool isQt(const std::string& include) { return include.size() > 1 && include[0] == 'Q' && std::isupper(include[1]); }
bool isTorch(const std::string& include) {
    return include.starts_with("torch/") || include.starts_with("ATen/") || include.starts_with("c10/");
}
bool isSoundLibrary(const std::string& include) {
    return include.starts_with("fluidsynth") || include.starts_with("sndfile") || include.starts_with("RtMidi") ||
           include.starts_with("rtmidi");
}

QStringList violations(const std::vector<architecture::SourceFile>& files,
                       const std::map<std::string, std::set<std::string>>& arrows) {
    QStringList found;
    for (const auto& file : files) {
        if (isLeftOut(file.path, arrows)) continue;
        const auto from = folderOf(file.path, arrows);
        for (const auto& include : includesOf(file.text)) {
            const auto to = folderOf(include, arrows);
            const auto report = [&](const char* law) {
                found << QString("%1 includes %2: %3").arg(file.path.c_str(), include.c_str(), law);
            };
            if (!to.empty() && to != from && !arrows.at(from).contains(to)) report("no arrow is declared");
            if (isQt(include) && file.path.starts_with("engine/")) report("the engine knows no Qt");
            if (isTorch(include) && from != "engine/learning" && from != "engine/cuda") report("torch stays in learning and cuda");
            if (isSoundLibrary(include) && (from != "engine/sound" || file.path.ends_with(".h")))
                report("sound libraries stay in the .cpp files of engine/sound");
            if (include == "qcustomplot.h" && !file.path.ends_with(".cpp")) report("qcustomplot.h is for one .cpp");
        }
    }
    return found;
}

} // namespace

class LayeringTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aPlantedWrongArrowIsFound() {
        const std::map<std::string, std::set<std::string>> arrows{{"engine/base", {}}, {"engine/score", {"engine/base"}}};
        const std::vector<architecture::SourceFile> files{
            {"engine/base/a.h", "#include \"engine/score/score.h\"\n#include <QString>\n#include <torch/torch.h>\n"}};
        QCOMPARE(violations(files, arrows).size(), 3);
    }

    void everyFileBelongsToADeclaredFolder() {
        const auto arrows = declaredArrows();
        QVERIFY2(arrows.contains("engine/base"), "layers.txt was not written");
        QStringList homeless;
        for (const auto& file : architecture::sourceFiles({"engine", "ui", "app"}))
            if (folderOf(file.path, arrows).empty() && !isLeftOut(file.path, arrows)) homeless << file.path.c_str();
        QVERIFY2(homeless.isEmpty(), qPrintable("in no declared folder: " + homeless.join(", ")));
    }

    void includesFollowTheDeclaredArrows() {
        const auto found = violations(architecture::sourceFiles({"engine", "ui", "app"}), declaredArrows());
        QVERIFY2(found.isEmpty(), qPrintable("\n" + found.join("\n")));
    }

    void theArrowsHaveNoCircle() {
        const auto arrows = declaredArrows();
        std::map<std::string, int> state; // 1 = being visited, 2 = done
        std::function<bool(const std::string&)> visit = [&](const std::string& folder) {
            if (state[folder] == 1) return false;
            if (state[folder] == 2) return true;
            state[folder] = 1;
            for (const auto& head : arrows.contains(folder) ? arrows.at(folder) : std::set<std::string>{})
                if (!visit(head)) return false;
            state[folder] = 2;
            return true;
        };
        for (const auto& [folder, heads] : arrows) QVERIFY2(visit(folder), folder.c_str());
    }
};

QTEST_APPLESS_MAIN(LayeringTest)
#include "layering_test.moc"
