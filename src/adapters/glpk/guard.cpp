#include "adapters/glpk/guard.hpp"

#include <glpk.h>

#include <csetjmp>
#include <cstring>

namespace incar::adapters::detail {
namespace {

struct rescue {
    std::jmp_buf place;
    char last_words[256] = {};
};

void leave(void* info) {
    std::longjmp(static_cast<rescue*>(info)->place, 1);
}

int listen(void* info, const char* text) {
    char* words = static_cast<rescue*>(info)->last_words;
    const std::size_t used = std::strlen(words);
    std::strncat(words, text, sizeof(rescue::last_words) - 1 - used);
    return 1; // GLPK prints nothing itself
}

} // namespace

void run_guarded(void (*body)(void*), void* context) {
    rescue help;
    if (setjmp(help.place) != 0) {
        glp_free_env();
        throw glpk_failure(help.last_words);
    }
    glp_term_out(GLP_OFF);
    glp_term_hook(listen, &help);
    glp_error_hook(leave, &help);
    body(context);
    glp_error_hook(nullptr, nullptr);
    glp_term_hook(nullptr, nullptr);
}

} // namespace incar::adapters::detail
