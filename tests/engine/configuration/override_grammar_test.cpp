#include "engine/configuration/override_grammar.h"

#include "engine/base/files.h"
#include "engine/base/json.h"
#include "engine/base/text.h"

#include <QTest>
#include <nlohmann/json.hpp>
#include <set>

using namespace continuo;
using namespace continuo::configuration;

namespace {

base::Json json(const Value& value) {
    if (value.isNull()) return base::Json::array({"null"});
    if (const auto* flag = value.as<bool>()) return base::Json::array({"bool", *flag});
    if (const auto* whole = value.as<std::int64_t>()) return base::Json::array({"int", *whole});
    if (const auto* real = value.as<double>()) return base::Json::array({"float", realText(*real)});
    if (const auto* text = value.as<std::string>()) return base::Json::array({"str", *text});
    auto items = base::Json::array();
    if (const auto* list = value.as<List>()) {
        for (const auto& item : *list) items.push_back(json(item));
        return base::Json::array({"list", items});
    }
    for (const auto& [key, item] : value.as<Map>()->entries) items.push_back(base::Json::array({key, json(item)}));
    return base::Json::array({"map", items});
}

base::Json json(const Sweep& sweep) {
    auto values = base::Json::array();
    auto tags = sweep.tags;
    std::sort(tags.begin(), tags.end());
    switch (sweep.kind) {
    case Sweep::Kind::Interval:
        return base::Json::array({"interval", sweep.start, sweep.stop, tags});
    case Sweep::Kind::Glob:
        return base::Json::array({"glob", sweep.include, sweep.exclude});
    case Sweep::Kind::Choice:
        for (const auto& value : sweep.values) values.push_back(json(value));
        return base::Json::array({"choice", values, tags, sweep.isShuffled});
    case Sweep::Kind::Range:
        break;
    }
    auto ordered = sweep;
    ordered.isShuffled = false;
    if (const auto all = expand(ordered, {}, 2, 1))
        for (const auto& value : *all) values.push_back(json(value));
    return base::Json::array({"range", values, tags, sweep.isShuffled});
}

base::Json described(const std::string& word) {
    const auto read = parseOverride(word);
    if (!read) return {{"word", word}, {"error", true}};
    static constexpr const char* kKinds[] = {"change", "add", "force_add", "del"};
    base::Json value;
    if (read->hasValue) value = read->isSweep() ? json(std::get<Sweep>(read->argument)) : json(read->value());
    return {{"word", word},
            {"kind", kKinds[static_cast<int>(read->kind)]},
            {"key", read->key},
            {"package", read->package},
            {"value", value}};
}

/// A sweep inside a value or another sweep: Hydra reads it and fails later, here it is refused at once.
bool nestsSweeps(const base::Json& value, bool isInside = false) {
    if (!value.is_array() || value.empty()) return false;
    static const std::set<std::string> kSweeps{"choice", "range", "interval", "glob"};
    const bool isSweep = value[0].is_string() && value.size() > 1 && kSweeps.contains(value[0].get<std::string>());
    if (isSweep && isInside) return true;
    return std::ranges::any_of(value, [&](const auto& item) { return nestsSweeps(item, true); });
}

/// Words about nothing: Hydra lets the name be empty.
bool isNameless(const std::string& word) {
    const auto at = word.find_first_not_of("+~");
    return at == std::string::npos || word[at] == '=' || word[at] == '@' || word.find("@=") != std::string::npos;
}

} // namespace

class OverrideGrammarTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// The table is what hydra-core 1.3.2 answered; HYDRA_CASES names another.
    void everyWordMeansWhatItMeansToHydra() {
        const auto given = qEnvironmentVariable("HYDRA_CASES").toStdString();
        const std::string own = CONTINUO_SOURCE_DIR "/tests/engine/configuration/hydra_override_cases.json";
        const auto text = base::readTextFile(given.empty() ? own : given);
        QVERIFY(text);
        const auto table = base::parseJson(*text);
        QVERIFY(table && table->size() > 300);
        int wrong = 0;
        for (const auto& expected : *table) {
            const auto word = expected["word"].get<std::string>();
            const auto got = described(word);
            if (got == expected || isNameless(word)) continue;
            if (got.contains("error") && expected.contains("value") && nestsSweeps(expected["value"])) continue;
            ++wrong;
            qWarning("%s\n   hydra %s\n   here  %s", word.c_str(), expected.dump().c_str(), got.dump().c_str());
        }
        QCOMPARE(wrong, 0);
    }

    void aValueWrittenAsAnArgumentReadsBackTheSame() {
        const Value awkward = List{"",
                                   " x",
                                   "it's",
                                   "a\\",
                                   "\\'",
                                   "a,b",
                                   "1",
                                   "true",
                                   "null",
                                   "${x}",
                                   "a=b",
                                   "x y",
                                   "[",
                                   1,
                                   2.5,
                                   1e-9,
                                   false,
                                   Value(),
                                   Map{{{"k", List{"a:b", Map{}}}}}};
        const auto read = parseArgument(argumentText(awkward));
        QVERIFY2(read, argumentText(awkward).c_str());
        QVERIFY2(std::get<Value>(*read) == awkward, argumentText(awkward).c_str());
    }

    void nestingWithoutEndIsRefused() {
        QVERIFY(!parseOverride("a=" + std::string(5000, '[')));
        QVERIFY(!parseOverride("a=" + std::string(100000, 'x')));
    }

    void aRefusalSaysWhatIsWrong() {
        const auto message = parseOverride("optimizer.lr=0.001#fast").error().message;
        QVERIFY2(message.find("quotes") != std::string::npos, message.c_str());
        QVERIFY(parseOverride("network").error().message.find("key=value") != std::string::npos);
    }
};

QTEST_APPLESS_MAIN(OverrideGrammarTest)
#include "override_grammar_test.moc"
