#include "engine/learning/door.h"

#include "engine/base/json.h"
#include "engine/configuration/training_settings.h"
#include "engine/learning/train.h"

#include <nlohmann/json.hpp>

using namespace continuo;

namespace {

std::string jsonText(const learning::TrainingOutcome& outcome) {
    base::Json json{{"stopped", outcome.stopped}, {"step", outcome.step}, {"best_validation_loss", nullptr}};
    if (outcome.bestValidationLoss) json["best_validation_loss"] = *outcome.bestValidationLoss;
    return json.dump();
}

std::string jsonText(const learning::Evaluation& evaluation) {
    auto json = base::Json{{"network", evaluation.network}, {"step", evaluation.step}, {"dataset", evaluation.dataset},
                           {"part", evaluation.part},       {"rows", evaluation.rows}, {"loss", evaluation.total}};
    for (const auto& [name, loss] : evaluation.fields) json["fields"][name] = loss;
    json["unigram_loss"] = evaluation.unigram;
    return json.dump(-1, ' ', false, base::Json::error_handler_t::replace);
}

int fail(const ContinuoLearningCall& call, const base::Error& error) {
    call.failed(call.context, error.message.c_str(), error.code == base::ErrorCode::WrongArgument ? 1 : 0);
    return 1;
}

template <typename T>
int report(const ContinuoLearningCall& call, const base::Result<T>& outcome) {
    if (!outcome) return fail(call, outcome.error());
    call.result(call.context, jsonText(*outcome).c_str());
    return 0;
}

learning::TrainingHooks hooksOf(const ContinuoLearningCall& call) {
    learning::TrainingHooks hooks;
    hooks.isStopAsked = [&call] { return *call.stop != 0; };
    hooks.say = [&call](const std::string& sentence) { call.say(call.context, sentence.c_str()); };
    hooks.onProgress = [&call](const learning::Progress& progress) {
        const ContinuoLearningProgress plain{progress.step, progress.maxSteps, progress.trainLoss,
                                             progress.tokensPerSecond, progress.secondsLeft.value_or(-1)};
        call.progress(call.context, &plain);
    };
    if (call.makeSound)
        hooks.makeSound = [&call](const std::filesystem::path& midi, const std::filesystem::path& wav) -> base::Status {
            if (call.makeSound(call.context, midi.c_str(), wav.c_str()) == 0) return {};
            return base::failure(base::ErrorCode::Failed, "the synthesizer could not write it");
        };
    return hooks;
}

int run(const ContinuoLearningCall& call) {
    const std::vector<std::string> words(call.words, call.words + call.wordCount);
    const runs::RunDirectory directory{call.place};
    if (call.task == kContinuoResume)
        return report(call, learning::resume({directory, call.checkpoint, words, call.weightsOnly != 0, {call.into}},
                                             hooksOf(call)));
    if (call.task == kContinuoEvaluate)
        return report(call, learning::evaluate(call.place, call.dataset, call.part, call.threads,
                                               [&] { return *call.stop != 0; }));
    const auto configuration = configuration::Configuration::fromYaml(configuration::trainingKeys(), call.configuration);
    if (!configuration) return fail(call, configuration.error());
    return report(call, learning::train(directory, *configuration, words, hooksOf(call)));
}

} // namespace

int continuoLearning(const ContinuoLearningCall* call) {
    if (call->size != sizeof(ContinuoLearningCall)) return 2;
    try {
        return run(*call);
    } catch (const std::exception& problem) { // nothing may fly through the door
        return fail(*call, {base::ErrorCode::Failed, problem.what()});
    }
}
