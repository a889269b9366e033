#pragma once

namespace incar::app {

// What bodies and answers look like, as the component schemas of the OpenAPI document. Of OCPI's objects, which are
// handed on as they came, only what every one has.
extern const char* const schemas;

} // namespace incar::app
