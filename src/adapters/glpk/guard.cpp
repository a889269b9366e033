#include "adapters/glpk/guard.hpp"

#include <glpk.h>

#include <csetjmp>
#include <cstring>

namespace incar::adapters::detail {
namespace {

enum : int { gave_up = 1, too_late = 2 };

struct rescue {
    std::jmp_buf place;
    deadline end;
    char last_words[256] = {};
};

void leave(void* info) {
    std::longjmp(static_cast<rescue*>(info)->place, gave_up);
}

int listen(void* info, const char* text) {
    auto* help = static_cast<rescue*>(info);
    const std::size_t used = std::strlen(help->last_words);
    std::strncat(help->last_words, text, sizeof(rescue::last_words) - 1 - used);
    if (std::chrono::steady_clock::now() > help->end) std::longjmp(help->place, too_late);
    return 1; // GLPK prints nothing itself
}

} // namespace

void run_guarded(void (*body)(void*), void* context, deadline end) {
    rescue help;
    help.end = end;
    const int reason = setjmp(help.place);
    if (reason != 0) {
        glp_free_env();
        if (reason == too_late) throw glpk_timeout(help.last_words);
        throw glpk_failure(help.last_words);
    }
    glp_term_out(GLP_ON); // for the hook alone
    glp_term_hook(listen, &help);
    glp_error_hook(leave, &help);
    body(context);
    glp_error_hook(nullptr, nullptr);
    glp_term_hook(nullptr, nullptr);
    glp_term_out(GLP_OFF);
}

} // namespace incar::adapters::detail
