#include "tests/architecture/source_tree.h"

#include <QTest>
#include <regex>

using namespace continuo;

namespace {

struct Ban {
    const char* pattern;
    const char* reason;
    std::vector<std::string> allowedIn; // path prefixes
};

const std::vector<Ban>& bans() {
    static const std::vector<Ban> table{
        {R"(\bQSaveFile\b)", "it reports success on a full disk; use base::saveFile", {}},
        {R"(\bstd::ofstream\b)", "use base::saveFile", {}},
        {R"(\bfopen\s*\()", "use base::readFile or base::saveFile", {}},
        {R"(QIODevice::(WriteOnly|ReadWrite|Append))", "use base::saveFile; QBuffer goes through ui/widgets/png_bytes", {"ui/widgets/png_bytes.cpp"}},
        {R"(\btorch::(load|save|jit|pickle))", "no file can run code; safetensors only", {}},
        {R"(\b(std::)?(stod|stof|strtod|strtof|atof|sscanf)\s*\()", "reads the locale; use base::parseReal", {}},
        {R"(\b(s|sn|f)?printf\s*\([^)]*%[-+ 0-9.]*[fge])", "writes the locale's decimal sign; use base::formatFixed", {}},
        {R"(clip_grad_norm_)", "ends in .item(); the trainer clips on its own", {}},
        {R"(\bQMessageBox\b|\bQGroupBox\b|\bQProgressBar\b|\bQDial\b|\bQToolBar\b)", "never seen in the studio (look, part 7)", {}},
        {R"(\busing namespace std\b)", "names stay qualified", {}},
        {R"(\bsystem\s*\(|\bpopen\s*\()", "no shell from the program", {}},
    };
    return table;
}

/// Comments may name what the code must not.
std::string withoutComments(const std::string& text) {
    static const std::regex comment("//[^\\n]*|/\\*[\\s\\S]*?\\*/");
    return std::regex_replace(text, comment, "");
}

QStringList findings(const std::vector<architecture::SourceFile>& files) {
    QStringList found;
    for (const auto& file : files) {
        const auto code = withoutComments(file.text);
        for (const auto& ban : bans()) {
            const auto allowed = std::ranges::any_of(ban.allowedIn, [&](const auto& prefix) { return file.path.starts_with(prefix); });
            if (!allowed && std::regex_search(code, std::regex(ban.pattern)))
                found << QString("%1 matches %2: %3").arg(file.path.c_str(), ban.pattern, ban.reason);
        }
    }
    return found;
}

} // namespace

class BannedApiTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void plantedCallsAreFound() {
        const std::vector<architecture::SourceFile> planted{
            {"engine/a.cpp", "std::ofstream out(path);"}, {"ui/b.cpp", "QSaveFile file(name);"}, {"engine/c.cpp", "x = std::stod(s);"},
            {"engine/d.cpp", "printf(\"%5.2f\", x);"},    {"engine/e.cpp", "// torch::load is banned"}};
        QCOMPARE(findings(planted).size(), 4);
    }

    void productCodeCallsNothingBanned() {
        const auto found = findings(architecture::sourceFiles({"engine", "ui", "app"}));
        QVERIFY2(found.isEmpty(), qPrintable("\n" + found.join("\n")));
    }

    void coloursLiveInTheTokenTableOnly() {
        static const std::regex literal("QColor\\s*\\(\\s*(\\d|\"|Qt::|0x)|\"#[0-9a-fA-F]{3,8}\"");
        QStringList found;
        for (const auto& file : architecture::sourceFiles({"ui"}))
            if (std::regex_search(withoutComments(file.text), literal)) found << file.path.c_str();
        QVERIFY2(found.isEmpty(), qPrintable("colour literals in " + found.join(", ")));
    }
};

QTEST_APPLESS_MAIN(BannedApiTest)
#include "banned_api_test.moc"
